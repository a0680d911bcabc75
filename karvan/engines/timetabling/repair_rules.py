"""The rules between the sessions that may change, for the lean model of a repair."""

from __future__ import annotations

from itertools import combinations

from ortools.sat.python import cp_model

from .check import minute_of
from .posted import Literal
from .problem import Session, Trainer
from .repair_model import RepairModel

Given = list[tuple[Session, Literal]]


def add_repair_rules(model: RepairModel) -> None:
    """Post every rule between two or more free sessions; those with the others hold already."""
    _groups(model)
    for trainer in sorted(model.problem.trainers, key=lambda t: t.key):
        maybe = [(s, model.teaches(s, trainer.key)) for s in model.free]
        given = [(s, literal) for s, literal in maybe if literal is not None]
        if len(given) > 1:
            _apart(model, given)
            _loads(model, trainer, given)
    for key in sorted(model.blocked.rooms):
        inside = [(s, model.in_room[s.key].get(key)) for s in model.free]
        _apart(model, [(s, literal) for s, literal in inside if literal is not None])
    _equipment(model)
    _relations(model)
    if model.blocked.has_travel:
        _travel(model)


def _apart(model: RepairModel, given: Given) -> None:
    """None of these sessions runs at the same time as another, where the literals are true."""
    if len(given) > 1:
        model.cp.add_no_overlap([model.stretch(s, literal) for s, literal in given])


def _groups(model: RepairModel) -> None:
    done: set[tuple[str, ...]] = set()
    for group in sorted(model.blocked.groups):
        for other in (group, *sorted(model.blocked.sharing.get(group, ()))):
            taken = [s for s in model.free if group in s.groups or other in s.groups]
            same = tuple(s.key for s in taken)
            if same not in done:
                done.add(same)
                _apart(model, [(s, model.true) for s in taken])


def _loads(model: RepairModel, trainer: Trainer, given: Given) -> None:
    """The trainer's days and weeks, each a stretch of length 1 that takes so many minutes."""
    for most, weekly in (
        (trainer.max_minutes_per_day, False),
        (trainer.max_minutes_per_week, True),
    ):
        if most is None:
            continue
        stay = model.blocked.load(trainer.key, weekly)
        if sum(s.minutes for s, _ in given) + int(stay.max()) <= most:
            continue
        stretches: list[cp_model.IntervalVar] = []
        for session, literal in given:
            place = model.week(session) if weekly else model.day(session)
            stretches.append(model.cp.new_optional_fixed_size_interval_var(place, 1, literal, ""))
        minutes = [s.minutes for s, _ in given]
        for place, taken in enumerate(stay.tolist()):
            if taken:
                stretches.append(model.cp.new_fixed_size_interval_var(place, 1, ""))
                minutes.append(min(taken, most))
        model.cp.add_cumulative(stretches, minutes, most)


def _equipment(model: RepairModel) -> None:
    rooms = model.blocked.rooms
    for item in sorted({item for s in model.free for item in s.equipment}):
        stretches: list[cp_model.IntervalVar] = []
        counts: list[int] = []
        for session, at in model.blocked.stay.values():
            standing = rooms[at.room].equipment.get(item, 0) if at.room else 0
            drawn = session.equipment.get(item, 0) - standing
            if drawn > 0:
                begin = minute_of(at) // model.unit
                size = model.length(session.minutes)
                stretches.append(model.cp.new_fixed_size_interval_var(begin, size, ""))
                counts.append(drawn)
        for session in (s for s in model.free if item in s.equipment):
            wanted = session.equipment[item]
            choice = model.in_room[session.key]
            places = [(lit, wanted - rooms[r].equipment.get(item, 0)) for r, lit in choice.items()]
            drawn_at = {count for _, count in places}
            if session.room_kind is None or len(drawn_at) == 1:
                places = [(model.true, drawn_at.pop() if drawn_at else wanted)]
            for literal, count in places:
                if count > 0:
                    stretches.append(model.stretch(session, literal))
                    counts.append(count)
        model.cp.add_cumulative(stretches, counts, model.problem.pool(item))


def _relations(model: RepairModel) -> None:
    by_key = {s.key: s for s in model.free}
    start = model.start
    for session in model.free:
        for key, gap in session.after:
            if key in by_key:
                least = model.length(by_key[key].minutes + gap)
                model.cp.add(start[session.key] >= start[key] + least)
        for key, gap in session.no_later:
            if key in by_key:
                most = (by_key[key].minutes + gap) // model.unit
                model.cp.add(start[session.key] <= start[key] + most)
        for key in sorted({*session.same_day_as} & set(by_key)):
            model.cp.add(model.day(session) == model.day(by_key[key]))
        for key in sorted({*session.not_same_day_as} & set(by_key)):
            model.cp.add(model.day(session) != model.day(by_key[key]))


def _travel(model: RepairModel) -> None:
    """Two sessions in different cities leave whoever is in both the time between them."""
    for one, other in combinations(model.free, 2):
        cities = {
            (a, b): model.problem.minutes_between(a, b)
            for a in _cities(model, one)
            for b in _cities(model, other)
        }
        shared = _shared(model, one, other)
        if not shared or not any(cities.values()):
            continue
        first = model.cp.new_bool_var("")
        mine, theirs = model.start[one.key], model.start[other.key]
        for (a, b), travel in sorted(cities.items()):
            for here in _cities(model, one)[a]:
                for there in _cities(model, other)[b]:
                    for both in shared if travel else ():
                        way = (here, there, *both)
                        later = model.length(one.minutes + travel)
                        earlier = model.length(other.minutes + travel)
                        model.cp.add(theirs >= mine + later).only_enforce_if(first, *way)
                        model.cp.add(mine >= theirs + earlier).only_enforce_if(~first, *way)


def _cities(model: RepairModel, session: Session) -> dict[str, list[Literal]]:
    found: dict[str, list[Literal]] = {}
    for room, inside in model.in_room[session.key].items():
        found.setdefault(model.blocked.rooms[room].city, []).append(inside)
    return found


def _shared(model: RepairModel, one: Session, other: Session) -> list[tuple[Literal, ...]]:
    """Under which literals somebody is in both; one empty tuple when somebody surely is."""
    if set(one.groups) & set(other.groups) or set(one.trainers) & set(other.trainers):
        return [()]
    found: list[tuple[Literal, ...]] = []
    for trainer in sorted(model.blocked.trainers):
        here, there = model.teaches(one, trainer), model.teaches(other, trainer)
        if here is not None and there is not None:
            found.append((here, there))
    return found
