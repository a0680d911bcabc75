"""Planned dates are frozen by the call; what happens after is actual, with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.editions.errors import PlanFrozen, ReasonMissing, WrongDates, WrongState
from karvan.stages.editions.models import Edition
from karvan.stages.editions.services import freeze_plan, plan_dates, record_actual_dates
from tests import make

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 3)


def planned(**fields):
    activity = make.activity(
        of=make.edition(**fields), planned_starts_on=None, planned_ends_on=None
    )
    return plan_dates(activity, starts_on=FIRST, ends_on=LAST, by=None)


def test_dates_are_planned_and_planned_again():
    activity = planned()

    activity = plan_dates(activity, starts_on=LAST, ends_on=LAST, by=None)

    assert (activity.planned_starts_on, activity.planned_ends_on) == (LAST, LAST)
    assert Record.objects.filter(act="dates planned").count() == 2


def test_dates_that_end_before_they_begin_are_refused():
    activity = planned()

    with pytest.raises(WrongDates):
        plan_dates(activity, starts_on=LAST, ends_on=FIRST, by=None)

    activity.refresh_from_db()
    assert activity.planned_starts_on == FIRST


def test_frozen_plan_is_kept_and_the_edition_runs():
    activity = freeze_plan(planned(), by=None)

    with pytest.raises(PlanFrozen):
        plan_dates(activity, starts_on=LAST, ends_on=LAST, by=None)

    activity.refresh_from_db()
    assert activity.planned_starts_on == FIRST
    assert Edition.objects.get().state == "running"


def test_freezing_again_changes_nothing():
    first = freeze_plan(planned(), by=None)

    assert freeze_plan(first, by=None).plan_frozen_at == first.plan_frozen_at
    assert Record.objects.filter(act="plan frozen").count() == 1


def test_plan_without_dates_is_not_frozen():
    activity = make.activity(planned_starts_on=None, planned_ends_on=None)

    with pytest.raises(WrongDates):
        freeze_plan(activity, by=None)


def test_actual_dates_stand_beside_the_plan_with_the_reason():
    activity = freeze_plan(planned(), by=None)

    activity = record_actual_dates(
        activity, starts_on=date(2027, 9, 6), ends_on=date(2027, 9, 7), reason="Lockdown", by=None
    )

    assert (activity.planned_starts_on, activity.actual_starts_on) == (FIRST, date(2027, 9, 6))
    assert activity.change_reason == "Lockdown"


def test_other_dates_than_planned_need_a_reason():
    activity = freeze_plan(planned(), by=None)

    with pytest.raises(ReasonMissing):
        record_actual_dates(activity, starts_on=LAST, ends_on=LAST, reason=" ", by=None)

    activity.refresh_from_db()
    assert activity.actual_starts_on is None


def test_dates_held_as_planned_need_no_reason_even_while_it_goes_on():
    activity = freeze_plan(planned(), by=None)

    activity = record_actual_dates(activity, starts_on=FIRST, ends_on=None, by=None)
    activity = record_actual_dates(activity, starts_on=FIRST, ends_on=LAST, by=None)

    assert (activity.actual_starts_on, activity.actual_ends_on) == (FIRST, LAST)


def test_what_was_said_of_the_actual_dates_is_corrected_only_with_a_reason():
    activity = record_actual_dates(planned(), starts_on=FIRST, ends_on=LAST, by=None)

    with pytest.raises(ReasonMissing):
        record_actual_dates(activity, starts_on=FIRST, ends_on=None, by=None)


def test_edition_that_is_over_plans_no_dates():
    activity = planned()
    Edition.objects.update(state="cancelled")

    with pytest.raises(WrongState):
        plan_dates(activity, starts_on=LAST, ends_on=LAST, by=None)
    with pytest.raises(WrongState):
        record_actual_dates(activity, starts_on=FIRST, ends_on=LAST, by=None)
