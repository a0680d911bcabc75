"""Signals: from the bytes of a file to channels, curves that can be drawn, and figures."""

from __future__ import annotations

from .beats import Pulse, pulse_of_channel, pulse_of_events
from .decimation import BINS, Envelope, envelope
from .figures import Figures, Spectrum, Step, figures_of, spectrum_of, step_of
from .reading import read_recording
from .recording import (
    ANALOG,
    BY_RATE,
    BY_TIMES,
    COUNTS,
    HELD,
    LOGIC,
    NO_TIME,
    BadRecording,
    Channel,
    Doubt,
    Event,
    Given,
    Recording,
)
from .replicates import Comparison, Replicate, compare, compared, split
from .timing import Timing, timing_of

__all__ = [
    "ANALOG",
    "BINS",
    "BY_RATE",
    "BY_TIMES",
    "COUNTS",
    "HELD",
    "LOGIC",
    "NO_TIME",
    "BadRecording",
    "Channel",
    "Comparison",
    "Doubt",
    "Envelope",
    "Event",
    "Figures",
    "Given",
    "Pulse",
    "Recording",
    "Replicate",
    "Spectrum",
    "Step",
    "Timing",
    "compare",
    "compared",
    "envelope",
    "figures_of",
    "pulse_of_channel",
    "pulse_of_events",
    "read_recording",
    "spectrum_of",
    "split",
    "step_of",
    "timing_of",
]
