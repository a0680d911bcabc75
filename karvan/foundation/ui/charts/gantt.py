"""A Gantt chart, a strip for each lane: planned as an outline, actual filled, not known hatched.

Places across are in per cent and letters in the page's own size, so that one strip fits a wide
screen, a telephone and paper; the page sets the strips one under the other in a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

from babel import dates
from django.templatetags.static import static

from karvan.foundation.ui import formats

from .axis import Axis, Stretch

Kind = Literal["call", "planned", "actual", "unknown", "overdue"]
LINE = 22  # pixels for each part
LEAST_LINES = 2  # as high as the name and the state beside the strip
PLANNED, ACTUAL = 13, 8  # pixels of height
LABEL_WIDTH = 36.0  # per cent that a label is thought to need
CALL_NAMED_FROM = 7.0  # per cent of width


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both ends included; ``last`` is None where the end is not known."""

    first: date
    last: date | None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"a span from {self.first} back to {self.last}")


@dataclass(frozen=True, slots=True)
class Part:
    """One activity: what was planned, what was; ``dates`` and ``note`` are written beside it.

    is_late: the plan has passed and nothing is known to have begun, though it still should.
    is_lost: nothing tells what became of the plan, and nobody is asked any more.
    """

    title: str
    planned: Span | None = None
    actual: Span | None = None
    call: Span | None = None
    call_word: str = ""
    dates: str = ""
    note: str = ""
    is_late: bool = False
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: an edition with its parts; ``words`` say all of it to those who listen.

    between: where no part has dates, the days within which it must have been, if at all;
    a detail is left out where there is little room.
    """

    name: str
    code: str
    url: str
    state: str
    word: str
    words: str
    parts: tuple[Part, ...]
    between: Span | None = None
    between_words: str = ""
    between_detail: str = ""


@dataclass(frozen=True, slots=True)
class Gantt:
    """Lanes under one axis; ``finding`` says in a sentence or two what they show."""

    name: str
    title: str
    finding: str
    axis: Axis
    today: date
    today_word: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a part, in per cent of the width."""

    kind: Kind
    stretch: Stretch


def bars_of(part: Part, axis: Axis, today: date) -> list[Bar]:
    """The bars of a part as far as they lie on the axis, in the order they are drawn."""
    spans: list[tuple[Kind, date, date]] = []
    planned, actual = part.planned, part.actual
    if part.call:
        spans.append(("call", part.call.first, part.call.last or today))
    if planned:
        end = planned.last or planned.first
        if part.is_lost and actual is None:
            spans.append(("unknown", planned.first, end))
        spans.append(("planned", planned.first, end))
        if part.is_late and today > planned.first:
            spans.append(("overdue", planned.first, today))
    if actual:
        spans += _actual(part, actual, today)
    drawn = ((kind, axis.stretch(first, last)) for kind, first, last in spans)
    return [Bar(kind, stretch) for kind, stretch in drawn if stretch is not None]


def _actual(part: Part, actual: Span, today: date) -> list[tuple[Kind, date, date]]:
    """What is known filled; of an end that nobody wrote down, the day of the start and a hatch."""
    if actual.last is not None:
        return [("actual", actual.first, actual.last)]
    if not part.is_lost:
        return [("actual", actual.first, max(today, actual.first))]
    end = part.planned.last if part.planned else None
    hatched: list[tuple[Kind, date, date]] = (
        [("unknown", actual.first, end)] if end and end > actual.first else []
    )
    return [*hatched, ("actual", actual.first, actual.first)]


def axis_svg(chart: Gantt) -> str:
    """The head: years, months where there is room, today; and what the strips refer to."""
    axis, name = chart.axis, escape(chart.name)
    height = 48 if axis.has_months else 34
    marks = [_axis_text(axis, day, f"{day.year}", 12, "year") for day in axis.years()]
    if axis.has_months:
        locale = formats.locale_of()
        for day in axis.months():
            kind = "month" if day.month % 3 == 1 else "month thin"
            words = dates.format_date(day, "LLL", locale=locale)
            marks.append(_axis_text(axis, day, words, 27, kind))
    if axis.holds(chart.today):
        marks.append(_today_text(chart, height - 5))
    lines = axis.months() if axis.has_months else axis.years()
    grid = "".join(_line("day-line", axis.at(day)) for day in lines if day != axis.first)
    now = _line("now-line", axis.middle(chart.today)) if axis.holds(chart.today) else ""
    return (
        f'<svg class="strip" xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}"'
        f' aria-hidden="true"{_direction(axis)}>'
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternTransform="rotate(45)"'
        ' patternUnits="userSpaceOnUse"><path class="hatch" d="M0 0v6"/></pattern></defs>'
        f'<symbol id="{name}-grid" overflow="visible">{grid}{now}</symbol>{"".join(marks)}</svg>'
    )


def lane_svg(chart: Gantt, lane: Lane) -> str:
    """One strip: a line for each part, or one hatched line where no day is known."""
    lines = [_between(chart, lane)] if lane.between else _lines(chart, lane)
    height = LINE * max(LEAST_LINES, len(lines)) + 6
    return (
        f'<svg class="strip" xmlns="http://www.w3.org/2000/svg" width="100%" height="{height}"'
        f' role="img" aria-label="{escape(lane.words)}"{_direction(chart.axis)}>'
        f'<use href="#{escape(chart.name)}-grid" width="100%" height="100%"/>{"".join(lines)}</svg>'
    )


def _lines(chart: Gantt, lane: Lane) -> list[str]:
    """The parts with a day on the axis, then the names of those that have no days at all."""
    drawn = [(part, bars_of(part, chart.axis, chart.today)) for part in lane.parts]
    shown = [(part, bars) for part, bars in drawn if bars]
    lines = [_part(part, chart, number) for number, (part, _bars) in enumerate(shown)]
    beside = [bar for _part_, bars in shown for bar in bars]
    for part in lane.parts:
        if beside and part.planned is part.actual is part.call is None:
            middle = LINE * len(lines) + LINE // 2 + 3
            lines.append(_label(part, beside, middle, chart.axis))
    return lines


def _part(part: Part, chart: Gantt, number: int) -> str:
    bars = bars_of(part, chart.axis, chart.today)
    middle = LINE * number + LINE // 2 + 3
    drawn = "".join(_bar(bar, middle, chart.name) for bar in bars)
    named = "".join(_call_name(part, bar, middle) for bar in bars if bar.kind == "call")
    late = _late(chart, middle) if part.is_late else ""
    return drawn + named + late + _label(part, bars, middle, chart.axis)


def _bar(bar: Bar, middle: int, name: str) -> str:
    left, width = f"{bar.stretch.left:.4g}%", f"{bar.stretch.width:.4g}%"
    if bar.kind == "call":
        ends = "".join(
            f'<line class="call" x1="{at:.4g}%" x2="{at:.4g}%" y1="{middle - 5}" y2="{middle + 5}"/>'
            for at in (bar.stretch.left, bar.stretch.right)
        )
        return _level("call", bar.stretch, middle) + ends
    if bar.kind == "overdue":
        return _level("overdue", bar.stretch, middle)
    height = ACTUAL if bar.kind == "actual" else PLANNED
    fill = f' fill="url(#{escape(name)}-hatch)"' if bar.kind == "unknown" else ""
    return (
        f'<rect class="{bar.kind}" x="{left}" y="{middle - height / 2:g}" width="{width}"'
        f' height="{height}"{fill}/>'
    )


def _level(kind: str, stretch: Stretch, middle: int) -> str:
    return (
        f'<line class="{kind}" x1="{stretch.left:.4g}%" x2="{stretch.right:.4g}%"'
        f' y1="{middle}" y2="{middle}"/>'
    )


def _call_name(part: Part, bar: Bar, middle: int) -> str:
    if bar.stretch.width < CALL_NAMED_FROM:
        return ""
    at = bar.stretch.left + bar.stretch.width / 2
    words = escape(part.call_word)
    return f'<text class="call-name" x="{at:.4g}%" y="{middle - 3}" text-anchor="middle">{words}</text>'


def _late(chart: Gantt, middle: int) -> str:
    """The house's shape for late, on today's line; the word stands in the label."""
    if not chart.axis.holds(chart.today):
        return ""
    at = chart.axis.middle(chart.today)
    return (
        f'<use class="shape" data-tone="bad" href="{static("ui/marks.svg")}#late" x="{at:.4g}%"'
        f' y="{middle - 7}" width="14" height="14" transform="translate(-7)"/>'
    )


def _label(part: Part, bars: list[Bar], middle: int, axis: Axis) -> str:
    """What it is, when, and what is to be said of it, on the side of the bars with more room."""
    left = min(bar.stretch.left for bar in bars)
    right = max(bar.stretch.right for bar in bars)
    is_right = 100 - right >= min(left, LABEL_WIDTH)
    pieces = [f'<tspan class="what">{escape(part.title)}</tspan>']
    if part.dates:
        comma = ", " if part.note else ""
        pieces.append(f'<tspan class="dates">{escape(part.dates)}{comma}</tspan>')
    if part.note:
        tone = ' data-tone="bad"' if part.is_late else ""
        pieces.append(f'<tspan class="note-of"{tone}>{escape(part.note)}</tspan>')
    at = right if is_right else left
    return _text(" ".join(pieces), at, middle + 4, is_right=is_right, axis=axis)


def _text(marked: str, at: float, y: int, *, is_right: bool, axis: Axis) -> str:
    """Text that begins or ends at a place; where it begins depends on its direction."""
    anchor = "start" if is_right is not axis.mirrored else "end"
    away = 8 if is_right else -8
    return f'<text class="label" x="{at:.4g}%" dx="{away}" y="{y}" text-anchor="{anchor}">{marked}</text>'


def _between(chart: Gantt, lane: Lane) -> str:
    """A hatched stretch in which it must have been, or the whole of it where even that is unknown."""
    axis, span = chart.axis, lane.between
    assert span is not None, "only lanes without dates come here"
    found = axis.stretch(span.first, span.last or axis.last) or Stretch(0, 100)
    middle = LINE // 2 + 3
    bar = _bar(Bar("unknown", found), middle, chart.name)
    is_right = 100 - found.right >= found.left
    words = f'<tspan class="note-of">{escape(lane.between_words)}</tspan>'
    if lane.between_detail:
        words += f'<tspan class="dates">; {escape(lane.between_detail)}</tspan>'
    if found.width > 60:
        return bar + _text(
            words,
            100.0 if axis.mirrored else 0.0,
            middle + 4,
            is_right=not axis.mirrored,
            axis=axis,
        )
    at = found.right if is_right else found.left
    return bar + _text(words, at, middle + 4, is_right=is_right, axis=axis)


def _axis_text(axis: Axis, day: date, words: str, y: int, kind: str) -> str:
    """A year or a month beside the line on which it begins."""
    at = axis.at(day)
    away = -4 if axis.mirrored else 4
    line = f'<line class="day-line" x1="{at:.4g}%" x2="{at:.4g}%" y1="{y - 9}" y2="100%"/>'
    return f'{line}<text class="{kind}" x="{at:.4g}%" dx="{away}" y="{y}">{escape(words)}</text>'


def _today_text(chart: Gantt, y: int) -> str:
    """The word at the foot of the head, on the line, turned inwards near an end."""
    at = chart.axis.middle(chart.today)
    place = at if not chart.axis.mirrored else 100 - at
    anchor = "start" if place < 8 else "end" if place > 92 else "middle"
    return (
        f'<text class="now" x="{at:.4g}%" y="{y}" text-anchor="{anchor}">'
        f"{escape(chart.today_word)}</text>"
    )


def _line(kind: str, at: float) -> str:
    return f'<line class="{kind}" x1="{at:.4g}%" x2="{at:.4g}%" y1="0" y2="100%"/>'


def _direction(axis: Axis) -> str:
    return ' direction="rtl"' if axis.mirrored else ' direction="ltr"'
