"""Whatever the bytes are, a reader answers or says where it stops; a dialect changes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.stages.dossiers.errors import Unreadable
from karvan.stages.dossiers.reading.bom_reading import read_bom
from karvan.stages.dossiers.reading.bom_shapes import BomReading

from .test_bom_formats import BLOWER, EAGLE, symbol, workbook

NAMES = (
    "a.csv", "a.tsv", "a.txt", "a.md", "a.json", "a.yaml", "a.toml", "a.xlsx", "a.ods", "a.sch",
    "a.brd", "a.kicad_sch", "a.kicad_pcb", "a.xml", "a",
)  # fmt: skip
SAMPLES = {
    "a.csv": b'Qty,Description,Price\n2,"Bolt 1/4""",1.00\nTotal,,2.00\n',
    "a.md": BLOWER.encode(),
    "a.sch": EAGLE.encode(),
    "a.kicad_sch": f"(kicad_sch (version 1) {symbol('R1')} {symbol('C?')})".encode(),
    "a.json": b'[{"name": "a", "quantity": 3, "sources": [{"price": 2}]}]',
    "a.yaml": b"a: {name: b, quantity: 3, price: 1}\nc: {name: d, quantity: 1}\n",
    "a.toml": b'[[part]]\nname = "a"\nquantity = 3\n',
    "a.xlsx": workbook(("S", [["Qty", "Description", "Price"], [1, "a", "=1+1"], [2, "b", 3]])),
    "five.sch": b'EESchema Schematic File Version 4\n$Comp\nL R R1\nF 0 "R1" H\nF 1 "1k" H\n$EndComp\n',
}
FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers(data: bytes, name: str) -> None:
    try:
        found = read_bom(data, name)
    except Unreadable as said:
        assert str(said)
    else:
        assert isinstance(found, BomReading) and found.tables


@FEW
@given(st.binary(max_size=600), st.sampled_from(NAMES))
def test_any_bytes_are_answered(data, name):
    answers(data, name)


@FEW
@given(st.text(max_size=300), st.sampled_from(NAMES))
def test_any_text_is_answered(text, name):
    answers(text.encode("utf-8", "surrogatepass"), name)


@settings(FEW, max_examples=150)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_file_cut_short_or_damaged_is_answered(name, data):
    whole = SAMPLES[name]
    at = data.draw(st.integers(0, len(whole)))
    broken = data.draw(st.binary(max_size=6))
    length = data.draw(st.integers(0, 8))
    answers(whole[:at] + broken + whole[at + length :], name)


# A row that says total is one, in a table of three columns.
SAYS_TOTAL = ("subtotal", "total", "sum", "summe", "gesamt", "somme", "cəmi", "toplam")
WORD = (
    st.text(
        st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x24F),
        min_size=3,
        max_size=12,
    )
    .map(lambda text: f"P {text}")
    .filter(lambda text: text.lower()[2:] not in SAYS_TOTAL)
)
LINE = st.tuples(
    st.integers(1, 999),
    st.builds(
        lambda a, b, sign: f"{a}{sign}{b}",
        WORD,
        WORD,
        st.sampled_from([", ", "; ", ' 1/4" ', "\t", " | ", "\n"]),
    ),
    st.integers(1, 99999),
)


@FEW
@given(
    st.lists(LINE, min_size=2, max_size=12),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_a_table_reads_the_same_in_every_dialect(rows, delimiter, quoting, ending, encoding, comma):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=ending)
    writer.writerow(["Quantity", "Description", "Unit price"])
    for quantity, description, cents in rows:
        price = f"{cents // 100}.{cents % 100:02d}"
        writer.writerow([quantity, description, price.replace(".", ",") if comma else price])

    bom = read_bom(out.getvalue().encode(encoding), "bom.csv")

    read = [
        (x.quantity, x.description, x.offers[0].price * 100 if x.offers else 0) for x in bom.lines
    ]
    assert read == [(q, " ".join(d.split()), cents) for q, d, cents in rows]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_samples_themselves_are_read(name):
    assert read_bom(SAMPLES[name], Path(name).name).lines
