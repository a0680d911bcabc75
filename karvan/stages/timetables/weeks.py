"""A week of a timetable as a grid: days side by side, quarters of an hour downwards.

Or one day with its groups, rooms or trainers side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from karvan.foundation.places.queries import first_day_of_week
from karvan.foundation.texts import in_language
from karvan.stages.editions.models import Activity

from .models import Placement
from .services.closing import Pause

QUARTER = 15
HOUR = 60


Pauses = Mapping[date, Sequence[Pause]]


@dataclass(frozen=True)
class Block:
    """A cell of ``rows`` quarters of an hour.

    Sessions that overlap each other, or one alone; or a closed stretch with its name; or free.
    """

    rows: int
    placements: tuple[Placement, ...] = ()
    closed: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the grid. ``hour`` is the time written beside it, None between hours.

    ``cells`` are the blocks that begin here, by column; None where a block goes on.
    """

    hour: str | None
    cells: tuple[Block | None, ...]
    minute: int = 0


@dataclass(frozen=True)
class GridDay:
    """One day with what is held on it, or why nothing is; or that of one group, room or trainer.

    ``key`` and ``name`` are those of the group, room or trainer, "" for the day of all.
    """

    on: date
    placements: tuple[Placement, ...] = ()
    closed: str = ""
    pauses: tuple[Pause, ...] = ()
    key: str = ""
    name: str = ""

    @property
    def listed(self) -> list[Placement | Pause]:
        """Sessions and closed stretches together, by time."""
        both: list[Placement | Pause] = [*self.placements]
        for pause in reversed(self.pauses):
            at = sum(_before(placement, pause) for placement in self.placements)
            both.insert(at, pause)
        return both


@dataclass(frozen=True)
class Week:
    """One calendar week of an activity, or one day of it side by side."""

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
    pauses: Pauses | None = None,
    hours: tuple[int, int] | None = None,
) -> Week:
    """The week that begins on ``first``, cut to the activity's days, with these placements.

    The grid runs over the hours in use, and over ``hours`` (in minutes) where they are given.
    """
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
            why = "" if on in held else in_language(closed_days.get(on.isoformat(), {}))
            stretches = tuple((pauses or {}).get(on, ()))
            days.append(GridDay(on, tuple(held.get(on, ())), why, stretches))
    listed = tuple(days) or (GridDay(first),)
    return Week(first, listed, _lines(listed, zone, hours))


def side_by_side(
    week: Week,
    on: date,
    columns: Sequence[tuple[str, str]],
    keys_of: Callable[[Placement], Container[str]],
    zone: ZoneInfo,
    hours: tuple[int, int] | None = None,
) -> Week:
    """One day of a week with a column for each (key, name) of a group, room or trainer.

    ``keys_of`` says in which columns a placement stands.
    """
    day = next((one for one in week.days if one.on == on), GridDay(on))
    listed = tuple(
        replace(
            day,
            key=key,
            name=name,
            placements=tuple(p for p in day.placements if key in keys_of(p)),
        )
        for key, name in columns
    )
    return Week(week.first, listed, _lines(listed, zone, hours))


def _week_start(on: date, activity: Activity) -> date:
    printed_first = first_day_of_week(activity.edition.country_id)
    return on - timedelta(days=(on.isoweekday() - printed_first) % 7)


def _lines(
    days: Sequence[GridDay], zone: ZoneInfo, hours: tuple[int, int] | None
) -> tuple[Line, ...]:
    """The rows from the first to the last full hour in use."""
    everything = [p for day in days for p in day.placements]
    starts = [_minute(p.starts_at, zone) for p in everything]
    ends = [_minute(p.starts_at, zone) + _length(p) for p in everything]
    if hours:
        starts, ends = [*starts, hours[0]], [*ends, hours[1]]
    if not starts:
        return ()
    opens, closes = min(starts) // HOUR * HOUR, -(-max(ends) // HOUR) * HOUR
    count = (closes - opens) // QUARTER
    columns = [_column(day, opens, count, zone) for day in days]
    lines = []
    for row in range(count):
        minute = opens + row * QUARTER
        hour = f"{minute // HOUR:02}:00" if minute % HOUR == 0 else None
        lines.append(Line(hour, tuple(column[row] for column in columns), minute))
    return tuple(lines)


def _column(day: GridDay, opens: int, count: int, zone: ZoneInfo) -> list[Block | None]:
    """The blocks of one day by the row they begin in; None where a block goes on."""
    column: list[Block | None] = [None] * count
    if day.closed:
        column[0] = Block(count, closed=day.closed)
        return column
    at = 0
    for start, end, together in _clusters(day.placements, opens, zone):
        _fill(column, at, start, day.pauses, opens)
        column[start] = Block(end - start, together)
        at = end
    _fill(column, at, count, day.pauses, opens)
    return column


def _fill(
    column: list[Block | None], first: int, last: int, pauses: Sequence[Pause], opens: int
) -> None:
    """Free quarters from row ``first`` to ``last``, closed stretches in one piece with a name."""
    row = first
    while row < last:
        minute = opens + row * QUARTER
        pause = next((p for p in pauses if p.start <= minute < p.end), None)
        rows = 1 if pause is None else min(last - row, -(-(pause.end - minute) // QUARTER))
        column[row] = Block(rows, closed=pause.name if pause else "")
        row += rows


def _before(placement: Placement, pause: Pause) -> bool:
    zone = ZoneInfo(placement.session.activity.edition.time_zone)
    return _minute(placement.starts_at, zone) < pause.start


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
