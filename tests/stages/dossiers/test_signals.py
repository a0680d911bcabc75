"""Signals sent, asked about, drawn, zoomed, compared."""

from __future__ import annotations

import json

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.stages.dossiers.errors import BadUnit, Stopped, Unreadable
from karvan.stages.dossiers.models import SignalCapture
from karvan.stages.dossiers.services.signals import (
    answer_capture,
    change_capture,
    part_of,
    remove_capture,
    take_capture,
)
from karvan.stages.dossiers.services.signals_series import compare_series
from tests import make
from tests.shared import shared_path

pytestmark = pytest.mark.django_db

UNTOLD = b"t,p_kPa,note\n0,1,a\n1,2,b\n2,4,c\n3,3,d\n"
NOTHING = {"units": {}, "scales": {}, "rate": None, "time_unit": "", "no_time": False, "by": None}


@pytest.fixture
def dossier():
    return make.dossier(state="teardown")


def sent(dossier, *files, **facts) -> SignalCapture:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return take_capture(dossier, uploads=uploads, by=None, **facts)


def address(name, dossier, *more):
    return reverse(f"dossiers:{name}", args=[dossier.activity.edition.slug, dossier.pk, *more])


def wave(count=5000, rate=100, level=0.0) -> bytes:
    time = np.arange(count) / rate
    rows = [f"{t:.2f},{level + np.sin(2 * np.pi * 5 * t):.6f}" for t in time]
    return ("t (s),p (kPa)\n" + "\n".join(rows)).encode()


def test_a_file_that_tells_its_units_is_read_at_once(dossier):
    capture = sent(dossier, ("flow.csv", wave()))

    assert (capture.state, capture.title, capture.format) == ("read", "flow", "csv")
    assert (capture.sample_count, round(capture.sample_rate)) == (5000, 100)
    figures = capture.figures["channels"][0]
    assert figures["figures"]["rms"] == pytest.approx(0.5**0.5, rel=1e-3)
    assert figures["spectrum"]["dominant"] == pytest.approx(5, abs=0.05)
    points = capture.plot["channels"][0]
    assert len(points["low"]) + len(points["high"]) == 1600
    json.dumps([capture.plot, capture.figures], allow_nan=False)


def test_missing_units_are_asked_for_and_never_guessed(dossier):
    capture = sent(dossier, ("x.csv", UNTOLD))

    assert capture.state == "asks"
    assert [(one["unit"], one["suggested"]) for one in capture.channels] == [("", "kPa")]
    assert [one["code"] for one in capture.doubts] == ["text_column", "time_unit_not_told"]

    half = answer_capture(capture, **{**NOTHING, "units": {"p_kPa": "kPa"}})
    assert half.state == "asks"
    whole = answer_capture(
        half,
        **{
            **NOTHING,
            "units": {"p_kPa": "kPa"},
            "time_unit": "ms",
            "scales": {"p_kPa": (2.0, 1.0)},
        },
    )
    assert whole.state == "read"
    assert whole.figures["channels"][0]["figures"]["most"] == 9
    assert whole.plot["end"] == pytest.approx(0.004)
    plot, figures = part_of(whole, start=0.0005, end=0.0025)
    assert plot["channels"][0]["samples"] == 2  # what was answered still counts
    assert figures["channels"][0]["unit"] == "kPa"


def test_an_answer_that_is_no_unit_is_refused(dossier):
    capture = sent(dossier, ("x.csv", UNTOLD))

    with pytest.raises(BadUnit):
        answer_capture(capture, **{**NOTHING, "units": {"p_kPa": "wat is dit"}})
    with pytest.raises(BadUnit):
        answer_capture(capture, **{**NOTHING, "time_unit": "kPa"})


def test_a_file_that_cannot_be_read_leaves_nothing(dossier):
    with pytest.raises(Unreadable, match="100.dat"):
        sent(dossier, ("100.hea", b"100 1 360 4\n100.dat 212 200"))

    assert not SignalCapture.objects.exists()


def test_a_stopped_bench_takes_no_signal(dossier):
    person = make.person()
    type(dossier).objects.update(stopped_at="2026-09-10T09:00Z", stopped_by=person, stop_reason="x")

    with pytest.raises(Stopped):
        sent(dossier, ("flow.csv", wave()))


def test_a_signal_is_renamed_and_taken_out(dossier):
    capture = sent(dossier, ("flow.csv", wave()))

    changed = change_capture(capture, title="Flow at 21,818 rpm", series="flow", by=None)
    remove_capture(changed, by=None)

    assert changed.title.startswith("Flow") and not SignalCapture.objects.exists()


def test_replicates_of_a_series_are_compared_one_by_one(dossier):
    captures = [
        sent(dossier, (f"r{n}.csv", wave(level=level)), series="flow", replicate=n)
        for n, level in enumerate((10.0, 10.05, 20.0), 1)
    ]

    found = compare_series(captures)[0]

    assert (found.name, found.unit) == ("p", "kPa")
    assert [round(one.mean, 2) for one in found.comparison.replicates] == [10, 10.05, 20]
    assert found.comparison.apart == ("3",)
    assert found.comparison.pooled.n == 15000


def test_series_of_different_units_are_not_pooled(dossier):
    captures = [
        sent(dossier, ("a.csv", wave())),
        sent(dossier, ("b.csv", wave().replace(b"kPa", b"mbar"))),
    ]

    found = compare_series(captures)[0]

    assert found.comparison is None and found.units == ("kPa", "mbar")


def test_on_screen_a_file_is_sent_asked_about_drawn_and_zoomed(client, dossier):
    client.force_login(make.member(dossier).enrolment.person)

    asked = client.post(
        address("new_signal", dossier),
        {"upload": [SimpleUploadedFile("x.csv", UNTOLD)], "title": "Blower"},
        follow=True,
    )
    assert "Its name suggests kPa" in asked.text and "Unit of the time column" in asked.text
    capture = SignalCapture.objects.get()
    wrong = client.post(address("signal_units", dossier, capture.pk), {"unit_0": "furlong per"})
    assert wrong.status_code == 422 and "furlong per" in wrong.text
    shown = client.post(
        address("signal_units", dossier, capture.pk),
        {"unit_0": "kPa", "time_unit": "s"},
        follow=True,
    )
    assert "lies between 1 and 4 kPa" in shown.text and "<path d=" in shown.text
    assert "holds words" in shown.text
    zoomed = client.get(address("signal", dossier, capture.pk), {"from": "1", "to": "2"})
    assert "Figures of this part" in zoomed.text and "lies between 2 and 4 kPa" in zoomed.text
    for silly in ({"from": "x", "to": "nan"}, {"from": "9", "to": "1"}, {"from": "-1e300"}):
        assert client.get(address("signal", dossier, capture.pk), silly).status_code == 200
    file = capture.files.get()
    given = client.get(address("signal_file", dossier, capture.pk, file.pk))
    assert b"".join(given.streaming_content) == UNTOLD
    assert client.get(address("signal_file", dossier, capture.pk, file.pk + 1)).status_code == 404


def test_on_screen_a_series_shows_all_captures_before_the_pool(client, dossier):
    for n, level in enumerate((1.0, 1.1, 9.0), 1):
        last = sent(dossier, (f"r{n}.csv", wave(level=level)), series="flow", replicate=n)
    client.force_login(make.role("auditor"))

    page = client.get(address("signal_series", dossier, last.pk)).text

    assert "Replicate 3 stands apart" in page
    assert page.count("<path d=") == 3 and "All pooled" in page


def test_broken_files_are_refused_with_what_was_typed(client, dossier):
    client.force_login(make.member(dossier).enrolment.person)

    nothing = client.post(address("new_signal", dossier), {"title": "Kept title"})
    broken = client.post(
        address("new_signal", dossier),
        {"upload": [SimpleUploadedFile("a.edf", b"no edf")], "title": "Kept title"},
    )

    assert nothing.status_code == broken.status_code == 422
    assert "Kept title" in nothing.text and "no EDF from byte 0" in broken.text


def test_record_100_is_drawn_with_its_pulse(client, dossier):
    names = ("100.hea", "100.dat", "100.atr")
    files = [(name, shared_path(f"inputs/wfdb/{name}").read_bytes()) for name in names]
    client.force_login(make.member(dossier).enrolment.person)

    capture = sent(dossier, *files)
    page = client.get(address("signal", dossier, capture.pk)).text
    near = client.get(address("signal", dossier, capture.pk), {"from": "0", "to": "10"}).text

    assert capture.state == "read" and capture.sample_count == 650_000
    assert "75.51 beats a minute, SDNN 48.8 ms, from 2,273 beats (as annotated)" in page
    assert "MLII" in page and "2,274" in page
    assert "from 13 beats" in near


def test_droplets_are_shown_by_replicate_with_a_warning(client, dossier):
    data = shared_path("inputs/poseidon/poseidon.txt").read_bytes()
    client.force_login(make.member(dossier).enrolment.person)

    capture = sent(dossier, ("poseidon.txt", data))
    page = client.get(address("signal", dossier, capture.pk)).text

    assert capture.state == "asks"
    assert "Replicate 3 stands apart" in page
    assert "50.681" in page and "9.45%" in page and "56.304" in page
