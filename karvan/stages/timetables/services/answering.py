"""From versions to what the engine knows of them, and from its answers to drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from karvan.engines import timetabling as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..models import Placement, Session, Timetable, Trainer
from ..queries import placements_of
from .given import Given, moment_of, place_of

VERBS = {"built": "built", "improved": "improved", "repaired": "repaired"}


@dataclass(frozen=True)
class Draft:
    """What a new version is made of besides the places of its sessions."""

    made: str = Timetable.Made.BUILT
    based_on: Timetable | None = None
    seed: int = 1
    costs: engine.Costs | None = None
    bound: int | None = None
    is_proved: bool = False
    note: str = ""


def stands_of(given: Given, listed: Iterable[Placement]) -> dict[str, engine.Placement]:
    """Placements of a version as the engine knows them; those outside the days are left out."""
    by_pk = {trainer.pk: trainer for trainer in given.trainers}
    codes = {session.code for session in given.sessions}
    found = {}
    for one in listed:
        at = place_of(given, one.starts_at)
        if at is None or one.session.code not in codes:
            continue
        there = [by_pk[t.pk] for t in one.trainers.all() if t.pk in by_pk]
        found[one.session.code] = engine.Placement(
            day=at[0],
            start=at[1],
            room=str(one.room_id) if one.room_id else None,
            roles=_roles(one, there),
        )
    return found


def with_busy(
    problem: engine.TimetableProblem, placements: Mapping[str, engine.Placement]
) -> dict[str, engine.Placement]:
    """The places of the problem's sessions, with those of hours in which trainers are taken."""
    found = {s.key: placements[s.key] for s in problem.sessions if s.key in placements}
    for session in problem.sessions:
        if session.key not in found and not session.groups and session.fixed is not None:
            found[session.key] = engine.Placement(session.fixed[0], session.fixed[1])
    return found


def costs_where_placed(
    problem: engine.TimetableProblem, places: Mapping[str, engine.Placement]
) -> engine.Costs:
    """What the sessions that have a place cost; one without is left aside."""
    bare = tuple(
        replace(s, after=(), no_later=(), same_day_as=(), not_same_day_as=())
        for s in problem.sessions
        if s.key in places
    )
    return engine.costs_of(replace(problem, sessions=bare, wishes=()), places)


def locked_in(given: Given, listed: Iterable[Placement]) -> dict[str, engine.Placement]:
    """The sessions that a person locked, where they are."""
    return stands_of(given, [one for one in listed if one.is_locked])


def from_now(given: Given, listed: Iterable[Placement]) -> Given:
    """The same activity with all that has begun by now taken as it was.

    What is left is decided from now on, or from the end of what is running.
    """
    now = clock.now()
    begun = [one for one in listed if one.starts_at <= now]
    codes = {session.code for session in given.sessions}
    since = place_of(given, max([now, *(one.ends_at for one in begun)]))
    if since is None and now > moment_of(given, len(given.open.days) - 1, 0):
        since = (len(given.open.days), 0)
    return replace(given, begun=frozenset(one.session.code for one in begun) & codes, since=since)


@transaction.atomic
def keep_draft(
    given: Given,
    placements: Mapping[str, engine.Placement],
    draft: Draft,
    *,
    by: Person | None,
) -> Timetable:
    """Write places as the activity's next draft. Sessions that have begun are copied as they were."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=given.activity.pk)
    last = activity.timetables.aggregate(last=Max("number"))["last"] or 0
    costs = draft.costs
    timetable = Timetable.objects.create(
        activity=given.activity,
        number=last + 1,
        made=draft.made,
        based_on=draft.based_on,
        seed=draft.seed,
        cost=None if costs is None else costs.total,
        bound=draft.bound,
        is_proved=draft.is_proved,
        costs={} if costs is None else costs.by_goal(),
        closed_days={on.isoformat(): why for on, why in given.open.closed.items()},
        note=draft.note,
        made_by=by,
        made_at=clock.now(),
    )
    known = {} if draft.based_on is None else _by_code(placements_of(draft.based_on))
    locked = {code for code, one in known.items() if one.is_locked} | set(given.pinned)
    _place(timetable, given, placements, known, locked)
    after = {"version": timetable.number, "sessions": len(placements), "cost": timetable.cost}
    record(VERBS[draft.made], timetable, by=by, after=after)
    return timetable


def placed(given: Given, placements: Mapping[str, Any]) -> set[str]:
    """The sessions that have a place among these or have begun."""
    return set(placements) | given.begun


def roles_of(trainers: Collection[Trainer], needed: Mapping[str, int]) -> dict[str, list[Trainer]]:
    """Who fills which role, where nobody noted it: the scarcest role first, each person once."""
    left = list(trainers)
    found: dict[str, list[Trainer]] = {}
    for role in sorted(needed, key=lambda role: (sum(role in t.roles for t in left), role)):
        able = sorted((t for t in left if role in t.roles), key=lambda t: (len(t.roles), t.pk))
        found[role] = able[: needed[role]]
        left = [t for t in left if t not in found[role]]
    return found


def _roles(one: Placement, there: list[Trainer]) -> dict[str, tuple[str, ...]]:
    """Role → keys of those who fill it, as noted or as guessed."""
    keys = {str(trainer.pk) for trainer in there}
    if one.roles:
        noted = {
            role: [key for key in map(str, held) if key in keys] for role, held in one.roles.items()
        }
    else:
        needed = {role: many for role, many in one.session.trainer_roles.items() if many}
        guessed = roles_of(there, needed)
        noted = {role: [str(t.pk) for t in held] for role, held in guessed.items()}
    return {role: tuple(sorted(held)) for role, held in noted.items() if held}


def _by_code(listed: Iterable[Placement]) -> dict[str, Placement]:
    return {one.session.code: one for one in listed}


def _place(
    timetable: Timetable,
    given: Given,
    placements: Mapping[str, engine.Placement],
    known: Mapping[str, Placement],
    locked: Collection[str],
) -> None:
    """Write the placements and who teaches in them. Two writes."""
    rows, teaching = [], []
    for session in given.sessions:
        if session.code in given.begun:
            row, keys = _as_it_was(timetable, known[session.code])
        else:
            row, keys = _as_answered(timetable, given, session, placements[session.code])
        row.is_locked = session.code in locked
        rows.append(row)
        teaching.append(keys)
    made = Placement.objects.bulk_create(rows)
    through = Placement.trainers.through
    through.objects.bulk_create(
        through(placement_id=placement.pk, trainer_id=key)
        for placement, keys in zip(made, teaching, strict=True)
        for key in keys
    )


def _as_it_was(timetable: Timetable, was: Placement) -> tuple[Placement, list[int]]:
    row = Placement(
        timetable=timetable,
        session=was.session,
        starts_at=was.starts_at,
        ends_at=was.ends_at,
        room_id=was.room_id,
        roles=was.roles,
    )
    return row, [trainer.pk for trainer in was.trainers.all()]


def _as_answered(
    timetable: Timetable, given: Given, session: Session, there: engine.Placement
) -> tuple[Placement, list[int]]:
    pinned = given.pinned.get(session.code)
    roles = pinned.roles if pinned is not None else there.roles
    starts_at = moment_of(given, there.day, there.start)
    row = Placement(
        timetable=timetable,
        session=session,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=session.minutes),
        room_id=int(there.room) if there.room else None,
        roles={role: list(keys) for role, keys in roles.items()},
    )
    keys = {*there.role_trainers(), *(pinned.role_trainers() if pinned is not None else ())}
    keys |= set(given.speakers.get(session.code, ()))
    return row, sorted(int(key) for key in keys)
