"""From the files a person sent to one recording: which format they are, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from .edf import is_edf, read_edf
from .labchart import is_labchart, read_labchart
from .recording import ANALOG, BY_RATE, NO_TIME, BadRecording, Channel, Given, Recording
from .sigrok import is_sigrok, read_sigrok
from .tables import read_text
from .vcd import read_vcd
from .wav import is_wav, read_wav
from .wfdb import read_wfdb

WFDB = (".hea", ".dat", ".mat", ".atr", ".qrs")
NOTHING_GIVEN = Given()


def read_recording(files: Mapping[str, bytes], given: Given = NOTHING_GIVEN) -> Recording:
    """Read one recording from its files, by name; what the person said is put in.

    Raises:
        BadRecording: what cannot be read, in which file, and up to where it could be.
    """
    if not files:
        raise BadRecording("no_files")
    return answered(_read(files, given), given)


def _read(files: Mapping[str, bytes], given: Given) -> Recording:
    if any(name.lower().endswith(WFDB) for name in files):
        return read_wfdb(files, given)
    if len(files) > 1:
        raise BadRecording("several_files", ", ".join(sorted(files)))
    name, data = next(iter(files.items()))
    if not data.strip():
        raise BadRecording("empty", name)
    known: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Recording]], ...] = (
        (is_wav, read_wav),
        (is_edf, read_edf),
        (is_sigrok, read_sigrok),
        (is_labchart, read_labchart),
    )
    for fits, read in known:
        if fits(data):
            return read(data)
    ending = name.lower().rpartition(".")[2]
    if ending == "vcd" or b"$enddefinitions" in data[:200_000]:
        return read_vcd(data)
    wanted = {"sr": "bad_zip", "edf": "bad_edf", "bdf": "bad_edf", "wav": "bad_wav"}
    if ending in wanted:
        raise BadRecording(wanted[ending], name, byte=0, text="")
    found = read_text(data, given)
    return replace(found, format="tsv") if ending == "tsv" else found


def answered(found: Recording, given: Given) -> Recording:
    """The recording with the units, scales and rate that a person gave where the file tells none."""
    return replace(found, channels=tuple(_with(one, given) for one in found.channels))


def _with(one: Channel, given: Given) -> Channel:
    values, unit, base, rate = one.values, one.unit, one.base, one.rate
    if one.kind == ANALOG and one.unit is None and given.units.get(one.name):
        unit = given.units[one.name]
    if one.name in given.scales:
        factor, offset = given.scales[one.name]
        values = np.asarray(values, float) * factor + offset
    if not np.isfinite(values).all():
        values = np.where(np.isfinite(values), values, np.nan)  # what is endless is no measurement
    if base == NO_TIME and given.rate and not given.no_time:
        base, rate = BY_RATE, given.rate
    return replace(one, values=values, unit=unit, base=base, rate=rate)
