"""Value change dumps (IEEE 1364): wires, vectors and real variables that hold until they change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from .recording import (
    COUNTS,
    HELD,
    LOGIC,
    MOST_SAMPLES,
    BadRecording,
    Channel,
    Doubt,
    Recording,
)

SCALES = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "ps": 1e-12, "fs": 1e-15}
VECTORS = ("wire", "reg", "logic", "integer", "parameter", "bit", "byte", "int", "tri")


@dataclass(slots=True)
class _Variable:
    name: str
    kind: str
    width: int
    times: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)


def read_vcd(data: bytes) -> Recording:
    """A dump as a recording: bits as logic, vectors as counts, reals as analog without a unit.

    Raises:
        BadRecording: "not_text", "bad_vcd" with the line where it stops being one, "no_samples".
    """
    text = data.decode("latin-1")
    variables, scale, started, version, at = _header(text)
    doubts: list[Doubt] = []
    last = _changes(text, at, variables, doubts)
    channels = [_channel(one, scale, last) for one in variables.values() if one.times]
    silent = [one.name for one in variables.values() if not one.times]
    doubts += [Doubt("empty_channel", name) for name in silent[:20]]
    if not channels:
        raise BadRecording("no_samples")
    notes = (version,) if version else ()
    return Recording("vcd", tuple(channels), (), started, tuple(doubts), notes)


def _header(text: str) -> tuple[dict[str, _Variable], float, str, str, int]:
    """Everything up to $enddefinitions, and where the changes begin."""
    ends = text.find("$enddefinitions")
    if ends < 0:
        raise BadRecording("bad_vcd", "1", line=1)
    variables: dict[str, _Variable] = {}
    scope: list[str] = []
    scale, started, version = 1e-9, "", ""
    for found in re.finditer(r"\$(\w+)\s+(.*?)\$end\b", text[:ends], re.DOTALL):
        word, said = found[1], found[2].split()
        if word == "timescale":
            scale = _timescale("".join(said))
        elif word == "date":
            started = " ".join(said)[:40]
        elif word == "version":
            version = " ".join(said)[:120]
        elif word == "scope" and len(said) > 1:
            scope.append(said[1])
        elif word == "upscope" and scope:
            scope.pop()
        elif word == "var" and len(said) >= 4:
            _variable(variables, said, scope)
    after = text.find("$end", ends + len("$enddefinitions"))
    return variables, scale, started, version, after + 4 if after >= 0 else ends


def _variable(variables: dict[str, _Variable], said: list[str], scope: list[str]) -> None:
    kind, width, code, name = said[0], said[1], said[2], "".join(said[3:])
    if kind != "real" and kind not in VECTORS and not kind.startswith("tri"):
        kind = "wire"
    taken = {one.name for one in variables.values()}
    full = name if name not in taken else ".".join([*scope, name])
    if code not in variables:
        variables[code] = _Variable(full, kind, int(width) if width.isdecimal() else 1)


def _timescale(text: str) -> float:
    found = re.fullmatch(r"(1|10|100)\s*(s|ms|us|ns|ps|fs)", text)
    if not found:
        raise BadRecording("bad_vcd", "$timescale", text=text)
    return int(found[1]) * SCALES[found[2]]


def _changes(text: str, at: int, variables: dict[str, _Variable], doubts: list[Doubt]) -> int:
    """Read every change; a dump that breaks off is kept as far as it goes."""
    now, total = 0, 0
    first_line = text.count("\n", 0, at) + 1
    for number, line in enumerate(text[at:].splitlines(), first_line):
        words = line.split()
        step = 0
        while step < len(words):
            word = words[step]
            mark = word[0]
            if mark == "#":
                if not word[1:].isdecimal() or int(word[1:]) < now:
                    doubts.append(Doubt("breaks_off", str(number), {"text": word[:40]}))
                    return now
                now = int(word[1:])
            elif mark in "bBrR" and step + 1 < len(words) and _is_number(word):
                step += 1
                _put(variables, words[step], now, _number(word))
            elif mark in "01xXzZ" and len(word) > 1:
                _put(variables, word[1:], now, float(mark) if mark in "01" else np.nan)
            elif mark != "$":
                doubts.append(Doubt("breaks_off", str(number), {"text": word[:40]}))
                return now
            step += 1
            total += 1
            if total > MOST_SAMPLES // 4:
                raise BadRecording("too_many_samples", str(number), most=MOST_SAMPLES // 4)
    return now


def _is_number(word: str) -> bool:
    if word[0] in "bB":
        return re.fullmatch(r"[01xXzZuUwWlLhH-]+", word[1:]) is not None
    try:
        float(word[1:])
    except ValueError:
        return False
    return True


def _number(word: str) -> float:
    try:
        return float(word[1:]) if word[0] in "rR" else float(int(word[1:], 2))
    except (ValueError, OverflowError):
        return np.nan


def _put(variables: dict[str, _Variable], code: str, now: int, value: float) -> None:
    one = variables.get(code)
    if one is None:
        return
    if one.times and one.times[-1] == now:
        one.values[-1] = value
    else:
        one.times.append(now)
        one.values.append(value)


def _channel(one: _Variable, scale: float, last: int) -> Channel:
    kind = "analog" if one.kind == "real" else LOGIC if one.width == 1 else COUNTS
    times = np.array(one.times, float) * scale
    values = np.array(one.values)
    if kind == LOGIC and len(values) > 1:
        same = np.concatenate([[False], values[1:] == values[:-1]])
        times, values = times[~same], values[~same]
    return Channel(one.name, values, kind, None, HELD, None, times, max(last * scale, times[-1]))
