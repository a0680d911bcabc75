"""Real bills of materials nobody here wrote, and the figures that are known of them."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from karvan.stages.dossiers.reading.bom_checks import cost_of, counted
from karvan.stages.dossiers.reading.bom_reading import read_bom
from karvan.stages.dossiers.reading.bom_shapes import BomReading
from tests.shared import shared_path

CENT = Decimal("0.01")


def read(path: str, table: int | None = None) -> BomReading:
    file = shared_path(f"inputs/{path}")
    return read_bom(file.read_bytes(), file.name, table=table)


@pytest.fixture(scope="module")
def golden():
    return json.loads(shared_path("facts/golden-dev.json").read_text())


def codes(reading: BomReading) -> list[str]:
    return [d.code for d in reading.doubts] + [d.code for x in reading.lines for d in x.doubts]


def said(reading: BomReading, code: str) -> list[dict]:
    every = [*reading.doubts, *(d for line in reading.lines for d in line.doubts)]
    return [{**d.args, "where": d.where} for d in every if d.code == code]


POSEIDON = "poseidon/poseidon_bill-of-materials_v1.0_2019-01-28.xlsx"


def test_poseidon_has_two_tables_in_one_sheet_with_their_own_totals(golden):
    expected = golden["poseidon_bom"]
    pump, microscope = read(POSEIDON, 0), read(POSEIDON, 1)

    assert len(pump.tables) == expected["tables_in_one_sheet"]
    assert [len(pump.lines), len(microscope.lines)] == expected["lines"]
    stated = {one.label: float(one.value) for one in pump.tables[0].stated}
    assert stated["Total for 3 pumps"] == expected["sheet_total_3_pumps"]
    assert round(stated["Per pump total"], 4) == expected["sheet_total_per_pump"]
    assert [float(one.value) for one in pump.tables[1].stated] == [
        expected["sheet_total_microscope"]
    ]


def test_poseidon_per_pump_is_what_the_sheet_says_only_if_the_power_unit_is_shared(golden):
    expected = golden["poseidon_bom"]
    pump = read(POSEIDON, 0)

    per_item = sum(cost_of(line) for line in pump.lines)
    assert round(float(per_item), 4) == expected["recomputed_per_pump_if_PSU_not_shared"]
    stated = sum(line.stated_cost for line in pump.lines)
    assert round(float(stated), 4) == expected["sheet_total_per_pump"]
    assert [one["where"] for one in said(pump, "cost_disagrees")] == ["14"]
    assert said(pump, "total_disagrees")[0]["stated"] == "37.91"


def test_poseidon_figures_typed_among_formulas_are_named(golden):
    assert said(read(POSEIDON, 0), "typed_among_formulas")[0]["where"] == "14"
    assert "currency_not_stated" in codes(read(POSEIDON, 0))


def test_planktoscope_has_no_price_and_its_links_in_a_column_without_a_name(golden):
    expected = golden["planktoscope_bom"]
    bom = read("planktoscope/bom.csv")

    assert len(bom.lines) == expected["lines"]
    assert sum(line.quantity for line in bom.lines) == expected["total_qty"]
    assert sum(o.price is not None for line in bom.lines for o in line.offers) == expected["prices"]
    urls = [o.url for line in bom.lines for o in line.offers if o.url]
    assert len(urls) == expected["unnamed_last_column_holds_url"]
    assert sum(not line.mpn for line in bom.lines) == expected["lines_without_part_code"]
    assert any('1/16"' in line.description for line in bom.lines)
    assert "refs_are_codes" in codes(bom) and "refs_fewer" not in codes(bom)


def test_respiraworks_parts_name_those_whose_price_is_not_that_of_their_sources(golden):
    expected = golden["respiraworks_parts"]
    bom = read("respiraworks/parts.json")

    assert len(bom.lines) == expected["parts"]
    assert sum(not line.mpn for line in bom.lines) == expected["without_mpn"]
    odd = {
        int(d.where)
        for line in bom.lines
        for d in line.doubts
        if d.code == "price_disagrees_with_sources"
    }
    names = json.loads(shared_path("inputs/respiraworks/parts.json").read_text())
    assert [names[at - 1]["pn"] for at in odd] and sorted(
        names[at - 1]["pn"] for at in odd
    ) == sorted(expected["avg_price_disagrees_with_sources"])


def test_respiraworks_harness_is_connectors_cables_and_contacts():
    bom = read("respiraworks/oxygen_sensor.yml")

    assert bom.format == "yaml_wireviz"
    assert [
        (line.refs[0], line.quantity, line.unit)
        for line in bom.lines
        if line.refs[0] in ("X1", "W1")
    ] == [
        ("X1", 1, "each"),
        ("W1", 300, "mm"),
    ]
    assert [line.quantity for line in bom.lines if line.mpn == "43030-0002"] == [2]


def test_respiraworks_drawing_of_kicad_5_gives_its_custom_fields():
    bom = read("respiraworks/cycle_controller.sch")

    line = next(one for one in bom.lines if "R39" in one.refs)
    assert (line.manufacturer, line.mpn) == ("Yageo", "RC0603JR-070RL")
    assert {"unannotated", "not_fitted"} <= set(codes(bom))


def test_bioamp_schematic_of_kicad_6_counts_its_units_as_one_part(golden):
    expected = golden["bioamp"]
    bom = read("bioamp/BioAmp-EXG-Pill.kicad_sch")

    assert bom.facts["symbols"] == expected["symbol_instances"]
    assert bom.facts["refs"] == expected["unique_component_refs"]
    amp = next(line for line in bom.lines if "U1" in line.refs)
    assert (amp.value, amp.quantity) == (expected["U1_value_kicad6"], 1)


def test_bioamp_schematic_of_kicad_5_says_another_value(golden):
    bom = read("bioamp/BioAmp-EXG-Pill.sch")

    amp = next(line for line in bom.lines if "U1" in line.refs)
    assert amp.value == golden["bioamp"]["U1_value_kicad5"]


def test_bioamp_board_says_which_references_it_has_several_times(golden):
    bom = read("bioamp/BioAmp-EXG-Pill.kicad_pcb")

    assert bom.facts["footprints"] == golden["bioamp"]["pcb_footprints"]
    repeats = [f"{one['ref']} x{one['count']}" for one in said(bom, "placed_twice")]
    assert repeats == golden["bioamp"]["pcb_repeats_refs"]


def test_pocketpcr_drawings_of_kicad_5(golden):
    sch, board = read("pocketpcr/RocketPCR.sch"), read("pocketpcr/RocketPCR.kicad_pcb")

    assert sch.facts["symbols"] == golden["pocketpcr"]["legacy_sch_symbols"]
    assert sch.facts["refs"] == golden["pocketpcr"]["legacy_sch_unique_refs"]
    assert board.format == "kicad5_pcb"
    assert board.facts["footprints"] == 50


def test_pocketpcr_second_sheet_sums_to_what_it_states(golden):
    bom = read("pocketpcr/PocketPCR_BOM.ods", 1)

    total = sum(cost for line in counted(bom.lines) if (cost := cost_of(line)) is not None)
    assert round(float(total), 4) == golden["pocketpcr"]["ods_sheet2_total"]
    stated = [float(one.value) for one in bom.tables[1].stated]
    assert golden["pocketpcr"]["ods_sheet2_stated"] in [round(one, 4) for one in stated]
    assert [one["refs"] for one in said(bom, "tables_disagree")]


def test_pocketpcr_first_sheet_has_its_mismatches_named(golden):
    bom = read("pocketpcr/PocketPCR_BOM.ods", 0)
    expected = golden["pocketpcr"]

    named = [f"{one['refs']} qty {one['quantity']}" for one in said(bom, "refs_more")]
    assert [one.replace(" ", "") for one in named] == [
        one.replace(" ", "") for one in expected["ods_sheet1_qty_mismatch"]
    ]
    assert [one["refs"] for one in said(bom, "refs_fewer")] == ["X1", "X2"]
    unfitted = [f"{line.refs[0]} qty {line.quantity}" for line in bom.lines if not line.fitted]
    assert unfitted == expected["ods_sheet1_not_fitted"]
    assert [one["ref"] for one in said(bom, "repeated_ref")] == ["S1"]


def test_pocketpcr_csv_of_semicolons(golden):
    bom = read("pocketpcr/RocketPCR.csv")

    assert bom.sniffed["delimiter"] == ";"
    assert len(bom.lines) == golden["pocketpcr"]["csv_lines"]
    assert [one["refs"] for one in said(bom, "mark")] == ["G***"]


def test_openflexure_list_keeps_ranges_and_leaves_unknown_what_it_does_not_say():
    bom = read("openflexure/0_bill_of_materials.md")

    by_name = {line.description: line for line in bom.lines}
    screw = by_name["M3x8mm cap head screw"]
    assert (screw.quantity, screw.quantity_most, screw.optional) == (3, 14, True)
    assert by_name["5mm White LED"].quantity is None
    assert by_name["2.5mm hex key"].kind == "tool"
    assert len(bom.lines) == 25


@pytest.mark.parametrize("path", ["poseidon/1_poseidon.csv", "openflexure/okh.yml"])
def test_files_without_a_bill_of_materials_are_refused(path):
    from karvan.stages.dossiers.errors import Unreadable

    with pytest.raises(Unreadable):
        read(path)


def test_a_manifest_names_the_file_that_holds_the_parts():
    assert said(read("planktoscope/okh.toml"), "bom_elsewhere")[0]["path"] == "/hardware/bom.csv"
