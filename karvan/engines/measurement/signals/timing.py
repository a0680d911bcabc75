"""Timing of logic channels: how often they change, how long they are high, the shortest pulse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .recording import HELD, LOGIC, Channel


@dataclass(frozen=True, slots=True)
class Timing:
    """What a logic channel does. Parts that it does not show are None."""

    changes: int
    frequency: float | None
    duty: float
    shortest: float | None
    at_rest: int


def timing_of(channel: Channel) -> Timing | None:
    """The timing of a logic channel; None for another one or one that never is 0 or 1.

    ``frequency`` is of whole periods, from the first rising edge to the last. ``shortest`` is
    the shortest stretch between two changes.
    """
    if channel.kind != LOGIC or channel.base != HELD or channel.times is None:
        return None
    values, times = channel.values, channel.times
    lasts = np.diff(np.append(times, max(channel.ends_at, times[-1])))
    known = ~np.isnan(values)
    whole = float(lasts[known].sum())
    if not known.any():
        return None
    high = float(lasts[values == 1].sum())
    rising = times[1:][(values[1:] == 1) & (values[:-1] == 0)]
    spans = np.diff(times[1:]) if len(times) > 2 else np.array([])
    period = float(rising[-1] - rising[0]) if len(rising) > 1 else 0.0
    return Timing(
        changes=len(times) - 1,
        frequency=(len(rising) - 1) / period if period > 0 else None,
        duty=high / whole if whole > 0 else float(values[known][0]),
        shortest=float(spans.min()) if len(spans) else None,
        at_rest=int(values[known][-1]),
    )
