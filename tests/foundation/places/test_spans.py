"""Dates proposed for an activity keep the country's calendar and say why."""

from datetime import date, timedelta

import pytest

from karvan.foundation.places.hijri import hijri
from karvan.foundation.places.models import ClosedPeriod
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.places.services import load_places
from karvan.foundation.places.spans import BusySpan, propose_span

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


def test_three_days_in_egypt_keep_clear_of_its_friday_weekend():
    proposal = propose_span(calendar_of("EG", language="en"), date(2026, 11, 25), 3)

    assert proposal.days == (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1))
    assert proposal.reasons[0] == "Weekends there are kept free."
    assert not {day.isoweekday() for day in proposal.days} & {5, 6}


def test_the_same_days_in_azerbaijan_begin_at_once():
    proposal = propose_span(calendar_of("AZ", language="en"), date(2026, 11, 25), 3)

    assert (proposal.start, proposal.end) == (date(2026, 11, 25), date(2026, 11, 27))


def test_ramadan_and_its_eid_are_kept_free_and_named():
    proposal = propose_span(calendar_of("JO", language="en"), date(2027, 2, 9), 3)

    assert proposal.start > date(2027, 3, 11)
    assert all(hijri(day).month != 9 for day in proposal.days)
    assert any("Ramadan 1448 is kept free" in reason for reason in proposal.reasons)


def test_ramadan_may_be_used_when_asked():
    proposal = propose_span(
        calendar_of("JO", language="en"), date(2027, 2, 9), 2, avoid_ramadan=False
    )

    assert proposal.start == date(2027, 2, 9)


def test_six_weeks_run_over_weekends_and_are_not_broken_by_a_holiday():
    calendar = calendar_of("AZ", language="en")

    proposal = propose_span(calendar, date(2027, 5, 1), 30)

    assert len(proposal.days) == 30
    inside = calendar.holidays(proposal.start, proposal.end)
    assert [h for h in inside if calendar.in_week(h.on)] == []


def test_no_earlier_span_would_do():
    calendar = calendar_of("BN", language="en")
    earliest = date(2026, 12, 20)

    proposal = propose_span(calendar, earliest, 4)

    assert [day.isoweekday() for day in proposal.days] == [1, 2, 3, 4]
    start = earliest
    while start < proposal.start:
        four = [start + timedelta(days=n) for n in range(4)]
        assert not all(calendar.is_working_day(day) for day in four)
        start += timedelta(days=1)


def test_an_estimated_feast_next_to_the_days_is_to_be_checked():
    proposal = propose_span(
        calendar_of("MA", language="en"), date(2026, 5, 29), 1, avoid_ramadan=False
    )

    assert any("Eid al-Adha, estimated" in reason for reason in proposal.reasons)


def test_where_nothing_fits_it_says_which_rule_to_give_up():
    proposal = propose_span(calendar_of("AZ", language="en"), date(2026, 11, 2), 200)

    assert (proposal.start, proposal.end, proposal.days) == (None, None, ())
    assert "200 working days" in proposal.reasons[0]
    assert any("Both together would allow" in reason for reason in proposal.reasons)


def test_less_than_one_day_is_a_mistake():
    with pytest.raises(ValueError, match="got 0"):
        propose_span(calendar_of("AZ"), date(2026, 11, 25), 0)


def examinations(starts_on, ends_on, scope="", country="AZ"):
    return ClosedPeriod.objects.create(
        country_id=country, scope=scope, kind="exams", name="Winter examinations",
        starts_on=starts_on, ends_on=ends_on, reason="Letter of the university",
    )  # fmt: skip


def test_examinations_are_kept_free_and_named():
    examinations(date(2026, 11, 25), date(2026, 12, 11))

    proposal = propose_span(calendar_of("AZ", language="en"), date(2026, 11, 25), 3)

    assert proposal.start == date(2026, 12, 14)
    assert any(
        "Winter examinations is kept free: 25 November 2026 to 11 December 2026." in reason
        for reason in proposal.reasons
    )


def test_examinations_of_another_edition_are_nobody_elses():
    examinations(date(2026, 11, 25), date(2026, 12, 11), scope="TVP/AZ-1")
    earliest = date(2026, 11, 25)

    here = propose_span(calendar_of("AZ", scope="TVP/AZ-1"), earliest, 3)
    elsewhere = propose_span(calendar_of("AZ", scope="TVP/AZ-2"), earliest, 3)

    assert (here.start, elsewhere.start) == (date(2026, 12, 14), earliest)


def test_busy_trainers_are_kept_clear_of_with_the_reason_given():
    busy = [BusySpan(date(2026, 11, 24), date(2026, 11, 25), "Leyla Aliyeva teaches in Jordan.")]

    proposal = propose_span(calendar_of("AZ", language="en"), date(2026, 11, 25), 2, busy=busy)

    assert proposal.days == (date(2026, 11, 26), date(2026, 11, 27))
    assert proposal.reasons[0] == (
        "Leyla Aliyeva teaches in Jordan, 24 November 2026 to 25 November 2026: these days are kept free."
    )


def test_where_busy_days_leave_no_span_it_says_what_giving_them_up_would_bring():
    busy = [BusySpan(date(2026, 11, 1), date(2029, 1, 1), "The hall is closed")]
    examinations(date(2026, 11, 9), date(2026, 11, 13))

    proposal = propose_span(calendar_of("AZ", language="en"), date(2026, 11, 10), 2, busy=busy)

    assert proposal.start is None
    ways = [reason.split(" would allow ")[0] for reason in proposal.reasons[1:]]
    assert ways == ["Using days on which others are busy", "All of these together"]


def test_a_busy_span_that_ends_before_it_begins_is_a_mistake():
    with pytest.raises(ValueError, match="2026-11-02 2026-11-01"):
        BusySpan(date(2026, 11, 2), date(2026, 11, 1), "backwards")
