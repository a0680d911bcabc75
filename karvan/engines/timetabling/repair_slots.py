"""A first repair of a large course on a coarse grid: times near those that were, then all the rest.

A day lost to four hundred sessions moves dozens of them, one into the place of another. Where no
search session by session gets through, the model of times (``SlotModel``), in which rooms are only
counted, finds times that keep as many starts as it can: for the sessions within some days of the
damage, then for more. Rooms and trainers then change as little as these times allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ortools.sat.python import cp_model

from .bounds_slots import SlotModel, has_slots
from .check import minute_of
from .problem import MINUTES_A_DAY, TimetableProblem
from .repair_damage import Damage, Placements
from .repair_goals import disturbance_terms
from .repair_measure import LEAST_DISTURBANCE
from .repair_model import RepairModel
from .repair_rules import add_repair_rules
from .search import Work, is_found, new_solver, solve

# Days around the damage in which sessions get other times; None frees every session.
WIDTHS: tuple[int | None, ...] = (3, 7, None)
# Part of the work for rooms and trainers.
SETTLING = 0.3


def near_times(damage: Damage, seed: int, work: Work) -> Placements | None:
    """Return placements that keep every rule and many starts, or None where none were found.

    Cost: two CP-SAT models with one literal for each session and start, some seconds for 400.
    """
    problem = damage.problem
    if not has_slots(problem, problem.sessions):
        return None
    settling = Work(work.left * SETTLING)
    work.left -= settling.left
    starts = None
    for width in WIDTHS:
        if starts is None and work.left > 0:
            starts = _times(damage, width, seed, work)
    work.left += settling.left
    if starts is None:
        return None
    known = damage.known
    moved = {key for key, at in starts.items() if key not in known or minute_of(known[key]) != at}
    days = {starts[key] // MINUTES_A_DAY for key in moved | damage.hit}
    near = {key for key, at in starts.items() if at // MINUTES_A_DAY in days}
    found = _settled(damage, starts, near | moved | damage.hit, seed, work)
    return found or _settled(damage, starts, set(starts), seed, work)


def _times(damage: Damage, width: int | None, seed: int, work: Work) -> dict[str, int] | None:
    """Starts that keep every rule, rooms counted; few groups affected, then few sessions moved."""
    problem, known = damage.problem, damage.known
    free = set(known) if width is None else damage.around(width)
    held = {key: minute_of(at) for key, at in known.items() if key not in free - damage.held}
    model = SlotModel(problem, problem.sessions, held=held, with_cost=False)
    if not model.possible:
        return None
    before = {s.key: minute_of(known[s.key]) if s.key in known else -1 for s in problem.sessions}
    model.hint(
        before, {(key, role): who for key, at in known.items() for role, who in at.roles.items()}
    )
    model.cp.minimize(_disturbed(model, problem, before))
    solver = new_solver(seed, work)
    solver.parameters.use_lns_only = True
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    status = solve(solver, model.cp, work)
    return model.read(solver) if is_found(status) else None


def _disturbed(
    model: SlotModel, problem: TimetableProblem, before: Mapping[str, int]
) -> cp_model.LinearExpr | int:
    """People in the groups of moved sessions, then how many sessions are moved."""
    affected = {group.key: model.cp.new_bool_var("") for group in problem.groups}
    stays = []
    for session in problem.sessions:
        literal = model.at[session.key].get(before[session.key])
        if literal is None:
            for key in session.groups:
                model.cp.add(affected[key] == 1)
            continue
        stays.append(literal)
        for key in session.groups:
            model.cp.add_bool_or([literal, affected[key]])
    people = sum(max(1, group.size) * affected[group.key] for group in problem.groups)
    return (len(problem.sessions) + 1) * people - sum(stays)


def _settled(
    damage: Damage, starts: Mapping[str, int], free: set[str], seed: int, work: Work
) -> Placements | None:
    """Rooms and trainers at these starts, the free sessions' changed as little as can be."""
    problem, free = damage.problem, free - damage.held
    sessions = tuple(
        replace(s, fixed=(*divmod(starts[s.key], MINUTES_A_DAY), None)) if s.key in free else s
        for s in problem.sessions
    )
    stay = {key: at for key, at in damage.known.items() if key not in free}
    model = RepairModel(replace(problem, sessions=sessions), damage.before, stay)
    if not model.possible:
        return None
    add_repair_rules(model)
    model.hint(damage.known)
    model.cp.minimize(disturbance_terms(model).in_order(LEAST_DISTURBANCE))
    solver = new_solver(seed, work)
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    status = solve(solver, model.cp, work)
    return model.placements(solver) if is_found(status) else None
