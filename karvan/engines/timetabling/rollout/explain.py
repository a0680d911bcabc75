"""Say why no year keeps every rule, and which rule would have to give way, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from karvan.engines.timetabling.search import Work, is_found, run

from .answer import NoRollout, Remedy, Rule, RuleKind
from .model import RolloutModel
from .problem import RolloutProblem
from .rules import NO_STARTS, with_remedy, without

WHOLE = (RuleKind.VISIT, RuleKind.CLOSED, RuleKind.FIXED, RuleKind.HELD)


def out_of_work() -> NoRollout:
    """The answer of a search that was stopped before it could tell."""
    return NoRollout((Rule(RuleKind.WORK_LIMIT),))


def too_long(problem: RolloutProblem) -> NoRollout | None:
    """The stops that are longer than the whole horizon, all at once; None without."""
    long = [stop for stop in problem.stops if stop.days > problem.horizon]
    if not long:
        return None
    reasons = tuple(sorted(Rule(RuleKind.VISIT, (stop.key,)) for stop in long))
    return NoRollout(reasons, minimal=len(reasons) == 1)


def explain(
    problem: RolloutProblem, *, seed: int, work: Work, held: Mapping[str, int] = NO_STARTS
) -> NoRollout:
    """Return rules of an impossible problem that cannot all be kept, and what would free it.

    Every rule stands behind a literal; CP-SAT names literals that suffice for the
    contradiction, and rules are dropped one at a time as long as the rest stays impossible [1].
    A rule of that set is a remedy if the whole problem, with it alone giving way, has a year;
    the least amount is found by halving, since giving way further never hurts.

    [1] M. H. Liffiton, K. A. Sakallah (2008). Algorithms for computing minimal unsatisfiable
        subsets of constraints. J. Autom. Reasoning 40, 1-33. doi:10.1007/s10817-007-9084-z
    """
    first = _core(problem, None, held, seed, work)
    if first is None:
        return out_of_work()
    core, minimal = first, True
    for rule in sorted(first, key=lambda rule: (rule.kind != RuleKind.VISIT, rule)):
        if rule not in core:
            continue
        stopped, smaller = _asked(problem, core - {rule}, held, seed, work)
        core = smaller or core
        minimal = minimal and not stopped
    remedies = [_remedy(problem, rule, held, seed, work) for rule in sorted(core)]
    return NoRollout(tuple(sorted(core)), minimal, tuple(one for one in remedies if one))


def can_be_kept(
    problem: RolloutProblem, rules: Iterable[Rule], *, seed: int = 1, work_limit: int = 20
) -> bool | None:
    """Whether these rules of the problem, and no other, can all be kept; None: nobody knows."""
    model = RolloutModel(problem, rules=frozenset(rules), guarded=True)
    model.cp.add_bool_and(list(model.guards.values()))
    _, status = run(model.cp, seed=seed, work=Work(work_limit))
    return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE


def _core(
    problem: RolloutProblem,
    rules: frozenset[Rule] | None,
    held: Mapping[str, int],
    seed: int,
    work: Work,
) -> frozenset[Rule] | None:
    return _asked(problem, rules, held, seed, work)[1]


def _asked(
    problem: RolloutProblem,
    rules: frozenset[Rule] | None,
    held: Mapping[str, int],
    seed: int,
    work: Work,
) -> tuple[bool, frozenset[Rule] | None]:
    """Whether it was stopped; and rules among these that cannot all be kept, if any."""
    model = RolloutModel(problem, held=held, rules=rules, guarded=True)
    model.cp.add_assumptions(list(model.guards.values()))
    solver, status = run(model.cp, seed=seed, work=work)
    if status != cp_model.INFEASIBLE:
        return status == cp_model.UNKNOWN, None
    named = {literal.index: rule for rule, literal in model.guards.items()}
    return False, frozenset(named[i] for i in solver.sufficient_assumptions_for_infeasibility())


def _remedy(
    problem: RolloutProblem, rule: Rule, held: Mapping[str, int], seed: int, work: Work
) -> Remedy | None:
    """The rule with the least amount by which it must give way, if that helps at all."""

    def helps(amount: int) -> bool:
        return _is_possible(with_remedy(problem, Remedy(rule, amount)), held, seed, work)

    if rule.kind in WHOLE:
        left = {key: day for key, day in held.items() if key != rule.keys[0]}
        keeps = left if rule.kind in (RuleKind.HELD, RuleKind.VISIT) else held
        is_free = _is_possible(without(problem, rule), keeps, seed, work)
        return Remedy(rule, 0) if is_free else None
    low, high = 0, _most(problem, rule)
    if not helps(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if helps(middle) else (middle, high)
    return Remedy(rule, high)


def _most(problem: RolloutProblem, rule: Rule) -> int:
    """By how much a rule can give way at all."""
    if rule.kind == RuleKind.HANDOVER:
        return problem.handover
    if rule.kind == RuleKind.QUARTER:
        return sum(stop.amount for stop in problem.stops)
    stop = problem.stop(rule.keys[0])
    if rule.kind == RuleKind.READY:
        return stop.ready_from
    return stop.visa_days if rule.kind == RuleKind.VISA else problem.horizon


def _is_possible(problem: RolloutProblem, held: Mapping[str, int], seed: int, work: Work) -> bool:
    model = RolloutModel(problem, held=held)
    for there in model.there.values():
        model.cp.add(there == 1)
    return is_found(run(model.cp, seed=seed, work=work)[1])
