"""Find the repair that disturbs least: near the damage first, then as far as proof demands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from .answer import Placement
from .check import alone, faults, minute_of
from .problem import MINUTES_A_DAY, Session, TimetableProblem
from .repair_goals import Terms, disturbance_terms
from .repair_measure import Disturbance, Party, disturbance, parties, people_in
from .repair_model import RepairModel, may_stay, may_stay_at_its_time
from .repair_rules import add_repair_rules
from .repair_times import Blocked
from .search import Work, is_found, run

Placements = dict[str, Placement]
WIDTHS = (0, 1, 3)
# No step near the damage may take more than this part of the work that is left.
ONE_STEP = 0.2


@dataclass(slots=True)
class Damage:
    """What is broken, and what any repair must disturb at the least.

    hit:   sessions without a place, or that break a rule where they are.
    must:  sessions that cannot stay as they are whatever the others do.
    sure:  the parties affected for certain.
    least: no repair disturbs less.
    """

    problem: TimetableProblem
    before: Mapping[str, Placement]
    known: Placements
    held: frozenset[str]
    hit: set[str] = field(default_factory=set)
    must: set[str] = field(default_factory=set)
    sure: set[Party] = field(default_factory=set)
    least: Disturbance = Disturbance(0, 0, 0)

    def look(self) -> None:
        """Find the damage. Cost: one plain check of the timetable, O(n^2) for n sessions."""
        keys = {s.key for s in self.problem.sessions}
        broken = {key for fault in faults(self.problem, self.known) for key in fault.keys}
        changed = {key for key, at in self.known.items() if at != self.before[key]}
        self.hit = ((keys - set(self.known)) | (broken & keys) | changed) - self.held
        blocked = Blocked(self.problem, {key: self.known[key] for key in sorted(self.held)})
        moved = 0
        for session in self.problem.sessions:
            if session.key in self.hit and session.key in self.before:
                old = self.before[session.key]
                if not may_stay(blocked, session, old):
                    self.must.add(session.key)
                    self.sure |= parties(session, old)
                    moved += not may_stay_at_its_time(blocked, session, old)
        self.least = Disturbance(people_in(self.problem, self.sure), moved, 0)

    def near(self, width: int) -> set[str]:
        """Sessions that are hit, and those of their groups and trainers within so many days."""
        around: set[tuple[Party, int]] = set()
        for session in self.problem.sessions:
            if session.key in self.hit:
                places = [self.known[session.key]] if session.key in self.known else []
                for day in self._days_of(session):
                    for party in parties(session, *places):
                        around |= {(party, d) for d in range(day - width, day + width + 1)}
        found = set(self.hit)
        for session in self.problem.sessions if width else ():
            at = self.known.get(session.key)
            if at is not None and session.key not in self.held:
                if any((party, at.day) in around for party in parties(session, at)):
                    found.add(session.key)
        return found

    def _days_of(self, session: Session) -> range:
        at = self.known.get(session.key)
        first, last = session.day_range or (0, len(self.problem.days) - 1)
        return range(first, last + 1) if at is None else range(at.day, at.day + 1)

    def affordable(self, most: int | None) -> set[str]:
        """Sessions that may change without more than so many people being affected."""
        found = set(self.hit)
        for session in self.problem.sessions:
            if session.key in self.known and session.key not in self.held:
                affected = self.sure | parties(session, self.before[session.key])
                if most is None or people_in(self.problem, affected) <= most:
                    found.add(session.key)
        return found


@dataclass(frozen=True, slots=True)
class Mended:
    """Placements that keep every rule, how much they disturb, and what nothing can undercut."""

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
    """The search for one repair after another of the same damage."""

    def __init__(self, damage: Damage, seed: int, work: Work) -> None:
        self.damage, self.seed, self.work = damage, seed, work
        self.is_impossible = False
        self.best: Placements | None = None
        self.reached = Disturbance(0, 0, 0)
        self.bounds = (damage.least.people, damage.least.moved)

    def find(self) -> Mended | None:
        """The repair that disturbs least, as far as the work goes; None when none was found."""
        tried: set[str] = set()
        for width in WIDTHS:
            if self._is_proved():
                break
            free = self.damage.near(width)
            if not free <= tried:
                self._step(free, ONE_STEP)
                tried = free
        if not self._is_proved():
            self._prove(tried)
        if self.best is None:
            return None
        return Mended(self.best, self.reached, *self.bounds)

    def _is_proved(self) -> bool:
        return self.best is not None and (self.reached.people, self.reached.moved) == self.bounds

    def _prove(self, tried: set[str]) -> None:
        """Free every session that could change in a better repair, which settles it."""
        most = self.reached.people if self.best is not None else None
        free = self.damage.affordable(most)
        status, low = self._step(free, 1.0)
        if status == cp_model.INFEASIBLE:
            self.is_impossible = self.best is None
        elif low is not None:
            people = max(self.bounds[0], min(low[0], self.reached.people))
            moved = low[1] if low[0] >= self.reached.people else 0
            self.bounds = (people, max(self.bounds[1], min(moved, self.reached.moved)))

    def _step(
        self, free: set[str], share: float
    ) -> tuple[cp_model.CpSolverStatus, tuple[int, int, int] | None]:
        damage = self.damage
        stay = {key: at for key, at in damage.known.items() if key not in free}
        model = RepairModel(damage.problem, damage.before, stay)
        if not model.possible:
            return cp_model.INFEASIBLE, None
        add_repair_rules(model)
        terms = disturbance_terms(model)
        if self.best is not None:
            self._no_worse(model, terms)
        model.hint(self.best if self.best is not None else damage.known)
        model.cp.minimize(terms.in_order())
        work = Work(self.work.left * share)
        given = work.left
        solver, status = run(model.cp, seed=self.seed, work=work)
        self.work.left -= given - work.left
        if is_found(status):
            self._keep(model.placements(solver))
            return status, terms.split(round(solver.best_objective_bound))
        return status, None

    def _no_worse(self, model: RepairModel, terms: Terms) -> None:
        people, moved, others = self.reached.people, self.reached.moved, self.reached.others
        weights = terms.weights
        model.cp.add(terms.people <= people)
        model.cp.add(terms.in_order() <= people * weights[0] + moved * weights[1] + others)

    def _keep(self, placements: Placements) -> None:
        reached = disturbance(self.damage.problem, self.damage.before, placements)
        if self.best is None or reached < self.reached:
            self.best, self.reached = placements, reached
