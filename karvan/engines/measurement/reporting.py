"""How a result is written: two significant figures of U, the value to the same place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

FIGURES = 2


@dataclass(frozen=True, slots=True)
class Reported:
    """A value and its expanded uncertainty, rounded to one place; ``expanded`` None: not known."""

    value: Decimal
    expanded: Decimal | None

    @property
    def value_text(self) -> str:
        return f"{self.value:f}"

    @property
    def expanded_text(self) -> str:
        return "" if self.expanded is None else f"{self.expanded:f}"


def reported(value: Decimal, expanded: Decimal | None) -> Reported:
    """Round for showing, halves upward; without an uncertainty the value stays as it is."""
    if expanded is None or expanded <= 0:
        return Reported(plain(value), None if expanded is None else Decimal(0))
    with localcontext() as context:
        context.prec = 60
        rounded = _at(expanded, _place(expanded))
        place = _place(rounded)  # 0.0996 becomes 0.10, not 0.100
        return Reported(_at(value, place), _at(expanded, place))


def plain(value: Decimal) -> Decimal:
    """The value without zeros that only the database's columns gave it."""
    if not value:
        return Decimal(0)
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def significant(value: Decimal, figures: int = FIGURES) -> Decimal:
    """A number to so many significant figures, halves upward."""
    if not value:
        return Decimal(0)
    with localcontext() as context:
        context.prec = 60
        place = value.adjusted() - figures + 1
        return _at(value, place)


def _place(value: Decimal) -> int:
    """The exponent of the last of two significant figures."""
    return value.adjusted() - FIGURES + 1


def _at(value: Decimal, place: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(place), rounding=ROUND_HALF_UP)
    return rounded.quantize(Decimal(1)) if place > 0 else rounded
