"""Small bills of materials of every format, written here, and how each is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from karvan.stages.dossiers.reading.bom_checks import cost_of
from karvan.stages.dossiers.reading.bom_doubts import grouped, sentence
from karvan.stages.dossiers.reading.bom_reading import read_bom
from karvan.stages.dossiers.reading.bom_shapes import line_as_data, line_from_data


def read(text: str | bytes, name: str = "bom.csv", **more):
    return read_bom(text.encode() if isinstance(text, str) else text, name, **more)


def codes(reading):
    return {d.code for d in reading.doubts} | {d.code for x in reading.lines for d in x.doubts}


def lines(reading):
    return [(line.refs, line.quantity, line.value or line.description) for line in reading.lines]


# --- text tables ------------------------------------------------------------------------


def test_a_german_table_with_semicolons_and_decimal_commas():
    text = "Pos;Anzahl;Bezeichnung;Hersteller;Einzelpreis (€)\n1;2;Schraube M3;Würth;0,15\n2;1;Gehäuse;;12,50\n"
    bom = read(text.encode("cp1252"))

    assert [(x.quantity, x.description, x.offers[0].price) for x in bom.lines] == [
        (2, "Schraube M3", Decimal("0.15")),
        (1, "Gehäuse", Decimal("12.50")),
    ]
    assert bom.lines[0].manufacturer == "Würth" and bom.lines[0].offers[0].currency == "EUR"


def test_a_russian_table_in_an_old_encoding():
    text = "№;Наименование;Кол-во;Цена\n1;Резистор 10 кОм;4;1,20\n2;Конденсатор;2;3,00\n"
    bom = read(text.encode("cp1251"))

    assert [(x.quantity, x.description) for x in bom.lines] == [
        (4, "Резистор 10 кОм"),
        (2, "Конденсатор"),
    ]
    assert cost_of(bom.lines[0]) == Decimal("4.80")


def test_a_french_table_with_tabs():
    bom = read(
        "Désignation\tQuantité\tPrix unitaire\tFournisseur\nVis M3\t10\t0,05\tGSB\nMoteur\t1\t1.250,00\tGSB\n",
        "bom.tsv",
    )

    assert [x.offers[0].price for x in bom.lines] == [Decimal("0.05"), Decimal("1250.00")]
    assert bom.lines[0].offers[0].supplier == "GSB"


def test_titles_blank_rows_sections_and_totals_are_told_apart_from_lines():
    bom = read(
        "Bill of materials,,,\nRev. B,2024-05-01,,\n,,,\nQty,Description,MPN,Price (USD)\n"
        "Electronics,,,\n2,Resistor,RC0603,0.10\n\n1,Sum of all fears (book),ISBN1,9.00\n"
        "Mechanics,,,\n4,Screw,SC3,0.05\nTotal,,,9.40\n"
    )

    assert [x.description for x in bom.lines] == ["Resistor", "Sum of all fears (book)", "Screw"]
    assert [x.sheet for x in bom.lines] == ["Electronics", "Electronics", "Mechanics"]
    assert [x.kind for x in bom.lines] == ["electronic", "electronic", "mechanical"]
    assert [(s.label, s.value) for s in bom.tables[0].stated] == [("Total", Decimal("9.40"))]
    assert "total_disagrees" not in codes(bom)


def test_a_total_that_disagrees_is_said_with_both_figures():
    bom = read("Qty,Description,Price\n2,Bolt,1.00\n1,Nut,0.50\nTotal,,3.50\n")

    args = next(d.args for d in bom.doubts if d.code == "total_disagrees")
    assert (args["stated"], args["computed"]) == ("3.50", "2.50")


def test_two_tables_with_other_columns_one_under_the_other():
    bom = read(
        "Pump,,,\nItem,Description,Qty,Price\n1,Motor,1,10\n2,Rod,2,3\n,,,\nFrame,,,\n"
        "Description,Supplier,Quantity,Link\nProfile,Shop,4,https://example.org/p\n"
    )

    assert [(t.title, len(t.rows)) for t in bom.tables] == [("Pump", 2), ("Frame", 1)]
    frame = read_bom(
        b"Pump,,,\nItem,Description,Qty,Price\n1,Motor,1,10\n2,Rod,2,3\n,,,\nFrame,,,\nDescription,Supplier,Quantity,Link\nProfile,Shop,4,https://example.org/p\n",
        "bom.csv",
        table=1,
    )
    assert (frame.lines[0].quantity, frame.lines[0].offers[0].url) == (4, "https://example.org/p")


def test_inch_signs_doubled_and_bare():
    bom = read('Qty,Description\n1,"Tube 1/16"""\n2,Bolt 1/4" long\n')

    assert [x.description for x in bom.lines] == ['Tube 1/16"', 'Bolt 1/4" long']


def test_a_quotation_mark_never_closed_does_not_swallow_the_rest():
    rows = "".join(f"{n},Part {n}\n" for n in range(30))
    bom = read('Qty,Description\n1,"7 inch display\n' + rows)

    assert len(bom.lines) == 31 and "quotes_open" in codes(bom)


def test_references_against_quantity_ranges_and_repeats():
    bom = read('Refs,Qty,Value\n"R1-R4",4,10k\n"C1, C2",3,1u\nU1,1,AMP\nU1,1,OTHER\nC?,1,1n\n')

    assert bom.lines[0].refs == ("R1", "R2", "R3", "R4")
    assert {"refs_fewer", "repeated_ref", "unannotated"} <= codes(bom)
    assert [d.code for d in bom.lines[0].doubts] == []


def test_what_is_not_fitted_and_what_is_optional():
    bom = read(
        "Ref,Qty,Value,DNP,Note\nR1,1,10k,,\nR2,1,1k,DNP,\nR3,0,2k,,\nR4,(1),3k,,\nR5,1,DNP,,\n"
    )

    assert [x.fitted for x in bom.lines] == [True, False, False, True, False]
    assert [x.optional for x in bom.lines] == [False, False, False, True, False]
    populate = read("Ref,Qty,Value,Populate\nR1,1,10k,yes\nR2,1,1k,no\n")
    assert [x.fitted for x in populate.lines] == [True, False]


def test_a_missing_price_is_unknown_and_so_is_nought():
    bom = read("Qty,Description,Unit Price\n1,A,2.00\n1,B,\n1,C,n/a\n1,D,0.00\n1,E,ask\n")

    assert [cost_of(x) for x in bom.lines] == [Decimal(2), None, None, None, None]
    assert {"no_price", "price_nought", "price_unreadable"} <= codes(bom)


def test_prices_in_several_currencies():
    bom = read("Qty,Description,Price\n1,A,$2.00\n1,B,€3.00\n1,C,4 CHF\n")

    assert [x.offers[0].currency for x in bom.lines] == ["USD", "EUR", "CHF"]
    assert "several_currencies" in codes(bom)


def test_a_heading_that_says_footprint_and_holds_numbers():
    bom = read("Ref,Value,Footprint,MPN\nR1,10k,4,RC1\nR2,1k,7,RC2\n")

    assert bom.mapping["Footprint"] == "" and "heading_lies" in codes(bom)
    chips = read("Ref,Value,Footprint\nR1,10k,0603\nR2,1k,1206\n")
    assert [x.package for x in chips.lines] == ["0603", "1206"]


def test_a_mapping_chosen_by_a_person_goes_before_the_guess():
    bom = read(
        "Ref,Value,Footprint,MPN\nR1,10k,4,RC1\nR2,1k,7,RC2\n", mapping={"Footprint": "quantity"}
    )

    assert [x.quantity for x in bom.lines] == [4, 7]


def test_a_table_without_headings_is_read_and_doubted():
    bom = read("R1,10k,0603\nR2,4k7,0603\nC1,100n,0805\n")

    assert "no_head" in codes(bom) and [x.refs for x in bom.lines] == [("R1",), ("R2",), ("C1",)]


def test_a_pack_and_its_size_make_the_price_of_one():
    bom = read("Description,Quantity,Pack price,Pack size,MOQ\nNut,4,7.20,50,100\n")

    offer = bom.lines[0].offers[0]
    assert (offer.price, offer.price_quantity, offer.moq) == (Decimal("7.20"), 50, 2)
    assert cost_of(bom.lines[0]) == Decimal("0.576")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", (3, None, "each")),
        ("3x", (3, None, "each")),
        ("x3", (3, None, "each")),
        ("3 pcs", (3, None, "each")),
        ("3-14x", (3, 14, "each")),
        ("3–14", (3, 14, "each")),
        ("~200cm²", (200, None, "cm**2")),
        ("(~80 cm2)", (80, None, "cm**2")),
        ("300 mm", (300, None, "mm")),
        ("2.5 m", (Decimal("2.5"), None, "m")),
        ("6in/15cm", (6, None, "inch")),
        ("1/2", (Decimal("0.5"), None, "each")),
        ("1,000", (1000, None, "each")),
        ("as needed", (None, None, "each")),
        ("-3", (None, None, "each")),
        ("", (None, None, "each")),
        ("3 drops", (3, None, "drops")),
    ],
)
def test_a_quantity_as_people_write_it(text, expected):
    bom = read(f'Description,Quantity,MPN\nThing,"{text}",X1\nOther,1,X2\n')

    line = bom.lines[0]
    assert (line.quantity, line.quantity_most, line.unit) == expected
    if line.quantity is None or line.unit == "drops":
        assert line.doubts


@pytest.mark.parametrize(
    ("text", "one_costs"),
    [
        ("1.21", "1.21"),
        ("$1.21", "1.21"),
        ("~1.00", "1.00"),
        ("6.04 / 100", "0.0604"),
        ("1,50 €", "1.50"),
        ("EUR 3", "3"),
        ("0.10 each", "0.10"),
        ("5 per 10 pcs", "0.5"),
    ],
)
def test_a_price_as_people_write_it(text, one_costs):
    bom = read(f'Description,Quantity,Price\nThing,1,"{text}"\nOther,1,x\n')

    assert cost_of(bom.lines[0]) == Decimal(one_costs)


def test_every_doubt_has_a_sentence_with_its_figures():
    bom = read('Refs,Qty,Value,Price\n"C1, C2",3,1u,0\nC?,a few,,$1\nR1,2-3,x,€1\nTotal,,,99\n')

    for one in grouped(
        d.as_data() for d in [*bom.doubts, *(d for x in bom.lines for d in x.doubts)]
    ):
        assert "%(" not in one.text and len(one.text) > 8
    assert sentence({"code": "range", "args": {"text": "2-3"}}).startswith("A range: “2-3”")


def test_a_line_survives_being_written_as_plain_data():
    bom = read("Refs,Qty,Value,Price\nC1,3,1u,0.5\nR1,2-3,x,€1\n")

    assert [line_from_data(line_as_data(x)) for x in bom.lines] == list(bom.lines)


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Comment,Designator,Footprint,LCSC Part #", "value refs package sku"),
        ("Comment,Description,Designator,Quantity", "value description refs quantity"),
        ("Part;Value;Device;Package", "refs value note package"),
        ("Qty;Value;Package;Parts;MF;MPN", "quantity value package refs manufacturer mpn"),
        ("ITEM NO.,PART NUMBER,DESCRIPTION,QTY.", "item mpn description quantity"),
        (
            "Designator,Component,Number,Cost per unit - USD,Total cost - USD,Source of materials",
            "refs description quantity price line_cost supplier",
        ),
        ("Référence,Désignation,Qté,Prix unitaire HT", "refs description quantity price"),
        (
            "Item,Qty,Unit cost (EUR),Total (EUR),Vendor",
            "description quantity price line_cost supplier",
        ),
        ("Item,Qty,Price,Unit price", "description quantity line_cost price"),
    ],
)
def test_headings_as_tools_and_journals_write_them(head, fields):
    sign = ";" if ";" in head else ","
    cells = {
        "value": "10k", "refs": "R1", "package": "0603", "quantity": "1", "price": "1.00",
        "line_cost": "1.00", "item": "7",
    }  # fmt: skip
    row = sign.join(cells.get(name, f"Some {name}") for name in fields.split())
    bom = read(f"{head}\n{row}\n{row}\n")

    assert " ".join(bom.mapping.values()) == fields
    assert "heading_lies" not in codes(bom)
