"""Repeated captures of one series: each by itself first, pooled only after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from karvan.engines.measurement.signals import Comparison, Replicate, compared

from ..models import SignalCapture


@dataclass(frozen=True, slots=True)
class SeriesChannel:
    """One channel through a series. ``comparison`` is None where units differ or are missing."""

    name: str
    unit: str
    comparison: Comparison | None
    units: tuple[str, ...]


def compare_series(captures: Sequence[SignalCapture]) -> list[SeriesChannel]:
    """Every analogue channel that at least two captures have, replicate by replicate."""
    names = list(
        dict.fromkeys(
            channel["name"]
            for capture in captures
            for channel in capture.figures.get("channels", [])
            if channel.get("figures")
        )
    )
    return [found for name in names if (found := _channel(name, captures)) is not None]


def _channel(name: str, captures: Sequence[SignalCapture]) -> SeriesChannel | None:
    replicates, units = [], []
    for capture in captures:
        for channel in capture.figures.get("channels", []):
            if channel["name"] == name and channel.get("figures"):
                units.append(channel["unit"])
                replicates.append(_replicate(capture, channel["figures"]))
    if len(replicates) < 2:
        return None
    distinct = tuple(dict.fromkeys(units))
    if len(distinct) > 1 or not distinct[0]:
        return SeriesChannel(name, "", None, distinct)
    return SeriesChannel(name, distinct[0], compared(replicates), distinct)


def _replicate(capture: SignalCapture, figures: dict[str, float]) -> Replicate:
    n = int(figures["samples"] - figures["missing"])
    spread = figures["deviation"] * (n / (n - 1)) ** 0.5 if n > 1 else None
    label = str(capture.replicate) if capture.replicate else capture.title
    return Replicate(label, n, figures["mean"], spread)
