"""Reads of registers: narrowed by what is asked for, counted, in the order of a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from karvan.foundation.texts import fold

from ..models import ConditionSurvey, Element, Monument, Register, Threat

MOST_OFFERED = 200  # kinds and regions in a list to pick from


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the map in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def asked(cls, text: str) -> Window | None:
        """The window an address asks for, "49,40,50,41"; None for anything else."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            return None
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            return None
        return cls(west, south, east, north)

    def __str__(self) -> str:
        sides = (self.west, self.south, self.east, self.north)
        return ",".join(f"{side:.5f}".rstrip("0").rstrip(".") for side in sides)


@dataclass(frozen=True)
class Asked:
    """What a reader asks of a register: words, kind, importance, region, condition, years, window."""

    words: str = ""
    kind: str = ""
    importance: str = ""
    region: str = ""
    condition: str = ""
    first: int | None = None
    last: int | None = None
    window: Window | None = None

    KEYS = ("q", "kind", "importance", "region", "condition", "from", "until", "at")

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Asked:
        """What an address asks; what is not understood is ignored."""
        return cls(
            words=str(asked.get("q", "")).strip()[:200],
            kind=str(asked.get("kind", "")),
            importance=_among(asked.get("importance"), Monument.Importance.values),
            region=str(asked.get("region", "")),
            condition=_among(asked.get("condition"), ConditionSurvey.Condition.values),
            first=_year(asked.get("from")),
            last=_year(asked.get("until")),
            window=Window.asked(str(asked.get("at", ""))),
        )


def narrowed(rows: QuerySet[Monument], asked: Asked) -> QuerySet[Monument]:
    """The rows that fit, wherever they stand. Cost: one look through the register's keys."""
    for word in fold(asked.words).split():
        rows = rows.filter(search_key__contains=word)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.importance:
        rows = rows.filter(importance=asked.importance)
    if asked.region:
        rows = rows.filter(adm1=asked.region)
    if asked.condition:
        rows = rows.filter(condition=asked.condition)
    if asked.first is not None:
        rows = rows.filter(
            Q(year_to__gte=asked.first) | Q(year_to=None, year_from__gte=asked.first)
        )
    if asked.last is not None:
        rows = rows.filter(
            Q(year_from__lte=asked.last) | Q(year_from=None, year_to__lte=asked.last)
        )
    return rows


def within_window(
    rows: QuerySet[Monument], window: Window | None, *, exact: bool
) -> QuerySet[Monument]:
    """The rows whose place lies in the window; by the public place unless ``exact``."""
    if window is None:
        return rows
    before = "" if exact else "public_"
    return rows.filter(
        **{
            f"{before}latitude__gte": window.south,
            f"{before}latitude__lt": window.north,
            f"{before}longitude__gte": window.west,
            f"{before}longitude__lt": window.east,
        }
    )


def threatened() -> Q:
    """Monuments in danger of looting, or with a threat in their last signed survey."""
    later = ConditionSurvey.objects.filter(
        monument=OuterRef("survey__monument"), state="signed", on__gt=OuterRef("survey__on")
    )
    threats = Threat.objects.filter(survey__state="signed").exclude(Exists(later))
    return Q(is_at_risk_of_looting=True) | Q(pk__in=threats.values("survey__monument"))


def offered(register: Register, field: str) -> list[str]:
    """What is said in a field of a register's monuments, to pick from; one read."""
    found = (
        Monument.objects.filter(register=register)
        .exclude(**{field: ""})
        .order_by(field)
        .values_list(field, flat=True)
        .distinct()
    )
    return list(found[:MOST_OFFERED])


def counted(registers: QuerySet[Register]) -> QuerySet[Register]:
    """Registers with how many monuments they hold."""
    return registers.select_related("country").annotate(count=Count("monuments"))


def places_of(rows: QuerySet[Monument], *, exact: bool) -> list[tuple[float, float, int]]:
    """Latitude, longitude and key of every row that has a place; one read."""
    names = ("latitude", "longitude") if exact else ("public_latitude", "public_longitude")
    known = rows.filter(**{f"{names[0]}__isnull": False}).order_by()
    return list(known.values_list(*names, "pk"))


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a monument in its tree."""

    element: Element
    level: int
    is_first: bool
    is_last: bool


def tree_of(monument: Monument) -> list[Branch]:
    """All parts in the order of the tree, each with its level; one read."""
    below: dict[int | None, list[Element]] = {}
    for one in monument.elements.order_by("position", "pk"):
        below.setdefault(one.parent_id, []).append(one)
    return _branches(below, None, 0)


def _branches(below: Mapping[int | None, Sequence[Element]], parent: int | None, level: int) -> list[Branch]:  # fmt: skip
    found = []
    listed = below.get(parent, ())
    for one in listed:
        found.append(Branch(one, level, one is listed[0], one is listed[-1]))
        found += _branches(below, one.pk, level + 1)
    return found


def _among(value: Any, values: Sequence[str]) -> str:
    return str(value) if value in values else ""


def _year(value: Any) -> int | None:
    text = str(value or "").strip()
    if text.lstrip("-").isdecimal() and len(text) <= 6:
        return int(text)
    return None
