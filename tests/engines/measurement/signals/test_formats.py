"""LabChart, EDF, sigrok, VCD and WAV: what they tell, what they do not, and where they break off."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from karvan.engines.measurement.signals import (
    COUNTS,
    HELD,
    LOGIC,
    BadRecording,
    Given,
    figures_of,
    read_recording,
    spectrum_of,
    timing_of,
)
from tests.shared import shared_path

from .files import edf_bytes, sigrok_bytes, wav_bytes


def labchart(
    *blocks: tuple[float, str], title: str = "Flow\tPressure", ranges: str = "20.000 L/s\t1 kPa"
):
    return "".join(
        f"Interval=\t0.5 s\nExcelDateTime=\t{day}\t6/7/2020 18:20:43\nTimeFormat=\tStartOfBlock\n"
        f"ChannelTitle=\t{title}\nRange=\t{ranges}\n{rows}"
        for day, rows in blocks
    ).encode()


def test_labchart_tells_interval_titles_units_and_comments():
    found = read_recording(
        {"a.txt": labchart((1.0, "0\t1\t2\n0.5\tNaN\t3\t#* valve open\n1\t4\t5\n"))}
    )

    assert [(one.name, one.unit, one.rate) for one in found.channels] == [
        ("Flow", "L/s", 2.0), ("Pressure", "kPa", 2.0),
    ]  # fmt: skip
    assert np.isnan(found.channels[0].values).tolist() == [False, True, False]
    assert [(one.at, one.text) for one in found.events] == [(0.5, "valve open")]


def test_labchart_blocks_follow_each_other_with_their_gap():
    rows = "0\t1\t2\n0.5\t3\t4\n"
    found = read_recording({"a.txt": labchart((1.0, rows), (1.0 + 10 / 86400, rows))})

    flow = found.channels[0]
    assert flow.times[[0, 1, 3, 4]].tolist() == pytest.approx([0, 0.5, 10, 10.5], abs=1e-4)
    assert np.isnan(flow.values).tolist() == [False, False, True, False, False]
    assert [one.code for one in found.doubts] == ["blocks_joined"]


def test_a_real_labchart_export_has_all_its_rows():
    name = "ptg-venturi-i2c-0607-x1-labchart.txt"
    found = read_recording({name: shared_path(f"inputs/respiraworks/{name}").read_bytes()})

    assert found.format == "labchart_txt" and found.started_at.startswith("6/7/2020")
    assert [(one.name, one.unit, one.rate, one.count) for one in found.channels] == [
        ("Flow", "L/s", 1000.0, 52600)
    ]


def test_edf_scales_units_rates_and_notes():
    notes = [b"+0\x14\x14\0+0.5\x14Beat\x14\0", b"+1\x14\x14\0"]
    data = edf_bytes(
        ["ECG", "Temp"], ["uV", ""], [[[10, 20], [5]], [[30, 40], [6]]], kind="EDF+C", notes=notes
    )

    found = read_recording({"a.edf": data})
    ecg, temp = found.channels

    assert ecg.values.tolist() == pytest.approx([1, 2, 3, 4])
    assert (ecg.rate, ecg.unit, temp.rate, temp.asks_unit) == (2, "uV", 1, True)
    assert [(one.at, one.text) for one in found.events] == [(0.5, "Beat")]
    assert found.started_at == "02.01.20 03:04:05"


def test_edf_with_holes_keeps_them():
    notes = [b"+0\x14\x14\0", b"+5\x14\x14\0"]
    found = read_recording(
        {"a.edf": edf_bytes(["P"], ["kPa"], [[[10, 20]], [[30, 40]]], kind="EDF+D", notes=notes)}
    )

    one = found.channels[0]
    assert one.times.tolist() == [0, 0.5, 0.75, 5, 5.5]
    assert np.isnan(one.values).tolist() == [False, False, True, False, False]


def test_edf_that_breaks_off_is_read_up_to_there():
    data = edf_bytes(["P"], ["kPa"], [[[10, 20]], [[30, 40]], [[50, 60]]])

    cut = read_recording({"a.edf": data[:-3]})
    open_end = read_recording({"a.edf": edf_bytes(["P"], ["kPa"], [[[1, 2]]], count=-1)})

    assert cut.count == 4
    assert [dict(one.args) for one in cut.doubts] == [{"records": 2, "expected": 3}]
    assert open_end.count == 2 and open_end.doubts == ()


@pytest.mark.parametrize(
    ("data", "byte"), [(b"0       short", 13), (b"0       ".ljust(300), 252), (b"no edf at all", 0)]
)
def test_what_is_no_edf_says_from_which_byte(data, byte):
    with pytest.raises(BadRecording) as raised:
        read_recording({"a.edf": data})

    assert (raised.value.code, raised.value.args_["byte"]) == ("bad_edf", byte)


def test_edf_reads_as_another_reader_does():
    edfio = pytest.importorskip("edfio")
    values = np.round(np.sin(np.linspace(0, 40, 500)) * 100, 1)
    made = edfio.Edf([edfio.EdfSignal(values, 100, label="Flow", physical_dimension="mL/min")])

    one = read_recording({"a.edf": made.to_bytes()}).channels[0]

    assert (one.name, one.unit, one.rate) == ("Flow", "mL/min", 100)
    assert np.allclose(one.values, made.signals[0].data)


METADATA = "[global]\nsigrok version=0.6.0\n\n[device 1]\ncapturefile=logic-1\ntotal probes=10\nsamplerate=1 kHz\nprobe1=D0\nprobe10=TX\nunitsize=2\n"


def test_sigrok_chunks_are_joined_in_the_order_of_their_numbers():
    chunks = {f"logic-1-{n}": struct.pack("<H", 1 if n % 2 else 0x200) for n in range(1, 13)}
    shuffled = dict(sorted(chunks.items(), key=lambda pair: pair[0]))  # 1, 10, 11, 12, 2 …

    d0, tx = read_recording({"a.sr": sigrok_bytes(2, shuffled, METADATA)}).channels

    assert d0.values.tolist() == [1, 0] * 6 and tx.values.tolist() == [0, 1] * 6
    assert d0.times.tolist() == pytest.approx([n / 1000 for n in range(12)])
    assert timing_of(d0).frequency == pytest.approx(500)
    assert timing_of(d0).shortest == pytest.approx(0.001)


def test_sigrok_analog_channels_ask_for_their_unit():
    told = METADATA + "analog11=A0\n"
    parts = {
        "logic-1-1": b"\0\0" * 3,
        "analog-1-11-2": struct.pack("<f", 2.5),
        "analog-1-11-1": struct.pack("<2f", 0.5, 1.5),
    }

    found = read_recording(
        {"a.sr": sigrok_bytes(2, parts, told)}, Given(units={"A0": "V"}, scales={"A0": (2.0, 1.0)})
    )

    assert found.channels[-1].values.tolist() == [2, 4, 6]
    assert found.channels[-1].unit == "V" and found.channels[0].kind == LOGIC
    assert read_recording({"a.sr": sigrok_bytes(2, parts, told)}).channels[-1].asks_unit


def test_sigrok_version_one_is_one_file():
    found = read_recording({"a.sr": sigrok_bytes(1, {"logic-1": b"\1\0\0\0\1\0"}, METADATA)})

    assert found.channels[0].values.tolist() == [1, 0, 1]
    assert found.channels[0].ends == pytest.approx(0.003)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sigrok_bytes(3, {}, METADATA), "unknown_version"),
        (sigrok_bytes(2, {}, METADATA), "no_samples"),
        (sigrok_bytes(2, {"logic-1-1": b"\0\0"}, METADATA.replace("1 kHz", "fast")), "no_rate"),
        (
            sigrok_bytes(2, {"logic-1-1": b"\0\0"}, METADATA.replace("unitsize=2", "unitsize=x")),
            "no_metadata",
        ),
        (sigrok_bytes(2, {}, METADATA)[:60], "bad_zip"),
    ],
    ids=["version", "samples", "rate", "metadata", "zip"],  # the bytes hold the hour they are made
)
def test_a_session_that_cannot_be_read_says_why(data, code):
    with pytest.raises(BadRecording) as raised:
        read_recording({"a.sr": data})

    assert raised.value.code == code


@pytest.mark.parametrize(
    ("name", "channels", "seconds"),
    [
        ("100khz_clock_2logic_1analog.sr", 9, 100_000 / 12e6),
        ("2xds18b20.sr", 1, 2.0),
        ("melexis_mlx90614_5s_24deg.sr", 8, 5.0),
    ],
)
def test_real_sessions_are_read_whole(name, channels, seconds):
    found = read_recording({name: shared_path(f"inputs/sigrok/{name}").read_bytes()})

    assert len(found.channels) == channels
    assert found.ends_at == pytest.approx(seconds)


def test_a_real_dump_has_logic_and_analog_channels_that_hold():
    found = read_recording({"a.vcd": shared_path("inputs/sigrok/real-analog.vcd").read_bytes()})

    assert [one.name for one in found.channels] == [
        *(f"D{n}" for n in range(8)),
        *(f"A{n}" for n in range(5)),
    ]
    assert all(one.base == HELD for one in found.channels)
    square = found.channels[8]
    assert figures_of(square).rms == pytest.approx(10)
    assert spectrum_of(found.channels[9]).dominant == pytest.approx(10_000, rel=0.01)


VCD = """$date today $end $timescale 10 ns $end
$scope module top $end $var wire 1 ! clk $end $var reg 4 " bus [3:0] $end
$var real 64 # level $end $scope module in $end $var wire 1 % clk $end $upscope $end $upscope $end
$enddefinitions $end
#0 $dumpvars 0! b0000 " r1.5 # x% $end
#5 1!
#10 0! b1010 " r-2 #
#15 1!
"""


def test_a_width_in_a_sign_that_is_no_number_is_taken_for_one_bit():
    broken = VCD.replace("$var reg 4 ", "$var reg \u00b2 ")

    names = [one.name for one in read_recording({"a.vcd": broken.encode("latin-1")}).channels]

    assert "bus" in names[1]


def test_dumps_have_bits_vectors_and_reals():
    clk, bus, level, inner = read_recording({"a.vcd": VCD.encode()}).channels

    assert clk.values.tolist() == [0, 1, 0, 1] and clk.times.tolist() == pytest.approx(
        [0, 5e-8, 1e-7, 1.5e-7]
    )
    assert (bus.kind, bus.values.tolist()) == (COUNTS, [0, 10])
    assert level.values.tolist() == [1.5, -2] and level.asks_unit
    assert inner.name == "top.in.clk" and np.isnan(inner.values).all()
    assert timing_of(inner) is None


def test_a_dump_that_breaks_off_keeps_what_came_before():
    found = read_recording({"a.vcd": (VCD + "rubbish here\n#20 0!").encode()})

    assert found.channels[0].count == 4
    assert [(one.code, one.where) for one in found.doubts] == [("breaks_off", "9")]


@pytest.mark.parametrize("text", ["no dump", VCD.replace("10 ns", "7 parsecs")])
def test_what_is_no_dump_says_so(text):
    with pytest.raises(BadRecording, match="bad_vcd"):
        read_recording({"a.vcd": text.encode()})


@pytest.mark.parametrize(
    ("code", "bits", "kept", "expected"),
    [
        (1, 8, [0, 128, 192], [-1, 0, 0.5]),
        (1, 16, [-32768, 0, 16384], [-1, 0, 0.5]),
        (1, 24, [-8388608, 0, 4194304], [-1, 0, 0.5]),
        (1, 32, [-2147483648, 0, 1073741824], [-1, 0, 0.5]),
        (3, 32, [-1.0, 0.0, 0.5], [-1, 0, 0.5]),
        (3, 64, [-1.0, 0.0, 0.5], [-1, 0, 0.5]),
    ],
)
def test_sound_is_a_share_of_full_scale_and_asks_for_its_unit(code, bits, kept, expected):
    found = read_recording({"a.wav": wav_bytes(np.array([kept]).T, code=code, bits=bits)})

    assert found.channels[0].values.tolist() == expected
    assert found.channels[0].asks_unit and found.rate == 8000


def test_sound_that_breaks_off_is_read_up_to_there():
    found = read_recording({"a.wav": wav_bytes(np.zeros((4, 2)), size=400)})

    assert [one.name for one in found.channels] == ["L", "R"] and found.count == 4
    assert [one.code for one in found.doubts] == ["short_file", "share_of_full_scale"]


def test_files_that_belong_to_no_record_are_sent_one_by_one():
    with pytest.raises(BadRecording, match="several_files"):
        read_recording({"a.csv": b"1\n2\n", "b.csv": b"1\n2\n"})
