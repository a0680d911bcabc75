"""WFDB headers (.hea): what a record holds. Names in it are keys of a mapping, never paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .recording import BadRecording

RECORD = re.compile(
    r"^(?P<name>[^\s/]+)(?:/(?P<segments>\d+))?\s+(?P<signals>\d+)"
    r"(?:\s+(?P<rate>[\d.eE+-]+)(?:/(?P<counter>[\d.eE+-]+)(?:\((?P<base>[\d.eE+-]+)\))?)?"
    r"(?:\s+(?P<samples>\d+)(?:\s+(?P<time>\S+)(?:\s+(?P<date>\S+))?)?)?)?\s*$"
)
SIGNAL = re.compile(
    r"^(?P<file>\S+)\s+(?P<format>\d+)(?:x(?P<frame>\d+))?(?::(?P<skew>\d+))?(?:\+(?P<offset>\d+))?"
    r"(?:\s+(?P<gain>[-\d.eE+]+)(?:\((?P<baseline>-?\d+)\))?(?:/(?P<unit>\S+))?"
    r"(?:\s+(?P<bits>\d+)(?:\s+(?P<zero>-?\d+)(?:\s+(?P<first>-?\d+)"
    r"(?:\s+(?P<checksum>-?\d+)(?:\s+(?P<block>\d+)(?:\s+(?P<about>\S.*?))?)?)?)?)?)?)?\s*$"
)
USUAL_RATE, USUAL_GAIN, USUAL_UNIT = 250.0, 200.0, "mV"


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal line. ``value = (sample - baseline) / gain`` in ``unit``."""

    file: str
    format: int
    frame: int
    skew: int
    offset: int | None
    gain: float
    baseline: int
    unit: str | None
    first: int
    checksum: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """A whole header. ``samples`` is 0 where it does not say how many a signal has."""

    name: str
    rate: float
    rate_told: bool
    samples: int
    started_at: str
    signals: tuple[Signal, ...]
    comments: tuple[str, ...]


def read_header(data: bytes, name: str = "") -> Header:
    """Parse a header; blank lines and comments may stand anywhere.

    Raises:
        BadRecording: "bad_header" with the line, "segments", "missing_signal_line".
    """
    numbered = enumerate(data.decode("utf-8", "replace").splitlines(), 1)
    lines = [(number, line.strip()) for number, line in numbered if line.strip()]
    comments = tuple(line.lstrip("# ") for _number, line in lines if line.startswith("#"))
    told = [(number, line) for number, line in lines if not line.startswith("#")]
    found = RECORD.match(told[0][1]) if told else None
    if found is None:
        raise BadRecording("bad_header", f"{name}:{told[0][0] if told else 1}")
    if found["segments"] and int(found["segments"]) > 1:
        raise BadRecording("segments", name, segments=int(found["segments"]))
    count = int(found["signals"])
    if len(told) - 1 < count:
        raise BadRecording("missing_signal_line", name, expected=count, found=len(told) - 1)
    signals = tuple(_signal(line, f"{name}:{number}") for number, line in told[1 : count + 1])
    rate = float(found["rate"]) if found["rate"] else USUAL_RATE
    if not 0 < rate < 1e12:
        raise BadRecording("bad_header", f"{name}:{told[0][0]}")
    return Header(
        name=found["name"],
        rate=rate,
        rate_told=bool(found["rate"]),
        samples=int(found["samples"] or 0),
        started_at=" ".join(one for one in (found["date"], found["time"]) if one),
        signals=signals,
        comments=comments,
    )


def _signal(line: str, where: str) -> Signal:
    found = SIGNAL.match(line)
    if found is None:
        raise BadRecording("bad_header", where)
    try:
        gain = float(found["gain"] or 0)
    except ValueError:
        raise BadRecording("bad_header", where) from None
    zero = int(found["zero"] or 0)
    baseline = int(found["baseline"]) if found["baseline"] is not None else zero
    return Signal(
        file=found["file"],
        format=int(found["format"]),
        frame=int(found["frame"] or 1),
        skew=int(found["skew"] or 0),
        offset=int(found["offset"]) if found["offset"] is not None else None,
        gain=gain or USUAL_GAIN,
        baseline=baseline,
        # The format says: a gain without a unit is in mV; no gain means not calibrated.
        unit=found["unit"] or (USUAL_UNIT if gain else None),
        first=int(found["first"]) if found["first"] is not None else zero,
        checksum=int(found["checksum"]) if found["checksum"] is not None else None,
        name=(found["about"] or "").strip(),
    )
