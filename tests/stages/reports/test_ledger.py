"""What became of each promise is computed from the register, never typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from karvan.stages.agreements.models import Commitment
from karvan.stages.reports.queries import ledger
from tests import make

from . import history

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 30)


def line_of(commitment, day=TODAY):
    return ledger([Commitment.objects.get(pk=commitment.pk)], as_of=day).lines[0]


def test_boot_camp_of_two_days_instead_of_three_in_september_is_changed_and_late():
    history.baku(history.programme())

    line = line_of(history.boot_camp_promised())

    assert line.marks == ("changed", "late")
    assert (line.delivered_on, line.days_late) == (date(2021, 9, 13), 44)
    assert line.words == "changed, 44 days late"
    assert line.reason == history.WHY_TWO_DAYS
    assert [(one.before, one.after, one.reason) for one in line.departures] == [
        (3, 2, history.WHY_TWO_DAYS)
    ]
    assert line.facts[0].on == date(2021, 9, 13)


def test_boot_camp_as_promised_and_in_time_is_kept():
    history.camp(history.programme(), "AZ", date(2021, 7, 5), date(2021, 7, 7))

    line = line_of(history.boot_camp_promised())

    assert (line.marks, line.days_late) == (("kept",), 0)
    assert line.is_on_time


def test_days_that_differ_without_a_departure_are_a_change_with_the_reason_of_the_dates():
    history.camp(
        history.programme(),
        "AZ",
        date(2021, 7, 5),
        date(2021, 7, 6),
        change_reason="A storm closed the school.",
    )

    line = line_of(history.boot_camp_promised())

    assert line.marks == ("changed",)
    assert line.reason == "A storm closed the school."
    assert [(one.before, one.after) for one in line.departures] == [(3, 2)]


def test_weeks_are_compared_too():
    history.camp(
        history.programme(), "AZ", date(2021, 9, 20), date(2021, 10, 29), code="AC", format="course"
    )
    terms = {"programme": "TVP", "format": "course", "country": "AZ"}

    six = line_of(history.promise(terms={**terms, "weeks": 6}))
    eight = line_of(history.promise(terms={**terms, "weeks": 8}))

    assert (six.marks, eight.marks) == (("kept",), ("changed",))


def test_sessions_of_the_published_timetable_are_the_days_held():
    """Over a weekend three days of teaching are three days, not five."""
    edition = history.camp(history.programme(), "AZ", date(2021, 7, 8), date(2021, 7, 12))
    activity = edition.activities.get()
    timetable = make.timetable(activity, state="published")
    for day in (8, 9, 12):
        timetable.placements.create(
            session=make.session(activity),
            starts_at=make.moment(2021, 7, day, 6),
            ends_at=make.moment(2021, 7, day, 7),
        )

    assert line_of(history.boot_camp_promised()).marks == ("kept",)


def test_linked_edition_counts_and_other_editions_do_not():
    blueprint = history.programme()
    history.baku(blueprint)
    later = history.camp(blueprint, "AZ", date(2023, 10, 2), date(2023, 10, 4))
    commitment = history.boot_camp_promised(due_on=date(2023, 12, 31))

    history.fulfils(later, commitment)

    line = line_of(commitment)
    assert (line.marks, line.delivered_on) == (("kept",), date(2023, 10, 4))


def test_what_was_held_before_the_promise_does_not_keep_it():
    history.camp(history.programme(), "AZ", date(2020, 7, 5), date(2020, 7, 7))

    assert line_of(history.boot_camp_promised()).marks == ("unknown",)


def test_planned_camp_is_open_until_its_date_and_late_after_it():
    history.camp(history.programme(), planned_starts_on=date(2021, 7, 20))
    commitment = history.boot_camp_promised()

    before, after = line_of(commitment, date(2021, 7, 1)), line_of(commitment, date(2021, 8, 10))

    assert (before.marks, before.days_late) == (("open",), None)
    assert (after.marks, after.days_late) == (("late",), 10)
    assert "planned" in after.facts[0].words


def test_departure_before_the_camp_says_already_that_it_will_be_changed():
    history.two_days(history.camp(history.programme(), planned_starts_on=date(2021, 7, 20)))

    line = line_of(history.boot_camp_promised(), date(2021, 7, 1))

    assert (line.marks, line.reason) == (("changed", "open"), history.WHY_TWO_DAYS)


def test_ten_countries_are_kept_on_the_day_of_the_tenth_and_late():
    blueprint = history.programme()
    history.baku(blueprint)
    for number, code in enumerate(history.COUNTRIES[:9]):
        history.camp(blueprint, code, date(2022, 1, 10 + number), date(2022, 1, 11 + number))
    tenth = make.edition(of=blueprint, country=make.country("SN"))
    history.went_to_the_final(tenth, date(2022, 10, 31))

    line = line_of(history.ten_countries_promised())

    assert (line.marks, line.delivered_on, line.days_late) == (
        ("kept", "late"),
        date(2022, 10, 31),
        304,
    )
    assert line.words == "kept, 304 days late"
    assert len(line.facts) == 10
    assert all("Azerbaijan" not in fact.words for fact in line.facts)


def test_a_country_with_two_editions_counts_once():
    blueprint = history.programme()
    history.camp(blueprint, "KZ", date(2021, 3, 1), date(2021, 3, 1))
    history.camp(blueprint, "KZ", date(2021, 2, 1), date(2021, 2, 1))

    line = line_of(history.ten_countries_promised(), date(2021, 6, 1))

    assert (line.marks, line.reason) == (("open",), "1 of 10 countries")
    assert [fact.on for fact in line.facts] == [date(2021, 2, 1)]


def test_nine_of_ten_countries_past_the_date_are_late_and_not_kept():
    blueprint = history.programme()
    for code in history.COUNTRIES[:9]:
        history.camp(blueprint, code, date(2021, 6, 1), date(2021, 6, 2))

    line = line_of(history.ten_countries_promised(), date(2022, 1, 10))

    assert (line.marks, line.days_late, line.reason) == (("late",), 10, "9 of 10 countries")


def test_symposium_is_kept_by_evidence_and_workshop_without_a_trace_is_unknown():
    symposium = history.promise(due_on=date(2022, 6, 30))
    history.evidence(symposium, happened_on=date(2022, 5, 20), delivers=True)
    workshop = history.promise(due_on=date(2021, 12, 31))

    assert line_of(symposium).marks == ("kept",)
    unknown = line_of(workshop)
    assert (unknown.marks, unknown.days_late, unknown.delivered_on) == (("unknown",), None, None)
    assert "no trace" in unknown.reason


def test_evidence_without_a_date_keeps_but_not_in_time():
    commitment = history.promise(due_on=date(2022, 6, 30))
    history.evidence(commitment, delivers=True, date_note="The report gives no day.")

    line = line_of(commitment)

    assert (line.marks, line.days_late, line.is_on_time) == (("kept",), None, False)
    assert "not known" in line.reason
    assert line.facts[0].date_note == "The report gives no day."


def test_news_alone_leaves_it_open_and_later_late():
    commitment = history.promise(due_on=date(2021, 12, 31))
    history.evidence(commitment, happened_on=date(2021, 5, 1))

    assert line_of(commitment, date(2021, 12, 31)).marks == ("open",)
    assert line_of(commitment, date(2022, 1, 1)).words == "1 day late"


def test_promise_without_a_date_is_open_for_two_years_and_then_unknown():
    commitment = history.promise()

    assert line_of(commitment, date(2022, 12, 1)).marks == ("open",)
    assert line_of(commitment, date(2023, 2, 1)).marks == ("unknown",)


def test_dropping_is_an_act_of_a_person_with_a_reason():
    dropped = history.promise(state="dropped", state_reason="The bank withdrew.")

    line = line_of(dropped)

    assert (line.marks, line.reason, line.said) == (("dropped",), "The bank withdrew.", "")


def test_what_was_held_stays_held_though_somebody_says_dropped():
    history.camp(history.programme(), "AZ", date(2021, 7, 5), date(2021, 7, 7))

    line = line_of(history.boot_camp_promised(state="dropped", state_reason="I heard so."))

    assert (line.marks, line.said) == (("kept",), "Dropped")


def test_what_a_person_said_stands_beside_and_never_overrides():
    said_kept = history.promise(due_on=date(2021, 12, 31), state="kept")

    line = line_of(said_kept)

    assert (line.marks, line.said) == (("unknown",), "Kept")


def test_cancelled_edition_delivers_nothing():
    edition = history.camp(history.programme(), "AZ", date(2021, 7, 5), date(2021, 7, 7))
    edition.state = "cancelled"
    edition.save()

    line = line_of(history.boot_camp_promised())

    assert line.marks == ("late",)
    assert "cancelled" in line.facts[0].words


def test_counts_say_how_many_lines_hold_each_mark():
    counted = ledger(history.whole(), as_of=TODAY).counts

    assert counted == {"kept": 2, "changed": 1, "late": 2, "open": 0, "unknown": 1, "dropped": 0}


def test_words_are_in_the_readers_language():
    history.baku(history.programme())
    commitment = history.boot_camp_promised()

    with translation.override("ar"):
        assert "Boot camp (ar)" in line_of(commitment).facts[0].words


@pytest.mark.parametrize("more", [1, 12])
def test_ledger_costs_the_same_for_few_lines_and_for_many(django_assert_num_queries, more):
    history.whole()
    for _number in range(more):
        history.evidence(history.boot_camp_promised(), happened_on=date(2021, 5, 1))
    rows = list(Commitment.objects.all())

    with django_assert_num_queries(10):
        ledger(rows, as_of=TODAY)
