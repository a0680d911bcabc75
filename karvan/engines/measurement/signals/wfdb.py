"""WFDB records: a header, one or more files of samples, annotations. Files come as a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .matlab4 import is_matlab4, read_matlab4
from .recording import (
    BY_RATE,
    MOST_SAMPLES,
    NO_TIME,
    BadRecording,
    Channel,
    Doubt,
    Event,
    Given,
    Recording,
    Samples,
    named_apart,
)
from .wfdb_events import read_events
from .wfdb_header import Header, Signal, read_header
from .wfdb_samples import DECODERS, GAPS, PACKED


def read_wfdb(files: Mapping[str, bytes], given: Given) -> Recording:
    """A record from its files, by the names they were sent under.

    Raises:
        BadRecording: no header, a file that it names is missing, a form that is not known.
    """
    heads = [name for name in files if name.lower().endswith(".hea")]
    if not heads:
        return _without_header(files, given)
    if len(heads) > 1:
        raise BadRecording("several_headers", ", ".join(sorted(heads)))
    header = read_header(files[heads[0]], heads[0])
    doubts: list[Doubt] = [] if header.rate_told else [Doubt("usual_rate", heads[0])]
    placed: dict[int, Channel] = {}
    for name in dict.fromkeys(signal.file for signal in header.signals):
        there = [at for at, one in enumerate(header.signals) if one.file == name]
        signals = [header.signals[at] for at in there]
        read = _file(name, _bytes(files, name), signals, header, doubts)
        placed |= dict(zip(there, read, strict=True))
    events = _annotations(files, header.rate, doubts)
    return Recording(
        "wfdb",
        named_apart([placed[at] for at in sorted(placed)]),
        events,
        header.started_at,
        tuple(doubts),
        header.comments,
    )


def _without_header(files: Mapping[str, bytes], given: Given) -> Recording:
    name = next(iter(files))
    if len(files) != 1 or not is_matlab4(files[name]):
        raise BadRecording("no_header", ", ".join(sorted(files)))
    matrix = read_matlab4(files[name], name)
    doubts = [Doubt("no_header", name)]
    if not matrix.whole:
        doubts.append(Doubt("short_file", name, {"samples": matrix.values.shape[1]}))
    base = BY_RATE if given.rate else NO_TIME
    channels = tuple(
        Channel(f"{matrix.name} {row + 1}", values, base=base, rate=given.rate)
        for row, values in enumerate(matrix.values)
    )
    return Recording("wfdb", channels, (), "", tuple(doubts))


def _bytes(files: Mapping[str, bytes], name: str) -> bytes:
    """The file a header names: by that very name, or but for upper and lower case."""
    if name in files:
        return files[name]
    near = {one.lower(): one for one in files}
    if name.lower() in near:
        return files[near[name.lower()]]
    raise BadRecording("missing_file", name)


def _file(
    name: str, data: bytes, signals: Sequence[Signal], header: Header, doubts: list[Doubt]
) -> list[Channel]:
    forms = {one.format for one in signals}
    if len(forms) != 1 or not forms <= set(DECODERS):
        raise BadRecording("unknown_format", name, format=", ".join(map(str, sorted(forms))))
    form = signals[0].format
    offset = _offset(name, data, signals[0])
    across = sum(one.frame for one in signals)
    size, held = PACKED[form]
    if (len(data) - offset) // size * held > MOST_SAMPLES:
        raise BadRecording("too_many_samples", name, most=MOST_SAMPLES)
    samples = DECODERS[form](data[offset:])
    frames = len(samples) // across
    if header.samples:
        if frames < header.samples:
            doubts.append(
                Doubt("short_file", name, {"samples": frames, "expected": header.samples})
            )
        frames = min(frames, header.samples)
    if not frames:
        raise BadRecording("no_samples", name, byte=offset)
    table = samples[: frames * across].reshape(frames, across)
    channels, at = [], 0
    for signal in signals:
        raw = table[:, at : at + signal.frame].reshape(-1)
        at += signal.frame
        channels.append(_channel(signal, raw, header, doubts))
    return channels


def _offset(name: str, data: bytes, signal: Signal) -> int:
    if signal.offset is not None:
        return signal.offset
    if name.lower().endswith(".mat") and is_matlab4(data):
        return read_matlab4(data, name).offset
    return 0


def _channel(signal: Signal, raw: Samples, header: Header, doubts: list[Doubt]) -> Channel:
    if signal.format == 8:
        raw = np.cumsum(raw, dtype=np.int64) + signal.first
    if signal.checksum is not None and (header.samples in (0, len(raw) // signal.frame)):
        found = int(np.sum(raw, dtype=np.int64)) & 0xFFFF
        if found != signal.checksum & 0xFFFF:
            doubts.append(Doubt("checksum", signal.name or signal.file))
    values = (raw - float(signal.baseline)) / signal.gain
    gap = GAPS.get(signal.format)
    if gap is not None:
        values[raw == gap] = np.nan
    if signal.skew:
        late = min(signal.skew * signal.frame, len(values))
        values = np.concatenate([values[late:], np.full(late, np.nan)])
        doubts.append(Doubt("skew", signal.name or signal.file, {"samples": signal.skew}))
    return Channel(
        name=signal.name or signal.file,
        values=values,
        unit=signal.unit,
        base=BY_RATE,
        rate=header.rate * signal.frame,
    )


def _annotations(files: Mapping[str, bytes], rate: float, doubts: list[Doubt]) -> tuple[Event, ...]:
    """The reference annotations first; another file of the same record only where there are none."""
    for ending in (".atr", ".qrs"):
        for name, data in sorted(files.items()):
            if name.lower().endswith(ending):
                try:
                    return read_events(data, rate, name)
                except BadRecording as broken:
                    doubts.append(Doubt(broken.code, name, broken.args_))
    return ()
