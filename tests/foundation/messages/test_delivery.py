"""deliver_due: at most once, whatever breaks."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from karvan.foundation.messages.models import Message
from karvan.foundation.messages.services import Delivered, deliver_due, send_again, write_message
from karvan.foundation.messages.services.delivering import message_id

from .post_office import PostOffice

pytestmark = pytest.mark.django_db
WORDS = {"who": "Leyla", "body": "Done."}


def write(number=1, **more):
    return write_message(
        "tests/hello",
        to=f"reader{number}@example.org",
        key=f"tests/hello:{number}",
        context=WORDS,
        language="en",
        by=None,
        **more,
    )


def fresh(letter):
    letter.refresh_from_db()
    return letter


def make_due():
    Message.objects.filter(state="queued").update(send_after=None)


def test_due_letters_go_once_with_a_stable_message_id(mailoutbox):
    letters = [write(number) for number in range(3)]

    first, second = deliver_due(), deliver_due()

    assert (first, second) == (Delivered(sent=3), Delivered())
    assert [sent.extra_headers["Message-ID"] for sent in mailoutbox] == [
        message_id(letter.key) for letter in letters
    ]
    assert len({message_id(letter.key) for letter in letters}) == 3
    assert all(fresh(letter).sent_at for letter in letters)


def test_a_letter_for_later_waits(mailoutbox):
    write(send_after=timezone.now() + timedelta(hours=1))

    assert deliver_due() == Delivered()


def test_no_more_than_the_limit_go_at_a_time(mailoutbox):
    for number in range(4):
        write(number)

    assert (deliver_due(limit=3).sent, deliver_due(limit=3).sent) == (3, 1)


def test_several_letters_travel_by_real_smtp(by_smtp):
    letters = [write(number) for number in range(2)]

    with PostOffice() as office:
        by_smtp(office)
        done = deliver_due()

    assert done == Delivered(sent=2)
    assert [
        message_id(letter.key) in text
        for letter, text in zip(letters, office.letters, strict=False)
    ] == [
        True,
        True,
    ]


def test_a_refused_recipient_is_tried_five_times_and_then_left(by_smtp):
    letter = write()

    with PostOffice(to_recipient="550 nobody here") as office:
        by_smtp(office)
        rounds = []
        for _round in range(6):
            rounds.append(deliver_due())
            assert deliver_due() == Delivered()  # it waits before the next attempt
            make_due()

    assert rounds == [*[Delivered(postponed=1)] * 4, Delivered(failed=1), Delivered()]
    assert (fresh(letter).state, letter.attempts, office.letters) == ("failed", 5, [])
    assert "nobody here" in letter.problem


def test_a_mail_server_that_is_down_only_postpones(by_smtp):
    letter = write()
    with PostOffice() as office:
        by_smtp(office)

    assert deliver_due() == Delivered(postponed=1)
    assert (fresh(letter).state, letter.send_after > timezone.now()) == ("queued", True)


def test_a_line_cut_after_the_text_leaves_it_uncertain_and_never_sends_it_again(by_smtp):
    letter = write()

    with PostOffice(answer="") as office:
        by_smtp(office)
        rounds = [deliver_due(), deliver_due(), deliver_due()]

    assert rounds == [Delivered(uncertain=1), Delivered(), Delivered()]
    assert (fresh(letter).state, len(office.letters)) == ("uncertain", 1)


def test_a_person_may_send_an_uncertain_letter_again(by_smtp):
    letter = write()
    with PostOffice(answer="") as office:
        by_smtp(office)
        deliver_due()

    send_again(letter, by=None)
    with PostOffice() as office:
        by_smtp(office)
        assert deliver_due() == Delivered(sent=1)

    assert fresh(letter).state == "sent"


def test_a_letter_whose_sender_died_becomes_uncertain_when_its_lease_ends(mailoutbox):
    """The rows as a killed process leaves them: being sent, with a lease."""
    letter = write()
    past, ahead = timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(minutes=1)
    Message.objects.update(state="sending", attempts=1, leased_until=ahead)

    assert deliver_due() == Delivered()
    Message.objects.update(leased_until=past)

    assert deliver_due() == Delivered(uncertain=1)
    assert (fresh(letter).state, mailoutbox) == ("uncertain", [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_letter_once():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    for number in range(20):
        write(number)
    start, done = threading.Barrier(4), []

    def work():
        start.wait()
        try:
            done.append(deliver_due(limit=20))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(one.sent for one in done) == 20
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(
        f"reader{number}@example.org" for number in range(20)
    )
