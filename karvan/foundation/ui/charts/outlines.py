"""The outlines of countries that come with the platform: see ``atlas/SOURCES.md``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .polygons import Point, area

ATLAS = Path(__file__).parents[1] / "atlas" / "outlines.json"


@dataclass(frozen=True, slots=True)
class Outline:
    """A country's rings in degrees, the largest first, and a point well inside it.

    A small state has no rings, and land without a country's code has no point.
    """

    rings: tuple[tuple[Point, ...], ...]
    point: Point | None


@cache
def outlines() -> dict[str, Outline]:
    """Every country by its two letters; "" is land without a code. Read once: about 10 ms."""
    kept = json.loads(ATLAS.read_text())
    quantum = kept["quantum"]
    return {
        code: Outline(
            tuple(sorted((_ring(steps, quantum) for steps in one["rings"]), key=area)[::-1]),
            (one["point"][0] / quantum, one["point"][1] / quantum) if "point" in one else None,
        )
        for code, one in kept["countries"].items()
    }


def outline_of(country: str) -> Outline | None:
    """The outline of a country by its two letters; None where the atlas has no such country."""
    return outlines().get(country) if country else None


def _ring(steps: list[int], quantum: int) -> tuple[Point, ...]:
    x = y = 0
    points = []
    for across, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + down
        points.append((x / quantum, y / quantum))
    return tuple(points)
