"""Find the repair that disturbs least: near the damage first, then as far as proof demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ortools.sat.python import cp_model

from .check import costs_of, faults
from .flows_reasons import without_times
from .problem import Session
from .repair_chains import chains, undo
from .repair_cost import repair_cost
from .repair_damage import Damage, Groups, Placements
from .repair_goals import Terms, disturbance_terms
from .repair_measure import LEAST_DISTURBANCE, Disturbance, Order, disturbance
from .repair_model import RepairModel
from .repair_rules import add_repair_rules
from .repair_slots import near_times
from .search import Work, core_solver, is_found

# Days around the damage in which sessions are freed: of the people hit, and of all.
NEAR, AROUND, FAR = (0, 1), (1, 3), 7
# CP-SAT's deterministic time runs slower than a core's on these models; its share in a second.
COUNTED = 0.06
# Work of building a model, for each free session.
BUILDING = 0.0015
# A proof is cut by the groups it may affect when that makes no more parts than this.
MOST_PARTS = 40
# With more sessions that may change, groups are looked at one by one; with still more, any
# repair is taken first.
LARGE, TOO_LARGE = 150, 250
# Days solved anew at once when a repair is tidied up.
TIDY_DAYS = 4
# No step near the damage takes more than this part of the work that is left.
ONE_STEP = 0.1
# Parts of the work for a first repair by chains and for taking changes back; steps of one try.
CHAINS, UNDOING, STEPS = 0.1, 0.2, 300
# Part of the work for a first repair by times; chains may undercut so few moves.
TIMES, FEW_MOVES = 0.3, 10
FEWEST_MOVES: Order = ("moved", "people", "others")
# With many sessions that may change, a proof takes no more of the work than this.
PROOF = 0.05
# So much of the work may then go into tidying up.
TIDYING = 0.15
# Up to so many sessions may change while the least cost is looked for.
FREE_FOR_COST = 40
COST_WORK = 1.0

Extra = Callable[[RepairModel, Terms], None]


@dataclass(frozen=True, slots=True)
class Mended:
    """Placements that keep every rule, how much they disturb, and what nothing can undercut.

    people_bound: no repair affects fewer people.
    moved_bound:  no repair that affects so few people moves fewer sessions.
    """

    placements: Placements
    disturbs: Disturbance
    people_bound: int
    moved_bound: int

    @property
    def is_proved(self) -> bool:
        """Whether no repair affects fewer people and, of those, none moves fewer sessions."""
        reached = (self.disturbs.people, self.disturbs.moved)
        return reached == (self.people_bound, self.moved_bound)


class Mender:
    """The search for repairs of one damage, as far as the work goes.

    is_impossible: whether it is shown that there is none.
    timeless:      sessions that have no times together, where it was shown by them.
    """

    def __init__(self, damage: Damage, seed: int, work: Work) -> None:
        self.damage, self.seed, self.work = damage, seed, work
        self.is_impossible = False
        self.timeless: list[Session] | None = None
        self.best: Placements | None = None
        self.reached = Disturbance()
        self.bounds = (damage.least.people, damage.least.moved)
        self._excluded: list[Groups] = []
        self._is_large = self._is_finished = self._has_chained = False

    def find(self) -> Mended | None:
        """The repair that disturbs least; None when none was found.

        The sessions that are hit are freed first, then their groups and trainers around them,
        one and three days wide. Whatever is found bounds who can be affected by a better repair,
        so freeing every session that touches no more people than that settles the matter.
        """
        if not self.damage.hit:
            return Mended(dict(self.damage.known), Disturbance(), 0, 0)
        self._is_large = len(self.damage.affordable(None)) > LARGE
        self._near()
        if self.best is None and self._is_large:
            self._at_large()
        if self.best is None and self._is_large and self._has_no_times():
            return None
        if self.best is None and self._is_large:
            self._by_groups()
        if not self._is_settled() and not (self._has_chained and self.best is not None):
            self._prove(0.5)
        if self.best is not None and not self._is_settled() and not self._is_finished:
            self._tidy()
            self._prove(1.0)
        if self.best is None and not self.is_impossible:
            self._any(self.damage.affordable(None), 1.0)
            self._tidy()
        if self.best is None:
            return None
        self.best = self._cheapen(self.best, LEAST_DISTURBANCE)
        return Mended(self.best, self.reached, *self.bounds)

    def other(self, order: Order, extra: Extra | None = None) -> Placements | None:
        """Another repair, near the damage, that keeps these low in this order; then cheap."""
        free = self._wide()
        model, terms = self._model(free, self.best or {})
        if extra is not None:
            extra(model, terms)
        model.cp.minimize(terms.in_order(order))
        status, found, _ = self._run(model, ONE_STEP)
        if found is None:
            return None
        return self._cheapen(found, order, extra)

    def cheapest(self, extra: Extra) -> Placements | None:
        """The cheapest repair found near the damage that keeps within ``extra``."""
        model, terms = self._model(self._wide(), self.best or {})
        extra(model, terms)
        model.cp.minimize(repair_cost(model))
        return self._run(model, ONE_STEP)[1]

    def _is_settled(self) -> bool:
        """Whether nothing better exists: by all three counts, or by two when the third is dear."""
        if self.best is None or (self.reached.people, self.reached.moved) != self.bounds:
            return False
        least = self.reached.others <= self.damage.least.others
        return least or len(self.damage.affordable(self.reached.people)) > FREE_FOR_COST

    def _near(self) -> None:
        """Repairs near the damage; as soon as there is one, no wider than a day."""
        damage = self.damage
        steps = [(damage.near, width) for width in NEAR]
        steps += [(damage.around, width) for width in AROUND]
        tried: set[str] = set()
        for freed, width in steps:
            if self._is_settled() or (self.best is not None and width > 1):
                return
            if self._is_large and self.best is None and width > 0:
                self._at_large()
                return
            free = freed(width)
            if not free <= tried:
                self._step(free, ONE_STEP)
                tried |= free

    def _at_large(self) -> None:
        """A first repair where many sessions could change: by times, then session by session where
        there was none, or where so few move that such a search may do better."""
        if self._has_chained:
            return
        self._has_chained = True
        self._first(TIMES, near_times)
        if self.best is None or (not self._is_settled() and self.reached.moved <= FEW_MOVES):
            self._first(CHAINS, partial(chains, steps=STEPS))

    def _has_no_times(self) -> bool:
        """Whether there are no times for everything at all; held sessions are not even asked for."""
        problem, work = self.damage.problem, self.work
        self.timeless = without_times(problem, problem.sessions, seed=self.seed, work=work)
        self.is_impossible = self.timeless is not None
        return self.is_impossible

    def _first(
        self, share: float, search: Callable[[Damage, int, Work], Placements | None]
    ) -> None:
        """What the search finds with this part of the work, tidied up where it keeps every rule."""
        work = Work(self.work.left * share)
        given = work.left
        found = search(self.damage, self.seed, work)
        self.work.left -= given - work.left
        if found is not None and not faults(self.damage.problem, found):
            self._keep(found)
            self._undo()
            self._polish()

    def _undo(self) -> None:
        """Take changes back one by one as long as that lessens the disturbance."""
        if self.best is None:
            return
        work = Work(self.work.left * UNDOING)
        given = work.left
        found = self.best
        for order in (FEWEST_MOVES, LEAST_DISTURBANCE):
            found = undo(self.damage, found, order, self.seed, work)
        self.work.left -= given - work.left
        if found != self.best and not faults(self.damage.problem, found):
            self._keep(found)

    def _polish(self) -> None:
        """The best with only the sessions freed that it changed, and those hit."""
        best = self.best or {}
        free = self._changed(best) | self.damage.hit
        model, terms = self._model(free, best, best)
        if model.possible:
            model.cp.minimize(terms.in_order(LEAST_DISTURBANCE))
            self._keep(self._run(model, ONE_STEP)[1])

    def _by_groups(self) -> None:
        """Repairs that affect some further groups and no others, the fewest people first.

        Where that would free very many sessions, any repair is taken and then tidied up.
        """
        for groups in self.damage.sets_of_groups(MOST_PARTS):
            if self.best is not None:
                return
            free = self.damage.affordable(None, groups)
            if len(free) > TOO_LARGE:
                self._any(self.damage.around(FAR), 2 * ONE_STEP)
                self._undo()
                self._tidy()
                return
            status, _ = self._step(free, ONE_STEP / 2)
            if status == cp_model.INFEASIBLE:
                self._excluded.append(groups)

    def _prove(self, part: float) -> None:
        """Free every session that could change in a better repair, which settles it.

        A repair that affects no more people than the best so far affects at most so many further
        groups; where there are many sessions, each set of such groups makes a search of its own.
        """
        most = self.reached.people if self.best is not None else None
        open_sets: list[Groups | None] = [None]
        if most is not None and self._is_large:
            sets = self.damage.affordable_groups(most, MOST_PARTS) or open_sets
            open_sets = [groups for groups in sets if not self._is_excluded(groups)]
        if self._has_chained and self.best is not None:
            part = min(part, PROOF)
        lowest: tuple[int, ...] | None = None
        self._is_finished = True
        for number, groups in enumerate(open_sets):
            free = self.damage.affordable(most, groups)
            status, bound = self._step(free, part / (len(open_sets) - number))
            self._is_finished &= status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
            if status == cp_model.INFEASIBLE:
                continue
            low = bound if bound is not None else (0, 0, 0)
            lowest = low if lowest is None or low < lowest else lowest
        if self.best is not None:
            self._raise_bounds(lowest or self.reached.by(LEAST_DISTURBANCE))
        elif lowest is None:
            self.is_impossible = True

    def _tidy(self) -> None:
        """Undo what need not have changed: a few days at a time are solved anew, all else kept."""
        better = self.best is not None
        given = self.work.left * (1 - TIDYING if self._has_chained else 0.5)
        while better and self.work.left > given:
            better = False
            days = sorted({at.day for at in (self.best or {}).values()})
            for first in days[::2]:
                if self.work.left <= given:
                    return
                before = self.reached
                self._solve_anew(range(first, first + TIDY_DAYS))
                better = better or self.reached != before

    def _solve_anew(self, days: range) -> None:
        """The best with the sessions that are, or were, on these days freed."""
        best, known = self.best or {}, self.damage.known
        free = {
            key
            for key in self.damage.affordable(None)
            if best[key].day in days or (key in known and known[key].day in days)
        }
        if free & self._changed(best):
            model, terms = self._model(free, best, best)
            if model.possible:
                model.cp.minimize(terms.in_order(LEAST_DISTURBANCE))
                self._keep(self._run(model, ONE_STEP / 2)[1])

    def _is_excluded(self, groups: Groups | None) -> bool:
        return groups is not None and any(groups <= one for one in self._excluded)

    def _raise_bounds(self, lowest: tuple[int, ...]) -> None:
        """No repair comes before these counts."""
        people, moved = self.bounds
        if lowest[0] >= self.reached.people:
            self.bounds = (self.reached.people, max(moved, min(lowest[1], self.reached.moved)))
        else:
            self.bounds = (max(people, lowest[0]), moved)

    def _any(self, free: set[str], share: float) -> None:
        """Any repair at all with these sessions freed, where the best is too much work."""
        model, _ = self._model(free, self.damage.known)
        self._keep(self._run(model, share)[1])

    def _step(
        self, free: set[str], share: float
    ) -> tuple[cp_model.CpSolverStatus, tuple[int, ...] | None]:
        model, terms = self._model(free, self.best or self.damage.known)
        order = LEAST_DISTURBANCE
        if self.best is not None and model.possible:
            most = terms.value(self.reached.by(order), order)
            model.cp.add(terms.of("people") <= self.reached.people)
            model.cp.add(terms.of("people") >= self.damage.least.people)
            model.cp.add(terms.in_order(order) <= most)
        model.cp.minimize(terms.in_order(order))
        status, found, bound = self._run(model, share)
        self._keep(found)
        return status, None if bound is None else terms.split(bound, order)

    def _model(
        self, free: set[str], hint: Placements, staying: Placements | None = None
    ) -> tuple[RepairModel, Terms]:
        damage = self.damage
        places = damage.known if staying is None else staying
        stay = {key: at for key, at in places.items() if key not in free}
        model = RepairModel(damage.problem, damage.before, stay)
        if not model.possible:
            return model, Terms()
        add_repair_rules(model)
        model.hint(hint)
        return model, disturbance_terms(model)

    def _run(
        self, model: RepairModel, share: float
    ) -> tuple[cp_model.CpSolverStatus, Placements | None, int | None]:
        """Status, placements and a bound on the goal; the work is taken off what is left."""
        if not model.possible:
            return cp_model.INFEASIBLE, None, None
        self.work.left -= BUILDING * len(model.free)
        work = Work(max(self.work.left * share * COUNTED, 0.001))
        solver = core_solver(self.seed, work)
        try:
            status = solver.solve(model.cp)
        except IndexError:  # As in ``search.run``: its symmetry step trips over small models.
            solver = core_solver(self.seed, work)
            solver.parameters.symmetry_level = 0
            status = solver.solve(model.cp)
        self.work.left -= solver.deterministic_time / COUNTED
        if status == cp_model.MODEL_INVALID:
            raise ValueError(f"the model is invalid: {model.cp.validate()}")
        bound = None
        if status != cp_model.INFEASIBLE and model.cp.has_objective():
            bound = max(0, round(solver.best_objective_bound))
        return status, model.placements(solver) if is_found(status) else None, bound

    def _keep(self, placements: Placements | None) -> None:
        if placements is None:
            return
        reached = self.disturbs(placements)
        order = LEAST_DISTURBANCE
        if self.best is None or reached.by(order) < self.reached.by(order):
            self.best, self.reached = placements, reached

    def disturbs(self, placements: Placements) -> Disturbance:
        """How much these placements disturb, counted plainly."""
        return disturbance(self.damage.problem, self.damage.before, placements)

    def _changed(self, placements: Placements) -> set[str]:
        known = self.damage.known
        return {key for key, at in placements.items() if known.get(key) != at}

    def _wide(self) -> set[str]:
        free = self.damage.affordable(self.reached.people)
        if len(free) > FREE_FOR_COST:
            free = self.damage.near(1)
        return free | self._changed(self.best or {}) | self.damage.hit

    def _cheapen(
        self, placements: Placements, order: Order, extra: Extra | None = None
    ) -> Placements:
        """The cheapest found of the repairs that disturb no more than this one."""
        model, terms = self._model(self._wide() | self._changed(placements), placements)
        if not model.possible:
            return placements
        if extra is not None:
            extra(model, terms)
        most = terms.value(self.disturbs(placements).by(order), order)
        model.cp.add(terms.in_order(order) <= most)
        model.cp.minimize(repair_cost(model))
        cheaper = self._run(model, min(1.0, COST_WORK / max(self.work.left, 0.01)))[1]
        if cheaper is None:
            return placements
        problem = self.damage.problem
        better = costs_of(problem, cheaper).total < costs_of(problem, placements).total
        return cheaper if better else placements
