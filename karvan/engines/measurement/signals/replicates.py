"""Replicates: each by itself first, pooled only after, and a word where one stands apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .recording import Samples

APART = 2.0  # in standard deviations within a replicate
AGREE = 3.0  # times the spread of the others


@dataclass(frozen=True, slots=True)
class Replicate:
    """One replicate: its number of values, mean, standard deviation, coefficient of variation."""

    name: str
    n: int
    mean: float
    deviation: float | None

    @property
    def cv(self) -> float | None:
        """In per cent; None without a deviation or with a mean of nothing."""
        if self.deviation is None or self.mean == 0:
            return None
        return 100 * self.deviation / abs(self.mean)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All replicates, what pooling them gives, and the names of those that stand apart."""

    replicates: tuple[Replicate, ...]
    pooled: Replicate
    between: float | None
    apart: tuple[str, ...]


def split(values: Samples, groups: Samples) -> dict[str, Samples]:
    """Values by the name of their group, in the order of the names."""
    return {f"{name:g}": values[groups == name] for name in np.unique(groups)}


def compare(values: Mapping[str, Sequence[float] | Samples]) -> Comparison | None:
    """Each replicate, the pool, and who stands apart; None where nothing was measured.

    A replicate stands apart when its mean is further from the middle of the other means than
    twice the deviation that replicates have within them, and than three times the spread of the
    others. With two replicates both stand apart, for nobody knows which. Numbers of values do
    not count: with thousands, any difference would be "significant".
    """
    kept = {name: _finite(one) for name, one in values.items()}
    return compared([_of(name, one) for name, one in kept.items() if len(one)])


def compared(replicates: Sequence[Replicate]) -> Comparison | None:
    """The same for replicates of which only number, mean and deviation are known."""
    listed = tuple(one for one in replicates if one.n)
    if not listed:
        return None
    means = np.array([one.mean for one in listed])
    between = float(means.std(ddof=1)) if len(means) > 1 else None
    apart = tuple(one.name for one in listed if _stands_apart(one, listed))
    return Comparison(listed, _pooled(listed), between, apart)


def _pooled(listed: Sequence[Replicate]) -> Replicate:
    """What all values together give: the spread within replicates and that of their means."""
    n = sum(one.n for one in listed)
    mean = sum(one.n * one.mean for one in listed) / n
    squares = sum(
        (one.n - 1) * (one.deviation or 0.0) ** 2 + one.n * (one.mean - mean) ** 2 for one in listed
    )
    return Replicate("", n, mean, (squares / (n - 1)) ** 0.5 if n > 1 else None)


def _stands_apart(one: Replicate, listed: Sequence[Replicate]) -> bool:
    others = [other for other in listed if other is not one]
    within = [other.deviation for other in others if other.deviation is not None]
    if not within:
        return False
    means = [other.mean for other in others]
    far = abs(one.mean - float(np.median(means)))
    spread = max(means) - min(means)
    return far > APART * float(np.median(within)) and far > AGREE * spread


def _of(name: str, values: Samples) -> Replicate:
    deviation = float(values.std(ddof=1)) if len(values) > 1 else None
    return Replicate(name, len(values), float(values.mean()), deviation)


def _finite(values: Sequence[float] | Samples) -> Samples:
    found = np.asarray(values, float)
    return np.asarray(found[np.isfinite(found)])
