"""The plan, written down when a call opens, so that it can stand beside what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from karvan.foundation.people.models import Person

from .. import budgets, queries
from ..models import Activity, Edition, PlanLine
from ..plans import partner_key

_LENGTHS = ("days", "weeks", "contact_minutes")


@transaction.atomic
def freeze_edition_plan(activity: Activity, *, by: Person | None) -> list[PlanLine]:
    """Write the plan of an activity as it stands now; with the first one, also the edition's.

    Part of ``freeze_plan``, whose record tells of it, so it writes none of its own and ``by``
    is who freezes. An activity whose plan is written stays as it is. Returns what was written.
    """
    edition = Edition.objects.select_for_update().get(pk=activity.edition_id)
    if PlanLine.objects.filter(activity=activity).exists():
        return []
    is_first = not PlanLine.objects.filter(edition=edition).exists()
    lines = list(_of_activity(activity))
    if is_first:
        lines += [*_of_partners(edition), *_of_budget(edition)]
    frozen_at: datetime | None = activity.plan_frozen_at
    if frozen_at is None:
        raise ValueError(f"{activity.scope} is not frozen")
    for one in lines:
        one.edition, one.frozen_at = edition, frozen_at
    return PlanLine.objects.bulk_create(lines)


def _of_activity(activity: Activity) -> Iterator[PlanLine]:
    """Its dates, its length as designed, its places."""
    dates = {"from": activity.planned_starts_on, "until": activity.planned_ends_on}
    duration = queries.duration_of(queries.document_of(activity.edition), activity.code)
    yield _line(PlanLine.Kind.DATES, {key: f"{day}" for key, day in dates.items()}, activity)
    length = {key: duration[key] for key in _LENGTHS if key in duration}
    if length:
        yield _line(PlanLine.Kind.LENGTH, length, activity)
    places = "unknown" if activity.places is None else activity.places
    yield _line(PlanLine.Kind.PLACES, places, activity)


def _of_partners(edition: Edition) -> Iterator[PlanLine]:
    for partner in queries.partners_of(edition):
        planned = {
            "reserved_seats": partner.reserved_seats,
            "amount": None if partner.amount is None else f"{partner.amount:f}",
            "currency": partner.currency,
        }
        yield _line(PlanLine.Kind.PARTNER, planned, key=partner_key(partner))


def _of_budget(edition: Edition) -> Iterator[PlanLine]:
    """What each line plans: its totals by currency, and the one in the programme's."""
    budget = budgets.budget_of(edition)
    for row in budget.rows:
        planned = {
            "amounts": {currency: f"{amount:f}" for currency, amount in row.planned.amounts},
            "in": budget.into,
            "converted": f"{row.planned.converted:f}",
            "without_rate": row.planned.without_rate,
            "count": row.planned.count,
        }
        yield _line(PlanLine.Kind.BUDGET, planned, key=row.line.code)


def _line(kind: str, planned: Any, activity: Activity | None = None, key: str = "") -> PlanLine:
    return PlanLine(activity=activity, kind=kind, key=key, planned=planned)
