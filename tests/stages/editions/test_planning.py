"""The plan frozen when the call opens, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from karvan.foundation import clock
from karvan.stages.editions.models import Activity, Edition, PlanLine
from karvan.stages.editions.plans import plan_of, planned_and_actual, plans_of
from karvan.stages.editions.services import (
    add_partner,
    correct_amount,
    depart,
    enter_amount,
    freeze_plan,
    plan_dates,
    record_actual_dates,
    remove_partner,
)
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 4, 6)  # Morocco works Monday to Friday


def planned(**fields):
    """An edition whose camp is planned for three days, with a planned line, ready to freeze."""
    edition = adopt(**fields)
    Edition.objects.filter(pk=edition.pk).update(
        state="adopted", adopted_at=make.moment(2026, 1, 1)
    )
    plan_dates(camp_of(edition), starts_on=MONDAY, ends_on=MONDAY + timedelta(days=2), by=None)
    enter(edition, "planned", 1000)
    edition.refresh_from_db()
    return edition


def frozen(**fields):
    edition = planned(**fields)
    freeze_plan(camp_of(edition), by=None)
    edition.refresh_from_db()
    return edition


def camp_of(edition):
    return edition.activities.get(code="BC3")


def enter(edition, kind, amount, currency="MAD", code="VENUE"):
    return enter_amount(
        edition.budget_lines.get(code=code),
        kind=kind,
        amount=Decimal(amount),
        currency=currency,
        on=clock.today(),
        by=None,
    )


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def compared(edition, kind, what="BC3"):
    (found,) = [
        one
        for one in planned_and_actual(edition)
        if one.kind == kind and what in (one.what, one.activity)
    ]
    return found


def test_opening_a_call_freezes_dates_length_places_partners_and_budget():
    edition = frozen()

    lines = {(one.kind, one.key): one.planned for one in PlanLine.objects.all()}

    host = edition.partners.get().party.code
    assert lines[("dates", "")] == {"from": "2026-04-06", "until": "2026-04-08"}
    assert lines[("length", "")] == {"days": 3, "contact_minutes": 1275}
    assert lines[("places", "")] == 100
    assert lines[("partner", f"{host}/host")] == {
        "reserved_seats": 0, "amount": None, "currency": "",
    }  # fmt: skip
    assert lines[("budget", "VENUE")] == {
        "amounts": {"MAD": "1000.00"}, "in": "USD", "converted": "0", "without_rate": 1, "count": 1,
    }  # fmt: skip
    assert lines[("budget", "SEED")]["count"] == 0


def test_edition_s_own_plan_is_frozen_with_the_first_activity_only():
    edition = frozen()
    course = edition.activities.get(code="AC6")
    add_partner(edition, party=make.party(), part="funder", by=None)
    plan_dates(course, starts_on=date(2026, 5, 4), ends_on=date(2026, 6, 12), by=None)

    freeze_plan(course, by=None)

    assert PlanLine.objects.filter(kind="partner").count() == 1
    assert PlanLine.objects.filter(kind="dates").count() == 2
    assert PlanLine.objects.get(kind="length", activity=course).planned["weeks"] == 6


@pytest.mark.parametrize(
    "sql", ["UPDATE editions_planline SET planned = '1'", "DELETE FROM editions_planline"]
)
def test_database_itself_refuses_to_change_a_frozen_plan(sql):
    frozen()

    with pytest.raises(IntegrityError, match="a frozen plan never changes"):
        run(sql)

    assert PlanLine.objects.filter(kind="places").get().planned == 100


@pytest.mark.postgres
def test_postgresql_refuses_to_change_a_frozen_plan_or_an_amount():
    edition = frozen()

    for table in ("editions_planline", "editions_budgetentry"):
        with pytest.raises(IntegrityError, match="never changes"):
            run(f"UPDATE {table} SET id = id")

    assert edition.plan_lines.exists()


def test_activity_that_the_design_no_longer_has_is_frozen_without_a_length():
    activity = make.activity("ZZ", of=make.edition())

    freeze_plan(activity, by=None)

    assert not PlanLine.objects.filter(kind="length").exists()
    assert compared(activity.edition, "length", "ZZ").planned == "no plan was frozen"


def test_edition_without_a_frozen_plan_says_so():
    edition = planned()

    assert plan_of(edition).frozen_at is None
    assert {one.planned for one in planned_and_actual(edition)} == {"no plan was frozen"}


def test_plan_frozen_before_plans_had_lines_keeps_its_dates_and_says_the_rest_is_unknown():
    edition = planned()
    Activity.objects.filter(code="BC3").update(plan_frozen_at=make.moment(2026, 2, 1))

    dates, length = compared(edition, "dates"), compared(edition, "length")

    assert "6 April 2026" in dates.planned
    assert (length.planned, length.mark) == ("no plan was frozen", "open")


@pytest.mark.parametrize(
    ("first", "last", "mark", "detail"),
    [
        (0, 2, "kept", ""),
        (7, 9, "late", "7 days later"),
        (0, 3, "late", "1 day later"),
        (-7, -5, "changed", "7 days earlier"),
        (0, 1, "changed", "1 day earlier"),
    ],
)
def test_dates_held_stand_beside_the_dates_planned(first, last, mark, detail):
    edition = frozen()
    record_actual_dates(
        camp_of(edition),
        starts_on=MONDAY + timedelta(days=first),
        ends_on=MONDAY + timedelta(days=last),
        reason="Lockdown",
        by=None,
    )

    found = compared(edition, "dates")

    assert (found.mark, found.detail, found.reason) == (mark, detail, "Lockdown")


def test_activity_whose_days_have_passed_in_silence_is_unknown_and_one_to_come_is_ahead():
    edition = frozen()

    with clock.replaying(make.moment(2026, 4, 1)):
        assert compared(edition, "dates").mark == "open"
    with clock.replaying(make.moment(2026, 4, 20)):
        found = compared(edition, "dates")
    assert (found.mark, found.actual) == ("unknown", "unknown")


def test_activity_that_goes_on_past_its_last_day_is_late():
    edition = frozen()
    record_actual_dates(camp_of(edition), starts_on=MONDAY, ends_on=None, by=None)

    with clock.replaying(make.moment(2026, 4, 7)):
        assert compared(edition, "dates").mark == "in_progress"
    with clock.replaying(make.moment(2026, 4, 12)):
        found = compared(edition, "dates")
    assert (found.mark, found.detail) == ("late", "4 days later")


def test_length_is_what_the_design_says_now_and_what_was_really_held():
    edition = frozen()
    assert compared(edition, "length").mark == "kept"

    depart(edition, path="activities.BC3.duration.days", after=2, reason="Practice", by=None)
    found = compared(edition, "length")

    assert (found.mark, found.detail) == ("changed", "3 days → 2 days")


def test_days_held_are_working_days_with_the_first_and_the_last_always_among_them():
    edition = frozen()
    friday, sunday = date(2026, 4, 10), date(2026, 4, 12)

    record_actual_dates(camp_of(edition), starts_on=friday, ends_on=sunday, reason="Hall", by=None)
    found = compared(edition, "length")

    assert (found.mark, found.detail) == ("changed", "3 days → 2 days")
    assert found.actual.startswith("held: 2 days")


def test_weeks_held_are_counted_from_the_dates():
    edition = frozen()
    course = edition.activities.get(code="AC6")
    plan_dates(course, starts_on=MONDAY, ends_on=date(2026, 5, 15), by=None)
    freeze_plan(course, by=None)

    record_actual_dates(
        course, starts_on=MONDAY, ends_on=date(2026, 5, 1), reason="Ramadan", by=None
    )
    found = compared(edition, "length", str(course))

    assert (found.mark, found.detail) == ("changed", "6 weeks → 4 weeks")


def test_places_that_follow_a_departure_differ_from_the_plan():
    edition = frozen()

    depart(edition, path="activities.BC3.cohort.max", after=80, reason="The hall", by=None)
    found = compared(edition, "places")

    assert (found.mark, found.detail) == ("changed", "100 → 80")


def test_partner_that_left_is_named_with_the_day_and_the_reason_and_one_that_came_with_its_day():
    edition = planned()
    leaves = add_partner(edition, party=make.party(), part="funder", by=None)
    freeze_plan(camp_of(edition), by=None)
    joins = add_partner(
        edition, party=make.party(), part="partner", joined_on=date(2026, 3, 1), by=None
    )
    with clock.replaying(make.moment(2026, 3, 15)):
        remove_partner(leaves, reason="No money", by=None)

    gone = compared(edition, "partner", str(leaves.party))
    come = compared(edition, "partner", str(joins.party))
    host = compared(edition, "partner", str(edition.partners.get(part="host").party))

    assert (gone.mark, gone.actual, gone.reason) == (
        "dropped", "left on Sunday, 15 March 2026", "No money",
    )  # fmt: skip
    assert (come.mark, come.planned, come.detail) == (
        "changed", "not in the plan", "since Sunday, 1 March 2026",
    )  # fmt: skip
    assert host.mark == "kept"


def budget_mark(edition, code="VENUE"):
    title = str(edition.budget_lines.get(code=code))
    found = compared(edition, "budget", title)
    return found.mark, found.word, found.detail.replace("\xa0", " ")


def test_budget_line_is_open_within_or_over_the_plan():
    edition = frozen()

    assert budget_mark(edition) == ("open", "nothing committed yet", "")
    enter(edition, "committed", 900)
    assert budget_mark(edition) == ("kept", "within the plan", "")
    enter(edition, "paid", 1250)
    assert budget_mark(edition) == ("changed", "over the plan", "250.00 MAD")


def test_budget_planned_anew_after_the_freeze_differs_from_the_plan():
    edition = frozen()
    entry = edition.budget_lines.get(code="VENUE").entries.get()

    correct_amount(
        entry, amount=Decimal(1400), currency="MAD", on=clock.today(), reason="Prices", by=None
    )
    assert budget_mark(edition) == ("changed", "planned anew", "now 1,400.00 MAD")


def test_budget_in_other_currencies_without_a_rate_is_unknown():
    edition = frozen()
    enter(edition, "committed", 90, "USD")

    assert budget_mark(edition) == ("unknown", "cannot be compared", "1 amount has no rate")


def test_closed_edition_says_what_was_left_and_what_nobody_said():
    edition = frozen()
    enter(edition, "paid", 700)
    enter(edition, "planned", 50, code="SEED")
    Edition.objects.filter(pk=edition.pk).update(state="closed")
    edition.refresh_from_db()

    assert budget_mark(edition) == ("changed", "under the plan", "300.00 MAD")
    assert budget_mark(edition, "SEED")[0] == "changed"
    assert budget_mark(edition, "TRAVEL")[0] == "open"


def test_plans_of_more_editions_cost_no_more_queries(django_assert_num_queries):
    first = frozen()
    editions = [first]
    for code, country in (("EG-2027", "EG"), ("JO-2027", "JO")):
        one = adopt(first.blueprint, code=code, country=make.country(country), languages=["en"])
        Edition.objects.filter(pk=one.pk).update(state="adopted", adopted_at=clock.now())
        plan_dates(camp_of(one), starts_on=MONDAY, ends_on=MONDAY, by=None)
        freeze_plan(camp_of(one), by=None)
        editions.append(one)
    listed = list(Edition.objects.select_related("programme", "blueprint"))

    with django_assert_num_queries(9):
        plans_of(listed[:1])
    with django_assert_num_queries(9):
        found = plans_of(listed)

    assert len(found) == 3
