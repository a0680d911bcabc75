"""The rules that tie sessions to each other: what they share, and in which order they come."""

from __future__ import annotations

from ortools.sat.python import cp_model

from .answer import ClashKind
from .model import TimetableModel
from .people_rules import add_languages, add_shared_people, add_weekly_loads, fill_periods
from .problem import MINUTES_A_DAY, Session
from .travel_rules import add_travel


def add_rules(model: TimetableModel) -> None:
    """Post every rule between sessions, and the rules of trainers, rooms and pools."""
    _groups(model)
    add_shared_people(model)
    _trainers(model)
    add_weekly_loads(model)
    add_languages(model)
    add_travel(model)
    _rooms(model)
    _equipment(model)
    _orders(model)
    _days_together(model)


def _groups(model: TimetableModel) -> None:
    done: set[tuple[str, ...]] = set()
    for group in sorted(model.problem.groups, key=lambda g: g.key):
        rule = model.posted.literal(ClashKind.GROUP_BUSY, group.key)
        taken = [s for s in model.sessions if group.key in s.groups]
        same = tuple(s.key for s in taken)
        if rule is None or (same in done and not model.posted.guarded):
            continue
        done.add(same)
        there = [model.posted.all_of(rule, model.held[s.key]) for s in taken]
        model.cp.add_no_overlap(
            [model.interval(s, lit) for s, lit in zip(taken, there, strict=True)]
        )
        if not model.posted.guarded:
            fill_periods(model, taken, 1)


def _trainers(model: TimetableModel) -> None:
    posted = model.posted
    for trainer in sorted(model.problem.trainers, key=lambda t: t.key):
        given = model.given_by(trainer.key)
        busy = posted.literal(ClashKind.TRAINER_BUSY, trainer.key)
        if busy is not None:
            model.cp.add_no_overlap(
                [model.interval(s, posted.all_of(busy, literal)) for s, literal in given]
            )
        away = posted.literal(ClashKind.TRAINER_AWAY, trainer.key)
        if away is not None and trainer.days is not None:
            for session, teaches in given:
                for day, here in model.on_day[session.key].items():
                    if not trainer.there_on(day):
                        posted.when(model.cp.add(here == 0), away, teaches)
        load = posted.literal(ClashKind.TRAINER_LOAD, trainer.key)
        most = trainer.max_minutes_per_day
        for day in range(len(model.problem.days)):
            there = [(s, lit) for s, lit in given if day in model.on_day[s.key]]
            if load is None or most is None or sum(s.minutes for s, _ in there) <= most:
                continue
            minutes = [s.minutes * posted.all_of(lit, model.on_day[s.key][day]) for s, lit in there]
            posted.when(model.cp.add(sum(minutes) <= most), load)


def _rooms(model: TimetableModel) -> None:
    posted = model.posted
    for room in sorted(model.problem.rooms, key=lambda r: r.key):
        here = [(s, model.in_room[s.key].get(room.key)) for s in model.sessions]
        inside = [(s, literal) for s, literal in here if literal is not None]
        busy = posted.literal(ClashKind.ROOM_BUSY, room.key)
        if busy is not None:
            model.cp.add_no_overlap(
                [model.interval(s, posted.all_of(busy, literal)) for s, literal in inside]
            )
        closed = posted.literal(ClashKind.ROOM_CLOSED, room.key)
        if closed is not None and room.closed:
            for session, literal in inside:
                shut = [
                    [
                        day * MINUTES_A_DAY + start - session.minutes + 1,
                        day * MINUTES_A_DAY + end - 1,
                    ]
                    for day, start, end in room.closed
                ]
                free = cp_model.Domain.from_intervals(shut).complement()
                start = model.start[session.key]
                posted.when(model.cp.add_linear_expression_in_domain(start, free), closed, literal)
    if not posted.guarded:
        _room_sets(model)


def _room_sets(model: TimetableModel) -> None:
    """Sessions that can only use these rooms never run more at once than there are rooms.

    Implied by the rooms' own rules, but seen by the solver before it has chosen any room.
    """
    choices = {s.key: frozenset(model.in_room[s.key]) for s in model.sessions}
    sets = {rooms for rooms in choices.values() if rooms}
    sets |= {one | other for one in sets for other in sets if one & other}
    for rooms in sorted(sets, key=sorted):
        bound = [s for s in model.sessions if choices[s.key] and choices[s.key] <= rooms]
        if len(bound) > len(rooms):
            stretches = [model.interval(s, model.held[s.key]) for s in bound]
            model.cp.add_cumulative(stretches, [1] * len(bound), len(rooms))
            fill_periods(model, bound, len(rooms))


def _equipment(model: TimetableModel) -> None:
    rooms = {room.key: room for room in model.problem.rooms}
    for item in sorted({item for s in model.sessions for item in s.equipment}):
        rule = model.posted.literal(ClashKind.EQUIPMENT, item)
        if rule is None:
            continue
        stretches, counts = [], []
        for session in (s for s in model.sessions if item in s.equipment):
            wanted = session.equipment[item]
            choice = model.in_room[session.key]
            drawn = {r: max(0, wanted - rooms[r].equipment.get(item, 0)) for r in choice}
            places = [(choice[r], count) for r, count in drawn.items()]
            same_anywhere = len(set(drawn.values())) == 1 and not model.posted.guarded
            if session.room_kind is None or same_anywhere:
                places = [(model.held[session.key], min(drawn.values(), default=wanted))]
            for literal, count in places:
                if count:
                    there = model.posted.all_of(rule, literal)
                    stretches.append(model.interval(session, there))
                    counts.append(count)
        model.cp.add_cumulative(stretches, counts, model.problem.pool(item))


def _orders(model: TimetableModel) -> None:
    by_key = {s.key: s for s in model.sessions}
    for late in model.sessions:
        for key, gap in late.after:
            rule = model.posted.literal(ClashKind.ORDER, key, late.key)
            if rule is None or key not in by_key:
                continue
            early = by_key[key]
            least = early.minutes + gap
            constraint = model.cp.add(model.start[late.key] >= model.start[key] + least)
            model.posted.when(constraint, rule, model.held[key], model.held[late.key])
            if not model.posted.guarded:
                _order_by_period(model, early, late, least)
        for key, gap in late.no_later:
            rule = model.posted.literal(ClashKind.NO_LATER, key, late.key)
            if rule is None or key not in by_key:
                continue
            most = by_key[key].minutes + gap
            constraint = model.cp.add(model.start[late.key] <= model.start[key] + most)
            model.posted.when(constraint, rule, model.held[key], model.held[late.key])


def _order_by_period(model: TimetableModel, early: Session, late: Session, least: int) -> None:
    """Where the early session is in a period or later, the late one is no earlier than it can.

    Implied by the order itself; it makes the linear relaxation see the order.
    """
    first = {window.period.number: window.first for window in model.windows[early.key]}
    for number, start in sorted(first.items()):
        from_here = [lit for w, lit in model.within[early.key].items() if w.period.number >= number]
        able = [lit for w, lit in model.within[late.key].items() if w.last >= start + least]
        if len(able) < len(model.windows[late.key]):
            model.cp.add(sum(able) >= sum(from_here))


def _days_together(model: TimetableModel) -> None:
    posted = model.posted
    known = set(model.held)
    for session in model.sessions:
        for kind, others in (
            (ClashKind.SAME_DAY, session.same_day_as),
            (ClashKind.OTHER_DAY, session.not_same_day_as),
        ):
            for key in sorted(set(others) & known):
                rule = posted.literal(kind, *sorted((session.key, key)))
                if rule is None:
                    continue
                there = (rule, model.held[session.key], model.held[key])
                mine, theirs = model.on_day[session.key], model.on_day[key]
                for day in sorted(set(mine) | set(theirs)):
                    one, other = mine.get(day, 0), theirs.get(day, 0)
                    if kind == ClashKind.SAME_DAY:
                        posted.when(model.cp.add(one == other), *there)
                    else:
                        posted.when(model.cp.add(one + other <= 1), *there)
