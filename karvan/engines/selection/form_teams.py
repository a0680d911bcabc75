"""Form balanced teams of mixed skills."""

from __future__ import annotations

import random

import numpy as np
from ortools.sat.python import cp_model

from .team_features import Features, Whole, features_of, least_deviation
from .team_swaps import divided, improved
from .teams import Pair, TeamProblem, Teams
from .tickets import ticket

WORK = 200
# Above so many people times teams the integer programme proves nothing in reasonable work.
MOST_CHOICES = 60


def form_teams(problem: TeamProblem, *, work: int = WORK) -> Teams:
    """Return teams of nearly equal size, each a small picture of everybody.

    First as few missing values (``different``) and broken musts as possible,
    then as many wishes met, then the smallest deviation: for each skill and
    each value of an attribute, the square of what a team has less its share.
    Found by swaps of two people from a dealt start; small problems are then
    solved by CP-SAT, which proves them or improves them. All in whole numbers.

    Args:
        problem: people and rules; sizes in members.
        work: rounds of search; never seconds, so that a run can be repeated.

    Returns:
        The teams, the same for any order of the input; what could not be met
        is said, never hidden.

    Cost: O(people squared x features) a round.
    """
    features, sizes = features_of(problem), problem.sizes
    rng = random.Random(ticket(problem.seed, "teams"))  # noqa: S311 -- a draw that can be repeated
    bound, proved = least_deviation(features, sizes), len(sizes) <= 1
    team = improved(features, sizes, rng, work, bound)
    if not proved and len(features.keys) * len(sizes) <= MOST_CHOICES:
        team, proved = _searched(features, sizes, team, work)
    division = divided(features, sizes, team)
    musts, unmet = _broken(problem, features, team)
    deviation = division.worth[2]
    if proved and not (problem.different or problem.wishes):
        bound = deviation
    met = not (division.short or musts or unmet)
    return Teams(
        teams=_named(features, sizes, team),
        short=division.short,
        musts=musts,
        unmet=unmet,
        deviation=deviation,
        bound=bound,
        proved=proved or (met and deviation == bound),
    )


def _named(features: Features, sizes: tuple[int, ...], team: Whole) -> tuple[tuple[str, ...], ...]:
    keys = features.keys
    members = [
        tuple(sorted(keys[n] for n in np.flatnonzero(team == t).tolist()))
        for t in range(len(sizes))
    ]
    return tuple(sorted(members, key=lambda some: (-len(some), some)))


def _broken(
    problem: TeamProblem, features: Features, team: Whole
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """Musts and wishes that are not met."""
    own = dict(zip(features.keys, team.tolist(), strict=True))
    broken = [w for w in problem.wishes if (own[w.one] == own[w.other]) != w.together]
    return (
        tuple(sorted((w.one, w.other) for w in broken if w.is_must)),
        tuple(sorted((w.one, w.other) for w in broken if not w.is_must)),
    )


def _searched(
    features: Features, sizes: tuple[int, ...], team: Whole, work: int
) -> tuple[Whole, bool]:
    """Search all divisions of a small problem; return the best found and whether it is proved.

    The three aims are solved one after another, each held while the next is sought.
    """
    model = cp_model.CpModel()
    many, teams = len(features.keys), len(sizes)
    own = [[model.new_bool_var(f"x{p},{t}") for t in range(teams)] for p in range(many)]
    for row in own:
        model.add_exactly_one(row)
    for t, size in enumerate(sizes):
        model.add(sum(row[t] for row in own) == size)
    aims = (
        _short(model, features, own, teams) + -_company(model, features.musts, own),
        -_company(model, features.likes, own),
        _deviation(model, features, own, sizes),
    )
    proved = True
    for aim in aims:
        model.clear_hints()  # type: ignore[no-untyped-call]
        for p, row in enumerate(own):
            for t, chosen in enumerate(row):
                model.add_hint(chosen, int(team[p] == t))
        model.minimize(aim)
        solver = cp_model.CpSolver()
        # One worker and a fixed seed: the same answer on every run.
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = work / 20
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return team, False
        proved &= status == cp_model.OPTIMAL
        team = np.array([[solver.value(x) for x in row] for row in own]).argmax(axis=1)
        model.add(aim <= solver.value(aim))
    return team, proved


def _short(
    model: cp_model.CpModel, features: Features, own: list[list[cp_model.IntVar]], teams: int
) -> cp_model.LinearExpr:
    total: list[cp_model.LinearExprT] = []
    for values, number, needed in zip(
        features.value, features.values, features.needed.tolist(), strict=True
    ):
        for t in range(teams):
            there: list[cp_model.LinearExprT] = []
            for value in range(number):
                some = model.new_bool_var("")
                model.add(some <= sum(own[p][t] for p in np.flatnonzero(values == value).tolist()))
                there.append(some)
            short = model.new_int_var(0, needed, "")
            model.add(short + cp_model.LinearExpr.sum(there) >= needed)
            total.append(short)
    return _summed(total)


def _company(
    model: cp_model.CpModel, wished: Whole, own: list[list[cp_model.IntVar]]
) -> cp_model.LinearExpr:
    total: list[cp_model.LinearExprT] = []
    for one, other in np.argwhere(np.triu(wished)).tolist():
        for mine, theirs in zip(own[one], own[other], strict=True):
            both = model.new_bool_var("")
            model.add_multiplication_equality(both, [mine, theirs])
            total.append(int(wished[one, other]) * both)
    return _summed(total)


def _deviation(
    model: cp_model.CpModel,
    features: Features,
    own: list[list[cp_model.IntVar]],
    sizes: tuple[int, ...],
) -> cp_model.LinearExpr:
    total: list[cp_model.LinearExprT] = []
    many = len(own)
    for column, weight in zip(features.points.T.tolist(), features.weight.tolist(), strict=True):
        for t, size in enumerate(sizes):
            most = many * 100 * many
            apart = model.new_int_var(-most, most, "")
            square = model.new_int_var(0, most * most, "")
            points = cp_model.LinearExpr.weighted_sum([row[t] for row in own], column)
            model.add(apart == many * points - size * sum(column))
            model.add_multiplication_equality(square, [apart, apart])
            total.append(weight * square)
    return _summed(total)


def _summed(parts: list[cp_model.LinearExprT]) -> cp_model.LinearExpr:
    """A sum that is an expression even if nothing is in it."""
    return cp_model.LinearExpr.weighted_sum([*parts, 0], [1] * (len(parts) + 1))
