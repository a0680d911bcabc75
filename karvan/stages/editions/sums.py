"""Sums of amounts in several currencies that never mix them silently. Pure arithmetic.

A ``Sum`` keeps one total a currency and, beside them, one total in the programme's currency
over the amounts whose rate is known, with how many are not in it. Nothing is not zero: a sum
of no amounts has ``count`` 0 and is shown as unknown or as a dash, never as 0.00.

Amounts are decimals with two places. A product with a rate is rounded half to even to
hundredths, amount by amount, so that the totals of lines add up to the total of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

CENT = Decimal("0.01")
WHOLE = 10_000  # a share of all of it, in hundredths of a per cent
_DIGITS = 60  # more than any amount times any rate has, so that only ``to_cents`` rounds


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its own currency, and what it is in the programme's; None is not known."""

    amount: Decimal
    currency: str
    converted: Decimal | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Totals by currency in the order of their codes, and one over what has a rate.

    converted:    in the programme's currency, over the amounts whose rate is known.
    without_rate: how many amounts are not in ``converted``.
    count:        of how many amounts this is the sum.
    """

    amounts: tuple[tuple[str, Decimal], ...] = ()
    converted: Decimal = Decimal(0)
    without_rate: int = 0
    count: int = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def __add__(self, other: Sum) -> Sum:
        held = dict(self.amounts)
        for currency, amount in other.amounts:
            held[currency] = held.get(currency, Decimal(0)) + amount
        return Sum(
            tuple(sorted(held.items())),
            self.converted + other.converted,
            self.without_rate + other.without_rate,
            self.count + other.count,
        )

    def of(self, currency: str) -> Decimal:
        """The total in one currency; 0 where there is none."""
        return dict(self.amounts).get(currency, Decimal(0))

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(currency for currency, _amount in self.amounts)

    @property
    def is_whole(self) -> bool:
        """True if no amount is missing in ``converted``."""
        return self.without_rate == 0


NOTHING = Sum()


def sum_of(amounts: Iterable[Amount]) -> Sum:
    """The sum of the amounts; their order does not matter."""
    held: dict[str, Decimal] = {}
    converted, without, count = Decimal(0), 0, 0
    for one in amounts:
        held[one.currency] = held.get(one.currency, Decimal(0)) + one.amount
        count += 1
        if one.converted is None:
            without += 1
        else:
            converted += one.converted
    return Sum(tuple(sorted(held.items())), converted, without, count)


def total(sums: Iterable[Sum]) -> Sum:
    """The sum of sums."""
    found = NOTHING
    for one in sums:
        found += one
    return found


def converted(amount: Decimal, currency: str, rate: Decimal | None, into: str) -> Decimal | None:
    """The amount in the currency ``into``, or None where no rate is known.

    An amount in ``into`` is itself, and nothing is nothing in every currency.
    """
    if currency == into or not amount:
        return to_cents(amount)
    return None if rate is None else product(amount, rate)


def product(one: Decimal, other: Decimal) -> Decimal:
    """Two decimals multiplied exactly, then rounded half to even to hundredths."""
    with localcontext(prec=_DIGITS):
        return to_cents(one * other)


def to_cents(value: Decimal) -> Decimal:
    """Rounded half to even to hundredths."""
    with localcontext(prec=_DIGITS):
        return value.quantize(CENT, ROUND_HALF_EVEN)


def divided(amount: Decimal, parts: Sequence[int]) -> tuple[Decimal, ...]:
    """An amount by shares in hundredths of a per cent, each in whole hundredths.

    Each share is what the running total grows by, rounded half to even; so shares of all of it
    add up to all of it, and none is more than a hundredth away from its exact value.

    Raises:
        ValueError: a share is negative, or they are more than the whole.
    """
    if any(part < 0 for part in parts) or sum(parts) > WHOLE:
        raise ValueError(f"shares must be 0 or more and {WHOLE} at most in all, got {list(parts)}")
    found: list[Decimal] = []
    running, given = 0, Decimal(0)
    for part in parts:
        running += part
        reached = product(amount, Decimal(running) / WHOLE)
        found.append(reached - given)
        given = reached
    return tuple(found)


def excess(more: Sum, than: Sum, into: str) -> Amount | None:
    """By how much one sum exceeds another; None if it does not.

    They are compared in the one currency both have, else in the programme's (``into``).

    Raises:
        NoComparison: they are in several currencies and some rate is not known.
    """
    if not more:
        return None
    held = more.currencies | than.currencies
    if len(held) == 1:
        (currency,) = held
        over = more.of(currency) - than.of(currency)
    elif more.is_whole and than.is_whole:
        currency, over = into, more.converted - than.converted
    else:
        raise NoComparison(more.without_rate + than.without_rate)
    return Amount(over, currency, None) if over > 0 else None


class NoComparison(ValueError):
    """Two sums in several currencies, some without a rate: nobody can say which is more."""

    def __init__(self, without_rate: int) -> None:
        super().__init__(f"{without_rate} amounts have no rate")
        self.without_rate = without_rate
