"""From the stored files of a capture to its recording, what is drawn and what is derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from karvan.engines.measurement.signals import (
    HELD,
    NO_TIME,
    BadRecording,
    Channel,
    Given,
    Recording,
    compare,
    envelope,
    figures_of,
    pulse_of_channel,
    pulse_of_events,
    read_recording,
    spectrum_of,
    split,
    step_of,
    timing_of,
)
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file

from ..errors import Unreadable
from ..models import SignalCapture
from ..reading.signal_words import said_of_fault

SHOWN_CHANNELS = 24
KEPT_EVENTS, KEPT_DOUBTS = 10_000, 60


def read_files(files: Iterable[StoredFile], given: Given) -> Recording:
    """Read stored files as one recording.

    Raises:
        Unreadable: with what is wrong and up to where it could be read.
    """
    data = {}
    for one in files:
        with open_file(one) as opened:
            data[one.name] = opened.read()
    try:
        return read_recording(data, given)
    except BadRecording as broken:
        raise Unreadable(said_of_fault(broken.code, broken.where, broken.args_)) from None


def recording_of(capture: SignalCapture) -> Recording:
    """The recording of a capture, with what a person answered.

    Raises:
        Unreadable: its files can no longer be read.
    """
    return read_files(capture.files.order_by("pk"), given_of(capture.channels))


def given_of(channels: Iterable[Mapping[str, Any]]) -> Given:
    """What a person said of a capture, as its channels keep it."""
    listed = list(channels)
    first: Mapping[str, Any] = next((one["given"] for one in listed if one.get("given")), {})
    return Given(
        units={one["name"]: one["unit"] for one in listed if one.get("unit_given")},
        scales={
            one["name"]: (one["scale"], one["offset"])
            for one in listed
            if (one.get("scale", 1), one.get("offset", 0)) != (1, 0)
        },
        rate=first.get("rate"),
        time_unit=first.get("time_unit", ""),
        no_time=bool(first.get("no_time")),
    )


def channels_kept(recording: Recording, given: Given) -> list[dict[str, Any]]:
    """The channels as a capture keeps them."""
    said = {"rate": given.rate, "time_unit": given.time_unit, "no_time": given.no_time}
    kept = []
    for one in recording.channels:
        scale, offset = given.scales.get(one.name, (1, 0))
        kept.append(
            {
                "name": one.name,
                "kind": one.kind,
                "unit": one.unit or "",
                "unit_given": bool(one.unit) and one.name in given.units,
                "suggested": one.suggested,
                "base": one.base,
                "sample_rate": one.rate,
                "scale": scale,
                "offset": offset,
                "given": said if any(said.values()) else {},
            }
        )
    return kept


def asks(recording: Recording, given: Given) -> bool:
    """True while a unit, the unit of time, or how rows stand in time has to be asked for."""
    lacks_time = recording.asks_rate and not given.no_time and recording.groups is None
    lacks_unit = any(one.asks_unit for one in recording.channels)
    return lacks_unit or recording.asks_time_unit or lacks_time


def doubts_kept(recording: Recording) -> list[dict[str, Any]]:
    """The doubts as a capture keeps them; that some are left out is itself a doubt."""
    doubts = [
        {"code": one.code, "where": one.where, "args": dict(one.args)} for one in recording.doubts
    ]
    found = len(recording.events)
    if found > KEPT_EVENTS:
        words = {"kept": KEPT_EVENTS, "found": found}
        doubts.append({"code": "events_cut", "where": "", "args": words})
    if len(doubts) > KEPT_DOUBTS:
        words = {"kept": KEPT_DOUBTS, "found": len(doubts)}
        cut = {"code": "doubts_cut", "where": "", "args": words}
        doubts = [*doubts[:KEPT_DOUBTS], cut]
    return doubts


def events_kept(recording: Recording) -> list[list[Any]]:
    """The events as a capture keeps them: moment, code, text, whether a beat."""
    return [
        [round(one.at, 6), one.code, one.text[:120], one.beat]
        for one in recording.events[:KEPT_EVENTS]
    ]


def span_of(recording: Recording) -> tuple[float, float]:
    """From the first moment of any channel to the last."""
    starts = min((one.starts_at for one in recording.channels), default=0.0)
    return starts, max(recording.ends_at, starts)


def plot_of(recording: Recording, start: float, end: float) -> dict[str, Any]:
    """What the page draws from ``start`` to ``end``: at most 1,600 points a channel."""
    drawn = []
    for one in recording.channels[:SHOWN_CHANNELS]:
        curve = envelope(one, start, end)
        drawn.append(
            {
                "name": one.name,
                "unit": one.unit or "",
                "kind": one.kind,
                "timed": one.base != NO_TIME,
                "held": one.base == HELD,
                **{name: _listed(value) for name, value in asdict(curve).items()},
            }
        )
    return {"start": start, "end": end, "channels": drawn}


def figures_kept(recording: Recording, start: float, end: float) -> dict[str, Any]:
    """What is derived of every channel between two moments."""
    whole = (start, end) == span_of(recording)
    listed = [one if whole else one.part(start, end) for one in recording.channels]
    beats = [one for one in recording.events if start <= one.at <= end]
    annotated = pulse_of_events(beats)
    return {
        "start": start,
        "end": end,
        "channels": [_derived(one, annotated is None) for one in listed],
        "pulse": asdict(annotated) if annotated else None,
        "replicates": _replicates(recording),
    }


def _derived(channel: Channel, find_beats: bool) -> dict[str, Any]:
    timing = timing_of(channel)
    found: dict[str, Any] = {"name": channel.name, "unit": channel.unit or "", "kind": channel.kind}
    if timing is not None:
        return {**found, "timing": asdict(timing)}
    figures, spectrum, step = figures_of(channel), spectrum_of(channel), step_of(channel)
    pulse = pulse_of_channel(channel) if find_beats else None
    return {
        **found,
        "figures": asdict(figures) if figures else None,
        "spectrum": asdict(spectrum) if spectrum else None,
        "step": asdict(step) if step else None,
        "pulse": asdict(pulse) if pulse else None,
    }


def _replicates(recording: Recording) -> list[dict[str, Any]]:
    """Each channel of a table with replicates: by replicate first, pooled after."""
    if recording.groups is None:
        return []
    told = []
    for one in recording.channels:
        found = compare(split(one.values, recording.groups[1]))
        if found is not None:
            told.append({"name": one.name, "unit": one.unit or "", **asdict(found)})
    return told


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
