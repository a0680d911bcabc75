"""A partnership is asked for, judged, granted or refused, reported and ended."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, NumberTaken, WrongState
from karvan.stages.convening.models import Partnership, PartnershipEvent
from karvan.stages.convening.services.partnerships import (
    ask_partnership,
    change_forum,
    end_by_date,
    end_partnership,
    grant_partnership,
    judge_criterion,
    name_forum,
    refuse_partnership,
    take_report,
)
from karvan.stages.convening.services.partnerships_events import put_event_under, take_event_off
from karvan.stages.convening.services.partnerships_reminders import write_partnership_letters
from tests import make

pytestmark = pytest.mark.django_db


def asked(*criteria, **fields):
    fields = {"party": make.party(), "partner": make.party(), "kind": "official_partner", **fields}
    return ask_partnership(criteria=criteria, by=None, **fields)


def grant(one, **fields):
    fields = {"starts_on": date(2022, 1, 1), "instrument": "Letter of 1 May 2022", **fields}
    return grant_partnership(one, by=None, **fields)


def acts():
    return list(Record.objects.order_by("number").values_list("act", flat=True))


def test_a_request_met_by_all_criteria_is_granted_and_written_down():
    one = asked("Works in two countries", "Reports each year")
    for number in (1, 2):
        judge_criterion(one, number=number, is_met=True, by=None)

    granted = grant(one, ends_on=date(2024, 12, 31), report_due_on=date(2023, 1, 31))

    assert (granted.state, granted.instrument) == ("granted", "Letter of 1 May 2022")
    assert acts() == [
        "partnership asked for",
        "criterion judged",
        "criterion judged",
        "partnership granted",
    ]


def test_a_criterion_not_judged_or_not_met_holds_the_grant_back():
    one = asked("Works in two countries")

    with pytest.raises(WrongState, match="Judge every criterion"):
        grant(one)
    with pytest.raises(NotGiven, match="what is missing"):
        judge_criterion(one, number=1, is_met=False, by=None)
    judge_criterion(one, number=1, is_met=False, note="Only one", by=None)
    with pytest.raises(NotGiven, match="nevertheless"):
        grant(one)

    assert Partnership.objects.get().state == "asked"
    assert grant(one, reason="The second follows in May").state == "granted"


def test_a_partnership_names_its_instrument_and_the_agreement_binds_the_party():
    one = asked()
    foreign = make.agreement(state="signed", signed_on=date(2022, 1, 1))
    own = make.agreement(
        state="signed", signed_on=date(2022, 1, 1), parties=[one.party, one.partner]
    )

    with pytest.raises(NotGiven, match="instrument"):
        grant(one, instrument=" ")
    with pytest.raises(WrongState, match="does not bind"):
        grant(one, agreement=foreign)

    assert grant(one, agreement=own, instrument="").agreement == own


def test_nobody_is_partner_of_itself_or_twice_the_same():
    party = make.party()
    with pytest.raises(WrongState, match="of itself"):
        asked(party=party, partner=party)
    first = asked(party=party)

    with pytest.raises(WrongState, match="already"):
        asked(party=party, partner=first.partner)

    assert Partnership.objects.count() == 1


def test_a_request_is_answered_once_and_refused_with_a_reason():
    one = asked()
    with pytest.raises(NotGiven):
        refuse_partnership(one, reason=" ", by=None)

    refused = refuse_partnership(one, reason="No programme yet", by=None)

    assert (refused.state, refused.state_reason) == ("refused", "No programme yet")
    for act in (grant, lambda one: refuse_partnership(one, reason="Again", by=None)):
        with pytest.raises(WrongState, match="answered before"):
            act(one)


def test_a_partnership_ends_with_a_reason_and_after_it_begins():
    one = asked()
    with pytest.raises(WrongState, match="in force"):
        end_partnership(one, ends_on=date(2023, 1, 1), reason="x", by=None)
    grant(one)
    with pytest.raises(NotGiven):
        end_partnership(one, ends_on=date(2023, 1, 1), reason="", by=None)
    with pytest.raises(WrongState, match="after it begins"):
        end_partnership(one, ends_on=date(2021, 1, 1), reason="x", by=None)

    ended = end_partnership(one, ends_on=date(2023, 1, 1), reason="By agreement", by=None)

    assert (ended.state, ended.ends_on) == ("ended", date(2023, 1, 1))


@time_machine.travel("2023-02-10")
def test_a_report_received_may_await_the_next_one():
    one = grant(asked(), report_due_on=date(2023, 1, 31))
    with pytest.raises(WrongState, match="has not come"):
        take_report(one, received_on=date(2023, 3, 1), by=None)
    with pytest.raises(WrongState, match="before the partnership begins"):
        take_report(one, received_on=date(2021, 3, 1), by=None)

    next_one = take_report(
        one, received_on=date(2023, 2, 3), next_due_on=date(2024, 1, 31), by=None
    )
    assert (next_one.report_due_on, next_one.report_received_on) == (date(2024, 1, 31), None)
    last = take_report(one, received_on=date(2023, 2, 9), by=None)
    assert last.report_received_on == date(2023, 2, 9)
    with pytest.raises(WrongState, match="awaited"):
        take_report(one, received_on=date(2023, 2, 9), by=None)


def test_ours_are_linked_and_others_need_a_name_a_day_and_a_source():
    one = grant(asked())
    meeting = make.consultation(titles=make.texts("Talks"), place="Baku")

    linked = put_event_under(one, consultation=meeting, by=None)
    named = put_event_under(
        one, names={"en": "Forum"}, starts_on=date(2022, 6, 1), source="Its programme", by=None
    )

    assert (linked.starts_on, linked.place, linked.names) == (
        meeting.starts_on,
        "Baku",
        meeting.titles,
    )
    with pytest.raises(WrongState, match="already"):
        put_event_under(one, consultation=meeting, by=None)
    with pytest.raises(NotGiven, match="known from"):
        put_event_under(one, names={"en": "x"}, starts_on=date(2022, 1, 1), by=None)
    with pytest.raises(NotGiven, match="name and the day"):
        put_event_under(one, source="x", by=None)
    with pytest.raises(NotGiven, match="not several"):
        put_event_under(one, consultation=meeting, session=make.statutory_session(), by=None)
    take_event_off(named, by=None)
    assert list(PartnershipEvent.objects.all()) == [linked]


def test_nothing_stands_under_a_request():
    with pytest.raises(WrongState, match="in force"):
        put_event_under(asked(), consultation=make.consultation(), by=None)


def test_a_forum_has_one_code_and_its_changes_are_in_the_history():
    forum = name_forum(code="process", names={"en": "Process"}, kind="process", by=None)
    with pytest.raises(NumberTaken):
        name_forum(code="process", names={"en": "Other"}, kind="forum", by=None)

    change_forum(forum, names={"en": "The Process"}, kind="process", by=None)

    last = Record.objects.order_by("-number").first()
    assert (last.before, last.after) == (
        {"names": {"en": "Process"}},
        {"names": {"en": "The Process"}},
    )


def test_what_has_run_out_is_ended_once_by_the_worker():
    grant(asked(), ends_on=date(2022, 12, 31))
    grant(asked())

    with time_machine.travel("2022-12-31"):
        assert end_by_date(by=None) == 0
    with time_machine.travel("2023-01-01"):
        assert end_by_date(by=None) == 1
        assert end_by_date(by=None) == 0


def test_letters_about_an_end_and_a_report_are_written_once_each():
    make.officer()
    one = asked()
    make.role("partner", party=one.party)
    grant(one, ends_on=date(2022, 12, 31), report_due_on=date(2022, 9, 1))

    def subjects(day):
        with time_machine.travel(day):
            write_partnership_letters(by=None)
            write_partnership_letters(by=None)
        return sorted(m.subject.split(":")[0] for m in Message.objects.all())

    assert subjects("2022-07-01") == []
    assert subjects("2022-08-10") == ["Report due soon"] * 2
    assert subjects("2022-09-02") == ["Report due soon"] * 2 + ["Report overdue"] * 2
    assert subjects("2022-11-15")[:1] == ["Ends soon"]
    assert Message.objects.count() == 5


def test_database_refuses_a_partner_of_itself():
    party = make.party()
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(party=party, partner=party, kind="partner")
