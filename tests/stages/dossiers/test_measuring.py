"""Measurements on screen and in the rows: what is typed, what is computed, what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.errors import BadUnit, NotGiven, NotOfThisDossier, WrongState
from karvan.stages.dossiers.measuring_forms import plain_number
from karvan.stages.dossiers.measuring_shown import budget_rows, result_shown
from karvan.stages.dossiers.models import Instrument, Measurement
from karvan.stages.dossiers.services.instruments import add_instrument
from karvan.stages.dossiers.services.measuring import (
    change_measurement,
    record_measurement,
    remove_measurement,
)
from tests import make

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 9, 10, 9, tzinfo=UTC)
METER = {
    "maker": "Fluke", "model": "87V", "resolution": Decimal("0.01"), "unit": "V",
    "percent_reading": Decimal("0.5"), "digits": Decimal(2), "due_on": date(2026, 9, 1),
}  # fmt: skip


@pytest.fixture
def dossier():
    return make.dossier(state="teardown")


def measured(dossier, **fields) -> Measurement:
    given = {
        "name": "Supply of the pump", "quantity": "voltage", "unit": "V", "value": Decimal("12.00"),
        "readings": [], "components": [], "coverage": Decimal(2), "taken_at": WHEN, "by": None,
    }  # fmt: skip
    return record_measurement(dossier, **(given | fields))


def address(name, dossier, *more):
    return reverse(f"dossiers:{name}", args=[dossier.activity.edition.slug, dossier.pk, *more])


def test_the_accuracy_of_the_instrument_becomes_the_uncertainty(dossier):
    meter = add_instrument(dossier, by=None, **METER)

    found = measured(dossier, instrument=meter)

    # ±(0.5 % of 12.00 V + 2 · 0.01 V) = ±0.08 V, rectangular: u = 0.08/√3.
    assert found.standard_uncertainty == Decimal("0.046188021535")
    shown = result_shown(found)
    assert (shown.value, shown.expanded, shown.unit, shown.overdue) == (
        "12.000",
        "0.092",
        "V",
        True,
    )
    assert [row["source"] for row in found.components] == ["instrument"]
    assert Record.objects.latest("number").act == "measured"


def test_resolution_in_another_unit_is_converted_and_of_another_quantity_left_out(dossier):
    meter = add_instrument(dossier, by=None, **METER)

    millivolts = measured(dossier, instrument=meter, unit="mV", value=Decimal("12000"))
    ohms = measured(dossier, instrument=meter, quantity="resistance", unit="Ω", value=Decimal(100))

    assert millivolts.components[0]["value"] == "80"
    assert ohms.components == [] and ohms.expanded_uncertainty is None


def test_readings_and_components_are_combined_and_shown_as_a_budget(dossier):
    readings = [Decimal(one) for one in ("5.01", "5.03", "5.02", "5.04")]
    typed = [{"name": "Certificate", "value": "0.02", "distribution": "normal", "divisor": "2"}]

    found = measured(dossier, value=None, readings=readings, components=typed, coverage=None)
    budget = budget_rows(found)

    assert found.value == Decimal("5.025")
    assert [row.kind for row in budget["rows"]] == ["A", "B"]
    assert sum(row.share for row in budget["rows"]) == pytest.approx(100, abs=0.1)
    assert budget["largest"] == "Certificate"
    assert found.coverage_factor > Decimal("2")  # 3 readings too few for 2: k follows Student
    assert abs(found.standard_uncertainty - Decimal("0.0119023807")) < Decimal("1e-9")


@pytest.mark.parametrize(
    ("fields", "error", "word"),
    [
        ({"unit": "A"}, BadUnit, "no unit of this quantity"),
        ({"unit": "volt-ish"}, BadUnit, "no unit that we know"),
        ({"value": None}, NotGiven, "neither a value nor a reading"),
        ({"value": Decimal("1e-20")}, NotGiven, "too small"),
        ({"components": [{"name": "x", "value": "-1"}]}, NotGiven, "not below zero"),
    ],
)
def test_what_makes_no_measurement_is_refused_with_what_and_where(dossier, fields, error, word):
    with pytest.raises(error, match=word):
        measured(dossier, **fields)

    assert not Measurement.objects.exists()


def test_instruments_and_blocks_of_others_are_refused(dossier):
    other = make.dossier(state="teardown")

    with pytest.raises(NotOfThisDossier):
        measured(dossier, block=make.block(other))
    with pytest.raises(NotOfThisDossier):
        measured(dossier, instrument=add_instrument(other, by=None, **METER))


def test_before_the_clearance_only_what_needs_no_opening_is_measured():
    dossier = make.dossier()

    with pytest.raises(WrongState):
        measured(dossier)
    assert measured(dossier, before_opening=True).pk


def test_a_correction_computes_anew_and_a_removal_is_remembered(dossier):
    found = measured(dossier)
    given = {
        "quantity": "voltage",
        "unit": "mV",
        "readings": [],
        "components": [],
        "coverage": None,
    }

    changed = change_measurement(found, value=Decimal("12010"), by=None, **given)
    remove_measurement(changed, by=None)

    acts = list(Record.objects.order_by("number").values_list("act", "before"))
    assert [act for act, _before in acts[-3:]] == [
        "measured", "corrected measurement", "removed measurement",
    ]  # fmt: skip
    assert acts[-1][1]["value"] == "12010" and acts[-2][1]["unit"] == "V"
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"resolution": Decimal("0.1"), "unit": ""}, "in which unit"),
        ({"digits": Decimal(2), "resolution": None}, "needs the resolution"),
        ({"calibrated_on": date(2026, 9, 2)}, "due before"),
    ],
)
def test_an_instrument_that_contradicts_itself_is_refused(dossier, facts, word):
    with pytest.raises(NotGiven, match=word):
        add_instrument(dossier, by=None, **{**METER, **facts})


@pytest.mark.parametrize(
    ("text", "number"),
    [("12,5", "12.5"), ("1 234.5", "1234.5"), ("−3", "-3"), ("١٢٫٥", "12.5"), ("1e-3", "0.001")],
)
def test_numbers_are_taken_as_people_type_them(text, number):
    assert plain_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "five", "1,2.3,4", "NaN", "1e999"])
def test_what_is_no_number_is_none(text):
    with pytest.raises(ValueError):
        plain_number(text)


def test_a_member_writes_a_measurement_on_screen(client, dossier):
    member = make.member(dossier).enrolment.person
    add_instrument(dossier, by=None, **METER)
    client.force_login(member)
    typed = {
        "name": "Supply", "quantity": "voltage", "unit": "A", "value": "12,00", "readings": "",
        "instrument": Instrument.objects.get().pk, "coverage": "2", "taken_at": "2026-09-10T09:00",
        "component_0": "Drift", "half_0": "0,01", "shape_0": "rectangular", "divisor_0": "",
    }  # fmt: skip

    refused = client.post(address("new_measurement", dossier), typed)
    done = client.post(address("new_measurement", dossier), {**typed, "unit": "V"}, follow=True)
    listed = client.get(address("measurements", dossier))

    assert refused.status_code == 422
    assert "no unit of this quantity" in refused.text and "12,00" in refused.text
    assert "Drift" in refused.text
    assert "12.000" in done.text and "0.093" in done.text and "Fluke 87V" in done.text
    assert "calibration was due" in listed.text
    again = client.get(address("change_measurement", dossier, Measurement.objects.get().pk))
    assert 'value="Drift"' in again.text and "0.08" not in again.text  # the meter's own is no row


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"value": "", "readings": ""}, "Type a value"),
        ({"readings": "1 2 three"}, "Reading 3"),
        ({"value": "1", "readings": "1 2"}, "their mean"),
        ({"half_0": "0.1"}, "What does this come from"),
        ({"component_0": "Drift"}, "How large is"),
        ({"humidity": "120"}, "must lie from"),
    ],
)
def test_a_form_says_what_is_wrong_beside_its_field(client, dossier, change, word):
    client.force_login(make.member(dossier).enrolment.person)
    typed = {
        "name": "x",
        "quantity": "voltage",
        "unit": "V",
        "value": "1",
        "taken_at": "2026-09-10T09:00",
    }

    answer = client.post(address("new_measurement", dossier), {**typed, **change})

    assert answer.status_code == 422 and word in answer.text


def test_the_list_costs_the_same_queries_for_one_and_for_five(
    client, dossier, django_assert_num_queries
):
    client.force_login(make.role("coordinator", dossier.scope))
    measured(dossier)
    client.get(address("measurements", dossier))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address("measurements", dossier))
    for _n in range(4):
        measured(dossier)
    with django_assert_num_queries(len(one)):
        client.get(address("measurements", dossier))


def test_instruments_are_entered_by_members_and_corrected_by_trainers(client, dossier):
    client.force_login(make.member(dossier).enrolment.person)
    typed = {
        "maker": "Hioki",
        "model": "DT4256",
        "percent_reading": "0,3",
        "digits": "5",
        "resolution": "0.001",
        "unit": "V",
    }

    client.post(address("new_instrument", dossier), typed)
    made = Instrument.objects.get()
    own = client.post(address("change_instrument", dossier, made.pk), typed)
    client.force_login(make.bench_trainer(dossier.activity, "BENCH"))
    client.post(address("change_instrument", dossier, made.pk), {**typed, "due_on": "2097-01-01"})

    made.refresh_from_db()
    assert own.status_code == 403
    assert (made.percent_reading, made.due_on) == (Decimal("0.3"), date(2097, 1, 1))
    assert "good until" in client.get(address("instruments", dossier)).text
