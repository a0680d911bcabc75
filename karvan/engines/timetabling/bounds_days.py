"""A bound on what a large course costs, found stretch of days by stretch of days.

What the days of some weeks waste, and the stays of the trainers who mostly belong there, cost
at least what they would cost if only the sessions were there that could touch them. These bounds
are found for single weeks, then, with those as further rules, for two weeks together, and at last
the rules are all given to the model of the whole, whose linear relaxation was solved before: on the
largest courses that is all there is work for. (Russian dolls: small problems bound the larger
ones that hold them [1].)

[1] G. Verfaillie, M. Lemaître, T. Schiex (1996). Russian doll search for solving constraint
    optimization problems. AAAI-96, 181-187.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import isfinite

from ortools.sat.python import cp_model

from .bounds_slots import SlotModel
from .days import DayModel
from .neighbourhoods import chains
from .openings import Openings, taken_by
from .problem import Session, TimetableProblem, Weights
from .relaxation import A_ROW, relaxed_least, rows_of
from .search import Work, new_solver

# Constraints of a model whose writing down and presolve count as a unit of work.
A_BUILD = 40_000
# Stretches of so many weeks; stays of no more sessions than this are looked at by slots, too.
WIDTHS, SMALL = (1, 2), 60
# Part of the work that the model of the whole is left.
WHOLE = 0.4
# A stretch may take so many times its even share, stays alone twice that: most are quick.
AT_MOST = 3


@dataclass(frozen=True, slots=True)
class _Rule:
    """On these days and for the stays of these trainers, no less than this, times the scale."""

    days: frozenset[int]
    trainers: frozenset[str]
    least: int


def least_by_days(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    alone: Mapping[tuple[str, ...], int],
    *,
    seed: int,
    work: Work,
) -> int:
    """Return a cost that every timetable of these sessions on a coarse grid reaches at least.

    Args:
        alone: the least that a group with just these sessions costs by itself.

    Cost: a CP-SAT model of days a week, and one of all; the work is shared among them.
    """
    return _Dolls(problem, sessions, alone, seed, work).least()


class _Dolls:
    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        alone: Mapping[tuple[str, ...], int],
        seed: int,
        work: Work,
    ) -> None:
        self.problem, self.sessions, self.alone = problem, sessions, alone
        self.seed, self.work = seed, work
        self.open = Openings(problem, sessions)
        self.rules: list[_Rule] = []
        self.whole = DayModel(problem, sessions, self.open, to_relax=True)
        self.could: dict[str, set[str]] = {}
        for key, _, trainer in self.whole.taught:
            self.could.setdefault(trainer, set()).add(key)
        self.chain = {key: set(keys) for keys in chains(sessions) for key in keys}
        self.weeks = sorted({problem.week_of(day) for on in self.whole.on.values() for day in on})

    def least(self) -> int:
        """The bound, after all the work."""
        if not self.whole.possible:
            return 0
        self._set_goal()
        least = relaxed_least(self.whole.cp)
        self.work.left -= rows_of(self.whole.cp) / A_ROW
        given = self.work.left
        if given <= 0:
            return least
        stretches = self._stretches()
        for index, (days, trainers) in enumerate(stretches):
            spare = self.work.left - given * WHOLE
            if spare <= 0:
                break
            most = AT_MOST if days else 2 * AT_MOST
            share = min(spare, most * spare / (len(stretches) - index))
            self._bound(days, trainers, Work(share))
        for rule in self.rules:
            self.whole.cp.add(self.whole.within(rule.days, rule.trainers) >= rule.least)
        return max(least, self._solve(self.whole.cp, self.work))

    def _set_goal(self) -> None:
        model = self.whole
        total = model.total()
        for keys, groups in taken_by(self.problem, self.sessions).items():
            # What a group waits or stays late is no part of the model, but of the least it costs.
            hours = model.cp.new_int_var(0, max(0, self.alone.get(keys, 0)), "")
            model.cp.add(model.by_group[keys] + hours >= self.alone.get(keys, 0))
            total += groups * hours
        model.cp.minimize(total)

    def _stretches(self) -> list[tuple[frozenset[int], frozenset[str]]]:
        """Days and trainers to bound together: stays alone, then weeks, then more weeks."""
        home = self._home()
        found = []
        for chain in chains(self.sessions):
            bound = set(chain)
            mine = frozenset(t for t in home if self.could[t] <= bound)
            if mine:
                found.append((frozenset[int](), mine))
        for width in WIDTHS:
            for first in range(len(self.weeks) - width + 1):
                weeks = self.weeks[first : first + width]
                days = frozenset(
                    day
                    for day in range(len(self.problem.days))
                    if self.problem.week_of(day) in weeks
                )
                found.append((days, frozenset(t for t, week in home.items() if week in weeks)))
        return found

    def _home(self) -> dict[str, int]:
        """The week in which most of the days lie on which a travelling trainer could teach."""
        found = {}
        for trainer in sorted(self.whole.there):
            days: set[int] = set()
            for (_, _, key), on in self.whole.taught.items():
                if key == trainer:
                    days |= set(on)
            weeks = Counter(self.problem.week_of(day) for day in days)
            if weeks:
                found[trainer] = min(weeks, key=lambda week: (-weeks[week], week))
        return found

    def _bound(self, days: frozenset[int], trainers: frozenset[str], share: Work) -> None:
        """Find the least of these days and stays from the sessions that could touch them."""
        taught = {key for t in trainers for key in self.could[t]}
        touching = taught.union(
            *(self.chain[key] for key in sorted(taught) if len(self.chain[key]) <= SMALL)
        )
        held = [
            s
            for s in self.sessions
            if s.key in touching or not days.isdisjoint(self.whole.on[s.key])
        ]
        if not held:
            return
        before = share.left
        if not days and len(held) <= SMALL:
            least = self._stays_by_slots(held, trainers, share)
        else:
            least = self._by_days(held, days, trainers, share)
        self.work.left -= before - share.left
        if least > 0:
            self.rules.append(_Rule(days, trainers, least))

    def _by_days(
        self,
        held: Sequence[Session],
        days: frozenset[int],
        trainers: frozenset[str],
        share: Work,
    ) -> int:
        model = DayModel(self.problem, held, self.open)
        for rule in self.rules:
            if rule.days <= days and rule.trainers <= trainers:
                model.cp.add(model.within(rule.days, rule.trainers) >= rule.least)
        model.cp.minimize(model.within(days, trainers))
        return self._solve(model.cp, share)

    def _stays_by_slots(
        self, held: Sequence[Session], trainers: frozenset[str], share: Work
    ) -> int:
        """The least stays of these trainers when the hours of these sessions count, too."""
        nothing = {one.name: 0 for one in fields(Weights) if one.name not in ("late_from", "stay")}
        only_stays = replace(self.problem, weights=replace(self.problem.weights, **nothing))
        model = SlotModel(only_stays, held, openings=self.open)
        if not model.possible:
            return 0
        model.cp.minimize(sum(model.stays.get(key, 0) for key in sorted(trainers)))
        return self.whole.scale * self._solve(model.cp, share, linear=1)

    def _solve(self, cp: cp_model.CpModel, share: Work, linear: int = 2) -> int:
        """What the model costs at least, as far as the work shows; 0 when that is nothing."""
        share.left -= len(cp.proto.constraints) / A_BUILD
        solver = new_solver(self.seed, share)
        solver.parameters.linearization_level = linear
        status = solver.solve(cp)
        share.left -= solver.deterministic_time
        known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
        least = solver.best_objective_bound
        return -int(-(least - 1e-6) // 1) if known and isfinite(least) else 0
