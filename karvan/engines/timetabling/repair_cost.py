"""What the free sessions of a repair cost, beside all that stays, as terms of its model."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from .check import minute_of, present
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, Wish
from .repair_model import RepairModel
from .windows import Period, periods

Term = cp_model.LinearExpr | int


def repair_cost(model: RepairModel) -> Term:
    """Add the variables of every goal and return the cost, but for what stays the same anyway."""
    return _Cost(model).total()


class _Cost:
    def __init__(self, model: RepairModel) -> None:
        self.model, self.cp = model, model.cp
        self.weights = model.problem.weights
        self.days: dict[int, list[Period]] = {}
        for period in periods(model.problem):
            self.days.setdefault(period.day, []).append(period)
        self.clock: dict[str, Term] = {}
        self.on_day: dict[str, dict[int, Literal]] = {}
        for session in model.free:
            self._periods_of(session)

    def total(self) -> Term:
        terms: list[Term] = []
        for group in sorted(self.model.blocked.groups):
            taken = [s for s in self.model.free if group in s.groups]
            for day in sorted({d for s in taken for d in self.on_day[s.key]}):
                free = [s for s in taken if day in self.on_day[s.key]]
                terms += self._group_day(group, day, free)
        terms += [self._unpreferred(s) for s in self.model.free if s.preferred]
        terms += [self._stay(t.key) for t in self.model.problem.trainers if t.travels]
        terms += [term for wish in self.model.problem.wishes for term in self._missed(wish)]
        return sum(terms)

    def _periods_of(self, session: Session) -> None:
        """Literals for the periods and days of a session, and its start in open minutes."""
        starts, key = self.model.starts[session.key], session.key
        within: list[tuple[Period, Literal]] = []
        for period in (p for open_ones in self.days.values() for p in open_ones):
            inside = starts[(starts >= period.start) & (starts < period.end)]
            if len(inside):
                literal = self.model.true
                if len(inside) < len(starts):
                    literal = self.cp.new_bool_var("")
                    rule = self.cp.add_linear_expression_in_domain(
                        self.model.start[key], self.model.domain(inside)
                    )
                    rule.only_enforce_if(literal)
                within.append((period, literal))
        self.cp.add_exactly_one([literal for _, literal in within])
        shift = sum(period.shift * literal for period, literal in within)
        self.clock[key] = self.model.start[key] * self.model.unit - shift
        self.on_day[key] = {}
        for day in sorted({period.day for period, _ in within}):
            here = [literal for period, literal in within if period.day == day]
            self.on_day[key][day] = here[0] if len(here) == 1 else self._any_of(here)

    def _any_of(self, literals: list[Literal]) -> Literal:
        some = self.cp.new_bool_var("")
        self.cp.add_max_equality(some, literals)
        return some

    def _group_day(self, group: str, day: int, free: list[Session]) -> list[Term]:
        there = [(s, self.on_day[s.key][day]) for s in free]
        stay = [
            (s, at)
            for s, at in self.model.blocked.stay.values()
            if group in s.groups and at.day == day
        ]
        minutes = sum(s.minutes for s, _ in stay) + sum(s.minutes * here for s, here in there)
        used = self.model.true if stay else self._any_of([here for _, here in there])
        terms: list[Term] = [self.weights.group_day * used]
        open_minutes = sum(p.end - p.start for p in self.days[day])
        if self.weights.spread:
            full = self.cp.new_int_var(0, open_minutes, "")
            self.cp.add(full >= minutes - self.weights.full_day)
            terms.append(self.weights.spread * full)
        if self.weights.gap or self.weights.late:
            taken = [minute_of(at) - self._shift(minute_of(at)) for _, at in stay]
            ends = [t + s.minutes for t, (s, _) in zip(taken, stay, strict=True)]
            terms += self._waiting_and_late(day, there, minutes, taken, ends)
        if self.weights.room_change:
            rooms = {at.room for _, at in stay if at.room is not None}
            terms.append(self.weights.room_change * self._room_changes(there, rooms))
        return terms

    def _shift(self, minute: int) -> int:
        open_ones = self.days[minute // MINUTES_A_DAY]
        return next(p.shift for p in open_ones if p.start <= minute < p.end)

    def _waiting_and_late(
        self,
        day: int,
        there: list[tuple[Session, Literal]],
        minutes: Term,
        taken: list[int],
        ends: list[int],
    ) -> list[Term]:
        open_ones = self.days[day]
        begin = open_ones[0].start - open_ones[0].shift
        finish = open_ones[-1].end - open_ones[-1].shift
        first = self.cp.new_int_var(begin, min(taken, default=finish), "")
        last = self.cp.new_int_var(max(ends, default=begin), finish, "")
        for session, here in there:
            clock = self.clock[session.key]
            self.cp.add(first <= clock).only_enforce_if(here)
            self.cp.add(last >= clock + session.minutes).only_enforce_if(here)
        waiting = self.cp.new_int_var(0, finish - begin, "")
        self.cp.add(waiting >= last - first - minutes)
        dusk = day * MINUTES_A_DAY + self.weights.late_from
        by_day = sum(max(0, min(p.end, dusk) - p.start) for p in open_ones)
        late = self.cp.new_int_var(0, finish - begin, "")
        self.cp.add(late >= last - begin - by_day)
        return [self.weights.gap * waiting, self.weights.late * late]

    def _room_changes(self, there: list[tuple[Session, Literal]], rooms: set[str]) -> Term:
        uses: dict[str, Literal] = dict.fromkeys(sorted(rooms), self.model.true)
        for session, here in there:
            for room, inside in self.model.in_room[session.key].items():
                if room in rooms:
                    continue
                if room not in uses:
                    uses[room] = self.cp.new_bool_var("")
                self.cp.add_bool_or([~here, ~inside, uses[room]])
        changes = self.cp.new_int_var(0, max(0, len(uses) - 1), "")
        self.cp.add(changes >= sum(uses.values()) - 1)
        return changes

    def _unpreferred(self, session: Session) -> Term:
        starts = self.model.starts[session.key]
        clock = starts % MINUTES_A_DAY
        good = np.zeros(len(starts), dtype=np.bool_)
        for first, last in session.preferred:
            good |= (first <= clock) & (clock <= last)
        if not good.any() or good.all():
            return 0
        literal = self.cp.new_bool_var("")
        rule = self.cp.add_linear_expression_in_domain(
            self.model.start[session.key], self.model.domain(starts[good])
        )
        rule.only_enforce_if(literal)
        return self.weights.unpreferred * (1 - literal)

    def _stay(self, trainer: str) -> Term:
        """Calendar days from the travelling trainer's first session to the last."""
        maybe = [(s, self.model.teaches(s, trainer)) for s in self.model.free]
        given = [(s, literal) for s, literal in maybe if literal is not None]
        if not given:
            return 0
        there = [at.day for s, at in self.model.blocked.stay.values() if trainer in present(s, at)]
        horizon = len(self.model.problem.days) - 1
        first = self.cp.new_int_var(0, min(there, default=horizon), "")
        last = self.cp.new_int_var(max(there, default=0), horizon, "")
        for session, literal in given:
            self.cp.add(first <= self.model.day(session)).only_enforce_if(literal)
            self.cp.add(last >= self.model.day(session)).only_enforce_if(literal)
        comes = self.model.true if there else self._any_of([literal for _, literal in given])
        length = self.cp.new_int_var(0, horizon + 1, "")
        self.cp.add(length >= last - first + comes)
        return self.weights.stay * length

    def _missed(self, wish: Wish) -> list[Term]:
        """People times pairs of their wished sessions that share a minute."""
        free = [s for s in self.model.free if s.key in wish.sessions]
        price = self.weights.missed * wish.people
        terms: list[Term] = []
        for one, other in combinations(free, 2):
            mine, theirs = self.model.start[one.key], self.model.start[other.key]
            first, second, both = (self.cp.new_bool_var("") for _ in range(3))
            later, earlier = self.model.length(one.minutes), self.model.length(other.minutes)
            self.cp.add(theirs >= mine + later).only_enforce_if(first)
            self.cp.add(mine >= theirs + earlier).only_enforce_if(second)
            self.cp.add_bool_or([first, second, both])
            terms.append(price * both)
        for session in free:
            starts = self.model.starts[session.key]
            for key in wish.sessions:
                if key not in self.model.blocked.stay:
                    continue
                other, at = self.model.blocked.stay[key]
                begin, end = minute_of(at), minute_of(at) + other.minutes
                apart = (starts >= end) | (starts + session.minutes <= begin)
                if not apart.any():
                    terms.append(price)
                if apart.all() or not apart.any():
                    continue
                both = self.cp.new_bool_var("")
                rule = self.cp.add_linear_expression_in_domain(
                    self.model.start[session.key], self.model.domain(starts[apart])
                )
                rule.only_enforce_if(~both)
                terms.append(price * both)
        return terms
