"""Lay out an activity's sessions as its design says, and call one off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from ..cohorts import Cohort, cohort_of, equipment_needed, trainers_needed
from ..errors import ReasonMissing, WrongState
from ..models import Group, Session
from ..queries import published_timetable, rooms_of
from .letters import tell_cancelled

DAYS_A_WEEK = 7
PARTS_OF_A_SESSION = 100  # positions kept free for the groups of one session


@transaction.atomic
def lay_out_sessions(activity: Activity, *, by: Person | None) -> list[Session]:
    """Make the activity's sessions as its design says and return them in their order.

    A session is held once for all if a room of its kind seats the whole cohort, and once
    for each group if none does and there are groups. Safe to run again: sessions keep
    their rows and so their calendar entries; one that the design no longer has is
    deleted, or cancelled if it has ever been placed.

    Cost: one read and one write a session.
    """
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    document = activity_document(activity)
    groups = list(activity.groups.order_by("code"))
    wanted = {row["code"]: row for row in _wanted(activity, document, groups)}
    # Sessions that no design has, such as those of a symposium's programme, are let alone.
    known = {session.code: session for session in activity.sessions.exclude(blueprint_code="")}

    made = changed = 0
    for code, fields in wanted.items():
        session = known.get(code)
        if session is None:
            Session.objects.create(activity=activity, **fields)
            made += 1
        elif any(getattr(session, key) != value for key, value in fields.items()):
            _update(session, fields)
            changed += 1
    gone = [session for code, session in known.items() if code not in wanted]
    dropped = sum(_drop(session) for session in gone)
    if made or changed or dropped:
        after = {"made": made, "changed": changed, "dropped": dropped}
        record("laid out sessions", activity, by=by, after=after)
    return list(activity.sessions.filter(is_cancelled=False).order_by("position"))


@transaction.atomic
def cancel_session(
    session: Session, *, reason: str, tell: bool = True, by: Person | None
) -> Session:
    """Call a session off. It leaves drafts, and shows as cancelled in calendars and timetable.

    Writes a letter to everybody who would have been there, if it stands in the version in force;
    not with ``tell`` false, when one letter tells of many sessions.

    Raises:
        WrongState: it is cancelled already.
        ReasonMissing: no reason was given.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.is_cancelled:
        raise WrongState(_("This session is cancelled already."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the session is cancelled."))
    session.is_cancelled, session.cancel_reason = True, reason.strip()
    session.save(update_fields=["is_cancelled", "cancel_reason"])
    session.placements.filter(timetable__state="draft").delete()
    in_force = published_timetable(session.activity) if tell else None
    told = tell_cancelled(session, in_force, by=by) if in_force else 0
    record("cancelled", session, by=by, reason=reason, after={"told": told})
    return session


@transaction.atomic
def prefer_starts(
    session: Session, *, preferred: Sequence[Sequence[int]], by: Person | None
) -> Session:
    """Say when a session had better begin; the engine counts every other start as a cost.

    ``preferred`` are stretches of the day, [first, last] in minutes after midnight; none takes
    the wish away. What is placed stays until the timetable is improved.

    Raises:
        WrongState: a stretch ends before it begins, or two of them overlap.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    stretches = sorted([int(first), int(last)] for first, last in preferred)
    for first, last in stretches:
        if not 0 <= first <= last < 24 * 60:
            raise WrongState(_("A stretch must end after it begins, on the same day."))
    if any(now[1] >= then[0] for now, then in pairwise(stretches)):
        raise WrongState(_("The two stretches overlap: write them as one."))
    before, session.preferred = session.preferred, stretches
    session.save(update_fields=["preferred"])
    record(
        "said preferred starts",
        session,
        by=by,
        before={"preferred": _clocks(before)},
        after={"preferred": _clocks(stretches)},
    )
    return session


def _clocks(stretches: Sequence[Sequence[int]]) -> list[str]:
    """["09:00–11:30"]."""
    return [
        "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in stretch)
        for stretch in stretches
    ]


def _wanted(
    activity: Activity, document: Mapping[str, Any], groups: list[Group]
) -> Iterator[dict[str, Any]]:
    """The rows the design asks for, in order."""
    cohort = cohort_of(activity, document, [group.size for group in groups])
    seats = _seats_by_kind(activity, document)
    for number, session in enumerate(document.get("sessions", ())):
        kind = session.get("room", "")
        is_split = bool(kind and groups and seats.get(kind, cohort.people) < cohort.people)
        for part, group in enumerate(groups if is_split else [None]):
            people = group.size if group else cohort.people
            yield {
                **_fields(session, document, cohort, people),
                "code": f"{session['id']}-{group.code}" if group else session["id"],
                "group": group,
                "position": number * PARTS_OF_A_SESSION + part,
            }


def _fields(
    session: Mapping[str, Any], document: Mapping[str, Any], cohort: Cohort, people: int
) -> dict[str, Any]:
    first = session.get("day")
    last = first
    if first is None and session.get("week"):
        last = int(session["week"]) * DAYS_A_WEEK
        first = last - DAYS_A_WEEK + 1
    return {
        "blueprint_code": session["id"],
        "titles": session["title"],
        "kind": session["kind"],
        "minutes": session["minutes"],
        "trainer_roles": trainers_needed(session, document, cohort=cohort, people=people),
        "room_kind": session.get("room", ""),
        "equipment": equipment_needed(session, document, teams=cohort.teams(people)),
        "slot": session.get("slot", ""),
        "day_from": first,
        "day_to": last,
        "is_cancelled": False,
        "cancel_reason": "",
    }


def _seats_by_kind(activity: Activity, document: Mapping[str, Any]) -> dict[str, int]:
    """Kind of room → seats of the largest one: those there are, else those of the design."""
    seats = {room["code"]: int(room["seats"]) for room in document.get("rooms", ())}
    there: dict[str, int] = {}
    for room in rooms_of(activity.edition):
        for kind in room.kinds:
            there[kind] = max(room.seats, there.get(kind, 0))
    return seats | there


def _update(session: Session, fields: dict[str, Any]) -> None:
    """Take over what the design says now; what a person called off stays called off."""
    is_called_off = bool(session.is_cancelled and session.cancel_reason)
    for key, value in fields.items():
        if not (is_called_off and key in ("is_cancelled", "cancel_reason")):
            setattr(session, key, value)
    session.save()


def _drop(session: Session) -> bool:
    """Delete a session nothing refers to, else cancel it. Returns whether anything changed."""
    if session.is_cancelled:
        return False
    try:
        with transaction.atomic():
            session.placements.filter(timetable__state="draft").delete()
            session.delete()
    except ProtectedError:
        session.is_cancelled = True
        session.save(update_fields=["is_cancelled"])
    return True
