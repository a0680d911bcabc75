"""Whether a result keeps its limits, with and without its uncertainty."""

from __future__ import annotations

from decimal import Decimal

PASS, FAIL, INCONCLUSIVE = "pass", "fail", "inconclusive"


def simple_verdict(value: Decimal, *, low: Decimal | None, high: Decimal | None) -> str:
    """Inside the limits or not; the uncertainty does not count.

    Raises:
        ValueError: there is no limit, or the lower one is above the upper one.
    """
    _check(low, high)
    inside = (low is None or value >= low) and (high is None or value <= high)
    return PASS if inside else FAIL


def guarded_verdict(
    value: Decimal, expanded: Decimal | None, *, low: Decimal | None, high: Decimal | None
) -> str:
    """Pass if the whole of value ± U lies inside, fail if the whole of it lies outside.

    A result whose uncertainty is not known is inconclusive.

    Raises:
        ValueError: there is no limit, the lower one is above the upper one, or U is negative.
    """
    _check(low, high)
    if expanded is None:
        return INCONCLUSIVE
    if expanded < 0:
        raise ValueError(f"a negative uncertainty: {expanded}")
    least, most = value - expanded, value + expanded
    if (high is None or most <= high) and (low is None or least >= low):
        return PASS
    if (high is not None and least > high) or (low is not None and most < low):
        return FAIL
    return INCONCLUSIVE


def _check(low: Decimal | None, high: Decimal | None) -> None:
    if low is None and high is None:
        raise ValueError("a verdict needs a limit")
    if low is not None and high is not None and low > high:
        raise ValueError(f"the lower limit {low} is above the upper limit {high}")
