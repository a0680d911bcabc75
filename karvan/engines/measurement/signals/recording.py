"""A recording as it was read: channels of samples, events, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[Any]

ANALOG, LOGIC, COUNTS = "analog", "logic", "counts"
# How samples stand in time: at a rate, at given times, held until the next, or in no time at all.
BY_RATE, BY_TIMES, HELD, NO_TIME = "rate", "times", "held", "values"
MOST_SAMPLES = 60_000_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a file that a person should know; ``where`` is a place in the file."""

    code: str
    where: str = ""
    args: Mapping[str, str | int | float] = field(default_factory=dict)


class BadRecording(ValueError):
    """A file that cannot be read: why, in which file, and up to where it could be."""

    def __init__(self, code: str, where: str = "", **args: str | int | float) -> None:
        super().__init__(f"{code} {where} {args}")
        self.code, self.where, self.args_ = code, where, args


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One channel. ``values`` are in its ``unit``; gaps are NaN.

    ``unit`` is None where the file does not tell it; ``suggested`` is what its name hints at.
    ``times`` are seconds from the start (``BY_TIMES``, ``HELD``); a held channel ends at ``ends``.
    """

    name: str
    values: Samples
    kind: str = ANALOG
    unit: str | None = None
    base: str = BY_RATE
    rate: float | None = None
    times: Samples | None = None
    ends: float | None = None
    suggested: str = ""

    @property
    def asks_unit(self) -> bool:
        return self.kind == ANALOG and self.unit is None

    @property
    def count(self) -> int:
        return len(self.values)

    @property
    def starts_at(self) -> float:
        return float(self.times[0]) if self.times is not None and len(self.times) else 0.0

    @property
    def ends_at(self) -> float:
        """Where its time ends, in seconds; its last number where it has no time."""
        if self.base == HELD:
            return float(self.ends if self.ends is not None else self.times[-1])  # type: ignore[index]
        if self.base == BY_TIMES and self.times is not None:
            return float(self.times[-1]) if len(self.times) else 0.0
        if self.base == BY_RATE and self.rate:
            return self.count / self.rate
        return float(self.count)

    def axis(self) -> Samples:
        """The time of every sample, or its number from 0 where there is no time."""
        if self.times is not None:
            return self.times
        return np.arange(self.count) / (self.rate if self.base == BY_RATE and self.rate else 1.0)

    def between(self, start: float, end: float) -> tuple[int, int]:
        """The samples from ``start`` to ``end`` seconds, as a range of their numbers."""
        if self.times is not None:
            first = int(np.searchsorted(self.times, start, "left"))
            return first, int(np.searchsorted(self.times, end, "right"))
        scale = self.rate if self.base == BY_RATE and self.rate else 1.0
        first = min(max(0, int(np.ceil(start * scale - 1e-9))), self.count)
        return first, min(max(first, int(np.floor(end * scale + 1e-9)) + 1), self.count)

    def part(self, start: float, end: float) -> Channel:
        """The channel from ``start`` to ``end``, its times unchanged; held values begin at start."""
        if self.base == HELD and self.times is not None:
            first = max(int(np.searchsorted(self.times, start, "right")) - 1, 0)
            last = max(first + 1, int(np.searchsorted(self.times, end, "right")))
            held = np.maximum(self.times[first:last], start)
            ends = max(min(end, self.ends_at), float(held[-1]))
            return replace(self, values=self.values[first:last], times=held, ends=ends)
        first, last = self.between(start, end)
        times = self.times[first:last] if self.times is not None else None
        return replace(self, values=self.values[first:last], times=times)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened ``at`` seconds; ``beat`` marks a heart beat of a known kind."""

    at: float
    code: str
    text: str = ""
    beat: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """All that a file told. ``groups`` names the replicate of every row of a table."""

    format: str
    channels: tuple[Channel, ...]
    events: tuple[Event, ...] = ()
    started_at: str = ""
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    groups: tuple[str, Samples] | None = None
    asks_time_unit: bool = False

    @property
    def count(self) -> int:
        return max((one.count for one in self.channels), default=0)

    @property
    def rate(self) -> float | None:
        return next((one.rate for one in self.channels if one.rate), None)

    @property
    def ends_at(self) -> float:
        return max((one.ends_at for one in self.channels), default=0.0)

    @property
    def asks_rate(self) -> bool:
        """True if the file tells neither a rate nor a course of time."""
        return any(one.base == NO_TIME for one in self.channels)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said where the file does not: units by name of channel, and of time.

    ``no_time``: the rows are single values, not a course in time. ``scales`` are pairs of
    factor and offset by channel: value = factor · sample + offset.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    rate: float | None = None
    time_unit: str = ""
    no_time: bool = False


def named_apart(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """The channels with equal names told apart by a number: answers are kept by name."""
    seen: dict[str, int] = {}
    told = []
    for one in channels:
        seen[one.name] = seen.get(one.name, 0) + 1
        again = seen[one.name] > 1
        told.append(replace(one, name=f"{one.name} #{seen[one.name]}") if again else one)
    return tuple(told)
