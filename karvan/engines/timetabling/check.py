"""Count every rule and every cost again from scratch, slowly and plainly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from .answer import Clash, ClashKind, Costs, Placement, Timetable
from .problem import MINUTES_A_DAY, Session, TimetableProblem, Trainer, Wish
from .windows import in_range

Placements = Mapping[str, Placement]


def check_timetable(problem: TimetableProblem, timetable: Timetable) -> tuple[str, ...]:
    """Return one sentence for each thing wrong with the timetable; none when it is right.

    Looks at every session alone, every pair, every pool and every trainer's day, and recounts
    the costs and the bound. It shares nothing with the search, so it would catch a fault there.

    Raises:
        ValueError: a placement names a session, room or trainer the problem does not hold.

    Cost: O(n^2) for n sessions; 60 sessions take about 10 ms.
    """
    placements = timetable.placements
    found = [f"{fault.kind}: {', '.join(fault.keys)}" for fault in faults(problem, placements)]
    missing = sorted({s.key for s in problem.sessions} - set(placements))
    found += [f"not placed: {key}" for key in missing]
    if not missing and (costs := costs_of(problem, placements)) != timetable.costs:
        found.append(f"costs are {costs}, not {timetable.costs}")
    return (*found, *_false_claims(timetable))


def _false_claims(timetable: Timetable) -> list[str]:
    """What a built timetable says of its bound and cannot be so.

    The bound of a repair counts people or moves, so one that changed anything is left alone; so
    is a proved bound of 0, which a repair that changed nothing has.
    """
    if timetable.moved or timetable.changed or timetable.people:
        return []
    total, bound = timetable.costs.total, timetable.bound
    if bound > total:
        return [f"bound is {bound}, above the cost {total}"]
    if timetable.proved and bound not in (0, total):
        return [f"proved, but bound is {bound} and the cost {total}"]
    return []


def faults(problem: TimetableProblem, placements: Placements) -> tuple[Clash, ...]:
    """Return every rule the placements break, sorted; sessions not placed break none."""
    placed = [s for s in problem.sessions if s.key in placements]
    strange = sorted(set(placements) - {s.key for s in placed})
    if strange:
        raise ValueError(f"placements must be of sessions of the problem, got {strange}")
    found: list[Clash] = []
    for session in placed:
        found += alone(problem, session, placements[session.key])
    for one, other in combinations(placed, 2):
        found += together(problem, one, placements[one.key], other, placements[other.key])
    for trainer in problem.trainers:
        found += overloaded(problem, trainer, placed, placements)
    for session in placed:
        found += short_of_equipment(problem, session, placed, placements)
    return tuple(sorted(set(found)))


def alone(problem: TimetableProblem, session: Session, placement: Placement) -> list[Clash]:
    """What is wrong with a placement whatever the others do, except for its equipment."""
    found: list[Clash] = []
    key, day, start = session.key, placement.day, placement.start
    if not 0 <= day < len(problem.days):
        return [Clash(ClashKind.CLOSED_TIME, (key,))]
    end = start + session.minutes
    if not any(opens <= start and end <= shuts for opens, shuts in problem.days[day].periods):
        found.append(Clash(ClashKind.CLOSED_TIME, (key,)))
    if not in_range(session, day):
        found.append(Clash(ClashKind.DAY_RANGE, (key,)))
    if session.fixed is not None:
        fixed_day, fixed_start, fixed_room = session.fixed
        room = placement.room if fixed_room is None else fixed_room
        if (fixed_day, fixed_start, room) != (day, start, placement.room):
            found.append(Clash(ClashKind.FIXED, (key,)))
    return found + _room_faults(problem, session, placement) + _who(problem, session, placement)


def _room_faults(problem: TimetableProblem, session: Session, placement: Placement) -> list[Clash]:
    if placement.room is None or session.room_kind is None:
        right = placement.room is None and session.room_kind is None
        return [] if right else [Clash(ClashKind.ROOM, (session.key,))]
    room = problem.room(placement.room)
    found = []
    if not room.serves(session.room_kind):
        found.append(Clash(ClashKind.ROOM_KIND, (room.key, session.key)))
    if room.seats < problem.seats_needed(session):
        found.append(Clash(ClashKind.ROOM_SEATS, (room.key, session.key)))
    end = placement.start + session.minutes
    for day, shut, opened in room.closed:
        if day == placement.day and shut < end and placement.start < opened:
            found.append(Clash(ClashKind.ROOM_CLOSED, (room.key, session.key)))
    return found


def _who(problem: TimetableProblem, session: Session, placement: Placement) -> list[Clash]:
    trainers = {trainer.key: trainer for trainer in problem.trainers}
    there = present(session, placement)
    strange = sorted(set(there) - set(trainers))
    if strange:
        raise ValueError(f"trainers of a placement must be in the problem, got {strange}")
    found = [
        Clash(ClashKind.TRAINER_AWAY, (key, session.key))
        for key in there
        if not trainers[key].there_on(placement.day)
    ]
    found += [
        Clash(ClashKind.LANGUAGE, (key, group.key, session.key))
        for key in there
        for group in problem.groups
        if group.key in session.groups and not trainers[key].understands(group)
    ]
    twice = len(set(there)) < len(there)
    for role in sorted(set(session.trainer_roles) | set(placement.roles)):
        keys = placement.roles.get(role, ())
        able = all(role in trainers[key].roles for key in keys)
        if twice or not able or len(keys) != session.trainer_roles.get(role, 0):
            found.append(Clash(ClashKind.ROLE, (session.key, role)))
    return found


def present(session: Session, placement: Placement) -> tuple[str, ...]:
    """Every trainer who is there: those named by the session, then those who fill its roles."""
    return session.trainers + placement.role_trainers()


def together(
    problem: TimetableProblem, one: Session, at: Placement, other: Session, there: Placement
) -> list[Clash]:
    """What is wrong with two placements taken together."""
    found: list[Clash] = []
    both = (one.key, other.key)
    if overlap(one, at, other, there):
        for group in sorted(set(one.groups) & set(other.groups)):
            found.append(Clash(ClashKind.GROUP_BUSY, (group, *both)))
        for trainer in sorted(set(present(one, at)) & set(present(other, there))):
            found.append(Clash(ClashKind.TRAINER_BUSY, (trainer, *both)))
        if at.room is not None and at.room == there.room:
            found.append(Clash(ClashKind.ROOM_BUSY, (at.room, *both)))
        for mine in one.groups:
            for theirs in other.groups:
                if mine != theirs and problem.share_people(mine, theirs):
                    groups = tuple(sorted((mine, theirs)))
                    found.append(Clash(ClashKind.GROUPS_SHARE, (*groups, *both)))
    elif _between(one, at, other, there) < _travel(problem, at, there):
        people = set(one.groups) & set(other.groups)
        people |= set(present(one, at)) & set(present(other, there))
        found += [Clash(ClashKind.TRAVEL, (who, *both)) for who in sorted(people)]
    found += _order(one, at, other, there) + _order(other, there, one, at)
    if (other.key in one.same_day_as or one.key in other.same_day_as) and at.day != there.day:
        found.append(Clash(ClashKind.SAME_DAY, both))
    apart = other.key in one.not_same_day_as or one.key in other.not_same_day_as
    if apart and at.day == there.day:
        found.append(Clash(ClashKind.OTHER_DAY, both))
    return found


def _between(one: Session, at: Placement, other: Session, there: Placement) -> int:
    """Minutes from the end of the earlier of two sessions to the start of the later."""
    first, second = minute_of(at), minute_of(there)
    return max(second - first - one.minutes, first - second - other.minutes)


def _travel(problem: TimetableProblem, at: Placement, there: Placement) -> int:
    if at.room is None or there.room is None:
        return 0
    return problem.minutes_between(problem.room(at.room).city, problem.room(there.room).city)


def overlap(one: Session, at: Placement, other: Session, there: Placement) -> bool:
    """Whether two sessions share a minute."""
    first, second = minute_of(at), minute_of(there)
    return first < second + other.minutes and second < first + one.minutes


def minute_of(placement: Placement) -> int:
    """The start in minutes since the midnight before the horizon's first day."""
    return placement.day * MINUTES_A_DAY + placement.start


def _order(late: Session, at: Placement, early: Session, there: Placement) -> list[Clash]:
    end = minute_of(there) + early.minutes
    found = []
    if any(minute_of(at) < end + gap for key, gap in late.after if key == early.key):
        found.append(Clash(ClashKind.ORDER, (early.key, late.key)))
    if any(minute_of(at) > end + gap for key, gap in late.no_later if key == early.key):
        found.append(Clash(ClashKind.NO_LATER, (early.key, late.key)))
    return found


def overloaded(
    problem: TimetableProblem,
    trainer: Trainer,
    placed: Iterable[Session],
    placements: Placements,
) -> list[Clash]:
    """The trainer's days and weeks with more minutes than allowed, with the sessions in them."""
    days: dict[int, list[Session]] = {}
    weeks: dict[int, list[Session]] = {}
    for session in placed:
        if trainer.key in present(session, placements[session.key]):
            day = placements[session.key].day
            days.setdefault(day, []).append(session)
            weeks.setdefault(problem.week_of(day), []).append(session)
    return [
        Clash(kind, (trainer.key, *sorted(s.key for s in held)))
        for kind, most, stretches in (
            (ClashKind.TRAINER_LOAD, trainer.max_minutes_per_day, days),
            (ClashKind.TRAINER_WEEK, trainer.max_minutes_per_week, weeks),
        )
        for held in stretches.values()
        if most is not None and sum(s.minutes for s in held) > most
    ]


def short_of_equipment(
    problem: TimetableProblem, session: Session, placed: Iterable[Session], placements: Placements
) -> list[Clash]:
    """Items of which more are needed at this session's start than the pool holds."""
    minute = minute_of(placements[session.key])
    running = [s for s in placed if 0 <= minute - minute_of(placements[s.key]) < s.minutes]
    found = []
    for item in sorted({item for s in running for item in s.equipment}):
        drawn = {s.key: _drawn(problem, s, placements[s.key], item) for s in running}
        if sum(drawn.values()) > problem.pool(item):
            using = sorted(key for key, count in drawn.items() if count)
            found.append(Clash(ClashKind.EQUIPMENT, (item, *using)))
    return found


def _drawn(problem: TimetableProblem, session: Session, placement: Placement, item: str) -> int:
    wanted = session.equipment.get(item, 0)
    if placement.room is None:
        return wanted
    return max(0, wanted - problem.room(placement.room).equipment.get(item, 0))


def costs_of(problem: TimetableProblem, placements: Placements) -> Costs:
    """Count what the placements cost by goal, minute by minute."""
    weights = problem.weights
    waits = days = changes = late = full = 0
    for group in problem.groups:
        for day in range(len(problem.days)):
            here = [
                (s, placements[s.key])
                for s in problem.sessions
                if group.key in s.groups and placements[s.key].day == day
            ]
            if here:
                days += 1
                late += _late(problem.days[day].periods, weights.late_from, here)
                waits += _waiting(problem.days[day].periods, here)
                changes += max(0, len({at.room for _, at in here if at.room is not None}) - 1)
                full += max(0, sum(s.minutes for s, _ in here) - weights.full_day)
    return Costs(
        gaps=weights.gap * waits,
        group_days=weights.group_day * days,
        room_changes=weights.room_change * changes,
        late=weights.late * late,
        full_days=weights.spread * full,
        unpreferred=weights.unpreferred * _unpreferred(problem, placements),
        stays=weights.stay
        * sum(_stay(problem, trainer, placements) for trainer in problem.trainers),
        missed=weights.missed * sum(_missed(problem, wish, placements) for wish in problem.wishes),
    )


def _unpreferred(problem: TimetableProblem, placements: Placements) -> int:
    """Sessions that start at none of their preferred times."""
    return sum(
        bool(s.preferred)
        and not any(first <= placements[s.key].start <= last for first, last in s.preferred)
        for s in problem.sessions
    )


def _stay(problem: TimetableProblem, trainer: Trainer, placements: Placements) -> int:
    """Calendar days from a travelling trainer's first session to the last."""
    if not trainer.travels:
        return 0
    teaches = [
        placements[s.key].day
        for s in problem.sessions
        if trainer.key in present(s, placements[s.key])
    ]
    return max(teaches) - min(teaches) + 1 if teaches else 0


def _missed(problem: TimetableProblem, wish: Wish, placements: Placements) -> int:
    """People times pairs of their wished sessions that share a minute."""
    wanted = [s for s in problem.sessions if s.key in wish.sessions]
    return wish.people * sum(
        overlap(one, placements[one.key], other, placements[other.key])
        for one, other in combinations(wanted, 2)
    )


def _waiting(periods: tuple[tuple[int, int], ...], here: list[tuple[Session, Placement]]) -> int:
    first = min(at.start for _, at in here)
    last = max(at.start + session.minutes for session, at in here)
    busy = {minute for s, at in here for minute in range(at.start, at.start + s.minutes)}
    return sum(
        any(opens <= minute < shuts for opens, shuts in periods) and minute not in busy
        for minute in range(first, last)
    )


def _late(
    periods: tuple[tuple[int, int], ...], dusk: int, here: list[tuple[Session, Placement]]
) -> int:
    last = max(at.start + session.minutes for session, at in here)
    return sum(
        any(opens <= minute < shuts for opens, shuts in periods) for minute in range(dusk, last)
    )
