"""Screens of meetings, agreements and commitments, through the real client."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.agreements.models import Agreement, Commitment, Consultation
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def test_meeting_is_prepared_on_screen_and_a_bad_one_keeps_what_was_typed(client, officer):
    first, second = make.party(), make.party()
    typed = {
        "titles_en": "Meeting in Baku",
        "code": "baku-2021",
        "parties": [first.pk],
        "starts_on": "2021-01-20",
        "ends_on": "2021-01-20",
        "language": "en",
    }

    refused = client.post(reverse("agreements:prepare"), typed)
    accepted = client.post(
        reverse("agreements:prepare"), {**typed, "parties": [first.pk, second.pk]}
    )

    assert "at least two parties" in refused.text
    assert "Meeting in Baku" in refused.text
    assert accepted["Location"].endswith("/consultations/baku-2021/")


def test_commitment_is_made_of_a_sentence_on_screen(client, officer):
    item = make.minutes_item()
    owner = make.party()
    address = reverse("agreements:promise_item", args=[item.consultation.code, item.number])

    client.post(address, {"titles_en": "A camp", "code": "camp", "owner": owner.pk})

    assert Commitment.objects.get().item == item


def test_broken_rule_is_said_on_the_page_with_the_typed_text(client, officer):
    commitment = make.commitment()
    address = reverse("agreements:evidence", args=[commitment.code])

    answer = client.post(address, {"texts_en": "Held in Baku", "source": "press"})

    assert answer.status_code == 422
    assert "say why it is not known" in answer.text
    assert "Held in Baku" in answer.text


def test_partner_sees_its_own_meetings_only(client):
    partner = make.role("partner", party=(party := make.party()))
    own = make.consultation(parties=[party, make.party()])
    other = make.consultation()
    client.force_login(partner)

    listed = client.get(reverse("agreements:consultations"))

    assert own.code in listed.text
    assert other.code not in listed.text
    assert client.get(reverse("agreements:consultation", args=[other.code])).status_code == 404
    assert client.get(reverse("agreements:minutes", args=[own.code])).status_code == 403


def test_reviewer_has_no_business_here(client):
    client.force_login(make.role("reviewer", "TVP"))

    assert client.get(reverse("agreements:commitments")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "builder"),
    [
        ("agreements:consultations", make.consultation),
        ("agreements:agreements", make.agreement),
        ("agreements:commitments", make.commitment),
    ],
)
def test_registers_cost_the_same_for_one_row_and_three(
    client, officer, django_assert_num_queries, name, builder, rows
):
    for _row in range(rows):
        builder()
    # sign-in 2, roles 1, counts 1, rows 1; agreements prefetch their parties.
    expected = 6 if name == "agreements:agreements" else 5

    with django_assert_num_queries(expected):
        answer = client.get(reverse(name))

    assert answer.status_code == 200


def test_every_record_page_opens_with_all_its_parts(client, officer):
    commitment = make.commitment()
    meeting = commitment.item.consultation
    agreement = make.agreement()

    for name, code in (
        ("agreements:consultation", meeting.code),
        ("agreements:minutes", meeting.code),
        ("agreements:minutes_print", meeting.code),
        ("agreements:agreement", agreement.code),
        ("agreements:commitment", commitment.code),
    ):
        assert client.get(reverse(name, args=[code])).status_code == 200

    assert (Consultation.objects.count(), Agreement.objects.count()) == (1, 1)
