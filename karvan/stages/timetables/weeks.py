"""A week of a timetable as a grid: days side by side, quarters of an hour downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from karvan.foundation.places.queries import first_day_of_week
from karvan.foundation.texts import in_language
from karvan.stages.editions.models import Activity

from .models import Placement

QUARTER = 15
HOUR = 60


@dataclass(frozen=True)
class Block:
    """Sessions that overlap each other, or one alone: a cell of ``rows`` quarters of an hour."""

    rows: int
    placements: tuple[Placement, ...] = ()


@dataclass(frozen=True)
class Line:
    """One row of the grid. ``hour`` is the time written beside it, None between hours.

    ``cells`` are the blocks that begin here, by day; None where a block goes on.
    """

    hour: str | None
    cells: tuple[Block | None, ...]


@dataclass(frozen=True)
class GridDay:
    """One day with what is held on it, or why nothing is."""

    on: date
    placements: tuple[Placement, ...] = ()
    closed: str = ""


@dataclass(frozen=True)
class Week:
    """One calendar week of an activity."""

    first: date
    days: tuple[GridDay, ...]
    lines: tuple[Line, ...] = field(default=())

    @property
    def last(self) -> date:
        return self.days[-1].on

    @property
    def key(self) -> str:
        return self.first.isoformat()


def week_firsts(activity: Activity) -> list[date]:
    """The first days of the calendar weeks an activity runs through, as printed in its country."""
    first, last = activity.starts_on, activity.ends_on
    if not isinstance(first, date) or not isinstance(last, date):
        return []
    start = _week_start(first, activity)
    return [start + timedelta(days=7 * n) for n in range((last - start).days // 7 + 1)]


def week_of(
    activity: Activity,
    first: date,
    placements: Iterable[Placement],
    closed_days: dict[str, dict[str, str]],
) -> Week:
    """The week that begins on ``first``, cut to the activity's days, with these placements."""
    zone = ZoneInfo(activity.edition.time_zone)
    begins, ends = activity.starts_on, activity.ends_on
    held: dict[date, list[Placement]] = {}
    for placement in placements:
        held.setdefault(placement.starts_at.astimezone(zone).date(), []).append(placement)
    days = []
    for offset in range(7):
        on = first + timedelta(days=offset)
        is_within = isinstance(begins, date) and isinstance(ends, date) and begins <= on <= ends
        if is_within or on in held:
            why = in_language(closed_days.get(on.isoformat(), {}))
            days.append(GridDay(on, tuple(held.get(on, ())), "" if on in held else why))
    listed = tuple(days) or (GridDay(first),)
    return Week(first, listed, _lines(listed, zone))


def _week_start(on: date, activity: Activity) -> date:
    printed_first = first_day_of_week(activity.edition.country_id)
    return on - timedelta(days=(on.isoweekday() - printed_first) % 7)


def _lines(days: Sequence[GridDay], zone: ZoneInfo) -> tuple[Line, ...]:
    """The rows from the first to the last full hour in use."""
    everything = [p for day in days for p in day.placements]
    if not everything:
        return ()
    opens = min(_minute(p.starts_at, zone) for p in everything) // HOUR * HOUR
    ends = [_minute(p.starts_at, zone) + _length(p) for p in everything]
    closes = -(-max(ends) // HOUR) * HOUR
    count = (closes - opens) // QUARTER
    columns = [_column(day, opens, count, zone) for day in days]
    lines = []
    for row in range(count):
        minute = opens + row * QUARTER
        hour = f"{minute // HOUR:02}:00" if minute % HOUR == 0 else None
        lines.append(Line(hour, tuple(column[row] for column in columns)))
    return tuple(lines)


def _column(day: GridDay, opens: int, count: int, zone: ZoneInfo) -> list[Block | None]:
    """The blocks of one day by the row they begin in; None where a block goes on."""
    column: list[Block | None] = [None] * count
    if day.closed:
        column[0] = Block(count)
        return column
    at = 0
    for start, end, together in _clusters(day.placements, opens, zone):
        for row in range(at, start):
            column[row] = Block(1)
        column[start] = Block(end - start, together)
        at = end
    for row in range(at, count):
        column[row] = Block(1)
    return column


def _clusters(
    placements: Iterable[Placement], opens: int, zone: ZoneInfo
) -> list[tuple[int, int, tuple[Placement, ...]]]:
    """Placements that share a row, together: (first row, row after the last, placements)."""
    found: list[tuple[int, int, tuple[Placement, ...]]] = []
    for placement in sorted(placements, key=lambda p: (p.starts_at, p.session.position)):
        minute = _minute(placement.starts_at, zone)
        start = (minute - opens) // QUARTER
        end = -(-(minute + _length(placement) - opens) // QUARTER)
        if found and start < found[-1][1]:
            first, last, together = found[-1]
            found[-1] = (first, max(last, end), (*together, placement))
        else:
            found.append((start, end, (placement,)))
    return found


def _minute(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * HOUR + local.minute


def _length(placement: Placement) -> int:
    return int((placement.ends_at - placement.starts_at).total_seconds()) // HOUR
