"""Pulse rate and its variation, from annotated beats or from beats found in the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import signal

from .figures import evenly
from .recording import Channel, Event, Samples

ECG_NAMES = {
    "i", "ii", "iii", "mli", "mlii", "mliii", "avr", "avl", "avf", "v", "v1", "v2", "v3", "v4",
    "v5", "v6", "ecg", "ekg",
}  # fmt: skip
PULSE_NAMES = {"pleth", "ppg", "pulse", "ir", "red", "spo2 wave", "abp", "art"}
FASTEST = 240 / 60


@dataclass(frozen=True, slots=True)
class Pulse:
    """Mean rate in beats a minute, standard deviation of intervals (SDNN) in milliseconds."""

    beats: int
    rate: float
    sdnn: float
    annotated: bool


def pulse_of_events(events: Sequence[Event]) -> Pulse | None:
    """From annotated beats of every kind; None where there are fewer than three."""
    return _pulse(np.array([one.at for one in events if one.beat]), annotated=True)


def pulse_of_channel(channel: Channel) -> Pulse | None:
    """From beats found in a curve whose name says that it has some; else None."""
    name = channel.name.lower().removeprefix("ecg ").split("-")[0].strip()
    if name in ECG_NAMES:
        return _pulse(_found(channel, (5.0, 15.0), slopes=True), annotated=False)
    if name in PULSE_NAMES:
        return _pulse(_found(channel, (0.5, 8.0), slopes=False), annotated=False)
    return None


def _found(channel: Channel, band: tuple[float, float], *, slopes: bool) -> Samples:
    """Moments of beats: band, slope and energy for an ECG (after Pan and Tompkins), tops else."""
    even = evenly(channel)
    if even is None or even[1] < 4 * band[1] or len(even[0]) < 3 * even[1]:
        return np.array([])
    values, rate = even
    kept = signal.sosfiltfilt(signal.butter(2, band, "bandpass", fs=rate, output="sos"), values)
    if slopes:
        width = max(1, int(0.12 * rate))
        energy = np.gradient(kept) ** 2
        kept = np.convolve(energy, np.ones(width) / width, "same")
    apart = max(1, int(rate / FASTEST))
    peaks, _told = signal.find_peaks(kept, height=_level(kept, int(2 * rate)), distance=apart)
    start = channel.starts_at
    return np.asarray(start + peaks / rate, float)


def _level(kept: Samples, part: int) -> Samples:
    """A third of what tops usually are around: one artefact does not hide the other beats."""
    starts = np.arange(0, len(kept), part)
    tops = np.maximum.reduceat(kept, starts)
    middle = np.array([np.median(tops[max(0, at - 4) : at + 5]) for at in range(len(tops))])
    return np.asarray(np.interp(np.arange(len(kept)), starts + part / 2, middle / 3))


def _pulse(moments: Samples, *, annotated: bool) -> Pulse | None:
    if len(moments) < 3:
        return None
    intervals = np.diff(moments)
    return Pulse(
        beats=len(moments),
        rate=float(60 / intervals.mean()),
        sdnn=float(1000 * intervals.std(ddof=1)),
        annotated=annotated,
    )
