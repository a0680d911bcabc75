"""Broken files of every format: they are read as far as they go, or said to be unreadable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.engines.measurement.signals import (
    BadRecording,
    envelope,
    figures_of,
    pulse_of_channel,
    read_recording,
    spectrum_of,
    step_of,
    timing_of,
)

from .files import atr_bytes, edf_bytes, matlab4_bytes, sigrok_bytes, wav_bytes, wfdb_bytes
from .test_formats import METADATA, VCD, labchart

WHOLE = {
    "a.csv": b"t (s),u (V)\n0,1\n0.1,2\n0.2,x\n0.3,\n",
    "a.tsv": b"t;u\n0,0;1,5\n0,1;2,5\n",
    "a.txt": labchart((1.0, "0\t1\t2\n0.5\t2\t3\n"), (1.001, "0\t1\t2\n")),
    "a.edf": edf_bytes(["P"], ["kPa"], [[[1, 2]], [[3, 4]]], kind="EDF+D", notes=[b"+0\x14\x14\0", b"+5\x14\x14\0"]),
    "a.sr": sigrok_bytes(2, {"logic-1-1": b"\1\0\0\0", "analog-1-11-1": b"\0\0\x80?"}, METADATA + "analog11=A0\n"),
    "a.vcd": VCD.encode(),
    "a.wav": wav_bytes(np.arange(8).reshape(4, 2)),
    "a.mat": matlab4_bytes(np.array([[1, 2, 3]])),
}  # fmt: skip
RECORD = {
    "r.hea": b"r 1 100 6\nr.dat 212 10(0)/mV 12 0 1 21 0 x\n",
    "r.dat": wfdb_bytes(212, [1, 2, 3, 4, 5, 6]),
    "r.atr": atr_bytes([(1, 1), (5000, 28)], "(N"),
}
hard = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def everything(files: dict[str, bytes]) -> None:
    """Read and derive all there is; only a said refusal may come out."""
    try:
        found = read_recording(files)
    except BadRecording:
        return
    for one in found.channels:
        envelope(one, one.starts_at, one.ends_at)
        envelope(one.part(one.starts_at, one.ends_at / 2), 0, one.ends_at / 2 or 1)
        figures_of(one), spectrum_of(one), step_of(one), timing_of(one), pulse_of_channel(one)


def broken(data: bytes, draw) -> bytes:
    """The bytes cut off, with some changed, doubled or taken out."""
    changed = bytearray(data)
    for _n in range(draw(st.integers(0, 6))):
        if changed:
            at = draw(st.integers(0, len(changed) - 1))
            changed[at] = draw(st.integers(0, 255))
    start = draw(st.integers(0, len(changed)))
    stop = draw(st.integers(start, min(len(changed), start + 20)))
    way = draw(st.sampled_from(["keep", "cut", "out", "twice"]))
    if way == "cut":
        return bytes(changed[:start])
    if way == "out":
        return bytes(changed[:start] + changed[stop:])
    return (
        bytes(changed[:start] + changed[start:stop] * 2 + changed[stop:])
        if way == "twice"
        else bytes(changed)
    )


@pytest.mark.parametrize("name", WHOLE)
@hard
@given(st.data())
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_broken_file_is_refused_or_read(name, data):
    everything({name: broken(WHOLE[name], data.draw)})


@hard
@given(st.data())
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_broken_record_is_refused_or_read(data):
    name = data.draw(st.sampled_from(sorted(RECORD)))
    everything({**RECORD, name: broken(RECORD[name], data.draw)})


@hard
@given(st.binary(max_size=400), st.sampled_from([*WHOLE, "r.hea", "r.dat", "r.atr", "noname"]))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_any_bytes_under_any_name_are_refused_or_read(data, name):
    everything({name: data})
