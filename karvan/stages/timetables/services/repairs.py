"""A timetable is marked for repair when the design under it changes, until one is published anew."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..models import RepairRequest


@transaction.atomic
def ask_repair(
    activity: Activity, *, reason: str, sessions: Iterable[str], by: Person | None
) -> RepairRequest:
    """Say that the activity's timetable no longer fits its design; returns the open request.

    A second request before the first is settled is added to it.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    wanted = sorted(set(sessions))
    known = activity.repair_requests.filter(settled_at__isnull=True).first()
    if known:
        known.sessions = sorted({*known.sessions, *wanted})
        known.reason = reason if reason in known.reason else f"{known.reason} {reason}"[:300]
        known.save(update_fields=["sessions", "reason"])
    else:
        known = RepairRequest.objects.create(
            activity=activity,
            reason=reason,
            sessions=wanted,
            asked_by=by,
            asked_at=clock.now(),
        )
    record("repair asked", activity, by=by, after={"sessions": wanted}, reason=reason)
    return known


def settle_repairs(activity: Activity) -> int:
    """What publishing a timetable does to open requests; returns how many it settled."""
    open_ones = activity.repair_requests.filter(settled_at__isnull=True)
    return open_ones.update(settled_at=clock.now())
