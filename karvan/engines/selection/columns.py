"""Candidates who are alike to every rule, gathered: the columns of the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .problem import ChoiceProblem
from .tickets import ticket


@dataclass(frozen=True, slots=True)
class Column:
    """Candidates of equal merit, seats and quota counts, in the order of their tickets.

    counts: people counted by each quota, in the order of the limits.
    """

    merit: int
    seats: int
    counts: tuple[int, ...]
    keys: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many candidates it holds."""
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Limits:
    """Places, and a floor and a ceiling (None if absent) for each quota key, sorted."""

    places: int
    quotas: tuple[str, ...]
    floors: tuple[int | None, ...]
    ceilings: tuple[int | None, ...]


def draw_tickets(problem: ChoiceProblem) -> dict[str, int]:
    """Return the ticket of every candidate."""
    return {c.key: ticket(problem.seed, c.key) for c in problem.candidates}


def limits_of(problem: ChoiceProblem) -> Limits:
    """Return the limits with quotas sorted by key, so that input order is forgotten."""
    quotas = sorted(problem.quotas, key=lambda q: q.key)
    return Limits(
        problem.places,
        tuple(q.key for q in quotas),
        tuple(q.floor for q in quotas),
        tuple(q.ceiling for q in quotas),
    )


def columns_of(problem: ChoiceProblem, tickets: Mapping[str, int]) -> list[Column]:
    """Return the columns, in an order that the input's order does not touch."""
    quotas = sorted(problem.quotas, key=lambda q: q.key)
    alike: dict[tuple[tuple[int, ...], int, int], list[str]] = {}
    for c in problem.candidates:
        counts = tuple(c.people_counted_by(q) for q in quotas)
        alike.setdefault((counts, c.seats, -c.merit), []).append(c.key)
    return [
        Column(-merit, seats, counts, tuple(sorted(keys, key=lambda k: (tickets[k], k))))
        for (counts, seats, merit), keys in sorted(alike.items())
    ]
