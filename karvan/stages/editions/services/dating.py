"""Planned dates, frozen when the call opens; what happens after that is actual."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from .. import queries
from ..errors import PlanFrozen, ReasonMissing, WrongDates, WrongState
from ..models import Activity, Edition
from .planning import freeze_edition_plan


@transaction.atomic
def plan_dates(
    activity: Activity, *, starts_on: date, ends_on: date, by: Person | None
) -> Activity:
    """Plan the first and the last day of an activity. Days off are warned of, not refused.

    Raises:
        PlanFrozen: its call has opened; say the actual dates instead.
        WrongDates: it would end before it begins.
        WrongState: the edition is over.
    """
    activity = _locked(activity)
    if activity.plan_frozen_at:
        raise PlanFrozen(
            _("The planned dates are frozen. Say the actual dates instead, with the reason.")
        )
    if ends_on < starts_on:
        raise WrongDates(_("An activity must begin before it ends."))
    before = {"from": activity.planned_starts_on, "until": activity.planned_ends_on}
    activity.planned_starts_on, activity.planned_ends_on = starts_on, ends_on
    activity.save(update_fields=["planned_starts_on", "planned_ends_on"])
    after = {"from": starts_on, "until": ends_on}
    record("dates planned", activity, by=by, before=before, after=after)
    return activity


@transaction.atomic
def plan_all_dates(
    edition: Edition, *, dates: Mapping[str, tuple[date, date]], by: Person | None
) -> list[Activity]:
    """Plan the first and last day of several activities, by their codes; returns those planned.

    Raises:
        WrongDates: there is no such activity, or nothing to plan.
        RuleBroken: what ``plan_dates`` refuses; none of them is planned then.
    """
    known = {one.code: one for one in edition.activities.all()}
    if not dates or set(dates) - set(known):
        raise WrongDates(_("There are no proposed dates to plan."))
    return [
        plan_dates(known[code], starts_on=first, ends_on=last, by=by)
        for code, (first, last) in dates.items()
    ]


@transaction.atomic
def freeze_plan(activity: Activity, *, by: Person | None) -> Activity:
    """Freeze the plan of an activity, as the opening of a call does. A frozen plan stays as it is.

    With the first activity the plan of the whole edition is frozen: its partners and its budget.
    An activity that admits from this one has no call of its own: its plan, where there is one,
    is frozen with it. The edition runs from now on.

    Raises:
        WrongDates: no dates are planned.
        WrongState: the edition is over.
    """
    activity = _locked(activity)
    if activity.plan_frozen_at:
        return activity
    if activity.planned_starts_on is None or activity.planned_ends_on is None:
        raise WrongDates(_("Plan the dates of “%(activity)s” first.") % {"activity": activity})
    activity.plan_frozen_at = clock.now()
    activity.save(update_fields=["plan_frozen_at"])
    freeze_edition_plan(activity, by=by)
    _run(activity.edition)
    after = {"from": activity.planned_starts_on, "until": activity.planned_ends_on}
    record("plan frozen", activity, by=by, after=after)
    for following in _fed_by(activity):
        freeze_plan(following, by=by)
    return activity


def _fed_by(activity: Activity) -> list[Activity]:
    """The planned activities that take those whom this one admits."""
    parts = queries.document_of(activity.edition)["activities"]
    codes = [one["code"] for one in parts if one.get("admits_from") == activity.code]
    return list(
        activity.edition.activities.filter(
            code__in=codes, planned_starts_on__isnull=False, planned_ends_on__isnull=False
        )
    )


@transaction.atomic
def record_actual_dates(
    activity: Activity,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: str = "",
    by: Person | None,
) -> Activity:
    """Say when the activity was really held, or will be now that its plan is frozen.

    The planned dates stay beside it. ``ends_on`` is None while it goes on.

    Raises:
        ReasonMissing: the dates differ from the plan, or from what was said before, without a reason.
        WrongDates: it would end before it begins.
        WrongState: the edition was cancelled.
    """
    activity = _locked(activity, over=(Edition.State.CANCELLED,))
    if ends_on is not None and ends_on < starts_on:
        raise WrongDates(_("An activity must begin before it ends."))
    before = {"from": activity.actual_starts_on, "until": activity.actual_ends_on}
    if not reason.strip() and _differs(activity, starts_on, ends_on):
        raise ReasonMissing(_("Say why the dates differ from the plan."))
    activity.actual_starts_on, activity.actual_ends_on = starts_on, ends_on
    activity.change_reason = reason.strip()
    activity.save(update_fields=["actual_starts_on", "actual_ends_on", "change_reason"])
    _run(activity.edition)
    after = {"from": starts_on, "until": ends_on}
    record("actual dates said", activity, by=by, before=before, after=after, reason=reason)
    return activity


def _locked(
    activity: Activity, over: tuple[str, ...] = (Edition.State.CLOSED, Edition.State.CANCELLED)
) -> Activity:
    locked = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("edition")
        .get(pk=activity.pk)
    )
    if locked.edition.state in over:
        raise WrongState(_("This edition is over; its dates stay as they are."))
    return locked


def _differs(activity: Activity, starts_on: date, ends_on: date | None) -> bool:
    """Whether the dates say something else than the plan, or than an earlier word on them."""
    if activity.actual_starts_on and activity.actual_starts_on != starts_on:
        return True
    if activity.actual_ends_on and activity.actual_ends_on != ends_on:
        return True
    late = ends_on is not None and ends_on != activity.planned_ends_on
    return starts_on != activity.planned_starts_on or late


def _run(edition: Edition) -> None:
    """An adopted edition runs from its first frozen plan or its first actual date on."""
    if edition.state == Edition.State.ADOPTED:
        edition.state = Edition.State.RUNNING
        edition.save(update_fields=["state"])
