"""LabChart text exports: a block of headings, then rows; several blocks follow each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..units import check_unit
from .recording import BY_RATE, BY_TIMES, BadRecording, Channel, Doubt, Event, Recording, Samples
from .tables import convert_one
from .text_table import decoded

HEADING = re.compile(r"^([A-Za-z]+)=\t?(.*)$")
RANGE = re.compile(r"^\s*[-+\d.,]+\s*(\S.*)?$")
A_DAY = 86_400


def is_labchart(data: bytes) -> bool:
    """True if the file begins as LabChart writes it."""
    return data.lstrip(b"\xef\xbb\xbf")[:9] == b"Interval=" and b"ChannelTitle=" in data[:4000]


@dataclass(slots=True)
class _Block:
    head: dict[str, list[str]] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    first_line: int = 0


def read_labchart(data: bytes) -> Recording:
    """A LabChart text export as a recording.

    Raises:
        BadRecording: "no_interval", "no_numbers".
    """
    text, doubts = decoded(data)
    blocks = _blocks(text)
    step = _interval(blocks[0].head)
    titles = blocks[0].head.get("ChannelTitle", [])
    found: list[Doubt] = list(doubts)
    events: list[Event] = []
    parts, starts = [], []
    for block in blocks:
        starts.append(_begins(block, blocks[0]))
        values, told = _values(block, len(titles), step, starts[-1], found)
        parts.append(values)
        events += told
    if not sum(len(part) for part in parts):
        raise BadRecording("no_numbers", where=str(blocks[0].first_line))
    units = _units(blocks[0].head, len(titles))
    values, times = _joined(parts, starts, step)
    if len(blocks) > 1:
        found.append(Doubt("blocks_joined", "", {"blocks": len(blocks)}))
    base = BY_RATE if times is None else BY_TIMES
    channels = tuple(
        Channel(name or str(at + 1), values[:, at], "analog", units[at], base, 1 / step, times)
        for at, name in enumerate(titles)
    )
    when = blocks[0].head.get("ExcelDateTime", [])
    started = when[1] if len(when) > 1 else ""
    return Recording("labchart_txt", channels, tuple(events), started, tuple(found))


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = HEADING.match(line)
        if found:
            if not blocks or blocks[-1].rows:
                blocks.append(_Block())
            blocks[-1].head[found[1]] = [one.strip() for one in found[2].split("\t")]
        elif line.strip() and blocks:
            blocks[-1].rows.append(line)
            blocks[-1].first_line = blocks[-1].first_line or number
    if not blocks:
        raise BadRecording("empty")
    return blocks


def _interval(head: dict[str, list[str]]) -> float:
    found = re.match(r"([\d.eE+-]+)\s*(\S+)", " ".join(head.get("Interval", [])))
    try:
        step = float(found[1]) * convert_one(check_unit(found[2], "time").written) if found else 0.0
    except ValueError:  # also of a unit: UnitError is one
        step = 0.0
    if not 0 < step < 1e12:
        raise BadRecording("no_interval")
    return step


def _begins(block: _Block, first: _Block) -> float:
    """Seconds between the start of the first block and of this one, as their dates tell."""
    try:
        days = [float(one.head["ExcelDateTime"][0]) for one in (first, block)]
    except (KeyError, IndexError, ValueError):
        return 0.0
    between = (days[1] - days[0]) * A_DAY
    return between if abs(between) < 1e12 else 0.0


def _units(head: dict[str, list[str]], count: int) -> list[str | None]:
    """The unit of each channel, from UnitName or from its range ("20.000 L/s")."""
    named = head.get("UnitName", [])
    ranges = head.get("Range", [])
    units: list[str | None] = []
    for at in range(count):
        told = named[at] if at < len(named) else ""
        if not told and at < len(ranges):
            found = RANGE.match(ranges[at])
            told = (found[1] or "").strip() if found else ""
        units.append(told or None)
    return units


def _values(
    block: _Block, count: int, step: float, start: float, doubts: list[Doubt]
) -> tuple[Samples, list[Event]]:
    values = np.full((len(block.rows), count), np.nan)
    events = []
    for row, line in enumerate(block.rows):
        cells = line.split("\t")
        for at, cell in enumerate(cells[1 : count + 1]):
            try:
                values[row, at] = float(cell.replace(",", "."))
            except ValueError:
                if cell.strip() and not cell.lstrip().startswith("#"):
                    where = str(block.first_line + row)
                    doubts.append(
                        Doubt("not_a_number", where, {"column": at + 2, "text": cell[:40]})
                    )
        said = [cell.strip() for cell in cells[1:] if cell.lstrip().startswith("#")]
        events += [Event(start + row * step, "comment", one.lstrip("#* ")) for one in said]
    return values, events


def _joined(
    parts: Sequence[Samples], starts: Sequence[float], step: float
) -> tuple[Samples, Samples | None]:
    """Blocks after each other on one axis, with a gap where one begins later than the last ends."""
    if len(parts) == 1:
        return parts[0], None
    values: list[Samples] = []
    times: list[Samples] = []
    end = 0.0
    for part, begins in zip(parts, starts, strict=True):
        start = max(begins, end)
        if values:
            values.append(np.full((1, part.shape[1]), np.nan))
            times.append(np.array([(end + start) / 2 if start > end else end]))
            start = max(start, end + step)
        values.append(part)
        times.append(start + step * np.arange(len(part)))
        end = start + step * len(part)
    return np.vstack(values), np.concatenate(times)
