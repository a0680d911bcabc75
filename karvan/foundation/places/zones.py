"""When the clocks of a time zone change, from the zone's own rules (IANA, through zoneinfo)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """One change of a zone's offset from UTC.

    at: the moment, in UTC. clock_before: what the clock of the place showed as it came;
    clock_after: what it was set to.
    """

    zone: str
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def clock_before(self) -> datetime:
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def clock_after(self) -> datetime:
        return (self.at + self.after).replace(tzinfo=None)

    @property
    def is_forward(self) -> bool:
        return self.after > self.before


def zone_changes(zone: str, start: date, end: date) -> tuple[ZoneChange, ...]:
    """Each change of the offset from ``start`` to ``end``, both included, in order of time.

    Each day's beginning is compared with the next; within a day that differs the moment is
    found by halving. Two changes within one day would show as their sum; no zone has them.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
    Cost: about 1 ms a year.
    """
    place = ZoneInfo(zone)
    first = datetime.combine(start, time(), place).astimezone(UTC)
    last = datetime.combine(end + timedelta(days=1), time(), place).astimezone(UTC)
    found: list[ZoneChange] = []
    while first < last:
        following = min(first + timedelta(days=1), last)
        before, after = _offset(place, first), _offset(place, following)
        if before != after:
            found.append(ZoneChange(zone, _moment(place, first, following), before, after))
        first = following
    return tuple(found)


def offset_in_words(offset: timedelta) -> str:
    """An offset such as "UTC+5" or "UTC-3:30"; the minus is a true one."""
    minutes = int(offset.total_seconds()) // 60
    sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"


def _moment(place: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first minute between two moments at which the later offset holds."""
    after = _offset(place, high)
    while high - low > MINUTE:
        middle = low + (high - low) // MINUTE // 2 * MINUTE
        if _offset(place, middle) == after:
            high = middle
        else:
            low = middle
    return high


def _offset(place: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(place).utcoffset() or timedelta()
