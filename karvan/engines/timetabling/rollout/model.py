"""One year as a CP-SAT model: a circuit through the stops, and a day for each to begin."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, permutations

from ortools.sat.python import cp_model

from .answer import Rule, RuleKind
from .check import order_of
from .problem import HOME, RolloutProblem, Stop
from .rules import NO_STARTS, days_left, first_days, rules_of

Literal = cp_model.IntVar
Linear = cp_model.LinearExprT


class RolloutModel:
    """The rules of a problem posted on variables. Every stop must be shorter than the horizon.

    With ``guarded`` each rule in ``rules``, or each at all, stands behind a literal of its own
    and the others are left out; else all of them hold. Travel and the horizon always hold.

    start:  stop -> day it begins.
    arcs:   (stop, stop) -> goes from one to the other next; ``HOME`` is home.
    there:  stop -> is held at all.
    guards: rule -> its literal.
    """

    def __init__(
        self,
        problem: RolloutProblem,
        *,
        held: Mapping[str, int] = NO_STARTS,
        rules: frozenset[Rule] | None = None,
        guarded: bool = False,
    ) -> None:
        self.problem, self.held = problem, held
        self.rules, self.guarded = rules, guarded
        self.cp = cp_model.CpModel()
        self.guards: dict[Rule, Literal] = {}
        self.start = {s.key: self._start(s) for s in problem.stops}
        self.there = {s.key: self.cp.new_bool_var(f"{s.key} is held") for s in problem.stops}
        self.arcs: dict[tuple[str, str], Literal] = {}
        self._post_way()
        self._post_together()
        for rule in rules_of(problem, held):
            self._post(rule)

    def costs(self) -> Linear:
        """The cost of the year."""
        early = [stop.weight * self.start[stop.key] for stop in self.problem.stops]
        travel = [self.problem.trip(a, b).cost * arc for (a, b), arc in self.arcs.items()]
        dear = [self._dear(s) for s in self.problem.stops if any(o.price for o in s.stretches)]
        return sum(early) + sum(travel) + sum(dear)

    def starts(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """What the solver found, in the order of the way."""
        found = {key: solver.value(day) for key, day in self.start.items()}
        return {key: found[key] for key in order_of(found)}

    def hint(self, starts: Mapping[str, int]) -> None:
        """Let the search begin from these days."""
        known = [key for key in order_of(starts) if key in self.start]
        used = set(pairwise([HOME, *known, HOME]))
        for key in known:
            self.cp.add_hint(self.start[key], starts[key])
        for arc, literal in self.arcs.items():
            self.cp.add_hint(literal, arc in used)

    def _start(self, stop: Stop) -> cp_model.IntVar:
        last = self.problem.horizon - stop.days
        if self.guarded:
            return self.cp.new_int_var(0, last, stop.key)
        days = first_days(stop, last, self.held)
        if not days:
            self.cp.add_bool_or([])
        domain = cp_model.Domain.from_values(days or [0])
        return self.cp.new_int_var_from_domain(domain, stop.key)

    def _post_way(self) -> None:
        """The circuit; an arc that is taken leaves time for the way."""
        number = {HOME: 0} | {s.key: n for n, s in enumerate(self.problem.stops, start=1)}
        circuit: list[tuple[int, int, cp_model.LiteralT]] = []
        for a, b in permutations(number, 2):
            arc = self.cp.new_bool_var(f"{a} to {b}")
            self.arcs[a, b] = arc
            circuit.append((number[a], number[b], arc))
            self._post_days(a, b, arc)
        circuit += [(number[key], number[key], ~there) for key, there in self.there.items()]
        nowhere = self.cp.new_bool_var("nowhere")
        for there in self.there.values():
            self.cp.add_implication(there, ~nowhere)
        circuit.append((0, 0, nowhere))
        self.cp.add_circuit(circuit)

    def _post_days(self, a: str, b: str, arc: Literal) -> None:
        days = self.problem.trip(a, b).days
        leaves = self.start[a] + self.problem.stop(a).days if a != HOME else 0
        arrives = self.start[b] if b != HOME else self.problem.horizon
        self.cp.add(arrives - leaves >= days).only_enforce_if(arc)
        if HOME in (a, b) or not self.problem.handover:
            return
        guard = self._guard(Rule(RuleKind.HANDOVER))
        if guard is not None:
            more = days + self.problem.handover
            self.cp.add(arrives - leaves >= more).only_enforce_if(arc, *guard)

    def _post_together(self) -> None:
        """One stop at a time with what any next one needs between: implied, and prunes."""
        if self.guarded:
            return
        intervals = []
        for stop in self.problem.stops:
            others = [other.key for other in self.problem.stops if other is not stop]
            way = min((self.problem.trip(stop.key, other).days for other in others), default=0)
            size = stop.days + self.problem.handover + way
            start = self.start[stop.key]
            intervals.append(self.cp.new_fixed_size_interval_var(start, size, stop.key))
        self.cp.add_no_overlap(intervals)

    def _guard(self, rule: Rule) -> list[Literal] | None:
        """What a rule is enforced by; None when it is left out."""
        if not self.guarded:
            return []
        if self.rules is not None and rule not in self.rules:
            return None
        if rule not in self.guards:
            self.guards[rule] = self.cp.new_bool_var(f"{rule.kind} {' '.join(rule.keys)}")
        return [self.guards[rule]]

    def _post(self, rule: Rule) -> None:
        guard = self._guard(rule)
        if guard is None or rule.kind == RuleKind.HANDOVER:
            return
        if rule.kind == RuleKind.QUARTER:
            self._post_quarter(rule, guard)
        elif rule.kind == RuleKind.VISIT:
            self.cp.add(self.there[rule.keys[0]] == 1).only_enforce_if(guard)
        elif self.guarded:
            self._post_days_left(rule, guard)

    def _post_days_left(self, rule: Rule, guard: list[Literal]) -> None:
        stop = self.problem.stop(rule.keys[0])
        spans = days_left(stop, rule, self.problem.horizon, self.held)
        allowed = [[first, last] for first, last in spans if first <= last]
        enforced = [*guard, self.there[stop.key]]
        if allowed:
            domain = cp_model.Domain.from_intervals(allowed)
            within = self.cp.add_linear_expression_in_domain(self.start[stop.key], domain)
            within.only_enforce_if(enforced)
        else:
            self.cp.add_bool_or([~literal for literal in enforced])

    def _post_quarter(self, rule: Rule, guard: list[Literal]) -> None:
        quarter = next(one for one in self.problem.quarters if one.key == rule.keys[0])
        stops = [stop for stop in self.problem.stops if stop.amount]
        spent = [s.amount * self._inside(s, quarter.first, quarter.last) for s in stops]
        if sum(stop.amount for stop in stops) > quarter.most:
            self.cp.add(sum(spent) <= quarter.most).only_enforce_if(guard)

    def _inside(self, stop: Stop, first: int, last: int) -> Literal:
        """True at least where the stop is held and begins on these days."""
        inside = self.cp.new_bool_var(f"{stop.key} begins from {first} to {last}")
        latest = self.problem.horizon
        spans = [[0, first - 1], [last + 1, latest]]
        domain = cp_model.Domain.from_intervals([[a, b] for a, b in spans if a <= b])
        enforced = [~inside, self.there[stop.key]]
        if domain.is_empty():
            self.cp.add_bool_or([inside, ~self.there[stop.key]])
        else:
            outside = self.cp.add_linear_expression_in_domain(self.start[stop.key], domain)
            outside.only_enforce_if(enforced)
        return inside

    def _dear(self, stop: Stop) -> cp_model.IntVar:
        """What the priced days of a stop cost."""
        prices = [stop.dear(day) for day in range(self.problem.horizon - stop.days + 1)]
        domain = cp_model.Domain.from_values(sorted(set(prices)))
        cost = self.cp.new_int_var_from_domain(domain, f"{stop.key} dear")
        self.cp.add_element(self.start[stop.key], prices, cost)
        return cost
