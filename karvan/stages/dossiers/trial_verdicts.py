"""Whether a value keeps its limits, with or without a guard band for its uncertainty. No rows known."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

PASS, FAIL, INCONCLUSIVE = "pass", "fail", "inconclusive"
SIMPLE, GUARD_BAND = "simple", "guard_band"


def verdict(
    value: Decimal,
    uncertainty: Decimal | None,
    *,
    low: Decimal | None,
    high: Decimal | None,
    rule: str,
) -> str:
    """Pass, fail or inconclusive; limits themselves are kept.

    By the value alone: pass within the limits, else fail. With a guard band: pass where the
    value with all of its expanded uncertainty lies within the limits, fail where all of it lies
    outside, inconclusive where it lies on one.

    Raises:
        ValueError: there is no limit, the uncertainty is below zero, or it is missing where a
            guard band is made of it.
    """
    if low is None and high is None:
        raise ValueError("a verdict needs a limit")
    if rule == SIMPLE:
        inside = (low is None or value >= low) and (high is None or value <= high)
        return PASS if inside else FAIL
    if uncertainty is None or uncertainty < 0:
        raise ValueError(f"a guard band needs an uncertainty of zero or more, got {uncertainty}")
    least, most = value - uncertainty, value + uncertainty
    if (high is not None and least > high) or (low is not None and most < low):
        return FAIL
    if (low is None or least >= low) and (high is None or most <= high):
        return PASS
    return INCONCLUSIVE


def limits_in_words(low: str, high: str, unit: str) -> str:
    """The limits as one reads them: "10 to 20 mV", "at most 0.1 Ω"; "" where there are none.

    ``low`` and ``high`` are figures already in the reader's way, "" for none.
    """
    if low and high:
        words = _("%(low)s to %(high)s %(unit)s")
    elif high:
        words = _("at most %(high)s %(unit)s")
    elif low:
        words = _("at least %(low)s %(unit)s")
    else:
        return ""
    return (words % {"low": low, "high": high, "unit": unit}).strip()
