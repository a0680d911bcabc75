"""Two at once: exactly one application, one receipt, one record. Locks need PostgreSQL."""

import threading

import pytest
from django.db import connection

from karvan.foundation.errors import RuleBroken
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.calls.models import Application
from karvan.stages.calls.services import start_application, submit_application
from tests import make
from tests.stages.calls.answers import answers

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite writes one after another anyway"
    ),
]


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or the rule it broke."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            start.wait()
            outcomes[number] = act()
        except RuleBroken as broken:
            outcomes[number] = broken
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_submits_at_once_make_one_application_one_letter_and_one_record():
    draft, typed = start_application(make.call(), language="en"), answers()

    outcomes = at_once(*[lambda: submit_application(draft, raw=typed)] * 4)

    assert len({one.number for one in outcomes}) == 1
    assert Application.objects.filter(state="submitted").count() == 1
    assert Message.objects.filter(kind="calls/receipt").count() == 1
    assert Record.objects.filter(act="submitted").count() == 1


def test_two_drafts_of_one_address_at_once_make_one_application():
    call, typed = make.call(), answers()
    first, second = start_application(call, language="en"), start_application(call, language="en")

    outcomes = at_once(
        lambda: submit_application(first, raw=typed), lambda: submit_application(second, raw=typed)
    )

    assert sum(isinstance(one, RuleBroken) for one in outcomes) == 1
    assert Application.objects.filter(state="submitted").count() == 1
    assert Message.objects.filter(kind="calls/receipt").count() == 1
