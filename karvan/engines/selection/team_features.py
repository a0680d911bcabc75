"""People to be put into teams as arrays of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import gcd

import numpy as np
from numpy.typing import NDArray

from .problem import NOT_GIVEN
from .teams import TeamMember, TeamProblem
from .tickets import drawn_order

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """People in drawn order against what is balanced.

    points:  of each person (row) in each feature (column), 0 to 100: a skill
             over its range, or whether an attribute has a value.
    weight:  of each feature.
    value:   for each attribute with a rule, each person's value (-1: not given).
    needed:  how many different values each such attribute needs.
    values:  how many values each such attribute has.
    musts, likes: of each two people, 1 if they belong together, -1 if apart.
    """

    keys: list[str]
    points: Whole
    weight: Whole
    value: Whole
    needed: Whole
    values: list[int]
    musts: Whole
    likes: Whole


def features_of(problem: TeamProblem) -> Features:
    """Return the problem as arrays, the same for any order of the input."""
    order = drawn_order(problem.seed, [p.key for p in problem.people])
    people = [problem.people[n] for n in order.tolist()]
    columns: list[tuple[list[int], int]] = []
    for skill in sorted({s for p in people for s in p.skills}):
        columns.append((_scaled(people, skill), problem.weights.get(skill, 1)))
    for attribute in sorted({a for p in people for a in p.attributes}):
        given = [_value(p, attribute) for p in people]
        for value in sorted(set(given)):
            column = [100 * (own == value) for own in given]
            columns.append((column, problem.weights.get(attribute, 1)))
    columns = [(column, weight) for column, weight in columns if weight and len(set(column)) > 1]
    ruled = sorted(a for a, number in problem.different.items() if number)
    coded = [_coded(people, attribute) for attribute in ruled]
    return Features(
        keys=[p.key for p in people],
        points=np.array([c for c, _ in columns], dtype=np.int64).reshape(-1, len(people)).T.copy(),
        weight=np.array([w for _, w in columns], dtype=np.int64),
        value=np.array([codes for codes, _ in coded], dtype=np.int64).reshape(-1, len(people)),
        needed=np.array([problem.different[a] for a in ruled], dtype=np.int64),
        values=[number for _, number in coded],
        musts=_wished(problem, people, must=True),
        likes=_wished(problem, people, must=False),
    )


def least_deviation(features: Features, sizes: tuple[int, ...]) -> int:
    """Return what any teams of these sizes deviate at least.

    Feature by feature: sums of points are multiples of the points' greatest
    common divisor and add up to everybody's; the nearest such sums to the fair
    shares are found by rounding down and giving the rest to those furthest
    below, which is the optimum of a separable convex sum.

    Cost: O(features x teams).
    """
    many, total = len(features.keys), 0
    for column, weight in zip(features.points.T, features.weight.tolist(), strict=True):
        step = reduce(gcd, column.tolist())
        share = [size * int(column.sum()) for size in sizes]
        given = [fair // (many * step) for fair in share]
        spare = int(column.sum()) // step - sum(given)
        below = sorted(
            (many * step * units - fair, n)
            for n, (fair, units) in enumerate(zip(share, given, strict=True))
        )
        for _, n in below[:spare]:
            given[n] += 1
        apart = (many * step * u - fair for fair, u in zip(share, given, strict=True))
        total += weight * sum(d * d for d in apart)
    return total


def _value(person: TeamMember, attribute: str) -> str:
    return person.attributes.get(attribute) or NOT_GIVEN


def _scaled(people: list[TeamMember], skill: str) -> list[int]:
    """Levels over their range, 0 to 100; a level not given lies in the middle of those given."""
    given = sorted(p.skills[skill] for p in people if skill in p.skills)
    low, high = given[0], given[-1]
    middle = given[(len(given) - 1) // 2]
    return [
        (200 * (p.skills.get(skill, middle) - low) + high - low) // (2 * (high - low))
        if high > low
        else 0
        for p in people
    ]


def _coded(people: list[TeamMember], attribute: str) -> tuple[list[int], int]:
    given = [_value(p, attribute) for p in people]
    known = sorted(set(given) - {NOT_GIVEN})
    code = {value: n for n, value in enumerate(known)} | {NOT_GIVEN: -1}
    return [code[value] for value in given], len(known)


def _wished(problem: TeamProblem, people: list[TeamMember], *, must: bool) -> Whole:
    number = {p.key: n for n, p in enumerate(people)}
    wished = np.zeros((len(people), len(people)), dtype=np.int64)
    for wish in problem.wishes:
        if wish.is_must == must:
            one, other = number[wish.one], number[wish.other]
            wished[one, other] = wished[other, one] = 1 if wish.together else -1
    return wished
