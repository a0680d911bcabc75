"""What is drawn and derived: spikes survive, gaps stay gaps, figures agree with what is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.measurement.signals import (
    BINS,
    BY_TIMES,
    HELD,
    LOGIC,
    NO_TIME,
    Channel,
    envelope,
    figures_of,
    pulse_of_channel,
    spectrum_of,
    step_of,
    timing_of,
)


def channel(values, rate=1000.0, **fields) -> Channel:
    return Channel("x", np.asarray(values, float), unit="V", rate=rate, **fields)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 649_999), st.booleans())
def test_a_spike_of_one_sample_survives_decimation(at, up):
    values = np.zeros(650_000)
    values[at] = 1 if up else -1
    one = channel(values, 360.0)

    drawn = envelope(one, 0, one.ends_at)

    assert len(drawn.low) == BINS
    assert (max(drawn.high), min(drawn.low)) == ((1, 0) if up else (0, -1))
    index = next(n for n in range(BINS) if drawn.high[n] or drawn.low[n])
    assert abs((index + 0.5) / BINS * one.ends_at - at / 360) <= one.ends_at / BINS


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5000), st.integers(1, 60), st.integers(0, 2**31))
def test_every_sample_lies_in_the_band_that_is_drawn(count, bins, seed):
    rng = np.random.default_rng(seed)
    one = channel(rng.normal(size=count))

    drawn = envelope(one, 0, one.ends_at, bins)

    least = min(x for x in drawn.low if x is not None)
    most = max(x for x in drawn.high if x is not None)
    assert least == pytest.approx(one.values.min(), rel=1e-5)
    assert most == pytest.approx(one.values.max(), rel=1e-5)
    if drawn.at is not None:
        assert len(drawn.low) == count


def test_never_more_than_sixteen_hundred_points_a_channel():
    for count in (100, 1600, 1601, 100_000):
        drawn = envelope(channel(np.arange(count)), 0, count / 1000)
        points = len(drawn.low) if drawn.at is not None else len(drawn.low) + len(drawn.high)
        assert points <= 1600


def test_gaps_are_kept_as_gaps():
    values = np.ones(10_000)
    values[3000:4000] = np.nan

    drawn = envelope(channel(values), 0, 10)
    near = envelope(channel(values), 2.9, 3.1)

    assert drawn.gaps == ((3.0, 4.0),)
    assert drawn.low[280] is None and drawn.low[100] == 1
    assert None in near.low and near.samples == 201


def test_a_zoom_shows_the_single_samples():
    drawn = envelope(channel(np.arange(10_000)), 1, 1.01)

    assert drawn.at == pytest.approx([1 + n / 1000 for n in range(11)])
    assert drawn.low == tuple(range(1000, 1011))


def test_uneven_times_fall_into_the_bins_of_their_time():
    times = np.concatenate([np.linspace(0, 1, 3000, endpoint=False), np.linspace(9, 10, 3000)])
    one = channel(np.where(times < 5, 1.0, 2.0), None, base=BY_TIMES, times=times)

    drawn = envelope(one, 0, 10)

    assert drawn.low[40] == 1 and drawn.low[760] == 2 and drawn.low[400] is None


def test_held_channels_are_drawn_as_steps_with_their_last_value_to_the_end():
    one = Channel(
        "d", np.array([0.0, 1.0, 0.0]), LOGIC, None, HELD, None, np.array([0, 1, 2.0]), 4.0
    )

    drawn = envelope(one, 0, 4)
    part = envelope(one, 1.5, 3)

    assert list(zip(drawn.at, drawn.low, strict=True)) == [
        (0, 0),
        (1, 0),
        (1, 1),
        (2, 1),
        (2, 0),
        (4, 0),
    ]
    assert list(zip(part.at, part.low, strict=True)) == [(1.5, 1), (2, 1), (2, 0), (3, 0)]


def test_many_changes_are_a_band_between_their_levels():
    times = np.arange(10_000) / 1000
    one = Channel("d", (np.arange(10_000) % 2).astype(float), LOGIC, None, HELD, None, times, 10.0)

    drawn = envelope(one, 0, 10)

    assert set(drawn.low) == {0.0} and set(drawn.high) == {1.0}


@settings(max_examples=30, deadline=None)
@given(st.floats(0.1, 100), st.floats(2, 400), st.floats(-50, 50))
def test_figures_of_a_sine_are_those_of_the_book(amplitude, frequency, offset):
    time = np.arange(20_000) / 1000
    one = channel(offset + amplitude * np.sin(2 * np.pi * frequency * time))

    found, spectrum = figures_of(one), spectrum_of(one)

    assert found.mean == pytest.approx(offset, abs=0.05 * amplitude)
    assert found.deviation == pytest.approx(amplitude / 2**0.5, rel=0.03)
    assert found.rms**2 == pytest.approx(found.mean**2 + found.deviation**2)
    assert spectrum.dominant == pytest.approx(frequency, abs=spectrum.resolution)
    assert len(spectrum.frequencies) <= 400


def test_figures_leave_gaps_out_and_count_them():
    found = figures_of(channel([1, np.nan, 3]))

    assert (found.samples, found.missing, found.mean, found.peak_to_peak) == (3, 1, 2, 2)
    assert figures_of(channel([np.nan])) is None


def test_means_of_what_holds_weigh_by_time():
    one = Channel("a", np.array([0.0, 10.0]), "analog", "V", HELD, None, np.array([0.0, 9.0]), 10.0)

    assert figures_of(one).mean == pytest.approx(1)


def test_nothing_is_said_of_the_spectrum_where_there_is_no_time():
    assert spectrum_of(channel(np.arange(100), None, base=NO_TIME)) is None
    assert spectrum_of(channel(np.ones(100))) is None
    assert spectrum_of(channel([1, 2, 3])) is None


def test_the_answer_of_a_second_order_system_is_that_of_the_book():
    damping, own = 0.3, 2 * np.pi * 2
    time = np.arange(0, 6, 0.001)
    damped = own * (1 - damping**2) ** 0.5
    late = np.maximum(time - 0.5, 0)
    answer = 1 - np.exp(-damping * own * late) * (
        np.cos(damped * late) + damping / (1 - damping**2) ** 0.5 * np.sin(damped * late)
    )
    found = step_of(channel(5 + 2 * answer))

    overshoot = 100 * np.exp(-np.pi * damping / (1 - damping**2) ** 0.5)
    assert (found.first, found.last) == (pytest.approx(5), pytest.approx(7, abs=0.01))
    assert found.overshoot == pytest.approx(overshoot, rel=0.01)
    assert found.rise == pytest.approx(0.1055, abs=0.003)
    assert found.settling == pytest.approx(4 / (damping * own), rel=0.2)


def test_the_rise_of_a_first_order_system_is_two_point_two_times_its_constant():
    time = np.arange(0, 10, 0.001)
    found = step_of(channel(1 - np.exp(-np.maximum(time - 1, 0) / 0.5)))

    assert found.rise == pytest.approx(0.5 * np.log(9), abs=0.002)
    assert found.overshoot == pytest.approx(0, abs=1e-4)


def test_noise_and_sines_are_no_steps():
    rng = np.random.default_rng(1)

    assert step_of(channel(rng.normal(size=5000))) is None
    assert step_of(channel(np.sin(np.arange(5000) / 50))) is None


def test_timing_of_a_clock():
    times = np.array([0, 0.25, 1, 1.25, 2, 2.25, 3])
    one = Channel("clk", np.array([1, 0, 1, 0, 1, 0, 1.0]), LOGIC, None, HELD, None, times, 3.25)

    found = timing_of(one)

    assert found.frequency == pytest.approx(1)
    assert found.duty == pytest.approx(1 / 3.25)
    assert (found.shortest, found.changes, found.at_rest) == (0.25, 6, 1)


def test_pulses_of_an_oximeter_are_found():
    time = np.arange(0, 60, 0.01)
    beats = 1 + np.sin(2 * np.pi * 1.2 * time) + 0.3 * np.sin(2 * np.pi * 2.4 * time)
    one = Channel("PLETH", beats, "analog", "NU", "rate", 100.0)

    assert pulse_of_channel(one).rate == pytest.approx(72, abs=0.2)
    assert pulse_of_channel(channel(beats)) is None
