"""How long does a long recording take to be read, drawn and opened?

    python benchmarks/dossier_signals.py [--quick] [--samples N] [--rounds N]

A two-channel WFDB record of 650,000 samples (format 212, 360 a second) is generated: beats,
noise, one spike of a single sample and a gap. It is read from its bytes, drawn whole, drawn in a
part, and its figures are derived; every time is the middle of the rounds. ``open_s`` is reading,
drawing the whole and turning it into the paths of the page; ``spike_kept`` says that the spike is
still in the band that is drawn. ``--quick`` does one round. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.measurement.signals import (
    envelope,
    figures_of,
    pulse_of_channel,
    read_recording,
    spectrum_of,
)
from karvan.stages.dossiers.plotting import curve_of

RATE, SPIKE = 360, 123_457


def record(samples: int) -> dict[str, bytes]:
    """Two channels of beats with noise, packed two samples in three bytes."""
    rng = np.random.default_rng(1)
    time_ = np.arange(samples) / RATE
    beats = 300 * np.exp(-(((time_ % 0.8) - 0.4) ** 2) / 2e-4)
    first = np.round(beats + rng.normal(0, 8, samples)).astype(int)
    second = np.round(0.6 * beats + rng.normal(0, 8, samples)).astype(int)
    first[SPIKE % samples] = 2000
    second[samples // 2 : samples // 2 + 5000] = -2048  # what the format calls no sample
    a, b = first & 0xFFF, second & 0xFFF
    packed = np.empty((samples, 3), np.uint8)
    packed[:, 0], packed[:, 1], packed[:, 2] = a & 0xFF, a >> 8 | (b >> 8) << 4, b & 0xFF
    header = f"r 2 {RATE} {samples}\nr.dat 212 200 12 0 0 0 0 II\nr.dat 212 200 12 0 0 0 0 V5\n"
    header = header.replace(" 0 0 0 0 ", f" 0 {first[0]} {_sum(first)} 0 ", 1)
    header = header.replace(" 0 0 0 0 ", f" 0 {second[0]} {_sum(second)} 0 ", 1)
    return {"r.hea": header.encode(), "r.dat": packed.tobytes()}


def _sum(values: Any) -> int:
    return int((int(values.sum()) + (1 << 15)) % (1 << 16) - (1 << 15))


def timed(rounds: int, act: Callable[[], Any]) -> tuple[float, Any]:
    """The middle of the rounds, and what the act gave."""
    times, given = [], None
    for _round in range(rounds):
        began = time.perf_counter()
        given = act()
        times.append(time.perf_counter() - began)
    return statistics.median(times), given


def drawn(recording: Any, start: float, end: float) -> list[Any]:
    """What the page draws: envelopes turned into paths."""
    curves = []
    for one in recording.channels:
        band = envelope(one, start, end)
        names = ("start", "end", "low", "high", "at", "gaps")
        plot = {name: getattr(band, name) for name in names}
        curves.append((band, curve_of({**plot, "kind": one.kind})))
    return curves


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--samples", type=int, default=650_000)
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    rounds = 1 if given.quick else given.rounds
    files = record(given.samples)
    read_s, recording = timed(rounds, lambda: read_recording(files))
    plot_s, curves = timed(rounds, lambda: drawn(recording, 0, recording.ends_at))
    part_s, _part = timed(rounds, lambda: drawn(recording, 60, 70))
    figures_s, _figures = timed(
        rounds, lambda: [(figures_of(one), spectrum_of(one)) for one in recording.channels]
    )
    beats_s, pulse = timed(rounds, lambda: pulse_of_channel(recording.channels[0]))
    result = {
        "samples": recording.count,
        "channels": len(recording.channels),
        "read_s": round(read_s, 3),
        "plot_s": round(plot_s, 3),
        "open_s": round(read_s + plot_s, 3),
        "part_s": round(part_s, 3),
        "figures_s": round(figures_s, 3),
        "beats_s": round(beats_s, 3),
        "all_s": round(read_s + plot_s + figures_s + beats_s, 3),
        "path_bytes": sum(len(curve.path) for _band, curve in curves),
        "spike_kept": max(x for x in curves[0][0].high if x is not None) == 10.0,
        "gaps": len(curves[1][0].gaps),
        "doubts": [one.code for one in recording.doubts],
        "pulse": round(pulse.rate, 2) if pulse else None,
    }
    for name, value in result.items():
        print(f"{name:12} {value}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
