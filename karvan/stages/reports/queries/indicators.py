"""The indicators of a programme or an edition, each computed from the register.

Which there are, what they are called, how they are divided and what is aimed at, the
blueprint says (an edition's own with its departures); the figures are never typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from karvan.foundation import clock
from karvan.foundation.texts import in_language
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.editions.models import Edition
from karvan.stages.editions.queries import document_of

from .sources import COMPUTATIONS
from .sources.counting import Groups, Slice, Span


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator's figure.

    key:       the indicator's code, with what tells two figures of one apart: "SURV-12".
    indicator: its part of the blueprint.
    value:     None where it is not known. A per cent or a ratio is a share of 1.
    by:        dimension → group → its part; the group "unknown" is never left out.
    target, baseline: numbers, or None where the country has not said one.
    rows:      the records behind it; ``slices`` says which of them count how.
    """

    key: str
    indicator: Mapping[str, Any]
    value: float | None
    numerator: int | None
    denominator: int | None
    by: Groups
    target: float | None
    baseline: float | None
    note: str
    rows: QuerySet[Any] | None
    slices: tuple[Slice, ...]
    sums: str
    is_collected: bool

    @property
    def code(self) -> str:
        return str(self.indicator["code"])

    @property
    def title(self) -> str:
        return in_language(self.indicator.get("title"))

    @property
    def unit(self) -> str:
        return str(self.indicator.get("unit", ""))

    @property
    def months(self) -> int | None:
        """After how many months, where the indicator is asked at several."""
        tail = self.key.partition("-")[2]
        return int(tail) if tail.isdecimal() else None


def indicators(scope: str, *, as_of: datetime | None = None) -> tuple[Figure, ...]:
    """Every indicator of a programme ("TVP") or an edition ("TVP/AZ-2021") as of a moment.

    () where there is no such scope or it has no published design. What was true at an
    earlier moment is as far known as rows keep their dates: an application that has since
    been withdrawn is not counted for the time before. Cost: about 25 queries, however
    many rows; those of applications read each one's groups.
    """
    document = design_of(scope)
    moment = as_of or clock.now()
    return tuple(
        figure
        for indicator in document.get("indicators", ())
        for figure in _figures(indicator, scope, moment)
    )


def figure_of(scope: str, key: str, *, as_of: datetime | None = None) -> Figure | None:
    """One figure by its key, computed alone."""
    code = key.partition("-")[0]
    for indicator in design_of(scope).get("indicators", ()):
        if indicator["code"] == code:
            found = _figures(indicator, scope, as_of or clock.now())
            return next((one for one in found if one.key == key), None)
    return None


def design_of(scope: str) -> dict[str, Any]:
    """The document that names the indicators: the edition's, or the newest published one."""
    if "/" in scope:
        edition = Edition.objects.select_related("blueprint").filter(scope=scope).first()
        return document_of(edition) if edition else {}
    newest = Blueprint.objects.filter(
        programme__code=scope, state=Blueprint.State.PUBLISHED
    ).order_by("-number")
    found = newest.values_list("data", flat=True).first()
    return dict(found) if found else {}


def _figures(indicator: Mapping[str, Any], scope: str, moment: datetime) -> list[Figure]:
    span = Span(scope, moment, tuple(indicator.get("disaggregation", ())))
    compute = COMPUTATIONS[indicator["source"]]
    return [
        Figure(
            key=f"{indicator['code']}-{one.suffix}" if one.suffix else indicator["code"],
            indicator=indicator,
            value=one.value,
            numerator=one.numerator,
            denominator=one.denominator,
            by=one.by,
            target=_number(indicator.get("target")),
            baseline=_number(indicator.get("baseline")),
            note=one.note,
            rows=one.rows,
            slices=one.slices,
            sums=one.sums,
            is_collected=one.is_collected,
        )
        for one in compute(span)
    ]


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
