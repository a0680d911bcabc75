"""Tables as text: any dialect, headings or none, gaps, and nothing guessed."""

from __future__ import annotations

import json

import numpy as np
import pytest

from karvan.engines.measurement.signals import (
    BY_RATE,
    BY_TIMES,
    NO_TIME,
    BadRecording,
    Given,
    compare,
    figures_of,
    read_recording,
    split,
)
from tests.shared import shared_path


def read(text: str | bytes, name: str = "x.csv", **given):
    data = text if isinstance(text, bytes) else text.encode()
    return read_recording({name: data}, Given(**given))


def codes(found) -> list[str]:
    return [one.code for one in found.doubts]


def test_units_come_from_headings_in_brackets_or_after_a_stroke():
    found = read(
        "t (ms),p3 (cmH2O),Q [L/min],U / mV,diam_um,n\n0,1,2,3,4,5\n1,1,2,3,4,5\n2,1,2,3,4,5\n"
    )

    assert [(one.name, one.unit) for one in found.channels] == [
        ("p3", "cmH2O"), ("Q", "L/min"), ("U", "mV"), ("diam_um", None), ("n", None),
    ]  # fmt: skip
    assert found.channels[3].suggested == "um"
    assert found.channels[0].rate == pytest.approx(1000)
    assert not found.asks_rate and not found.asks_time_unit


def test_time_without_a_unit_is_asked_for_and_then_used():
    text = "t,u\n0,1\n2,2\n4,3\n7,4\n"

    asking, told = read(text), read(text, time_unit="ms", units={"u": "V"})

    assert asking.asks_time_unit and asking.channels[0].asks_unit
    assert not told.asks_time_unit and told.channels[0].unit == "V"
    assert told.channels[0].base == BY_TIMES
    assert told.channels[0].times.tolist() == pytest.approx([0, 0.002, 0.004, 0.007])


def test_decimal_commas_semicolons_and_empty_cells():
    found = read("Zeit (s);Druck (kPa)\n0,0;1,5\n0,1;\n0,2;2,5\n0,3;NaN\n")

    assert found.channels[0].values[[0, 2]].tolist() == [1.5, 2.5]
    assert np.isnan(found.channels[0].values[[1, 3]]).all()
    assert codes(found) == ["decimal_comma"]
    assert figures_of(found.channels[0]).missing == 2


def test_one_column_with_decimal_commas_is_one_column():
    found = read("1,5\n2,5\n3,5\n", rate=10.0, units={"1": "V"})

    assert [one.values.tolist() for one in found.channels] == [[1.5, 2.5, 3.5]]
    assert found.channels[0].rate == 10


def test_a_table_without_time_asks_for_a_rate_or_that_there_is_none():
    text = "u (V)\n1\n2\n3\n"

    assert read(text).asks_rate
    assert read(text, rate=50.0).channels[0].base == BY_RATE
    assert read(text, no_time=True).channels[0].base == NO_TIME


def test_the_rate_is_taken_from_lines_above_the_table():
    found = read("# Sample rate: 2 kHz\nu (V)\n1\n2\n3\n")

    assert found.rate == 2000
    assert read("Sample interval, 0.5 ms\nu (V)\n1\n2\n3\n").rate == 2000


def test_two_lines_of_headings_hold_names_and_units():
    found = read("Time,Channel A\n(ms),(V)\n\n0,1\n1,2\n2,3\n3,4\n")

    assert (found.channels[0].name, found.channels[0].unit) == ("Channel A", "V")
    assert found.rate == pytest.approx(1000)


def test_words_in_a_column_of_numbers_are_gaps_and_named():
    found = read("t (s),u (V)\n0,1\n1,overload\n2,3\n3,4\n4,5\n")

    assert np.isnan(found.channels[0].values[1])
    assert [(one.code, one.where, one.args["text"]) for one in found.doubts] == [
        ("not_a_number", "3", "overload")
    ]


def test_columns_of_words_are_left_out_and_said():
    found = read("t (s),u (V),mode\n0,1,fast\n1,2,fast\n2,3,slow\n")

    assert [one.name for one in found.channels] == ["u"]
    assert codes(found) == ["text_column"]


def test_a_time_that_falls_back_is_no_time():
    found = read("t (s),u (V)\n0,1\n1,2\n1,3\n2,4\n")

    assert codes(found) == ["time_does_not_increase"]
    assert found.doubts[0].args["row"] == 3
    assert found.asks_rate


def test_times_of_day_and_moments_become_seconds():
    clock = read("time,u (V)\n23:59:59.5,1\n00:00:00.0,2\n00:00:00.5,3\n00:00:01.5,3\n")
    moments = read(
        "date,u (V)\n2026-01-01 10:00:00,1\n2026-01-01 10:00:01,2\n2026-01-01 10:00:03,3\n"
    )

    assert clock.channels[0].times.tolist() == [0, 0.5, 1, 2]
    assert moments.channels[0].times.tolist() == [0, 1, 3]


def test_equal_and_missing_headings_are_told_apart():
    found = read("t (s),u,u,\n0,1,2,3\n1,1,2,3\n2,1,2,3\n")

    assert [one.name for one in found.channels] == ["u", "u #2", "4"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\n \n", "empty"), (b"only words\nand more\n", "no_numbers"), (b"a,b\n1,\0\n", "not_text")],
)
def test_what_is_no_table_says_so(data, code):
    with pytest.raises(BadRecording) as raised:
        read(data)

    assert raised.value.code == code


def test_other_encodings_are_read_and_said():
    found = read("t (s),dur\xe9e (ms)\n0,1\n1,2\n2,3\n".encode("latin-1"))

    assert found.channels[0].name == "dur\xe9e"
    assert codes(found) == ["encoding"]
    assert read("t (s)\tu (V)\n0\t1\n1\t2\n".encode("utf-16")).channels[0].unit == "V"


def test_one_replicate_apart_is_told_and_two_are_both_told():
    rng = np.random.default_rng(3)
    near = {str(n): rng.normal(10 + 0.02 * n, 0.5, 200) for n in range(3)}

    assert compare(near).apart == ()
    assert compare({**near, "3": rng.normal(13, 0.5, 200)}).apart == ("3",)
    assert compare({"a": near["0"], "b": rng.normal(13, 0.5, 200)}).apart == ("a", "b")
    assert compare({"a": [], "b": [float("nan")]}) is None


@pytest.mark.parametrize(("name", "apart"), [("poseidon", ("3",)), ("harvard", ())])
def test_droplets_are_told_apart_by_replicate_before_they_are_pooled(name, apart):
    expected = json.loads(shared_path("facts/golden-dev.json").read_text())[f"droplets_{name}"]

    found = read(shared_path(f"inputs/poseidon/{name}.txt").read_bytes(), f"{name}.txt")
    told = compare(split(found.channels[0].values, found.groups[1]))

    assert (told.pooled.n, round(told.pooled.mean, 3)) == (expected["n"], expected["mean_um"])
    assert round(told.pooled.cv, 2) == expected["cv_percent"]
    assert {
        one.name: [one.n, round(one.mean, 2), round(one.deviation, 2)] for one in told.replicates
    } == expected["by_rep"]
    assert told.apart == apart
    assert (found.channels[0].unit, found.channels[0].suggested) == (None, "um")


def test_the_blower_table_has_no_units_and_none_is_guessed():
    expected = json.loads(shared_path("facts/golden-dev.json").read_text())[
        "respiraworks_blower_csv"
    ]

    found = read(shared_path("inputs/respiraworks/flow-test-24000rpm.csv").read_bytes())

    assert found.count == expected["rows"]
    assert ["t", *(one.name for one in found.channels)] == expected["columns"]
    assert all(one.asks_unit for one in found.channels) and found.asks_time_unit
    tops = {one.name: round(figures_of(one).most, 3) for one in found.channels}
    assert (tops["p3"], tops["Q1"]) == (expected["p3_max"], expected["Q1_max"])


def test_an_index_and_a_heading_of_numbers_are_seen_as_such():
    found = read(shared_path("inputs/poseidon/1_poseidon.csv").read_bytes())

    assert [one.name for one in found.channels] == [str(n) for n in range(3, 14)]
    assert codes(found) == ["index_column"]
    assert np.isnan(found.channels[0].values[-1])


def test_a_table_without_headings_asks_whether_its_first_column_is_time():
    found = read(
        shared_path("inputs/respiraworks/ptg-venturi-i2c-0607-x1-pcb.txt").read_bytes(), "x.txt"
    )

    assert codes(found) == ["time_column_by_its_course", "time_unit_not_told"]
    assert found.count == 1088 and len(found.channels) == 6
