"""How great a risk is: extent × severity × probability, and what is not known of it.

Classes and their bounds are our own proposal: extent 0 to 5, severity 1 to 3, probability 1 to 3.
What is not known is not low: it is shown as the span between the least and the most it may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EXTENTS = {"none": 0, "1_10": 1, "11_30": 2, "31_60": 3, "61_90": 4, "91_100": 5}
PROBABILITIES = {"possible": 1, "probable": 2, "planned": 3}
SEVERITIES = {
    1: gettext_lazy("1 slight"),
    2: gettext_lazy("2 moderate"),
    3: gettext_lazy("3 grave"),
}
SPANS = {"extent": (0, 5), "severity": (1, 3), "probability": (1, 3)}
MOST = 45
MEDIUM_FROM, HIGH_FROM = 7, 19


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk by its parts; None is a part nobody knows."""

    extent: int | None
    severity: int | None
    probability: int | None

    @property
    def value(self) -> int | None:
        """The product, None while a part is unknown. No extent makes no risk, whatever else."""
        if self.extent == 0:
            return 0
        if self.extent is None or self.severity is None or self.probability is None:
            return None
        return self.extent * self.severity * self.probability

    @property
    def least(self) -> int:
        """The product where what is unknown is as small as it can be."""
        return self._bound(0)

    @property
    def most(self) -> int:
        """The product where what is unknown is as great as it can be."""
        return self._bound(1)

    @property
    def mark(self) -> str:
        """The state's shape: done for low, waiting for medium, late for high, else unknown."""
        if self.value is None:
            return "unknown"
        return (
            "late"
            if self.value >= HIGH_FROM
            else ("waiting" if self.value >= MEDIUM_FROM else "done")
        )

    @property
    def word(self) -> str:
        """The class in words, or the span where a part is not known."""
        if self.value is None:
            return _("not known: %(least)s to %(most)s") % {"least": self.least, "most": self.most}
        if self.value >= HIGH_FROM:
            return _("high: %(value)s of 45") % {"value": self.value}
        if self.value >= MEDIUM_FROM:
            return _("medium: %(value)s of 45") % {"value": self.value}
        return _("low: %(value)s of 45") % {"value": self.value}

    @property
    def parts(self) -> str:
        """The parts as they are multiplied: "3 × 2 × ?"."""
        return " × ".join(
            "?" if one is None else str(one)
            for one in (self.extent, self.severity, self.probability)
        )

    def _bound(self, side: int) -> int:
        found = 1
        for name, span in SPANS.items():
            part = getattr(self, name)
            found *= span[side] if part is None else part
        return found


def extent_class(percent: int | None) -> int | None:
    """The class 0 to 5 of an extent in per cent, as the vocabulary cuts it."""
    if percent is None:
        return None
    bounds = ((0, 0), (10, 1), (30, 2), (60, 3), (90, 4), (100, 5))
    return next(found for most, found in bounds if percent <= most)


def worst_known(parts: Iterable[int | None], highest: int) -> int | None:
    """The greatest of several; None where one is unknown that could be greater, or there is none."""
    listed = list(parts)
    known = [one for one in listed if one is not None]
    if not listed or (len(known) < len(listed) and max(known, default=0) < highest):
        return None
    return max(known)


def risk_of(extent: str, severities: Iterable[int | None], probabilities: Iterable[str]) -> Risk:
    """The risk of a survey: its extent, the gravest damage, the likeliest threat.

    Nothing said about threats is unknown, not safe.
    """
    return Risk(
        EXTENTS.get(extent),
        worst_known(severities, 3),
        worst_known([PROBABILITIES.get(one) for one in probabilities], 3),
    )
