"""Small workbooks, lists, documents and drawings, written here, and how each is read."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from karvan.stages.dossiers.errors import Unreadable
from karvan.stages.dossiers.reading.bom_checks import cost_of, counted

from .test_bom_reading import codes, lines, read

# --- workbooks --------------------------------------------------------------------------


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_formulas_without_a_kept_value_are_named_by_their_cell():
    data = workbook(
        (
            "BOM",
            [
                ["Description", "Qty", "Unit price", "Total"],
                ["Nut", 2, 0.5, "=B2*C2"],
                ["Rod", 1, "=1+1", "=B3*C3"],
            ],
        )
    )
    bom = read(data, "bom.xlsx")

    places = [d.where for d in bom.doubts if d.code == "formula_without_value"]
    assert places == ["D2", "C3", "D3"]
    assert [cost_of(x) for x in bom.lines] == [1, None]


def test_sheets_are_tables_to_choose_from_and_differences_between_them_are_named():
    head = ["Ref", "Qty", "Value"]
    one = [head, ["R1", 1, "10k"], ["R2", 1, "1k"], ["C1", 1, "1u"]]
    two = [head, ["R1", 1, "47k"], ["R2", 1, "1k"], ["C1", 1, "1u"]]
    bom = read(workbook(("Old", one), ("New", two)), "bom.xlsx", table=1)

    assert bom.lines[0].value == "47k" and bom.lines[0].sheet == "New"
    said = next(d for d in bom.doubts if d.code == "tables_disagree")
    assert said.args["refs"] == "R1"


def test_a_workbook_that_the_first_reader_cannot_open_is_read_by_the_other_or_refused():
    data = workbook(("BOM", [["Description", "Qty"], ["Nut", 2]]))

    with pytest.raises(Unreadable, match="does not open"):
        read(data[:-400], "bom.xlsx")
    with pytest.raises(Unreadable):
        read(b"PK\x03\x04 and nothing more", "bom.ods")


def test_styles_that_crash_the_second_reader_leave_the_values_readable():
    whole = workbook(
        ("BOM", [["Description", "Qty", "Price"], ["Nut", 2, 0.5], ["Rod", 1, "=1+1"]])
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"xfId", b"xxid") if "styles" in name else data)
    bom = read(out.getvalue(), "bom.xlsx")

    assert [x.description for x in bom.lines] == ["Nut", "Rod"]
    assert "formulas_not_read" in codes(bom)


# --- Markdown ---------------------------------------------------------------------------

BLOWER = """# Fan

| a | b |
|:-:|:-:|
| ![](x.jpg) | ![](y.jpg) |

## Parts

| Item | Quantity | Manufacturer | Part # | Price (USD) | Sources[*][guide] | Notes |
| ---- | -------: | ------------ | ------ | ----------: | :---------------: | ----- |
| **A1** | 1 | | WS70 | 65.00 | [A][shop] | fan |
| **A2** | (1) | | WS12 | 24.00 | [A][shop] | **optional** driver |
| **A3** | (~200cm²) | Sheets | 85K | 20.44 / m² | [A][shop] | 1/4" acrylic sheet, to make **A4-5** below |
| **A4** | 1 | Own | [Plate](plate.dxf) | 1.10 | Own | cut from acrylic (**A3**), uses ~75 cm² |
| **A5** | 2 | Own | [Ring](ring.dxf) | ~0.90 | Own | cut from acrylic (**A3**) |
| **A6** | 4 | Nuts | 93K | 6.00 / 100 | [A][shop] [B][other] | M4 nuts |

**Total assembly price:** USD 68.14

[shop]: https://example.org/1
[other]: https://example.org/2
"""


def test_a_markdown_table_with_options_materials_and_its_own_total():
    bom = read(BLOWER, "README.md")

    by_item = {line.item: line for line in bom.lines}
    assert by_item["A2"].optional and not by_item["A3"].optional
    assert by_item["A3"].kind == "raw_material"
    assert (by_item["A4"].made_from, by_item["A5"].made_from) == ("A3", "A3")
    assert [line.item for line in counted(bom.lines)] == ["A1", "A4", "A5", "A6"]
    assert sum(cost_of(line) for line in counted(bom.lines)) == Decimal("68.14")
    assert "total_disagrees" not in codes(bom)
    assert [o.url for o in by_item["A6"].offers] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert by_item["A4"].mpn == "Plate"


def test_a_material_counts_where_the_parts_made_from_it_have_no_price():
    bom = read(BLOWER.replace("| 1.10 |", "| |").replace("| ~0.90 |", "| |"), "README.md")

    assert "A3" in [line.item for line in counted(bom.lines)]
    assert cost_of(next(line for line in bom.lines if line.item == "A3")) == Decimal("0.4088")


def test_bullets_with_counts_links_and_the_marks_of_gitbuilding():
    bom = read(
        "# Make it\n\nTake the [bolt](bolt.md){qty: 3, cat: mech} and the "
        "[frame]{output, qty:1} and [glue][gl]{qty: 3 drops}.\n\n## Tools\n\n* 2x [hex key](k.md), 2.5 mm\n- craft knife (optional)\n"
        "\n[gl]: https://example.org/glue\n",
        "step.md",
    )

    assert [(x.quantity, x.unit, x.description) for x in bom.lines] == [
        (3, "each", "bolt"),
        (3, "drops", "glue"),
        (2, "each", "hex key"),
        (None, "each", "craft knife"),
    ]
    assert [x.kind for x in bom.lines] == ["mechanical", "", "tool", "tool"]
    assert bom.lines[3].optional


# --- documents --------------------------------------------------------------------------


def test_json_with_sources_whose_mean_is_not_the_price_stated():
    bom = read(
        '{"parts": [{"name": "Fan", "mpn": "F1", "quantity": 2, "price": 4.00, "sources": ['
        '{"supplier": "A", "price": 5.00, "price_units": 1, "url": "https://example.org/f"},'
        '{"supplier": "B", "price": 50, "price_units": 10}]}]}',
        "parts.json",
    )

    assert "price_disagrees_with_sources" in codes(bom)
    assert [(o.supplier, o.price, o.price_quantity) for o in bom.lines[0].offers] == [
        ("A", 5, 1),
        ("B", 50, 10),
    ]


def test_yaml_of_parts_by_name_keeps_numbers_that_are_no_numbers():
    bom = read(
        "HexBolt_M3:\n  Name: M3 bolt\n  Quantity: 3\n  Package: 0603\n  Suppliers:\n    Shop:\n      PartNo: 007\n"
        "Nut:\n  Name: M3 nut\n  Quantity: 2\n",
        "parts.yaml",
    )

    assert [(x.quantity, x.description) for x in bom.lines] == [(3, "M3 bolt"), (2, "M3 nut")]
    assert bom.lines[0].package == "0603"
    assert (bom.lines[0].offers[0].supplier, bom.lines[0].offers[0].sku) == ("Shop", "007")


def test_a_manifest_with_its_bill_of_materials_inside():
    bom = read(
        "title: Pump\nlicense: {hardware: CERN-OHL-S-2.0}\nlicensor: {name: N}\nbom:\n  - item: Motor\n    quantity: 1\n  - item: Rod\n    quantity: 2\n",
        "okh.yml",
    )

    assert bom.format == "yaml_okh" and [x.quantity for x in bom.lines] == [1, 2]
    assert [x.description for x in bom.lines] == ["Motor", "Rod"]


def test_toml_parts_without_quantity_stay_unknown():
    bom = read(
        'okhv = "OKH-LOSHv1.0"\nbom = "bom.csv"\n[[part]]\nname = "Case"\ntsdc = "3DP"\nsource = "case.scad"\n',
        "okh.toml",
    )

    assert (bom.lines[0].quantity, bom.lines[0].kind) == (None, "printed")
    assert {"bom_elsewhere", "no_quantity_column"} <= codes(bom)


# --- drawings ---------------------------------------------------------------------------


def symbol(ref, value="10k", extra="", lib="Device:R", uuid="u"):
    return (
        f'(symbol (lib_id "{lib}") (unit 1) {extra} (uuid {uuid})'
        f' (property "Reference" "{ref}" (at 0 0 0)) (property "Value" "{value}" (at 0 0 0))'
        f' (property "Footprint" "R:R_0603" (at 0 0 0)) (property "MPN" "RC\\"1" (at 0 0 0)))'
    )


def test_a_schematic_of_kicad_7_with_power_symbols_what_is_not_fitted_and_reused_sheets():
    text = (
        '(kicad_sch (version 20230121) (lib_symbols (symbol "power:GND" (power)))'
        + symbol("R1")
        + symbol("R2", extra="(in_bom yes) (on_board yes) (dnp yes)")
        + symbol("R3", extra="(in_bom no)")
        + symbol("#PWR01", "GND", lib="power:GND")
        + symbol(
            "R9",
            extra='(instances (project "p" (path "/a" (reference "R10") (unit 1)) (path "/b" (reference "R11") (unit 1))))',
        )
        + '(sheet (property "Sheetname" "amp") (property "Sheetfile" "amp.kicad_sch")))'
    )
    bom = read(text, "x.kicad_sch")

    assert [(x.refs, x.fitted, x.mpn) for x in bom.lines] == [
        (("R1", "R10", "R11"), True, 'RC"1'),
        (("R2",), False, 'RC"1'),
    ]
    assert {"left_out_of_bom", "other_sheets", "not_fitted"} <= codes(bom)


def test_a_board_of_kicad_8_keeps_its_names_in_properties():
    text = (
        '(kicad_pcb (version 20240108) (footprint "R:R_0603" (property "Reference" "R1") (property "Value" "10k"))'
        '(footprint "R:R_0603" (attr smd dnp) (property "Reference" "R2") (property "Value" "10k"))'
        '(footprint "H:Hole" (attr exclude_from_bom) (property "Reference" "H1") (property "Value" "MountingHole")))'
    )
    bom = read(text, "x.kicad_pcb")

    assert [(x.refs, x.fitted) for x in bom.lines] == [(("R1",), True), (("R2",), False)]
    assert bom.facts["footprints"] == 3


def test_a_board_of_kicad_5_is_not_empty():
    text = (
        "(kicad_pcb (version 20171130) (module R:R_0603 (layer F.Cu) (fp_text reference R1 (at 0 0)) (fp_text value 10k (at 0 0)))\n"
        '(module R:R_0603 (layer F.Cu) (fp_text reference R1 (at 0 0)) (fp_text value "4k 7" (at 0 0))))'
    )
    bom = read(text, "x.kicad_pcb")

    assert bom.format == "kicad5_pcb" and bom.facts["footprints"] == 2
    assert {"placed_twice", "two_values"} <= codes(bom)


def test_a_schematic_of_kicad_5_with_fields_units_and_paths():
    def comp(ref, *more):
        return "\n".join(["$Comp", f"L Device:R {ref}", "U 1 1 5E", "P 1 1", *more, f'F 0 "{ref}" H 1 1 50 0000 C CNN', 'F 1 "10k" H 1 1 50 0000 C CNN', 'F 2 "R:R_0603" H 1 1', 'F 4 "Yageo" H 1 1 50 0001 C CNN "Manufacturer"', 'F 5 "RC1" H 1 1 50 0001 C CNN "MPN"', "$EndComp"])  # fmt: skip

    text = "\n".join(["EESchema Schematic File Version 4", "$Sheet", 'F0 "amp" 50', 'F1 "amp.sch" 50', "$EndSheet",
                      comp("R1"), comp("R1"), comp("#PWR1"), comp("R7", 'AR Path="/1/2" Ref="R7"  Part="1"', 'AR Path="/1/3" Ref="R8"  Part="1"'), "$EndSCHEMATC"])  # fmt: skip
    bom = read(text, "x.sch")

    assert [(x.refs, x.quantity, x.manufacturer, x.mpn) for x in bom.lines] == [
        (("R1", "R7", "R8"), 3, "Yageo", "RC1")
    ]
    assert bom.facts["symbols"] == 4 and "other_sheets" in codes(bom)
    with pytest.raises(Unreadable, match="line 6"):
        read(text[: text.index("$EndComp")], "x.sch")


EAGLE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE eagle SYSTEM "eagle.dtd">
<eagle version="9.6.2"><drawing><schematic><libraries>
<library name="rcl"><devicesets><deviceset name="R-EU_"><devices><device name="R0603" package="R0603">
<technologies><technology name=""><attribute name="MPN" value="RC1"/></technology></technologies></device></devices></deviceset></devicesets></library>
<library name="supply1"><devicesets><deviceset name="GND"><devices><device name=""/></devices></deviceset></devicesets></library>
</libraries><parts>
<part name="R1" library="rcl" deviceset="R-EU_" device="R0603" value="10k"/>
<part name="R2" library="rcl" deviceset="R-EU_" device="R0603" value="10k"><variant name="lite" populate="no"/></part>
<part name="GND1" library="supply1" deviceset="GND" device=""/>
</parts></schematic></drawing></eagle>"""


def test_an_eagle_schematic_without_its_supplies():
    bom = read(EAGLE, "x.sch")

    assert bom.format == "eagle_sch" and bom.facts["supplies"] == 1
    assert [(x.refs, x.value, x.package, x.mpn, x.fitted) for x in bom.lines] == [
        (("R1",), "10k", "R0603", "RC1", True),
        (("R2",), "10k", "R0603", "RC1", False),
    ]


def test_an_eagle_board_and_eagle_before_it_was_text():
    board = (
        EAGLE[: EAGLE.index("<schematic>")]
        + '<board><elements><element name="U1" package="SO8" value="LM358"/></elements></board></drawing></eagle>'
    )
    assert lines(read(board, "x.brd")) == [(("U1",), 1, "LM358")]
    with pytest.raises(Unreadable, match="before version 6"):
        read(b"\x10\x80\x00\x00binary", "x.brd")
    with pytest.raises(Unreadable, match="up to line"):
        read(EAGLE[:-30], "x.sch")


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("x.kicad_sch", "(kicad_sch (version 1)\n(symbol (lib_id x)", "line 2"),
        ("x.kicad_pcb", '(kicad_pcb\n (footprint "R', "line 2"),
        ("x.json", '{"parts": [\n{"name" 1}]}', "line 2"),
        ("x.yaml", "parts:\n  - name: [1\n", "line"),
        ("x.toml", "a = \n", "line 1"),
        ("x.csv", "\n\n ,\n", "nothing"),
        ("x.csv", "   ", "nothing"),
        ("x.txt", "Dear all,\nthe meeting is on Monday.\n", "No table"),
    ],
)
def test_an_unreadable_file_says_where(name, text, where):
    with pytest.raises(Unreadable, match=where):
        read(text, name)


def test_a_workbook_with_a_title_blank_rows_a_date_and_sections():
    rows = [
        ["Project X"], [None], ["Date", "2024-01-01"], [None],
        ["#", "Part name", "Qty.", "Unit price [€]", "Sum [€]", "Shop"],
        [1, "Motor", 2, 12.5, 25, "RS"], [2, "Profile 20x20", "1.5 m", "8 €/m", 12, "Item"],
        ["Tools"], [3, "Drill", 1, None, None, None], [None, None, None, "Total", 37.0],
    ]  # fmt: skip
    bom = read(workbook(("BOM", rows)), "bom.xlsx")

    assert [(x.sheet, x.quantity, x.unit) for x in bom.lines] == [
        ("Project X", 2, "each"),
        ("Project X", Decimal("1.5"), "m"),
        ("Tools", 1, "each"),
    ]
    assert [cost_of(x) for x in bom.lines] == [25, 12, None]
    assert not {"total_disagrees", "cost_disagrees"} & codes(bom)


def test_yaml_of_names_and_numbers_alone_and_suppliers_by_name():
    assert lines(read("bolt_m3: 4\nnut_m3: 4\n", "bom.yaml")) == [
        ((), 4, "bolt_m3"),
        ((), 4, "nut_m3"),
    ]
    bom = read(
        "- name: A\n  qty: 2\n  suppliers:\n  - {name: S, price: 1.5}\n- {name: B, qty: 1}\n",
        "x.yml",
    )
    assert (bom.lines[0].offers[0].supplier, bom.lines[0].offers[0].price) == ("S", Decimal("1.5"))
