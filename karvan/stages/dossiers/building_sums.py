"""What the build steps use beside what the bill of materials has. No rows known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "right": _("as in the bill"),
    "nowhere": _("used nowhere"),
    "too_little": _("too little used"),
    "too_much": _("too much used"),
    "unknown": _("need not known"),
    "not_needed": _("need not be used"),
}
MARKS = {
    "right": "kept",
    "nowhere": "open",
    "too_little": "late",
    "too_much": "late",
    "unknown": "unknown",
    "not_needed": "kept",
}
WRONG = ("too_much", "too_little", "nowhere", "unknown")


@dataclass(frozen=True, slots=True)
class Need:
    """A line of the bill: how much one device takes, and whether it must be used at all.

    ``most`` is the upper end of a range. ``must``: False for what is optional, not fitted, a
    tool, a service, or stands in for another line.
    """

    key: int
    least: Decimal | None
    most: Decimal | None
    must: bool
    uses: tuple[Decimal, ...] = ()
    fitted: bool = True


@dataclass(frozen=True, slots=True)
class Sum:
    """A line with what is used of it; ``left`` is what is still to be used, None if not known."""

    key: int
    used: Decimal
    left: Decimal | None
    state: str

    @property
    def is_wrong(self) -> bool:
        return self.state in WRONG


def sums(needs: Iterable[Need]) -> list[Sum]:
    """Each line with the sum of its uses and what that is: right, too little, too much, nowhere."""
    return [_sum(one) for one in needs]


def _sum(one: Need) -> Sum:
    used = sum(one.uses, Decimal(0))
    if not one.fitted:
        return Sum(one.key, used, Decimal(0), "too_much" if used else "not_needed")
    if one.least is None:
        return Sum(one.key, used, None, "unknown" if one.must or used else "not_needed")
    most = one.most if one.most is not None and one.most > one.least else one.least
    left = max(Decimal(0), one.least - used)
    if used > most:
        state = "too_much"
    elif not used and one.least:
        state = "nowhere" if one.must else "not_needed"
    elif used < one.least:
        state = "too_little"
    else:
        state = "right"
    return Sum(one.key, used, left, state)
