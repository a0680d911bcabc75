"""A file becomes lines: previewed, taken as ticked, read again and compared."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.records.models import Record
from karvan.stages.dossiers import bom_queries
from karvan.stages.dossiers.errors import NotGiven, Stopped, Unreadable, WrongState
from karvan.stages.dossiers.models import BomImport, ColumnMapping, PartLine
from karvan.stages.dossiers.services.bom import set_cost_terms
from karvan.stages.dossiers.services.importing import (
    map_import,
    preview_diff,
    read_import,
    set_import_aside,
    take_import,
)
from tests import make
from tests.shared import shared_path

from .test_bom_formats import BLOWER

pytestmark = pytest.mark.django_db

FIRST = "Ref,Qty,Value,MPN,Price (USD),Supplier\nR1-R2,2,10k,RC1,0.10,A\nC1,1,1u,CC1,0.20,A\nU1,1,AMP,,,\n"


@pytest.fixture
def dossier():
    return make.dossier()


def read(dossier, text, name="bom.csv"):
    data = text.encode() if isinstance(text, str) else text
    return read_import(dossier, upload=SimpleUploadedFile(name, data), by=None)


def take(preview, *ticked, **more):
    if not ticked:
        _lines, diff = preview_diff(preview)
        ticked = [f"add-{at}" for at in diff.added]
    return take_import(preview, ticked=ticked, by=None, **more)


def test_a_preview_changes_nothing_and_taking_it_makes_the_lines(dossier):
    preview = read(dossier, FIRST)
    assert PartLine.objects.count() == 0

    take(preview)

    lines = {", ".join(line.refs): line for line in dossier.part_lines.all()}
    assert (lines["R1, R2"].quantity, lines["R1, R2"].mpn) == (2, "RC1")
    assert lines["R1, R2"].source_row["row"] == 2
    offer = lines["C1"].offers.get()
    assert (offer.price, offer.currency, offer.supplier, offer.chosen) == (
        D("0.20"),
        "USD",
        "A",
        True,
    )
    assert not lines["U1"].offers.exists()
    assert Record.objects.filter(act="bom taken").count() == 1
    with pytest.raises(WrongState):
        take(preview, "add-0")


def test_only_what_is_ticked_is_taken(dossier):
    take(read(dossier, FIRST), "add-1")

    assert [line.value for line in dossier.part_lines.all()] == ["1u"]
    with pytest.raises(NotGiven):
        take(read(dossier, FIRST), "add-99")


def test_reading_again_shows_added_changed_and_gone_and_takes_only_what_is_ticked(dossier):
    take(read(dossier, FIRST))
    again = read(
        dossier,
        "Ref,Qty,Value,MPN,Price (USD),Supplier\nR1-R3,3,10k,RC1,0.12,A\nC1,1,2u2,CC1,0.20,A\nD1,1,LED,L1,0.05,B\n",
    )

    lines, diff = preview_diff(again)
    changed = {(lines[at].refs[0], one.name) for at, _key, fields in diff.changed for one in fields}
    assert changed == {("R1", "refs"), ("R1", "quantity"), ("R1", "price"), ("C1", "value")}
    assert [lines[at].refs for at in diff.added] == [("D1",)]
    assert [PartLine.objects.get(pk=key).refs for key in diff.gone] == [["U1"]]

    resistor = PartLine.objects.get(mpn="RC1")
    take(
        again,
        f"change-{resistor.pk}-price",
        f"change-{resistor.pk}-refs",
        "add-0",
        f"gone-{diff.gone[0]}",
    )

    resistor.refresh_from_db()
    assert (resistor.refs, resistor.quantity) == (["R1", "R2", "R3"], 2)
    assert resistor.offers.get().price == D("0.12")
    assert PartLine.objects.get(mpn="CC1").value == "1u"
    assert not PartLine.objects.filter(value="AMP").exists()


def test_the_same_file_again_changes_nothing(dossier):
    take(read(dossier, FIRST))
    _lines, diff = preview_diff(read(dossier, FIRST))

    assert (diff.added, diff.changed, diff.gone, diff.same) == ((), (), (), 3)


def test_another_part_of_the_bill_leaves_the_first_alone(dossier):
    take(read(dossier, "Pump,,\nQty,Description,MPN\n1,Motor,M1\n"))
    _lines, diff = preview_diff(read(dossier, "Frame,,\nQty,Description,MPN\n1,Profile,P1\n"))

    assert (len(diff.added), diff.gone) == (1, ())


def test_a_mapping_is_remembered_for_the_same_headings_in_the_workshop(dossier):
    text = "Teil;Wieviel;Kennung\nMotor;2;M1\nStange;3;S1\n"
    preview = read(dossier, text)
    mapping = {"Teil": "description", "Wieviel": "quantity", "Kennung": "mpn"}
    map_import(preview, table=0, mapping=mapping, by=None)

    other = make.dossier(dossier.activity)
    again = read(other, text.replace("Motor", "Pumpe"))
    assert [(x["description"], x["quantity"], x["mpn"]) for x in again.lines] == [
        ("Pumpe", "2", "M1"),
        ("Stange", "3", "S1"),
    ]
    assert ColumnMapping.objects.get().scope == dossier.scope


def test_a_file_set_aside_is_not_taken(dossier):
    preview = set_import_aside(read(dossier, FIRST), by=None)

    assert preview.state == BomImport.State.SET_ASIDE and PartLine.objects.count() == 0
    with pytest.raises(WrongState):
        set_import_aside(preview, by=None)


def test_an_unreadable_file_is_not_kept(dossier):
    with pytest.raises(Unreadable):
        read(dossier, "(kicad_sch (version", "x.kicad_sch")
    assert BomImport.objects.count() == 0


def test_a_stopped_bench_takes_nothing(dossier):
    preview = read(dossier, FIRST)
    dossier.stopped_at, dossier.stopped_by, dossier.stop_reason = (
        preview.created_at,
        make.person(),
        "smoke",
    )
    dossier.save()

    with pytest.raises(Stopped):
        take(preview, "add-0")


def test_materials_stay_bound_to_the_parts_made_from_them(dossier):
    take(read(dossier, BLOWER, "README.md"))

    costs = bom_queries.costs(dossier)
    assert costs.item.total == D("68.14") and costs.currency == "USD"
    assert [p.label for p in costs.left_out["material"]] == [
        '1/4" acrylic sheet, to make A4-5 below'
    ]
    sheet = PartLine.objects.get(kind="raw_material")
    assert (sheet.unit, sheet.offers.get().price_quantity) == ("cm**2", 10000)
    assert [line.mpn for line in sheet.made_into.all()] == ["Plate", "Ring"]


def test_prices_without_a_currency_take_the_one_that_is_said(dossier):
    take(read(dossier, "Qty,Description,Price\n1,Motor,10\n1,Rod,€2\n"), currency="AZN")

    assert [line.offers.get().currency for line in dossier.part_lines.all()] == ["AZN", "EUR"]


def test_poseidon_costs_come_out_of_the_imported_sheet_on_three_bases(dossier):
    file = shared_path("inputs/poseidon/poseidon_bill-of-materials_v1.0_2019-01-28.xlsx")
    preview = read(dossier, file.read_bytes(), "poseidon.xlsx")
    preview = map_import(preview, table=0, mapping=preview.mapping, by=None)
    take(preview, currency="USD")

    costs = bom_queries.costs(dossier)
    assert round(costs.stated, 2) == D("37.91")
    assert round(costs.item.total, 2) == D("47.91")
    assert costs.packs.total == D("160.63")
    unit = dossier.part_lines.get(description__startswith="12V power unit")
    unit.quantity = D(1) / 3  # one power unit for three pumps
    unit.save()
    assert round(bom_queries.costs(dossier).item.total, 2) == D("37.91")
    set_cost_terms(dossier, builds=3, by=None)
    dossier.refresh_from_db()
    assert bom_queries.costs(dossier).packs.total == D("174.87")


def test_five_hundred_lines_are_taken_with_a_handful_of_statements(
    dossier, django_assert_max_num_queries
):
    rows = "".join(f"R{n},1,{n}k,RC{n},0.{n:03d},Shop\n" for n in range(1, 501))
    preview = read(dossier, "Ref,Qty,Value,MPN,Price,Supplier\n" + rows)
    ticked = [f"add-{at}" for at in range(500)]

    with django_assert_max_num_queries(60):
        take_import(preview, ticked=ticked, by=None)

    assert dossier.part_lines.count() == 500


def test_a_document_that_is_no_json_says_the_line(dossier):
    with pytest.raises(Unreadable, match="line 2"):
        read(dossier, '{"parts": [\n{"name" 1}]}', "parts.json")


def test_a_readme_that_begins_with_a_tag_is_read_all_the_same(dossier):
    """Projects often head their README with a centred picture; it is kept as bytes, not shown."""
    text = b'<p align="center"><img src="logo.png"></p>\n\n## Parts\n\n' + (
        b"| Item | Quantity | Part # | Price (USD) |\n|---|---|---|---|\n| M3 nut | 4 | N-3 | 0.10 |\n"
    )

    preview = read(dossier, text, "README.md")
    take(preview, currency="USD")

    line = dossier.part_lines.get()
    assert (line.quantity, line.mpn) == (4, "N-3")
