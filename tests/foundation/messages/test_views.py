"""The outbox's pages: who sees which letters, and what may be done with them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.foundation.messages.services import write_message
from tests import make

pytestmark = pytest.mark.django_db


def write(number, scope="TVP/AZ", kind="tests/hello", **more):
    letter = write_message(
        "tests/hello",
        to=f"reader{number}@example.org",
        key=f"tests/hello:{number}",
        context={"who": f"Reader {number}", "body": "Done."},
        language="en",
        scope=scope,
        by=None,
        **more,
    )
    Message.objects.filter(pk=letter.pk).update(kind=kind)
    return letter


def test_a_coordinator_sees_the_letters_of_the_own_edition_only(client):
    write(1), write(2, scope="TVP/MA"), write(3, scope="")
    client.force_login(make.role("coordinator", "TVP/AZ"))

    page = client.get(reverse("letters:outbox")).content.decode()

    assert [f"reader{number}@example.org" in page for number in (1, 2, 3)] == [True, False, False]


def test_nobody_reads_a_letter_with_a_sign_in_link(client):
    secret = write(1, kind="account/sign_in")
    client.force_login(make.role("administrator"))

    page = client.get(reverse("letters:outbox")).content.decode()

    assert "reader1@example.org" not in page
    assert client.get(reverse("letters:letter", args=[secret.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outbox_costs_the_same_queries_however_many_letters(
    client, rows, django_assert_num_queries
):
    for number in range(rows):
        write(number)
    client.force_login(make.officer())

    with django_assert_num_queries(5):  # session, person, roles, counts, rows
        client.get(reverse("letters:outbox"))


def test_an_officer_reads_holds_sends_and_cancels(client):
    letter = write(1)
    client.force_login(make.officer())
    page = reverse("letters:letter", args=[letter.pk])

    assert "Done." in client.get(page).content.decode()
    states = []
    for act in ("hold", "send", "cancel"):
        answer = client.post(reverse(f"letters:{act}", args=[letter.pk]))
        assert answer["Location"] == page
        letter.refresh_from_db()
        states.append(letter.state)

    assert states == ["held", "queued", "cancelled"]


def test_an_act_that_comes_too_late_says_so(client):
    letter = write(1)
    client.force_login(make.officer())
    client.post(reverse("letters:cancel", args=[letter.pk]))

    answer = client.post(reverse("letters:hold", args=[letter.pk]), follow=True)

    assert "This letter has gone on: it is now cancelled." in answer.content.decode()


def test_a_stranger_is_sent_to_sign_in_and_a_participant_away(client):
    assert "/accounts/login" in client.get(reverse("letters:outbox"))["Location"]

    client.force_login(make.role("participant", "TVP/AZ"))

    assert client.get(reverse("letters:outbox")).status_code == 403
