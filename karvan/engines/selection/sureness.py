"""How sure each place is: the share of plausible marks under which each person is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from .answer import Cohort
from .candidate import MOST_MERIT, NOT_GIVEN, Candidate, Quota
from .candidate_table import CandidateTable
from .choose import WORK, choose_cohort
from .problem import ChoiceProblem

WHOLE = 10_000
# Whoever lies further than this many deviations from the cut of the own group stays where he is.
FAR = 5


def sureness(
    problem: ChoiceProblem,
    cohort: Cohort,
    deviations: Mapping[str, int],
    *,
    draws: int = 200,
    seed: str,
    work: int = WORK,
) -> Mapping[str, int]:
    """Return how often each person is in when merits are drawn as they might have been.

    Each draw adds normal noise to every merit, with that person's own standard
    deviation, rounds to hundredths and chooses again under the same places and
    quotas with the same tickets. Noise comes from SHA-256 of the seed, the key and
    the number of the draw, so it is the same on every machine and in any order.

    People further from the cut of their own group than five deviations, their own
    and the greatest there is together, are left where they are: they hold their
    seats, or wait, and the choice is made among the others, exactly.

    Args:
        problem: the problem, candidates as rows.
        cohort: its answer.
        deviations: standard deviation of each merit in hundredths; who is not
            named has none.
        draws: how many times, 1 or more.
        seed: what the noise is drawn from.
        work: as for ``choose_cohort``.

    Returns:
        For every key, draws in which it is in, per ten thousand.

    Raises:
        ValueError: draws below 1, no seed, a negative deviation or one of an
            unknown key (named), a cohort of other candidates.

    Cost: one choice among the people near the cut for each draw; 10,000 candidates, most of
        them within reach of it, take 0.07 to 0.09 CPU s a draw.
    """
    candidates = {c.key: c for c in problem.candidates}
    _check(candidates, cohort, deviations, draws, seed)
    near = _near(problem, cohort, deviations)
    held = [c for c in problem.candidates if c.key in set(cohort.chosen) and c.key not in near]
    rest = replace(
        problem,
        places=problem.places - sum(c.seats for c in held),
        quotas=tuple(_left(quota, held) for quota in problem.quotas),
    )
    moving = sorted(near)
    noise = _noise(seed, moving, [deviations.get(key, 0) for key in moving], draws)
    found = Counter({c.key: draws for c in held})
    drawn_with = _drawer([candidates[key] for key in moving], rest.quotas)
    for draw in range(draws):
        drawn = drawn_with(noise[:, draw])
        answer = choose_cohort(replace(rest, candidates=drawn), work=work)
        if isinstance(answer, Cohort):
            found.update(answer.chosen)
    return {key: found[key] * WHOLE // draws for key in sorted(candidates)}


def _near(problem: ChoiceProblem, cohort: Cohort, deviations: Mapping[str, int]) -> set[str]:
    """Return the keys of those whom noise could bring across the cut of their own group."""
    most = max(deviations.values(), default=0)
    near = set()
    for c in problem.candidates:
        reach = FAR * (deviations.get(c.key, 0) + most)
        is_in = c.merit >= cohort.standing[c.key].cutoff
        crossed = is_in != (c.key in set(cohort.chosen))
        if crossed or abs(c.merit - cohort.standing[c.key].cutoff) <= reach:
            near.add(c.key)
    return near


def _left(quota: Quota, held: list[Candidate]) -> Quota:
    there = sum(c.people_counted_by(quota) for c in held)
    floor = None if quota.floor is None else max(0, quota.floor - there)
    ceiling = None if quota.ceiling is None else max(0, quota.ceiling - there)
    return replace(quota, floor=floor, ceiling=ceiling)


def _drawer(
    near: Sequence[Candidate], quotas: Sequence[Quota]
) -> Callable[[NDArray[np.int64]], tuple[Candidate, ...] | CandidateTable]:
    """Return a function from noise to the candidates with it, as columns where that is possible."""
    if any(c.members for c in near):
        return lambda noise: tuple(_moved(c, n) for c, n in zip(near, noise, strict=True))
    keys, seats = tuple(c.key for c in near), np.array([c.seats for c in near], dtype=np.int64)
    merit = np.array([c.merit for c in near], dtype=np.int64)
    columns = {}
    for name in sorted({quota.attribute for quota in quotas}):
        told = [c.attributes.get(name) or NOT_GIVEN for c in near]
        values = sorted(set(told))
        code = {value: n for n, value in enumerate(values)}
        columns[name] = (np.array([code[value] for value in told], dtype=np.int32), values)
    return lambda noise: CandidateTable(keys, np.clip(merit + noise, 0, MOST_MERIT), columns, seats)


def _moved(candidate: Candidate, noise: np.int64) -> Candidate:
    return replace(candidate, merit=max(0, min(MOST_MERIT, candidate.merit + int(noise))))


def _noise(seed: str, keys: list[str], deviations: list[int], draws: int) -> NDArray[np.int64]:
    """Return noise in hundredths, a row for each key and a column for each draw."""
    # A table of the normal distribution, made from the standard library alone.
    normal = NormalDist()
    table = np.array(
        [round(normal.inv_cdf((2 * n + 1) / 8192) * 1_000_000) for n in range(4096)], dtype=np.int64
    )
    rows = np.zeros((len(keys), draws), dtype=np.int64)
    for n, (key, deviation) in enumerate(zip(keys, deviations, strict=True)):
        if deviation:
            drawn = table[_bits(seed, key, draws)] * deviation
            rows[n] = (2 * drawn + 1_000_000) // 2_000_000
    return rows


def _bits(seed: str, key: str, draws: int) -> NDArray[np.int64]:
    """Return twelve bits for each draw from SHA-256 of seed, key and a counter."""
    secret, blocks = f"{len(seed)}:{seed}{key}:", -(-draws // 16)
    stream = b"".join(sha256(f"{secret}{n}".encode()).digest() for n in range(blocks))
    return (np.frombuffer(stream, dtype=">u2")[:draws] >> 4).astype(np.int64)


def _check(
    candidates: Mapping[str, Candidate],
    cohort: Cohort,
    deviations: Mapping[str, int],
    draws: int,
    seed: str,
) -> None:
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, got {draws}")
    if not isinstance(seed, str) or not seed.strip():
        raise ValueError(f"seed must be a non-empty text, got {seed!r}")
    unknown = sorted({*cohort.chosen, *cohort.waiting} ^ set(candidates))
    if unknown:
        raise ValueError(f"cohort and problem do not name the same candidates: {unknown[:5]}")
    for row, (key, deviation) in enumerate(deviations.items(), start=1):
        if key not in candidates:
            raise ValueError(f"deviation in row {row} names an unknown candidate {key!r}")
        if isinstance(deviation, bool) or not isinstance(deviation, int) or deviation < 0:
            raise ValueError(
                f"deviation of {key!r} in row {row} must be a whole number of 0 or more, "
                f"got {deviation!r}"
            )
