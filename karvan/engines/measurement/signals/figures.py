"""What is usually derived of an analog channel: extremes, mean, rms, spectrum, answer to a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import signal

from .recording import BY_RATE, BY_TIMES, HELD, NO_TIME, Channel, Samples

SEGMENT = 8192
SHOWN_LINES = 400
UNEVEN = 0.6  # how far steps of time may be from their mean for a spectrum to be made


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one channel; means of a held channel weigh each value by how long it held."""

    samples: int
    missing: int
    least: float
    most: float
    mean: float
    deviation: float
    rms: float

    @property
    def peak_to_peak(self) -> float:
        return self.most - self.least


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Power density by frequency (Welch), thinned by the most of each bin; what is strongest.

    ``dominant`` is None where the lowest line is the strongest: that is drift, no frequency.
    """

    frequencies: tuple[float, ...]
    densities: tuple[float, ...]
    dominant: float | None
    resolution: float


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to a step: rise from 10 to 90 %, overshoot in per cent, settling within 2 %.

    ``settling`` is counted from the moment of 10 %; None where it never settles.
    """

    first: float
    last: float
    rise: float
    overshoot: float
    settling: float | None
    at: float


def figures_of(channel: Channel) -> Figures | None:
    """The figures of a channel, gaps left out; None where nothing was measured."""
    values = np.asarray(channel.values, float)
    there = ~np.isnan(values)
    if not there.any():
        return None
    kept = values[there]
    weights = _weights(channel)
    if weights is None or not weights[there].sum():
        mean, square = float(kept.mean()), float(np.mean(kept * kept))
    else:
        mean = float(np.average(kept, weights=weights[there]))
        square = float(np.average(kept * kept, weights=weights[there]))
    return Figures(
        samples=len(values),
        missing=int(len(values) - there.sum()),
        least=float(kept.min()),
        most=float(kept.max()),
        mean=mean,
        deviation=max(0.0, square - mean * mean) ** 0.5,
        rms=square**0.5,
    )


def spectrum_of(channel: Channel) -> Spectrum | None:
    """The spectrum; None where samples are too few, too uneven in time, or in no time.

    Gaps are bridged by straight lines and uneven times are laid on even ones.
    """
    even = evenly(channel)
    if even is None:
        return None
    values, rate = even
    values = values - values.mean()
    if not np.any(np.abs(values) > 1e-12 * max(1.0, float(np.abs(channel.values[0])))):
        return None
    length = min(SEGMENT, len(values))
    frequencies, densities = signal.welch(values, rate, nperseg=length)
    strongest = 1 + int(np.argmax(densities[1:]))
    dominant = _refined(frequencies, densities, strongest) if strongest > 1 else None
    shown_f, shown_d = _thinned(frequencies[1:], densities[1:])
    return Spectrum(shown_f, shown_d, dominant, rate / length)


def evenly(channel: Channel) -> tuple[Samples, float] | None:
    """The samples at an even rate, gaps bridged; None where that would be an invention."""
    values = np.asarray(channel.values, float)
    there = ~np.isnan(values)
    if channel.base == NO_TIME or there.sum() < 16 or there.sum() < 0.8 * len(values):
        return None
    if channel.base == BY_RATE and channel.rate:
        if there.all():
            return values, channel.rate
        places = np.arange(len(values))
        return np.interp(places, places[there], values[there]), channel.rate
    times = channel.axis()
    steps = np.diff(times)
    step = float(np.median(steps)) if channel.base == HELD else float(np.mean(steps))
    if step <= 0 or float(np.abs(steps - step).max()) > UNEVEN * step:
        return None
    grid = np.arange(times[0], times[-1], step)
    return np.interp(grid, times[there], values[there]), 1 / step


def step_of(channel: Channel) -> Step | None:
    """The answer to a step, if the channel is one: two levels, the second kept to the end.

    The first level is the mean of the first 2 %, the last of the last 10 % of the samples; they
    must be further apart than six times what each wavers.
    """
    if channel.base not in (BY_RATE, BY_TIMES):
        return None
    values, times = np.asarray(channel.values, float), channel.axis()
    there = ~np.isnan(values)
    values, times = values[there], times[there]
    if len(values) < 50:
        return None
    before = values[: max(3, len(values) // 50)]
    after = values[-max(5, len(values) // 10) :]
    first, last = float(before.mean()), float(after.mean())
    height = last - first
    wavers = max(float(before.std()), float(after.std()))
    if abs(height) <= 6 * wavers or height == 0:
        return None
    share = (values - first) / height
    low, high = _crossing(share, times, 0.1), _crossing(share, times, 0.9)
    if low is None or high is None or high < low:
        return None
    outside = np.flatnonzero(np.abs(share - 1) > 0.02)
    settled = None
    if len(outside) and outside[-1] + 1 < len(times):
        settled = float(times[outside[-1] + 1]) - low
    return Step(
        first=first,
        last=last,
        rise=high - low,
        overshoot=max(0.0, 100 * (float(share.max()) - 1)),
        settling=settled,
        at=low,
    )


def _crossing(share: Samples, times: Samples, level: float) -> float | None:
    """When the level is first reached, between samples by a straight line."""
    above = np.flatnonzero(share >= level)
    if not len(above):
        return None
    at = int(above[0])
    if at == 0:
        return float(times[0])
    part = (level - share[at - 1]) / (share[at] - share[at - 1])
    return float(times[at - 1] + part * (times[at] - times[at - 1]))


def _weights(channel: Channel) -> Samples | None:
    """How long each value of a held channel held; None for other channels."""
    if channel.base != HELD or channel.times is None:
        return None
    return np.maximum(np.diff(np.append(channel.times, channel.ends_at)), 0.0)


def _refined(frequencies: Samples, densities: Samples, at: int) -> float:
    """The top of the parabola through the strongest line and its neighbours, in decibels."""
    if not 0 < at < len(densities) - 1 or densities[at - 1 : at + 2].min() <= 0:
        return float(frequencies[at])
    left, middle, right = np.log(densities[at - 1 : at + 2])
    bend = left - 2 * middle + right
    moved = max(-0.5, min(0.5, 0.5 * (left - right) / bend)) if bend < 0 else 0.0
    return float(frequencies[at] + moved * (frequencies[1] - frequencies[0]))


def _thinned(
    frequencies: Samples, densities: Samples
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if len(frequencies) > SHOWN_LINES:
        edges = np.linspace(0, len(frequencies), SHOWN_LINES + 1).astype(int)[:-1]
        tops = [
            int(begin + np.argmax(densities[begin:end]))
            for begin, end in zip(edges, [*edges[1:], len(frequencies)], strict=True)
        ]
        frequencies, densities = frequencies[tops], densities[tops]
    return (
        tuple(float(f"{one:.6g}") for one in frequencies),
        tuple(float(f"{one:.4g}") for one in densities),
    )
