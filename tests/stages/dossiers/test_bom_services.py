"""Lines, offers, design files and firmware by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.manifests import public_files
from karvan.stages.dossiers.models import GateCheck
from karvan.stages.dossiers.services import bom, files
from karvan.stages.dossiers.snapshots import snapshot_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make.dossier()


def upload(name="main.kicad_pcb"):
    return SimpleUploadedFile(name, b"(kicad_pcb (version 20211014))")


def test_a_line_is_added_changed_and_taken_out_with_its_history(dossier):
    line = bom.add_line(dossier, description="Motor", quantity=D(1), by=None)
    bom.change_line(line, quantity=D(2), by=None)

    change = Record.objects.get(act="part changed")
    assert (change.before["quantity"], change.after["quantity"]) == ("1.0000", "2")
    bom.change_line(line, quantity=D(2), by=None)
    assert Record.objects.filter(act="part changed").count() == 1
    bom.remove_line(line, by=None)
    assert not dossier.part_lines.exists()


def test_a_line_says_what_it_is_and_stays_within_its_dossier(dossier):
    with pytest.raises(NotGiven):
        bom.add_line(dossier, quantity=D(1), by=None)
    with pytest.raises(NotOfThisDossier):
        bom.add_line(dossier, description="Plate", made_from=make.part_line(), by=None)
    line = make.part_line(dossier)
    with pytest.raises(NotGiven):
        bom.change_line(line, substitute_of=line, by=None)
    with pytest.raises(NotGiven):
        bom.change_line(line, quantity=D(3), quantity_most=D(2), by=None)


def test_the_first_offer_with_a_price_is_counted_until_another_is_chosen(dossier):
    line = make.part_line(dossier)
    bare = bom.add_offer(line, supplier="A", by=None)
    first = bom.add_offer(line, supplier="B", price=D(2), by=None)
    second = bom.add_offer(line, supplier="C", price=D(1), by=None)
    assert [o.chosen for o in (bare, first, second)] == [False, True, False]

    bom.choose_offer(second, by=None)
    assert [o.supplier for o in line.offers.filter(chosen=True)] == ["C"]
    with pytest.raises(NotGiven):
        bom.choose_offer(bare, by=None)


def test_an_offer_from_the_edition_s_own_country_is_local(dossier):
    line = make.part_line(dossier)
    code = dossier.activity.edition.country.code

    assert bom.add_offer(line, supplier="Here", country=code, by=None).local
    assert not bom.add_offer(line, supplier="There", country="DE", by=None).local


def test_rates_say_of_which_day_they_are(dossier):
    with pytest.raises(NotGiven):
        bom.set_cost_terms(dossier, builds=2, rates={"USD": D("1.7")}, by=None)
    bom.set_cost_terms(
        dossier,
        builds=2,
        currency="AZN",
        rates={"USD": D("1.7")},
        rates_on=date(2026, 9, 1),
        by=None,
    )
    dossier.refresh_from_db()
    assert (dossier.builds, dossier.rates) == (2, {"USD": "1.7"})


def test_an_export_needs_its_source_or_a_reason(dossier):
    source = files.add_design_file(
        dossier, upload=upload(), role="pcb", path="pcb/main.kicad_pcb", source_form=True, by=None
    )
    with pytest.raises(NotGiven):
        files.add_design_file(dossier, upload=upload("a.gbr"), role="gerber", by=None)
    export = files.add_design_file(
        dossier, upload=upload("a.gbr"), role="gerber", source=source, by=None
    )

    with pytest.raises(NotGiven, match="a.gbr"):
        files.remove_design_file(source, by=None)
    files.change_design_file(
        export, source=None, no_source_reason="the maker gave only this", by=None
    )
    files.remove_design_file(source, by=None)
    assert [row.path for row in dossier.design_files.all()] == ["a.gbr"]


def test_a_path_is_taken_once_and_stays_inside_the_project(dossier):
    files.add_design_file(
        dossier, upload=upload(), role="pcb", path="a.kicad_pcb", source_form=True, by=None
    )
    for path in ("a.kicad_pcb", "../a.kicad_pcb"):
        with pytest.raises(NotGiven):
            files.add_design_file(
                dossier, upload=upload(), role="pcb", path=path, source_form=True, by=None
            )


def test_a_binary_of_somebody_else_is_never_public(dossier):
    row = files.add_design_file(
        dossier, upload=upload("fw.bin"), role="firmware_binary", third_party=True,
        no_source_reason="closed", by=None,
    )  # fmt: skip

    assert public_files(snapshot_of(dossier)) == []
    files.change_design_file(row, third_party=False, by=None)
    assert [one["path"] for one in public_files(snapshot_of(dossier))] == [row.path]


def test_firmware_is_noted_as_read_only_after_the_gate_says_yes(dossier):
    with pytest.raises(NotGiven):
        files.note_firmware(dossier, chip="STM32", readout="read", by=None)
    gate = GateCheck.objects.create(
        dossier=dossier, code="firmware_readout", kind="ip", answer="no"
    )
    with pytest.raises(NotGiven):
        files.note_firmware(dossier, chip="STM32", readout="read", by=None)
    gate.answer = "yes"
    gate.save()

    note = files.note_firmware(dossier, chip="STM32", readout="read", by=None)
    assert files.note_firmware(dossier, note=note, chip="STM32F1", by=None).pk == note.pk
