"""Say why no timetable keeps every rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from .answer import Clash, ClashKind, NoTimetable, Placement
from .model import NO_PLACEMENTS, TimetableModel
from .problem import Session, TimetableProblem
from .relax_search import Finder, find_remedies
from .search import Work, run
from .shared_rules import add_rules


def out_of_work() -> NoTimetable:
    """The answer of a search that was stopped before it could tell."""
    return NoTimetable((Clash(ClashKind.WORK_LIMIT),))


def refused(
    problem: TimetableProblem,
    reasons: tuple[Clash, ...],
    *,
    seed: int,
    work: Work,
    before: dict[str, Placement] | None = None,
    held: frozenset[str] = frozenset(),
    find: Finder | None = None,
) -> NoTimetable:
    """The answer for a problem with reasons seen before any search, with what would free it.

    find: a quick search for placements, to be tried before CP-SAT; see ``find_remedies``.
    """
    remedies = find_remedies(
        problem, reasons, seed=seed, work=work, before=before, held=held, find=find
    )
    return NoTimetable(reasons, minimal=len(reasons) == 1, remedies=remedies)


def explain(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    *,
    seed: int,
    work: Work,
    before: dict[str, Placement] | None = None,
    held: frozenset[str] = frozenset(),
    find: Finder | None = None,
) -> NoTimetable:
    """Return rules of an impossible problem that cannot all be kept.

    Every rule, and that a session is held at all, stands behind a literal of its own; CP-SAT
    names literals that suffice for the contradiction. Rules are then dropped one at a time as
    long as the rest stays impossible, which leaves a set where each rule is needed [1].
    ``minimal`` says whether the work allowed that to be finished. With what work is left, the
    remedies are looked for (``relax_search.py``).

    [1] M. H. Liffiton, K. A. Sakallah (2008). Algorithms for computing minimal unsatisfiable
        subsets of constraints. J. Autom. Reasoning 40, 1-33. doi:10.1007/s10817-007-9084-z
    """
    asked = _Asked(problem, sessions, seed, work, before or dict(NO_PLACEMENTS), held)
    core = asked.core(None)
    if core is None:
        return out_of_work()
    minimal = True
    for rule in sorted(core, key=_dropped_first):
        if rule not in core:
            continue
        smaller = asked.core(core - {rule})
        if smaller is not None:
            core = smaller
        elif asked.stopped:
            minimal = False
    reasons = tuple(sorted(core))
    remedies = find_remedies(
        problem, reasons, seed=seed, work=work, before=before, held=held, find=find
    )
    return NoTimetable(reasons, minimal, remedies)


def _dropped_first(rule: Clash) -> tuple[bool, Clash]:
    """Sessions are tried first: a reason with few sessions says more than one with few rules."""
    return (rule.kind != ClashKind.SESSION, rule)


class _Asked:
    """One impossible problem, asked again and again with fewer rules."""

    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        seed: int,
        work: Work,
        before: dict[str, Placement],
        held: frozenset[str],
    ) -> None:
        self.problem, self.sessions = problem, sessions
        self.seed, self.work = seed, work
        self.before, self.held = before, held
        self.stopped = False

    def core(self, rules: frozenset[Clash] | None) -> frozenset[Clash] | None:
        """Rules among these that cannot all be kept, or None when they can or nobody knows."""
        model = TimetableModel(
            self.problem,
            self.sessions,
            before=self.before,
            held=self.held,
            rules=rules,
            guarded=True,
        )
        add_rules(model)
        guards = model.posted.guards
        model.cp.add_assumptions(list(guards.values()))
        solver, status = run(model.cp, seed=self.seed, work=self.work)
        self.stopped = status == cp_model.UNKNOWN
        if status != cp_model.INFEASIBLE:
            return None
        named = {literal.index: rule for rule, literal in guards.items()}
        return frozenset(named[i] for i in solver.sufficient_assumptions_for_infeasibility())


def can_be_kept(
    problem: TimetableProblem, rules: Iterable[Clash], *, seed: int = 1, work_limit: int = 60
) -> bool | None:
    """Whether these rules, out of those in the reasons of ``NoTimetable``, can all be kept.

    Every other rule of the problem is left aside, and sessions not named are not held. Returns
    None when the work did not suffice to tell. It lets anyone verify a set of reasons: all of
    them together cannot be kept, and each set with one taken away can.
    """
    model = TimetableModel(problem, problem.sessions, rules=frozenset(rules), guarded=True)
    add_rules(model)
    for literal in model.posted.guards.values():
        model.cp.add(literal == 1)
    _, status = run(model.cp, seed=seed, work=Work(work_limit))
    return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE
