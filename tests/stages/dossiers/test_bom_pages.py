"""The pages of parts, costs and design files, through the real client."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.stages.dossiers.models import BomImport, DesignFile, FirmwareNote, PartLine
from tests import make

from .test_bom_import import FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make.dossier()


@pytest.fixture
def team(client, dossier):
    person = make.member(dossier, person=make.role("participant", dossier.scope)).enrolment.person
    client.force_login(person)
    return client


def at(name, dossier, *more):
    return reverse(f"dossiers:{name}", args=[dossier.activity.edition.slug, dossier.pk, *more])


def send(client, dossier, text=FIRST, name="bom.csv"):
    client.post(at("bom_import", dossier), {"upload": SimpleUploadedFile(name, text.encode())})
    return BomImport.objects.order_by("-pk").first()


def test_a_file_is_read_looked_at_and_taken(team, dossier):
    read = send(team, dossier)
    page = team.get(at("bom_preview", dossier, read.pk))
    assert b"add-2" in page.content and "no price" in page.content.decode()

    answer = team.post(
        at("bom_take", dossier, read.pk),
        {"ticked": ["add-0", "add-1"], "currency": ""},
        follow=True,
    )

    assert PartLine.objects.count() == 2
    assert "RC1" in answer.content.decode() or "10k" in answer.content.decode()


def test_an_unreadable_file_keeps_the_form_and_says_where(team, dossier):
    page = team.post(
        at("bom_import", dossier),
        {"upload": SimpleUploadedFile("x.kicad_sch", b"(kicad_sch\n(version")},
    )

    assert "up to line 2" in page.content.decode() and BomImport.objects.count() == 0


def test_columns_are_named_again_and_a_currency_that_is_none_is_refused(team, dossier):
    read = send(team, dossier, "Teil;Wieviel\nMotor;2\nStange;3\n")
    team.post(
        at("bom_columns", dossier, read.pk),
        {"table": "0", "column_1": "description", "column_2": "quantity"},
    )
    read.refresh_from_db()
    assert [one["quantity"] for one in read.lines] == ["2", "3"]

    page = team.post(
        at("bom_take", dossier, read.pk), {"ticked": ["add-0"], "currency": "manat"}, follow=True
    )
    assert PartLine.objects.count() == 0 and page.status_code == 200


def test_setting_aside_leaves_the_lines(team, dossier):
    read = send(team, dossier)
    team.post(at("bom_set_aside", dossier, read.pk))

    assert PartLine.objects.count() == 0
    assert "Set aside" in team.get(at("bom_import", dossier)).content.decode()


def test_a_line_and_its_offer_are_written_and_counted_on_the_page_of_costs(team, dossier):
    team.post(at("part_new", dossier), {"description": "Motor", "quantity": "2", "unit": "pcs", "refs": "M1-M2", "criticality": "safety", "fitted": "on"})  # fmt: skip
    line = PartLine.objects.get()
    assert (line.refs, line.unit) == (["M1", "M2"], "each")
    team.post(at("offer_new", dossier, line.pk), {"supplier": "Shop", "price": "5.5", "currency": "usd", "price_quantity": "1", "moq": "1", "status": "live"})  # fmt: skip

    costs = team.get(at("bom_costs", dossier)).content.decode()
    assert "11.00" in costs and "100%" in costs
    answer = team.post(
        at("bom_costs", dossier),
        {"builds": "3", "currency": "AZN", "rates": "USD 1,7", "rates_on": "2026-09-01"},
    )
    assert answer.status_code == 302
    assert "18.70" in team.get(at("bom_costs", dossier)).content.decode()
    bad = team.post(
        at("bom_costs", dossier), {"builds": "3", "rates": "many manat"}
    ).content.decode()
    assert "many manat" in bad and "Line 1 is no rate" in bad


def test_a_unit_that_is_not_known_is_refused_and_what_was_typed_stays(team, dossier):
    page = team.post(at("part_new", dossier), {"description": "Wire", "quantity": "2", "unit": "furlongs", "criticality": "other"})  # fmt: skip

    assert "furlongs" in page.content.decode() and not PartLine.objects.exists()


def test_the_export_cannot_run_a_formula(team, dossier):
    make.part_line(dossier, description="=1+1", quantity=3)

    answer = team.get(at("bom", dossier), {"format": "csv"})

    assert (
        b"'=1+1" in b"".join(answer)
        and team.get(at("bom", dossier), {"format": "xlsx"}).status_code == 200
    )


def test_filters_find_what_has_no_price(team, dossier):
    make.part_line(dossier, description="Bare part")
    make.part_line(dossier, description="Priced part").offers.create(price=1)

    page = team.get(at("bom", dossier), {"show": "unpriced"}).content.decode()
    assert "Bare part" in page and "Priced part" not in page


def test_the_register_costs_the_same_for_one_line_and_for_three(
    team, dossier, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            team.get(at("bom", dossier))
        return len(caught)

    make.part_line(dossier).offers.create(price=1)
    one = counted()
    for _ in range(2):
        make.part_line(dossier).offers.create(price=1)
    assert counted() == one


def test_a_reader_sees_a_line_and_cannot_change_it(client, dossier):
    line = make.part_line(dossier, description="Motor")
    client.force_login(make.role("auditor"))

    assert "Motor" in client.get(at("part", dossier, line.pk)).content.decode()
    assert client.post(at("part", dossier, line.pk), {"description": "X"}).status_code == 403


def test_a_line_of_another_dossier_is_not_found(team, dossier):
    other = make.part_line(make.dossier(dossier.activity))

    assert team.get(at("part", dossier, other.pk)).status_code == 404
    assert team.post(at("part_remove", dossier, other.pk)).status_code == 404


def test_design_files_and_firmware_are_kept_and_given_back(team, dossier):
    sent = SimpleUploadedFile("main.kicad_pcb", b"(kicad_pcb)")
    team.post(at("design_file_new", dossier), {"upload": sent, "role": "pcb", "path": "pcb/main.kicad_pcb", "source_form": "on"})  # fmt: skip
    row = DesignFile.objects.get()
    assert b"".join(team.get(at("design_file_download", dossier, row.pk))) == b"(kicad_pcb)"

    refused = team.post(at("firmware_new", dossier), {"chip": "STM32", "readout": "read"})
    assert "answered with yes" in refused.content.decode() and not FirmwareNote.objects.exists()
    team.post(at("firmware_new", dossier), {"chip": "STM32", "readout": "refused"})
    assert "STM32" in team.get(at("design_files", dossier)).content.decode()
