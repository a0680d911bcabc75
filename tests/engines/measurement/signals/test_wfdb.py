"""WFDB records: every form of samples, several files, gaps, what is wrong and where."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.measurement.signals import (
    BadRecording,
    pulse_of_channel,
    pulse_of_events,
    read_recording,
)
from tests.shared import shared_path

from .files import atr_bytes, matlab4_bytes, wfdb_bytes

RANGES = {
    8: (-100, 100), 16: (-32767, 32767), 24: (-8388607, 8388607), 32: (-2147483647, 2147483647),
    61: (-32767, 32767), 80: (-127, 127), 160: (-32767, 32767), 212: (-2047, 2047),
    310: (-511, 511), 311: (-511, 511),
}  # fmt: skip


def record(
    form: int, samples: list[int], *, extra: str = "", signals: int = 2, head: str = ""
) -> dict:
    frames = len(samples) // signals
    lines = [head or f"r {signals} 100 {frames}"]
    lines += [f"r.dat {form}{extra} 10(5)/mV 12 0 0" for _n in range(signals)]
    return {"r.hea": "\n".join(lines).encode(), "r.dat": wfdb_bytes(form, samples)}


@pytest.mark.parametrize("form", [form for form in RANGES if form != 8])
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_form_gives_back_the_samples_that_were_written(form, data):
    low, high = RANGES[form]
    frames = 3 * data.draw(st.integers(1, 8))
    samples = data.draw(st.lists(st.integers(low, high), min_size=2 * frames, max_size=2 * frames))

    found = read_recording(record(form, samples))

    first, second = (one.values * 10 + 5 for one in found.channels)
    assert np.allclose(first, samples[0::2]) and np.allclose(second, samples[1::2])


def test_differences_are_summed_from_the_first_value():
    steps = [2, 1, -1, 3]
    files = {
        "r.hea": b"r 1 100 4\nr.dat 8 1(0)/mV 12 0 7",
        "r.dat": np.array(steps, "i1").tobytes(),
    }

    assert read_recording(files).channels[0].values.tolist() == [9, 10, 9, 12]


@pytest.mark.parametrize("form", [form for form in RANGES if form != 8])
def test_the_least_sample_is_a_gap(form):
    gap = {24: -(1 << 23), 32: -(1 << 31), 80: -128, 212: -2048, 310: -512, 311: -512}
    samples = [1, gap.get(form, -(1 << 15)), 2, 3, 4, 5]

    found = read_recording(record(form, samples, signals=1))

    assert np.isnan(found.channels[0].values).tolist() == [False, True, False, False, False, False]


def test_signals_may_lie_in_several_files_and_more_often_than_once_a_frame():
    head = (
        "# before\nr 3 100 4 12:30:00 01/02/2020\n\n"
        "a.dat 16x2 10/mV 12 0 0 0 0 fast\nb.dat 16+4 2(0)/V 12 0 0 0 0 slow one\na.dat 16 0 12 0 0 0 0 raw\n# after"
    )
    files = {
        "r.hea": head.encode(),
        "a.dat": wfdb_bytes(16, [1, 2, 100, 3, 4, 200, 5, 6, 300, 7, 8, 400]),
        "b.dat": b"skip" + wfdb_bytes(16, [2, 4, 6, 8]),
    }

    fast, slow, raw = read_recording(files).channels

    assert (fast.rate, slow.rate, slow.unit, slow.name) == (200, 100, "V", "slow one")
    assert fast.values.tolist() == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    assert slow.values.tolist() == [1, 2, 3, 4]
    assert raw.unit is None and raw.asks_unit
    assert read_recording(files).started_at == "01/02/2020 12:30:00"


def test_a_skewed_signal_is_moved_to_its_time_and_said_so():
    found = read_recording(record(16, [15, 25, 35, 45], extra=":1", signals=1))

    assert found.channels[0].values.tolist()[:3] == [2, 3, 4]
    assert np.isnan(found.channels[0].values[3])
    assert [one.code for one in found.doubts] == ["skew"]


def test_a_wrong_checksum_and_a_short_file_are_doubts_and_the_rest_is_kept():
    files = {
        "r.hea": b"r 1 100 6\nr.dat 16 1(0)/mV 12 0 1 99 0 x",
        "r.dat": wfdb_bytes(16, [1, 2, 3, 4]),
    }
    short = read_recording(files)
    wrong = read_recording({**files, "r.hea": files["r.hea"].replace(b"100 6", b"100 4")})

    assert short.count == 4
    assert [(one.code, dict(one.args)) for one in short.doubts] == [
        ("short_file", {"samples": 4, "expected": 6})
    ]
    assert [one.code for one in wrong.doubts] == ["checksum"]
    right = files["r.hea"].replace(b"100 6", b"100 4").replace(b"99", b"10")
    assert read_recording({**files, "r.hea": right}).doubts == ()


def test_annotations_are_beats_notes_and_long_steps():
    events = [(10, 28), (110, 1), (5000, 5), (5100, 1)]
    files = {**record(16, [1, 2], signals=1), "r.atr": atr_bytes(events, "(AFIB")}

    found = read_recording(files).events

    assert [(one.at, one.code, one.beat) for one in found] == [
        (0.1, "+", False), (1.1, "N", True), (50.0, "V", True), (51.0, "N", True),
    ]  # fmt: skip
    assert found[0].text == "(AFIB"


def test_matlab_files_go_with_a_header_and_without_one():
    rows = np.array([[1, 2, 3], [40, 50, 60]])
    data = matlab4_bytes(rows)
    headed = read_recording(
        {"m.hea": b"m 2 50 3\nm.mat 16+24 1/mV\nm.mat 16+24 10/NU", "m.mat": data}
    )
    alone = read_recording({"m.mat": data})

    assert [one.values.tolist() for one in headed.channels] == [[1, 2, 3], [4, 5, 6]]
    assert [one.unit for one in headed.channels] == ["mV", "NU"]
    assert alone.asks_rate and all(one.asks_unit for one in alone.channels)
    assert [one.values.tolist() for one in alone.channels] == rows.tolist()


@pytest.mark.parametrize(
    ("files", "code", "where"),
    [
        ({"r.dat": b"xx"}, "no_header", "r.dat"),
        ({"r.hea": b"r 1 100 4\nq.dat 16 1/mV", "r.dat": b"xx"}, "missing_file", "q.dat"),
        ({"r.hea": b"r 1 100\n../../etc/passwd 16 1/mV"}, "missing_file", "../../etc/passwd"),
        ({"r.hea": b"r 1 100\n/etc/passwd 16 1/mV"}, "missing_file", "/etc/passwd"),
        ({"r.hea": b"r 1 100 4\nr.dat 508 1/mV", "r.dat": b"xx"}, "unknown_format", "r.dat"),
        ({"r.hea": b"nonsense"}, "bad_header", "r.hea:1"),
        ({"r.hea": b"r 1 100\n\nr.dat sixteen"}, "bad_header", "r.hea:3"),
        ({"r.hea": b"r 2 100\nr.dat 16"}, "missing_signal_line", "r.hea"),
        ({"r.hea": b"r/3 2 100 9\na 3\nb 3\nc 3"}, "segments", "r.hea"),
        ({"r.hea": b"r 1 100 4\nr.dat 16 1/mV", "r.dat": b""}, "no_samples", "r.dat"),
        ({"r.hea": b"a", "s.hea": b"b"}, "several_headers", "r.hea, s.hea"),
    ],
)
def test_a_record_that_cannot_be_read_says_why_and_where(files, code, where):
    with pytest.raises(BadRecording) as raised:
        read_recording(files)

    assert (raised.value.code, raised.value.where) == (code, where)


def golden(name: str) -> dict:
    return json.loads(shared_path("facts/golden-dev.json").read_text())[name]


def shared(*names: str) -> dict[str, bytes]:
    return {name: shared_path(f"inputs/wfdb/{name}").read_bytes() for name in names}


def test_record_100_is_read_as_its_publishers_say():
    expected = golden("wfdb_100")

    found = read_recording(shared("100.hea", "100.dat", "100.atr"))
    pulse = pulse_of_events(found.events)

    assert (found.rate, found.count) == (expected["fs"], expected["samples"])
    assert [one.name for one in found.channels] == expected["channels"]
    assert [one.unit for one in found.channels] == expected["units"]
    assert len(found.events) == expected["annotations"]
    assert round(pulse.rate, 2) == expected["mean_hr_bpm"]
    assert round(pulse.sdnn, 1) == expected["sdnn_ms"]
    assert found.doubts == ()  # both checksums are right


def test_beats_found_in_record_100_are_those_annotated():
    found = read_recording(shared("100.hea", "100.dat"))

    pulse = pulse_of_channel(found.channels[0])

    assert not pulse.annotated
    assert abs(pulse.beats - 2273) <= 2
    assert pulse.rate == pytest.approx(75.51, abs=0.05)


def test_record_a103l_has_a_pulse_oximeter_curve():
    expected = golden("wfdb_a103l")

    found = read_recording(shared("a103l.hea", "a103l.mat"))

    assert (found.rate, found.count) == (expected["fs"], expected["samples"])
    assert [one.name for one in found.channels] == expected["channels"]
    assert [one.unit for one in found.channels] == expected["units"]
    assert found.doubts == ()
    assert found.channels[2].values.max() == pytest.approx(1.0, abs=1e-3)
