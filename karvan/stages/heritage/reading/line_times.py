"""What a line says of time: when it was built, protected, and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from .values import WORST_FIRST, condition_of, trend_of
from .years import Years, day_of, years_of

LEAST, MOST = -32_000, 32_000


class Ways(Protocol):
    @property
    def mapping(self) -> Mapping[str, str]: ...
    @property
    def this_year(self) -> int: ...


class Cells(Protocol):
    @property
    def ways(self) -> Any: ...
    def text(self, name: str) -> str: ...
    def many(self, name: str) -> list[str]: ...
    def doubt(self, code: str, name: str = "", **values: str) -> str: ...


def read_years(cells: Cells) -> dict[str, int | None]:
    """``year_from`` and ``year_to``: by their own columns, else as far as the date says them."""
    first, last = _year(cells, "year_from"), _year(cells, "year_to")
    if first is None and last is None:
        spans = [span for text in cells.many("date") if (span := years_of(text))]
        if spans:
            first, last = min(one[0] for one in spans), max(one[1] for one in spans)
            name = "date"
        else:
            return {"year_from": None, "year_to": None}
    else:
        name = "year_from"
    first, last = _not_ahead(cells, name, first, last)
    if first is not None and last is not None and first > last:
        if cells.doubt("years_order", name, value=f"{first}–{last}") == "swap":
            return {"year_from": last, "year_to": first}
        return {"year_from": None, "year_to": None}
    return {"year_from": first, "year_to": last}


def read_statuses(cells: Cells) -> list[dict[str, Any]]:
    """Legal statuses: the designations of a line with their days, in step where there are several."""
    designations = cells.many("designation")
    authority = "; ".join(cells.many("authority"))[:200]
    if not designations and not authority:
        return []
    starts, ends = _days(cells, "designation_from"), _days(cells, "designation_to")
    found = []
    for place, designation in enumerate(designations or [authority]):
        start = starts[min(place, len(starts) - 1)] if starts else None
        end = ends[min(place, len(ends) - 1)] if ends else None
        if start and end and start > end:
            cells.doubt("status_order", "designation_to", value=f"{start} – {end}")
            end = None
        found.append(
            {
                "designation": designation[:200],
                "authority": authority if designations else "",
                "starts_on": start,
                "ends_on": end,
            }
        )
    return found


def read_survey(cells: Cells) -> dict[str, Any] | None:
    """The condition a line tells of: condition and trend alone; the rest stays with the line."""
    words, trends = cells.many("condition"), cells.many("trend")
    if not words:
        return None
    codes = {}
    for word in words:
        code = condition_of(word)
        if code is None:
            cells.doubt("condition_unknown", "condition", word=word[:60])
        else:
            codes[code] = word
    if not codes:
        return None
    if len(codes) > 1:
        cells.doubt("conditions_differ", "condition", value="; ".join(words)[:80])
    days = [day for text in cells.many("surveyed_on") if (day := day_of(text))]
    past = [day for day in days if day.year <= cells.ways.this_year]
    return {
        "condition": next(code for code in WORST_FIRST if code in codes),
        "trend": _trend(cells, trends),
        "on": max(past, default=None),
        "surveyor_name": "; ".join(cells.many("surveyor"))[:150],
    }


def _trend(cells: Cells, words: list[str]) -> str:
    found = []
    for word in words:
        code = trend_of(word)
        if code is None:
            cells.doubt("trend_unknown", "trend", word=word[:60])
        else:
            found.append(code)
    for code in ("worsening", "improving", "stable"):
        if code in found:
            return code
    return "unknown"


def _year(cells: Cells, name: str) -> int | None:
    text = cells.text(name)
    if not text:
        return None
    span: Years | None = years_of(text)
    if span is None:
        cells.doubt("years_unread", name, value=text[:60])
        return None
    return span[0] if name == "year_from" else span[1]


def _not_ahead(
    cells: Cells, name: str, first: int | None, last: int | None
) -> tuple[int | None, int | None]:
    """Both years, without what lies ahead of today unless it is kept; one doubt for the two."""
    ahead = [year for year in (first, last) if year is not None and year > cells.ways.this_year]
    if not ahead:
        return _in_reach(first), _in_reach(last)
    if cells.doubt("date_future", name, value=str(max(ahead))) == "keep":
        return _in_reach(first), _in_reach(last)
    return (None if first in ahead else first), (None if last in ahead else last)


def _in_reach(year: int | None) -> int | None:
    return year if year is not None and LEAST <= year <= MOST else None


def _days(cells: Cells, name: str) -> list[Any]:
    found = []
    for text in cells.many(name):
        day = day_of(text)
        if day is None:
            cells.doubt("date_unread", name, value=text[:60])
        elif day.year > cells.ways.this_year:
            if cells.doubt("date_future", name, value=str(day.year)) == "keep":
                found.append(day)
        else:
            found.append(day)
    return found
