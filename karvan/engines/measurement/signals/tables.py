"""A table as a recording: which column is time, which tells replicates apart, which unit a name has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ..units import UnitError, check_unit, convert, is_unit
from .recording import (
    BY_RATE,
    BY_TIMES,
    NO_TIME,
    BadRecording,
    Channel,
    Doubt,
    Given,
    Recording,
    Samples,
)
from .text_table import Table, decoded, read_table

TIME_NAMES = {
    "t", "time", "times", "timestamp", "elapsed", "elapsed time", "seconds", "sec", "zeit",
    "temps", "durée", "zaman", "vaxt", "الزمن", "الوقت", "x-axis", "date", "datetime", "moment",
}  # fmt: skip
GROUP_NAMES = {
    "rep", "replicate", "replicates", "repeat", "run", "trial", "batch", "réplicat", "répétition",
    "essai", "təkrar", "تكرار",
}  # fmt: skip
BRACKETED = re.compile(r"^(.*?)\s*[(\[]\s*([^()\[\]]+(?:\([^()]*\))?[^()\[\]]*)\s*[)\]]\s*$")
SLASHED = re.compile(r"^(.*\S)\s+/\s+(\S.*)$")
HINTS = {
    "nm", "um", "mm", "cm", "mV", "uV", "V", "mA", "uA", "A", "ms", "us", "s", "Hz", "kHz", "Pa",
    "kPa", "hPa", "mbar", "bar", "mmHg", "cmH2O", "degC", "rpm", "g", "kg", "mg", "ml", "mL", "uL",
    "lpm", "bpm", "N", "W", "ohm", "min", "percent",
}  # fmt: skip
RATE_LINE = re.compile(
    r"(?:sample\s*rate|sampling\s*(?:rate|frequency)|samplerate|sample\s*frequency|\bfs\b)"
    r"\W*([\d.]+(?:[eE][-+]?\d+)?)\s*([kMG]?(?:Hz|S/s|sps)?)",
    re.IGNORECASE,
)
STEP_LINE = re.compile(
    r"(?:sample\s*interval|sampling\s*(?:interval|period)|sample\s*period|increment)"
    r"\W*([\d.]+(?:[eE][-+]?\d+)?)\s*(s|ms|us|µs|ns)\b",
    re.IGNORECASE,
)
ONE = Decimal(1)
EVEN = 1e-3
MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, the unit it tells, and the one its ending hints at."""

    name: str
    unit: str | None
    hint: str


def read_text(data: bytes, given: Given, *, format_: str = "csv") -> Recording:
    """A CSV or TSV file as a recording.

    Raises:
        BadRecording: it is no text, is empty, or has no numbers.
    """
    text, doubts = decoded(data)
    return recording_of(read_table(text, doubts), given, format_=format_)


def recording_of(table: Table, given: Given, *, format_: str) -> Recording:
    """Give the columns of a table their meaning."""
    heads = [heading(name, table.units[at]) for at, name in enumerate(_names(table))]
    doubts = list(table.doubts)
    kept = [at for at, column in enumerate(table.columns) if not np.isnan(column).all()]
    doubts += [
        Doubt("text_column", heads[at].name, {"column": at + 1})
        for at in range(len(table.columns))
        if at not in kept
    ]
    index = _index(table, kept)
    if index is not None:
        doubts.append(Doubt("index_column", "1"))
        kept.remove(index)
    groups = _groups(table, heads, kept)
    time, asks, said = _time(table, heads, kept, given)
    doubts += said
    if groups is not None:
        kept.remove(groups)
        doubts.append(Doubt("replicate_column", heads[groups].name))
    named = time[0] if time else None
    shown = [at for at in kept if at != named]
    if not shown:
        raise BadRecording("only_time")
    base = _base(table, time[1] if time else None, given)
    channels = _channels(table, heads, shown, base)
    group = (heads[groups].name, table.columns[groups]) if groups is not None else None
    return Recording(format_, channels, (), "", tuple(doubts), table.preamble[:40], group, asks)


def heading(text: str, unit_below: str = "") -> Heading:
    """Split "p3 (cmH2O)", "p3 [kPa]", "p3 / mbar"; "diam_um" only hints at its unit."""
    name = text.strip()
    if unit_below and is_unit(unit_below):
        return Heading(name, unit_below, "")
    for form in (BRACKETED, SLASHED):
        found = form.match(name)
        if found and is_unit(found[2]):
            return Heading(found[1].strip() or name, found[2].strip(), "")
    ending = name.rpartition("_")[2]
    hint = ending if "_" in name and ending in HINTS else ""
    return Heading(name, None, hint)


def _names(table: Table) -> list[str]:
    """The headings; columns without one are numbered, equal ones are told apart."""
    seen: dict[str, int] = {}
    names = []
    for at in range(len(table.columns)):
        name = (table.headings[at] if table.headings else "") or str(at + 1)
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return names


def _index(table: Table, kept: Sequence[int]) -> int | None:
    """The first column, where it only counts rows and has no name beside columns that have."""
    if 0 not in kept or len(kept) < 2 or not table.headings or table.headings[0]:
        return None
    column = table.columns[0]
    counts = len(column) > 1 and bool((np.diff(column) == 1).all()) and column[0] in (0, 1)
    return 0 if counts else None


def _groups(table: Table, heads: Sequence[Heading], kept: Sequence[int]) -> int | None:
    for at in kept:
        column = table.columns[at]
        if heads[at].name.lower() in GROUP_NAMES and not np.isnan(column).any():
            distinct, counts = np.unique(column, return_counts=True)
            if (
                len(distinct) <= MOST_GROUPS
                and bool((distinct % 1 == 0).all())
                and counts.min() > 1
            ):
                return at
    return None


def _time(
    table: Table, heads: Sequence[Heading], kept: Sequence[int], given: Given
) -> tuple[tuple[int, Samples] | None, bool, list[Doubt]]:
    """The column of time in seconds, whether its unit is asked for, and doubts."""
    at = next((at for at in kept if at in table.clocks), None)
    at = (
        at
        if at is not None
        else next((at for at in kept if heads[at].name.lower() in TIME_NAMES), None)
    )
    doubts = []
    if at is None and not table.headings and len(kept) > 1 and _increases(table.columns[kept[0]]):
        at = kept[0]
        doubts.append(Doubt("time_column_by_its_course", heads[at].name))
    if at is None:
        return None, False, doubts
    column = table.columns[at]
    if not _increases(column):
        doubts.append(Doubt("time_does_not_increase", heads[at].name, {"row": _first_fall(column)}))
        return None, False, doubts
    if at in table.clocks:
        return (at, column), False, doubts
    unit = heads[at].unit or heads[at].hint or given.time_unit
    try:
        check_unit(unit, "time")
    except UnitError:
        return (at, column), True, [*doubts, Doubt("time_unit_not_told", heads[at].name)]
    return (at, column * convert_one(unit)), False, doubts


def convert_one(unit: str) -> float:
    """How many seconds one of a unit of time is."""
    return float(convert(ONE, unit, "s"))


def _increases(column: Samples) -> bool:
    return len(column) > 1 and not np.isnan(column).any() and bool((np.diff(column) > 0).all())


def _first_fall(column: Samples) -> int:
    steps = np.diff(column)
    wrong = np.flatnonzero(~(steps > 0))
    return int(wrong[0]) + 2 if len(wrong) else 1


def _base(
    table: Table, times: Samples | None, given: Given
) -> tuple[str, float | None, Samples | None]:
    """How the rows stand in time: by a rate, by their times, or not at all."""
    if times is not None:
        steps = np.diff(times)
        step = float(np.mean(steps))
        rounding = 4 * float(np.spacing(np.abs(times).max()))
        if float(np.abs(steps - step).max()) <= max(EVEN * step, rounding):
            return (BY_RATE, 1 / step, None) if times[0] == 0 else (BY_TIMES, 1 / step, times)
        return BY_TIMES, None, times
    rate = given.rate or _told_rate(table.preamble)
    if rate and not given.no_time:
        return BY_RATE, rate, None
    return NO_TIME, None, None


def _told_rate(preamble: Sequence[str]) -> float | None:
    scales = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}
    periods = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
    for line in preamble:
        found = RATE_LINE.search(line)
        if found and float(found[1]) > 0:
            return float(found[1]) * scales[found[2][:1] if found[2][:1] in "kMG" else ""]
        found = STEP_LINE.search(line)
        if found and float(found[1]) > 0:
            return 1 / (float(found[1]) * periods[found[2].lower()])
    return None


def _channels(
    table: Table,
    heads: Sequence[Heading],
    shown: Sequence[int],
    base: tuple[str, float | None, Samples | None],
) -> tuple[Channel, ...]:
    kind, rate, times = base
    return tuple(
        Channel(
            name=heads[at].name,
            values=table.columns[at],
            unit=heads[at].unit,
            base=kind,
            rate=rate,
            times=times,
            suggested=heads[at].hint,
        )
        for at in shown
    )
