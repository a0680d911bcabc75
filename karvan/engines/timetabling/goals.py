"""What a timetable costs its groups, as terms of a CP-SAT model: waiting, days, rooms, late ends."""

from __future__ import annotations

from ortools.sat.python import cp_model

from .model import TimetableModel
from .people_goals import people_costs
from .posted import Literal
from .problem import MINUTES_A_DAY, Session
from .windows import Period, periods

Cost = cp_model.LinearExpr | int


def cost_terms(model: TimetableModel) -> Cost:
    """Add the variables of every goal and return the whole cost.

    Groups that sit in the same sessions cost the same, so each such set is modelled once and
    counted as often as it has groups. Only for a model without guards.
    """
    together: dict[tuple[str, ...], int] = {}
    for group in model.problem.groups:
        keys = tuple(s.key for s in model.sessions if group.key in s.groups)
        if keys:
            together[keys] = together.get(keys, 0) + 1
    by_key = {s.key: s for s in model.sessions}
    total: Cost = 0
    for keys, groups in sorted(together.items()):
        total += groups * _group_cost(model, [by_key[key] for key in keys])
    return total + people_costs(model)


def _group_cost(model: TimetableModel, taken: list[Session]) -> Cost:
    weights = model.problem.weights
    total: Cost = 0
    opened: dict[int, list[Period]] = {}
    for period in periods(model.problem):
        opened.setdefault(period.day, []).append(period)
    clock = {s.key: _open_clock(model, s) for s in taken} if weights.gap or weights.late else {}
    comes: list[Literal] = []
    for day, open_periods in opened.items():
        there = [(s, model.on_day[s.key][day]) for s in taken if day in model.on_day[s.key]]
        if not there:
            continue
        used = _any_of(model, [here for _, here in there])
        comes.append(used)
        minutes = sum(s.minutes * here for s, here in there)
        length = sum(period.end - period.start for period in open_periods)
        model.cp.add(minutes <= length * used)
        total += weights.group_day * used
        total += weights.spread * _beyond_a_full_day(model, there, used)
        if weights.gap or weights.late:
            total += _waiting_and_late(model, there, open_periods, clock)
        if weights.room_change:
            total += weights.room_change * _room_changes(model, there, used)
    longest = max(sum(p.end - p.start for p in day) for day in opened.values())
    model.cp.add(sum(comes) >= -(-sum(s.minutes for s in taken) // longest))
    return total


def _any_of(model: TimetableModel, literals: list[Literal]) -> Literal:
    if any(lit.index == model.posted.true.index for lit in literals):
        return model.posted.true
    if len(literals) == 1:
        return literals[0]
    some = model.cp.new_bool_var("")
    model.cp.add_bool_or([*literals, ~some])
    for literal in literals:
        model.cp.add_implication(literal, some)
    return some


def _open_clock(model: TimetableModel, session: Session) -> Cost:
    """The session's start counted in open minutes, so that a meal is no waiting."""
    closed = sum(w.period.shift * lit for w, lit in model.within[session.key].items())
    first = min(w.first - w.period.shift for w in model.windows[session.key])
    last = max(w.last - w.period.shift for w in model.windows[session.key])
    clock = model.cp.new_int_var(first, last, "")
    model.cp.add(clock == model.start[session.key] - closed)
    return clock


def _waiting_and_late(
    model: TimetableModel,
    there: list[tuple[Session, Literal]],
    open_periods: list[Period],
    clock: dict[str, Cost],
) -> Cost:
    """The group's open minutes on the day between sessions, and those after it is late."""
    weights = model.problem.weights
    begin = open_periods[0].start - open_periods[0].shift
    finish = open_periods[-1].end - open_periods[-1].shift
    first = model.cp.new_int_var(begin, finish, "")
    last = model.cp.new_int_var(begin, finish, "")
    waiting = model.cp.new_int_var(0, finish - begin, "")
    for session, here in there:
        start = clock[session.key]
        model.posted.when(model.cp.add(first <= start), here)
        model.posted.when(model.cp.add(last >= start + session.minutes), here)
    minutes = sum(s.minutes * here for s, here in there)
    model.cp.add(waiting == last - first - minutes)
    dusk = open_periods[0].day * MINUTES_A_DAY + weights.late_from
    before_dusk = sum(max(0, min(p.end, dusk) - p.start) for p in open_periods)
    late = model.cp.new_int_var(0, finish - begin, "")
    model.cp.add(late >= last - begin - before_dusk)
    return weights.gap * waiting + weights.late * late


def _beyond_a_full_day(
    model: TimetableModel, there: list[tuple[Session, Literal]], used: Literal
) -> Cost:
    """Minutes of sessions the group has on the day beyond a full one."""
    weights = model.problem.weights
    most = sum(s.minutes for s, _ in there) - weights.full_day
    if not weights.spread or most <= 0:
        return 0
    beyond = model.cp.new_int_var(0, most, "")
    minutes = sum(s.minutes * here for s, here in there)
    model.cp.add(beyond >= minutes - weights.full_day * used)
    return beyond


def _room_changes(
    model: TimetableModel, there: list[tuple[Session, Literal]], used: Literal
) -> Cost:
    """Rooms used beyond the first."""
    rooms: dict[str, list[Literal]] = {}
    for session, here in there:
        for room, inside in model.in_room[session.key].items():
            rooms.setdefault(room, []).append(model.posted.all_of(here, inside))
    if len(there) < 2 or len(rooms) < 2:
        return 0
    uses = {room: model.cp.new_bool_var("") for room in rooms}
    for room, inside_here in rooms.items():
        for literal in inside_here:
            model.cp.add_implication(literal, uses[room])
    changes = model.cp.new_int_var(0, len(there) - 1, "")
    model.cp.add(changes >= sum(uses.values()) - used)
    return changes
