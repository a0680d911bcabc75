"""Curves as SVG paths: numbers in, shapes out. Axes are per cent, so that text keeps its size.

The curve is drawn in a square of 1000 by 1000 that is stretched over the picture; ticks and gaps
are per cent of its width or height, counted from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

SIDE = 1000.0
MARGIN = 0.06  # of the height, above and below the curve
STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the picture; ``at`` is in per cent as text with a point."""

    at: str
    value: float
    label: str
    beside: str = "-3"  # how far its words stand off the line; below it where it is at the top


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without samples, in per cent of the width."""

    at: str
    width: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn of one channel. ``filled`` means a band from least to most of each bin."""

    path: str
    filled: bool
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    low: float | None
    high: float | None


def curve_of(plot: Mapping[str, Any]) -> Curve:
    """The curve of a plotted channel: ``start``, ``end``, ``low``, ``high``, ``at``, ``gaps``."""
    start, end = float(plot["start"]), float(plot["end"])
    low, high, at = plot["low"], plot["high"], plot["at"]
    known = [one for one in (*low, *high) if one is not None]
    x_ticks = _x_ticks(start, end)
    if not known:
        return Curve("", False, x_ticks, (), _gaps(plot["gaps"], start, end), None, None)
    bottom, top = _range(min(known), max(known), plot.get("kind") == "logic")
    banded = at is None
    path = _band(low, high, bottom, top) if banded else _line(at, low, start, end, bottom, top)
    return Curve(
        path=path,
        filled=banded,
        x_ticks=x_ticks,
        y_ticks=() if plot.get("kind") == "logic" else _y_ticks(bottom, top),
        gaps=_gaps(plot["gaps"], start, end),
        low=min(known),
        high=max(known),
    )


def spectrum_curve(frequencies: Sequence[float], densities: Sequence[float]) -> Curve | None:
    """A spectrum in decibels below its strongest line, down to 80; None where there is none."""
    most = max(densities, default=0.0)
    if most <= 0:
        return None
    levels = [max(-80.0, 10 * log10(one / most)) if one > 0 else -80.0 for one in densities]
    plot = {
        "start": 0.0,
        "end": frequencies[-1],
        "low": levels,
        "high": levels,
        "at": list(frequencies),
        "gaps": [],
    }
    return curve_of(plot)


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, at most ``most`` of them."""
    if not (isfinite(low) and isfinite(high)) or high <= low:
        return []
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * one for one in STEPS if power * one >= rough * (1 - 1e-9))
    first = floor(low / step) + (0 if low / step == floor(low / step) else 1)
    ticks: list[float] = []
    number = first
    while number * step <= high + step * 1e-9 and len(ticks) < most + 1:
        ticks.append(float(f"{number * step:.10g}"))
        number += 1
    return ticks


def tick_label(value: float, span: float) -> str:
    """A tick with as many figures as its neighbours differ by."""
    if value == 0:
        return "0"
    if abs(value) >= 1e6 or abs(value) < 1e-4:
        return f"{value:.4g}"
    places = max(0, min(9, 2 - floor(log10(span)))) if span > 0 else 3
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _range(low: float, high: float, logic: bool) -> tuple[float, float]:
    if logic:
        return -0.15, 1.15
    if low == high:
        half = abs(low) * 0.1 or 1.0
        return low - half, high + half
    room = (high - low) * MARGIN
    return low - room, high + room


def _x_ticks(start: float, end: float) -> tuple[Tick, ...]:
    if end <= start:
        return ()
    return tuple(
        Tick(_per_cent((one - start) / (end - start)), one, tick_label(one, end - start))
        for one in nice_ticks(start, end, 6)
    )


def _y_ticks(bottom: float, top: float) -> tuple[Tick, ...]:
    return tuple(
        Tick(
            _per_cent((top - one) / (top - bottom)),
            one,
            tick_label(one, top - bottom),
            "12" if top - one < 0.12 * (top - bottom) else "-3",
        )
        for one in nice_ticks(bottom, top, 5)
    )


def _gaps(gaps: Sequence[Sequence[float]], start: float, end: float) -> tuple[Gap, ...]:
    span = end - start
    if span <= 0:
        return ()
    return tuple(
        Gap(_per_cent((first - start) / span), _per_cent(max((last - first) / span, 0.001)))
        for first, last in gaps
    )


def _line(
    at: Sequence[float],
    values: Sequence[float | None],
    start: float,
    end: float,
    bottom: float,
    top: float,
) -> str:
    """A line through single samples, broken where one is missing."""
    parts, pen = [], False
    width = (end - start) or 1.0
    for moment, value in zip(at, values, strict=True):
        if value is None:
            pen = False
            continue
        x = SIDE * (moment - start) / width
        y = SIDE * (top - value) / (top - bottom)
        parts.append(f"{'L' if pen else 'M'}{x:.1f} {y:.1f}")
        if not pen:
            parts.append("h.1")  # a lone sample is still a dot
        pen = True
    return "".join(parts)


def _band(
    low: Sequence[float | None], high: Sequence[float | None], bottom: float, top: float
) -> str:
    """A band between least and most of every bin, in as many pieces as bins without samples leave."""
    pieces: list[str] = []
    run: list[tuple[float, float, float]] = []
    width = SIDE / max(1, len(low))
    for number, (least, most) in enumerate(zip(low, high, strict=True)):
        if least is None or most is None:
            pieces += _piece(run)
            run = []
            continue
        up, down = SIDE * (top - most) / (top - bottom), SIDE * (top - least) / (top - bottom)
        run.append(((number + 0.5) * width, up, down))
    return "".join([*pieces, *_piece(run)])


def _piece(run: Sequence[tuple[float, float, float]]) -> list[str]:
    if not run:
        return []
    over = [f"{x:.1f} {up:.1f}" for x, up, _down in run]
    under = [f"{x:.1f} {down:.1f}" for x, _up, down in reversed(run)]
    return [f"M{'L'.join([*over, *under])}Z"]


def _per_cent(share: float) -> str:
    return f"{100 * share:.3f}%"
