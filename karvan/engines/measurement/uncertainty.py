"""Uncertainty of measurement after the GUM (JCGM 100:2008), in exact decimal numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from scipy import stats

PRECISION = 40
# The coverage of k = 2 for a normal distribution.
LEVEL = 0.9545
DIVISORS = {
    "normal": Decimal(1),
    "rectangular": Decimal(3).sqrt(),
    "triangular": Decimal(6).sqrt(),
    "u-shaped": Decimal(2).sqrt(),
}


class BadBudget(ValueError):
    """What was given makes no budget. ``code`` says why, ``where`` which component."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}")
        self.code, self.where = code, where


@dataclass(frozen=True, slots=True)
class Component:
    """One source of uncertainty.

    ``value`` is the half-width of the distribution, or for "normal" the standard uncertainty
    (with a ``divisor`` k the expanded one of a certificate). ``freedom`` None is endless.
    """

    name: str
    value: Decimal
    distribution: str = "rectangular"
    divisor: Decimal | None = None
    freedom: int | None = None
    kind: str = "B"

    @property
    def divides(self) -> Decimal:
        return self.divisor if self.divisor is not None else DIVISORS[self.distribution]


@dataclass(frozen=True, slots=True)
class Readings:
    """What repeated readings say: their number, mean, standard deviation and that of the mean."""

    n: int
    mean: Decimal
    deviation: Decimal | None
    standard: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget: its standard uncertainty and its share of the combined variance."""

    component: Component
    standard: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Budget:
    """All components combined. ``freedom`` is effective (Welch–Satterthwaite); None is endless."""

    lines: tuple[Line, ...]
    standard: Decimal
    coverage: Decimal
    freedom: Decimal | None

    @property
    def expanded(self) -> Decimal:
        with localcontext() as context:
            context.prec = PRECISION
            return self.standard * self.coverage


def read_many(readings: Sequence[Decimal]) -> Readings:
    """Type A: mean, standard deviation (n - 1) and s/√n; None for a single reading.

    Raises:
        BadBudget: "no_readings".
    """
    if not readings:
        raise BadBudget("no_readings")
    n = len(readings)
    with localcontext() as context:
        context.prec = PRECISION
        mean = sum(readings, Decimal(0)) / n
        if n == 1:
            return Readings(1, mean, None, None)
        variance = sum(((one - mean) ** 2 for one in readings), Decimal(0)) / (n - 1)
        deviation = variance.sqrt()
        return Readings(n, mean, deviation, deviation / Decimal(n).sqrt())


def of_readings(found: Readings, name: str = "") -> Component | None:
    """The component of type A; None for a single reading."""
    if found.standard is None:
        return None
    return Component(name, found.standard, "normal", None, found.n - 1, "A")


def of_instrument(
    value: Decimal,
    *,
    percent: Decimal | None,
    digits: Decimal | None,
    resolution: Decimal | None,
    name: str = "",
) -> Component | None:
    """± (percent of the reading + digits of the resolution), rectangular; None if not stated.

    An instrument of which only the resolution is known gives half a digit.

    Raises:
        BadBudget: "digits_without_resolution".
    """
    if digits and not resolution:
        raise BadBudget("digits_without_resolution", name)
    with localcontext() as context:
        context.prec = PRECISION
        half = abs(value) * (percent or Decimal(0)) / 100
        half += (digits or Decimal(0)) * (resolution or Decimal(0))
        if not half and percent is None and digits is None and resolution:
            half = resolution / 2
    return Component(name, half, "rectangular") if half else None


def combine(components: Sequence[Component], *, coverage: Decimal | None = Decimal(2)) -> Budget:
    """Combine independent components: u = √Σuᵢ², U = k·u.

    ``coverage`` None takes k from Student's t for the effective degrees of freedom at 95.45 %.

    Raises:
        BadBudget: "negative", "bad_divisor", "bad_distribution", "bad_coverage".
    """
    for one in components:
        _check(one)
    if coverage is not None and coverage <= 0:
        raise BadBudget("bad_coverage")
    with localcontext() as context:
        context.prec = PRECISION
        standards = [one.value / one.divides for one in components]
        variance = sum((one * one for one in standards), Decimal(0))
        lines = tuple(
            Line(one, u, u * u / variance if variance else Decimal(0))
            for one, u in zip(components, standards, strict=True)
        )
        below = sum(
            (line.standard**4 / line.component.freedom for line in lines if line.component.freedom),
            Decimal(0),
        )
        freedom = variance * variance / below if below else None
        factor = coverage if coverage is not None else coverage_for(freedom)
        return Budget(lines, variance.sqrt(), factor, freedom)


def coverage_for(freedom: Decimal | None, level: float = LEVEL) -> Decimal:
    """k for a level of confidence; degrees of freedom are cut to a whole number, as G.4.1 says."""
    if freedom is None:
        found = float(stats.norm.ppf((1 + level) / 2))
    else:
        found = float(stats.t.ppf((1 + level) / 2, max(1, int(freedom))))
    return Decimal(str(round(found, 3)))


def _check(one: Component) -> None:
    if one.distribution not in DIVISORS:
        raise BadBudget("bad_distribution", one.name)
    if not one.value.is_finite() or one.value < 0:
        raise BadBudget("negative", one.name)
    if not one.divides.is_finite() or one.divides <= 0:
        raise BadBudget("bad_divisor", one.name)
