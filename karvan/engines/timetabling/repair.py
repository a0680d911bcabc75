"""Mend a timetable after something changed, moving as few sessions as can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from .answer import Clash, ClashKind, NoTimetable, Placement, Timetable
from .check import alone, costs_of, faults, minute_of
from .explain import explain, out_of_work
from .goals import cost_terms
from .model import TimetableModel
from .parts import independent_parts
from .posted import Literal
from .precheck import quick_reasons
from .problem import Session, TimetableProblem
from .search import Work, hint, is_found, run
from .shared_rules import add_rules
from .windows import allowed_windows, window_at


def repair_timetable(
    problem: TimetableProblem,
    before: Timetable,
    held: frozenset[str] = frozenset(),
    *,
    seed: int = 1,
    work_limit: int = 60,
) -> Timetable | NoTimetable:
    """Return a timetable of the changed problem that moves as few sessions as can be.

    Fewest sessions that change day or start come first, then fewest changes of room or trainer,
    and among those the cheapest timetable found. Parts of the problem where nothing is wrong
    stay as they are. Sessions new to the problem are placed and do not count as moved.

    Args:
        problem: the problem as it is now: a trainer less, a room shut, a day lost, a session more.
        before: the timetable of the problem as it was.
        held: keys of sessions that must stay where and with whom they are.
        seed, work_limit: as in ``build_timetable``.

    Returns:
        ``Timetable`` with ``moved``; its ``bound`` is the least number of sessions any repair
        moves and ``proved`` says that this one moves no more. Or ``NoTimetable``.

    Raises:
        ValueError: a held session has no place in ``before``; ``work_limit`` is not positive.

    Cost: exponential at worst; only the parts that are hit are searched.
    """
    _refuse_bad_input(problem, before, held, work_limit)
    known = _still_known(problem, before.placements)
    reasons = quick_reasons(problem) or _held_wrong(problem, known, held)
    if reasons:
        return NoTimetable(reasons, minimal=len(reasons) == 1)
    work = Work(work_limit)
    after: dict[str, Placement] = {}
    bound, proved = 0, True
    hit = _hit(problem, known)
    for part in _parts(problem, known, held):
        if not hit & {s.key for s in part}:
            after |= {s.key: known[s.key] for s in part}
            continue
        found = _mend(problem, part, known, held, seed, work)
        if isinstance(found, NoTimetable):
            return found
        after |= found[0]
        bound += found[1]
        proved = proved and found[2]
    moved = tuple(
        sorted(key for key, at in known.items() if minute_of(at) != minute_of(after[key]))
    )
    return Timetable(dict(sorted(after.items())), costs_of(problem, after), bound, proved, moved)


def _refuse_bad_input(
    problem: TimetableProblem, before: Timetable, held: frozenset[str], work_limit: int
) -> None:
    if work_limit <= 0:
        raise ValueError(f"work_limit must be positive, got {work_limit!r}")
    homeless = sorted(held - set(before.placements) | held - {s.key for s in problem.sessions})
    if homeless:
        raise ValueError(f"held sessions must have been placed before, got {homeless}")


def _still_known(
    problem: TimetableProblem, placements: Mapping[str, Placement]
) -> dict[str, Placement]:
    """Places of sessions that still exist; a room or trainer that is gone is left out of them."""
    rooms = {room.key for room in problem.rooms}
    trainers = {trainer.key for trainer in problem.trainers}
    known = {}
    for session in problem.sessions:
        at = placements.get(session.key)
        if at is not None:
            roles = {
                role: tuple(key for key in keys if key in trainers)
                for role, keys in at.roles.items()
            }
            known[session.key] = Placement(
                at.day, at.start, at.room if at.room in rooms else None, roles
            )
    return known


def _held_wrong(
    problem: TimetableProblem, known: Mapping[str, Placement], held: Iterable[str]
) -> tuple[Clash, ...]:
    """Why a held session cannot stay, whatever the others do."""
    found: list[Clash] = []
    for key in sorted(held):
        wrong = alone(problem, problem.session(key), known[key])
        if wrong:
            found += [Clash(ClashKind.HELD, (key,)), *wrong]
    return tuple(sorted(set(found)))


def _hit(problem: TimetableProblem, known: Mapping[str, Placement]) -> set[str]:
    """Sessions that are not placed or that break a rule now."""
    keys = {s.key for s in problem.sessions}
    broken = {key for fault in faults(problem, known) for key in fault.keys}
    return (keys - set(known)) | (broken & keys)


def _parts(
    problem: TimetableProblem, known: Mapping[str, Placement], held: frozenset[str]
) -> tuple[tuple[Session, ...], ...]:
    windows = {}
    for session in problem.sessions:
        windows[session.key] = allowed_windows(problem, session)
        if session.key in held:
            old = window_at(problem, session.minutes, minute_of(known[session.key]))
            windows[session.key] = (old,) if old else ()
    return independent_parts(problem, windows)


def _mend(
    problem: TimetableProblem,
    part: Sequence[Session],
    known: dict[str, Placement],
    held: frozenset[str],
    seed: int,
    work: Work,
) -> tuple[dict[str, Placement], int, bool] | NoTimetable:
    """Placements, least number of moves and its proof for one part."""
    model = TimetableModel(problem, part, before=known, held=held)
    add_rules(model)
    stays, keeps = _stays(model), _keeps(model)
    heavy = len(keeps) + 1
    changes = heavy * (len(stays) - sum(stays)) + len(keeps) - sum(keeps)
    for session in model.sessions:
        if session.key in known:
            model.hint(session, known[session.key])
    model.cp.minimize(changes)
    solver, status = run(model.cp, seed=seed, work=work)
    if status == cp_model.INFEASIBLE:
        return explain(problem, part, seed=seed, work=work, before=known, held=held)
    if not is_found(status):
        return out_of_work()
    bound = (
        -(-round(solver.best_objective_bound) // heavy)
        if status != cp_model.OPTIMAL
        else (round(solver.objective_value) // heavy)
    )
    model.cp.add(changes <= round(solver.objective_value))
    proved = bound == round(solver.objective_value) // heavy
    model.cp.minimize(cost_terms(model))
    hint(model.cp, solver)
    cheaper, status = run(model.cp, seed=seed, work=work)
    solver = cheaper if is_found(status) else solver
    return {s.key: model.placement(solver, s) for s in part}, bound, proved


def _stays(model: TimetableModel) -> list[Literal]:
    """One literal for each session that may stay at its time; one never true if it may not."""
    stays = []
    for session in model.sessions:
        if session.key in model.before:
            stay = model.cp.new_bool_var(f"{session.key} stays")
            minute = minute_of(model.before[session.key])
            model.cp.add(model.start[session.key] == minute).only_enforce_if(stay)
            stays.append(stay)
    return stays


def _keeps(model: TimetableModel) -> list[Literal]:
    """The choices of room and of trainers for roles that were made before and are still open."""
    keeps = []
    for session in model.sessions:
        at = model.before.get(session.key)
        if at is None:
            continue
        if at.room in model.in_room[session.key]:
            keeps.append(model.in_room[session.key][at.room])
        for role, trainers in sorted(at.roles.items()):
            fills = [model.fills.get((session.key, role, trainer)) for trainer in trainers]
            keeps += [literal for literal in fills if literal is not None]
    return keeps
