"""The register as a timeline: years from top to bottom, a column a region, a mark a city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

YEAR_WIDTH, COLUMN, ROW, TOP = 64, 220, 24, 40
MARK = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One title: ``name`` as read, ``region`` its column's code, "" for none.

    ``kind`` as in the register; ``is_sure`` False where the year was only given for, or moved.
    """

    name: str
    year: int
    region: str
    kind: str
    is_sure: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """All dots of a series, and what its columns are called."""

    title: str
    dots: tuple[Dot, ...]
    regions: tuple[tuple[str, str], ...]  # code and name
    last_year: int

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The regions, and one without a head where a title has none."""
        codes = {code for code, _name in self.regions}
        rest = any(dot.region not in codes for dot in self.dots)
        return (*self.regions, ("", "")) if rest else self.regions

    def in_cell(self, year: int, region: str) -> list[Dot]:
        """The titles of a year in a column, by name."""
        codes = {code for code, _name in self.regions}
        return sorted(
            (d for d in self.dots if d.year == year and (d.region if d.region in codes else "") == region),
            key=lambda dot: (dot.kind, dot.name),
        )  # fmt: skip


def years_of(timeline: Timeline) -> range:
    """From the first year to the last of the register."""
    first = min((dot.year for dot in timeline.dots), default=timeline.last_year)
    return range(first, max([timeline.last_year, *(dot.year for dot in timeline.dots)]) + 1)


def timeline_svg(timeline: Timeline, *, mirrored: bool = False) -> str:
    """The picture as SVG text; ``mirrored`` puts the years at the right.

    Filled: held, as far as is known. Outline: given for that year, whether it was held then is not
    known. Square: additional. A permanent title is a line that goes on to the end.
    """
    columns, years = timeline.columns, years_of(timeline)
    width = YEAR_WIDTH + COLUMN * len(columns)
    tops: dict[int, int] = {}
    y = TOP
    for year in years:
        tops[year] = y
        y += ROW * max(1, *(len(timeline.in_cell(year, code)) for code, _name in columns))
    height = y + 8
    place = _mirror(width) if mirrored else _plain
    parts = [
        f'<text class="head" x="{place(YEAR_WIDTH + at * COLUMN)}" y="24">{escape(name)}</text>'
        for at, (_code, name) in enumerate(columns)
    ]
    for year in years:
        top = tops[year]
        parts.append(f'<path class="rule" d="M0 {top}H{width}"/>')
        parts.append(f'<text class="year" x="{place(0)}" y="{top + 17}">{year}</text>')
        for at, (code, _name) in enumerate(columns):
            for number, dot in enumerate(timeline.in_cell(year, code)):
                line = top + ROW * number
                parts.append(
                    _dot(dot, place(YEAR_WIDTH + at * COLUMN + MARK), line, height, mirrored)
                )
    return (
        f'<svg class="titles-timeline" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-label="{escape(timeline.title)}" aria-describedby="timeline-finding"'
        f' viewBox="0 0 {width} {height}" direction="{"rtl" if mirrored else "ltr"}">{"".join(parts)}</svg>'
    )


def _dot(dot: Dot, x: int, top: int, height: int, mirrored: bool) -> str:
    y = top + 12
    kind = "sure" if dot.is_sure else "given"
    if dot.kind == "additional":
        mark = f'<rect class="{kind}" x="{x - MARK}" y="{y - MARK}" width="{MARK * 2}" height="{MARK * 2}"/>'
    else:
        mark = f'<circle class="{kind}" cx="{x}" cy="{y}" r="{MARK}"/>'
    if dot.kind == "permanent":
        mark = f'<path class="lasting" d="M{x} {y}V{height - 8}"/>{mark}'
    text_at = x - 14 if mirrored else x + 14
    return f'{mark}<text x="{text_at}" y="{y + 5}">{escape(dot.name)}</text>'


def _plain(x: int) -> int:
    return x


def _mirror(width: int) -> Callable[[int], int]:
    return lambda x: width - x
