"""EDF, EDF+ and BDF: a header of fixed fields, then records of every signal in turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .recording import (
    BY_RATE,
    BY_TIMES,
    NO_TIME,
    BadRecording,
    Channel,
    Doubt,
    Event,
    Recording,
    Samples,
    named_apart,
)

MAIN, A_SIGNAL = 256, 256
NOTES = ("EDF Annotations", "BDF Annotations")


@dataclass(frozen=True, slots=True)
class _Signal:
    label: str
    unit: str
    low: float
    high: float
    digital_low: float
    digital_high: float
    samples: int


def is_edf(data: bytes) -> bool:
    """True if the file begins as EDF or BDF."""
    return data[:8] == b"0       " or data[:8] == b"\xffBIOSEMI"


def read_edf(data: bytes) -> Recording:
    """An EDF, EDF+ or BDF file as a recording; gaps of EDF+D stay gaps.

    Raises:
        BadRecording: "bad_edf" with the byte, "no_samples".
    """
    wide = 3 if data[:1] == b"\xff" else 2
    signals, records, seconds, kind = _header(data)
    across = sum(one.samples for one in signals)
    start = MAIN + A_SIGNAL * len(signals)
    there = (len(data) - start) // (across * wide) if across else 0
    doubts = []
    if records < 0 or there < records:
        if records >= 0:
            doubts.append(Doubt("short_file", "", {"records": there, "expected": records}))
        records = there
    if records < 1:
        raise BadRecording("no_samples", byte=start)
    table = _samples(data[start:], records * across, wide).reshape(records, across)
    raw_notes = np.frombuffer(data, np.uint8, count=records * across * wide, offset=start)
    notes = raw_notes.reshape(records, across * wide)
    starts, events = _annotations(notes, signals, wide, seconds)
    broken = "+D" in kind and _has_gaps(starts, seconds)
    if broken:
        doubts.append(
            Doubt("blocks_joined", "", {"blocks": int(_breaks(starts, seconds).sum()) + 1})
        )
    channels, at = [], 0
    for one in signals:
        part = table[:, at : at + one.samples]
        at += one.samples
        if one.label not in NOTES and one.samples:
            channels.append(_channel(one, part, seconds, starts if broken else None, doubts))
    if not channels:
        raise BadRecording("no_samples", byte=start)
    moment = " ".join(_text(data, at, 8).replace(".", dot) for at, dot in ((168, "."), (176, ":")))
    return Recording("edf", named_apart(channels), tuple(events), moment, tuple(doubts))


def _text(data: bytes, at: int, length: int) -> str:
    return data[at : at + length].decode("latin-1").strip("\0 ")


def _number(data: bytes, at: int, length: int) -> float:
    text = _text(data, at, length).replace(",", ".")
    try:
        return float(text)
    except ValueError:
        raise BadRecording("bad_edf", byte=at, text=text) from None


def _header(data: bytes) -> tuple[list[_Signal], int, float, str]:
    if len(data) < MAIN:
        raise BadRecording("bad_edf", byte=len(data), text="")
    count = int(_number(data, 252, 4))
    if not 0 < count <= 4096 or len(data) < MAIN + A_SIGNAL * count:
        raise BadRecording("bad_edf", byte=252, text=str(count))
    seconds = _number(data, 244, 8)
    widths = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
    places, at = [], MAIN
    for width in widths:
        places.append(at)
        at += width * count
    signals = []
    for n in range(count):
        label = _text(data, places[0] + 16 * n, 16)
        numbers = [_number(data, places[f] + 8 * n, 8) for f in (3, 4, 5, 6, 8)]
        if label not in NOTES and numbers[2] == numbers[3]:
            raise BadRecording("bad_edf", label, byte=places[5] + 8 * n, text=str(numbers[2]))
        unit = _text(data, places[2] + 8 * n, 8)
        if not 0 <= numbers[4] <= 10_000_000:
            raise BadRecording("bad_edf", label, byte=places[8] + 8 * n, text=str(numbers[4]))
        low, high, digital_low, digital_high, samples = numbers
        signals.append(_Signal(label, unit, low, high, digital_low, digital_high, int(samples)))
    return signals, int(_number(data, 236, 8)), seconds, _text(data, 192, 44)


def _samples(data: bytes, count: int, wide: int) -> Samples:
    if wide == 2:
        return np.frombuffer(data, "<i2", count=count)
    three = np.frombuffer(data, np.uint8, count=3 * count).reshape(-1, 3).astype(np.int32)
    return np.asarray(((three[:, 0] | three[:, 1] << 8 | three[:, 2] << 16) ^ 0x800000) - 0x800000)


def _channel(
    one: _Signal, part: Samples, seconds: float, starts: Samples | None, doubts: list[Doubt]
) -> Channel:
    scale = (one.high - one.low) / (one.digital_high - one.digital_low)
    values = (part - one.digital_low) * scale + one.low
    rate = one.samples / seconds if seconds > 0 else None
    if rate is None:
        doubts.append(Doubt("no_rate", one.label))
        return Channel(one.label, values.reshape(-1), unit=one.unit or None, base=NO_TIME)
    if starts is None:
        return Channel(one.label, values.reshape(-1), "analog", one.unit or None, BY_RATE, rate)
    times = starts[:, None] + np.arange(one.samples) / rate
    flat, at = values.reshape(-1), np.flatnonzero(_breaks(starts, seconds)) + 1
    places = at * one.samples
    middles = times.reshape(-1)[places - 1] + 0.5 / rate
    return Channel(
        one.label,
        np.insert(flat, places, np.nan),
        "analog",
        one.unit or None,
        BY_TIMES,
        rate,
        np.insert(times.reshape(-1), places, middles),
    )


def _breaks(starts: Samples, seconds: float) -> Samples:
    return np.asarray(np.diff(starts) > seconds * 1.001)


def _has_gaps(starts: Samples, seconds: float) -> bool:
    return len(starts) > 1 and bool(_breaks(starts, seconds).any())


def _annotations(
    notes: Samples, signals: list[_Signal], wide: int, seconds: float
) -> tuple[Samples, list[Event]]:
    """The start of every record, and what was noted."""
    starts = np.arange(len(notes)) * seconds
    events: list[Event] = []
    at, first = 0, True
    for one in signals:
        if one.label in NOTES:
            for number, row in enumerate(notes[:, at * wide : (at + one.samples) * wide]):
                lists = row.tobytes().split(b"\0")
                if first and lists[0]:
                    begins, _texts = _timed(lists[0])
                    starts[number] = starts[number] if begins is None else begins
                for text in lists:
                    events += _told(text)
            first = False
        at += one.samples
    return starts - (starts[0] if len(starts) else 0.0), events


def _timed(text: bytes) -> tuple[float | None, list[str]]:
    onset, *said = text.decode("utf-8", "replace").split("\x14")
    try:
        return float(onset.split("\x15")[0]), said
    except ValueError:
        return None, []


def _told(text: bytes) -> list[Event]:
    begins, said = _timed(text)
    if begins is None:
        return []
    return [Event(begins, "note", one.strip()) for one in said if one.strip()]
