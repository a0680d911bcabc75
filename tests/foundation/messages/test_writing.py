"""write_message and preview_message: one letter an occasion, in its reader's language."""

from __future__ import annotations

import pytest
from django.template import TemplateDoesNotExist

from karvan.foundation.messages.errors import NoAddress, NotInThatState
from karvan.foundation.messages.models import Message
from karvan.foundation.messages.services import (
    cancel_message,
    deliver_due,
    hold_message,
    preview_message,
    release_held,
    send_again,
    write_message,
)
from karvan.foundation.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db
WORDS = {"who": "Leyla & co", "body": "<b>It's</b> done."}


def write(key="tests/hello:1", to="leyla@example.org", **more):
    return write_message(
        "tests/hello", to=to, key=key, context=WORDS, by=None, **{"scope": "TVP/AZ", **more}
    )


def test_a_letter_is_written_in_its_readers_language_without_html():
    reader = make.person(language="fr")

    letter = write(to=reader)

    assert (letter.subject, letter.body) == ("Oui, Leyla & co: R&D", "<b>It's</b> done.\n")
    assert (letter.to_address, letter.to_person, letter.language) == (reader.email, reader, "fr")
    assert (letter.state, letter.scope) == ("queued", "TVP/AZ")


def test_the_same_occasion_writes_one_letter_and_one_record():
    first, second = write(), write(to="other@example.org")

    assert second == first
    assert Message.objects.count() == 1
    assert [r.act for r in Record.objects.all()] == ["wrote letter"]


def test_the_record_holds_no_address():
    write()

    assert "leyla" not in str(Record.objects.values().get()).lower()


def test_a_person_without_an_address_is_refused():
    with pytest.raises(NoAddress):
        write(to=make.person(email=None))
    assert Message.objects.count() == 0


def test_an_unknown_kind_is_the_programmers_fault():
    with pytest.raises(TemplateDoesNotExist):
        preview_message("tests/absent", context={}, language="en")


def test_a_preview_writes_nothing():
    shown = preview_message("tests/hello", context=WORDS, language="ar")

    assert shown.subject == "نعم, Leyla & co: R&D"
    assert Message.objects.count() == 0


def test_a_held_letter_goes_only_after_a_person_released_it(mailoutbox):
    officer, letter = make.officer(), write(hold=True)

    assert (deliver_due().sent, mailoutbox) == (0, [])
    release_held(letter, by=officer)

    assert deliver_due().sent == 1
    assert [sent.to for sent in mailoutbox] == [["leyla@example.org"]]
    assert [(r.act, r.by) for r in Record.objects.filter(by=officer)] == [
        ("released letter", officer)
    ]


def test_a_cancelled_letter_never_goes(mailoutbox):
    letter = write()

    cancel_message(letter, by=None)

    assert (deliver_due().sent, mailoutbox) == (0, [])


def test_what_has_gone_cannot_be_held_cancelled_or_sent_again(mailoutbox):
    letter = write()
    deliver_due()

    for act in (hold_message, cancel_message, release_held, send_again):
        with pytest.raises(NotInThatState, match="sent"):
            act(letter, by=None)

    letter.refresh_from_db()
    assert (letter.state, len(mailoutbox)) == ("sent", 1)
    assert Record.objects.count() == 1
