"""Publish a version, and move a session in a draft by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.engines import timetabling as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.places.calendars import days
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity, Room

from ..errors import PlacementClashes, SessionsUnplaced, WrongState
from ..models import Placement, Timetable
from ..queries import placements_of
from .clashes import clashes_elsewhere, clashes_within, in_words, lock_what_is_shared
from .letters import by_session, is_same, tell_published
from .reasons import reasons_in_words
from .repairs import settle_repairs
from .translating import Given, problem_of, read_rows

# What a person may decide against the design when moving a session by hand.
LEFT_TO_THE_PERSON = (engine.ClashKind.ROLE, engine.ClashKind.FIXED)


@transaction.atomic
def publish_timetable(timetable: Timetable, *, by: Person | None) -> Timetable:
    """Put a draft in force; the version before it is superseded.

    Sessions keep their calendar entries, those that moved with a higher sequence. Trainers
    and enrolled people get a letter with what is new to them, and nobody else does.
    Locks the activity, and the rooms and trainers it shares with others.

    Raises:
        WrongState: it is no draft.
        SessionsUnplaced: sessions laid out since have no time in it.
        PlacementClashes: a room, trainer or group would be in two sessions at once.
    """
    Activity.objects.select_for_update(of=("self",)).get(pk=timetable.activity_id)
    timetable = Timetable.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    if timetable.state != Timetable.State.DRAFT:
        raise WrongState(_("Only a draft can be published."))
    listed = [p for p in placements_of(timetable) if not p.session.is_cancelled]
    _refuse_unplaced(timetable, {placement.session_id for placement in listed})
    lock_what_is_shared(listed)
    wrong = clashes_within(listed) + clashes_elsewhere(timetable, listed)
    if wrong:
        raise PlacementClashes(in_words(wrong))

    standing = timetable.activity.timetables.filter(state=Timetable.State.PUBLISHED).first()
    before = by_session(placements_of(standing)) if standing else {}
    now = by_session(listed)
    moved = _carry_sequences(timetable, now, before)
    if standing:
        standing.state = Timetable.State.SUPERSEDED
        standing.save(update_fields=["state"])
    timetable.state, timetable.published_at = Timetable.State.PUBLISHED, clock.now()
    timetable.save(update_fields=["state", "published_at"])
    told = tell_published(timetable, standing, now, by=by)
    settled = settle_repairs(timetable.activity)
    after = {
        "version": timetable.number,
        "sessions": len(now),
        "moved": moved,
        **told,
        "repairs_settled": settled,
    }
    record("published", timetable, by=by, after=after)
    return timetable


@transaction.atomic
def move_placement(
    placement: Placement, *, starts_at: datetime, room: Room | None, by: Person | None
) -> Placement:
    """Hold a session of a draft at another time or in another room.

    Its trainers stay with it. A place that breaks a rule is refused with every rule named.

    Raises:
        WrongState: the version is published already, or the day is none of the activity's.
        PlacementClashes: why it cannot be held there.
    """
    timetable = Timetable.objects.select_for_update(of=("self",)).get(pk=placement.timetable_id)
    if timetable.state != Timetable.State.DRAFT:
        raise WrongState(_("A published version never changes; build a new one and move it there."))
    placement = placements_of(timetable).get(pk=placement.pk)
    why_not = reasons_against(placement, starts_at=starts_at, room=room)
    if why_not:
        raise PlacementClashes(" ".join(why_not))
    before = {"starts_at": placement.starts_at, "room": placement.room and placement.room.code}
    placement.starts_at = starts_at
    placement.ends_at = starts_at + timedelta(minutes=placement.session.minutes)
    placement.room = room
    placement.save(update_fields=["starts_at", "ends_at", "room"])
    after = {"starts_at": starts_at, "room": room and room.code, "version": timetable.number}
    record("moved", placement.session, by=by, before=before, after=after)
    return placement


def reasons_against(placement: Placement, *, starts_at: datetime, room: Room | None) -> list[str]:
    """Why a session of a draft cannot be held there, in sentences; none if it can.

    Raises:
        WrongState: the day is none of the activity's.
    """
    timetable = placement.timetable
    given = read_rows(timetable.activity, opened_anyway=_opened_anyway(timetable))
    problem = problem_of(given, in_order=False)
    day, start = _place_of(given, starts_at)
    if room is not None and room.pk not in {known.pk for known in given.rooms}:
        raise WrongState(_("This room is in no venue of the edition."))
    answer = _as_answer(given, timetable)
    found = engine.why_not_here(
        problem, answer, placement.session.code, day, start, str(room.pk) if room else None
    )
    against = [clash for clash in found if clash.kind not in LEFT_TO_THE_PERSON]
    words = [reason.text for reason in reasons_in_words(given, against, problem)]
    if not words:
        return []
    moved = Placement(
        timetable=timetable,
        session=placement.session,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=placement.session.minutes),
        room=room,
    )
    return list(dict.fromkeys(_named_clashes(placement, moved) or words))


def _named_clashes(placement: Placement, moved: Placement) -> list[str]:
    """What the moved placement would share with others at that time, with names and times."""
    others = [
        other
        for other in placements_of(placement.timetable)
        if other.pk != placement.pk
        and moved.starts_at < other.ends_at
        and other.starts_at < moved.ends_at
    ]
    moved.pk = placement.pk
    return [text for other in others for text in clashes_within([moved, other])]


def _opened_anyway(timetable: Timetable) -> set[date]:
    """Days the version was built over although the calendar closes them: all it did not close."""
    given = timetable.activity
    first, last = given.starts_on, given.ends_on
    if not isinstance(first, date) or not isinstance(last, date):
        return set()
    return {on for on in days(first, last) if on.isoformat() not in timetable.closed_days}


def _place_of(given: Given, starts_at: datetime) -> tuple[int, int]:
    """A moment as day of the horizon and minute of that day."""
    local = starts_at.astimezone(ZoneInfo(given.activity.edition.time_zone))
    if local.date() not in given.open.days:
        raise WrongState(_("The activity is not held on that day."))
    return given.open.days.index(local.date()), local.hour * 60 + local.minute


def _as_answer(given: Given, timetable: Timetable) -> engine.Timetable:
    """A version as the engine knows it. Who fills which role is not kept, so all are one role."""
    placements = {}
    for one in placements_of(timetable):
        if one.session.is_cancelled:
            continue
        day, start = _place_of(given, one.starts_at)
        placements[one.session.code] = engine.Placement(
            day=day,
            start=start,
            room=str(one.room_id) if one.room_id else None,
            roles={"": tuple(str(trainer.pk) for trainer in one.trainers.all())},
        )
    return engine.Timetable(placements, engine.Costs(), bound=0, proved=False)


def _refuse_unplaced(timetable: Timetable, placed: set[int]) -> None:
    live = timetable.activity.sessions.filter(is_cancelled=False)
    unplaced = [session for session in live if session.pk not in placed]
    if unplaced:
        raise SessionsUnplaced(
            ngettext(
                "%(count)s session has no time in this version: %(sessions)s. Build a new one.",
                "%(count)s sessions have no time in this version: %(sessions)s. Build a new one.",
                len(unplaced),
            )
            % {"count": len(unplaced), "sessions": ", ".join(s.code for s in unplaced[:6])}
        )


def _carry_sequences(
    timetable: Timetable, now: Mapping[int, Placement], before: Mapping[int, Placement]
) -> int:
    """Number the calendar entries so that they only grow; returns how many sessions moved."""
    last: dict[int, Placement] = {}
    earlier = Placement.objects.filter(session__in=now).exclude(timetable__state="draft")
    for placement in earlier.order_by("timetable__number"):
        last[placement.session_id] = placement
    moved = 0
    for pk, placement in now.items():
        known, old = last.get(pk), before.get(pk)
        if known is None:
            continue
        if old is None:  # called off in between, which counted one already
            placement.sequence = known.sequence + 2
        else:
            placement.sequence = known.sequence + (0 if is_same(placement, old) else 1)
            moved += not is_same(placement, old)
    Placement.objects.bulk_update(now.values(), ["sequence"])
    return moved
