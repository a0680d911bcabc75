"""Note what happened to an activity's plan, and take it back when it no longer holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity, Room

from ..errors import DisruptionIncomplete, ReasonMissing, WrongState
from ..models import Disruption, Placement, Session, Trainer
from .days import touches

MIDNIGHT = 24 * 60


@transaction.atomic
def note_disruption(
    activity: Activity,
    *,
    kind: str,
    reason: str,
    trainer: Trainer | None = None,
    room: Room | None = None,
    session: Session | None = None,
    day_from: date | None = None,
    day_to: date | None = None,
    minute_from: int | None = None,
    minute_to: int | None = None,
    minutes: int | None = None,
    by: Person | None,
) -> Disruption:
    """Note that a trainer or a room, a day or a session's length is not as it was planned.

    It holds for everything built, improved or repaired from now on, until it is taken back;
    the version in force stays as it is until a new one is published. Without dates it holds
    for all days, without minutes for whole days.

    Raises:
        ReasonMissing: no reason was given.
        DisruptionIncomplete: it does not say whom or what it hits, or ends before it begins.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why, in a few words."))
    said = {"trainer": trainer, "room": room, "session": session}
    subject = SUBJECTS.get(kind)
    if subject is not None and said[subject] is None:
        raise DisruptionIncomplete(_("Say whom or what it hits."))
    if kind == Disruption.Kind.DAY_LOST and day_from is None:
        raise DisruptionIncomplete(_("Say on which day nothing can be held."))
    if kind == Disruption.Kind.SESSION_LENGTH and not minutes:
        raise DisruptionIncomplete(_("Say how many minutes the session takes now."))
    if day_from is not None and day_to is not None and day_to < day_from:
        raise DisruptionIncomplete(_("The last day is before the first."))
    if (minute_from or 0) >= (MIDNIGHT if minute_to is None else minute_to):
        raise DisruptionIncomplete(_("The hours end before they begin."))
    has_minutes = minute_from is not None or minute_to is not None
    made = Disruption.objects.create(
        activity=activity,
        kind=kind,
        reason=reason.strip(),
        day_from=day_from,
        day_to=day_to or day_from,
        minute_from=(minute_from or 0) if has_minutes else None,
        minute_to=minute_to,
        minutes=minutes if kind == Disruption.Kind.SESSION_LENGTH else None,
        made_by=by,
        made_at=clock.now(),
        **({subject: said[subject]} if subject else {}),
    )
    after = {
        "kind": kind,
        "what": str(said[subject]) if subject else "",
        "from": day_from,
        "to": made.day_to,
        "minutes": made.minutes,
    }
    record("noted", made, by=by, reason=made.reason, after=after)
    return made


@transaction.atomic
def take_back_disruption(disruption: Disruption, *, by: Person | None) -> Disruption:
    """Say that it no longer holds; versions made under it stay as they are.

    Raises:
        WrongState: it was taken back already.
    """
    disruption = Disruption.objects.select_for_update(of=("self",)).get(pk=disruption.pk)
    if disruption.taken_back_at is not None:
        raise WrongState(_("This was taken back already."))
    disruption.taken_back_at = clock.now()
    disruption.save(update_fields=["taken_back_at"])
    record("taken back", disruption, by=by)
    return disruption


def hit_by(disruption: Disruption, placements: Iterable[Placement]) -> list[Placement]:
    """Those of a version's placements, not begun yet, that a disruption makes impossible."""
    now = clock.now()
    return [
        one
        for one in placements
        if one.starts_at > now and not one.session.is_cancelled and _is_hit(one, disruption)
    ]


SUBJECTS = {
    Disruption.Kind.TRAINER_AWAY.value: "trainer",
    Disruption.Kind.ROOM_LOST.value: "room",
    Disruption.Kind.SESSION_LENGTH.value: "session",
}


def _is_hit(one: Placement, disruption: Disruption) -> bool:
    kind = disruption.kind
    if kind == Disruption.Kind.SESSION_LENGTH:
        minutes = (one.ends_at - one.starts_at).total_seconds() / 60
        return one.session_id == disruption.session_id and minutes != disruption.minutes
    there = {trainer.pk for trainer in one.trainers.all()}
    if kind == Disruption.Kind.TRAINER_AWAY and disruption.trainer_id not in there:
        return False
    if kind == Disruption.Kind.ROOM_LOST and one.room_id != disruption.room_id:
        return False
    return _in_time(one, disruption)


def _in_time(one: Placement, disruption: Disruption) -> bool:
    zone = ZoneInfo(one.session.activity.edition.time_zone)
    start, end = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    first, last = disruption.minute_from or 0, disruption.minute_to or MIDNIGHT
    begins = start.hour * 60 + start.minute
    ends = MIDNIGHT if end.date() > start.date() else end.hour * 60 + end.minute
    return touches(disruption, start.date()) and begins < last and first < ends
