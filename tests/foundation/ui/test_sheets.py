"""Letters and reports: every kind of block, both directions, tags, and text that stays text."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime

import pypdf
import pytest

from karvan.foundation.ui.sheets import (
    Column,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Points,
    Sheet,
    Signature,
    Signatures,
    Table,
    render_sheet,
)

MADE = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
BARS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    '<rect width="30" height="4"/><rect y="6" width="15" height="4"/></svg>'
)
APPLICANTS = Table(
    columns=(Column("Country"), Column("Applied", numeric=True), Column("Admitted", numeric=True)),
    rows=(("Azərbaycan", "1,204", "41"), ("المغرب", "811", "38"), ("Total", "2,015", "79")),
    caption="Applications and admissions",
    total=True,
)


def sheet(*blocks, language="en", title="Report on the programme", **facts) -> Sheet:
    return Sheet(title, language, blocks, MADE, **facts)


def read(made: Sheet) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render_sheet(made)))


def tags(reader: pypdf.PdfReader) -> Counter[str]:
    """How often each structure tag occurs."""
    found: Counter[str] = Counter()
    todo = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            if "/S" in node:
                found[node["/S"]] += 1
            if "/K" in node:
                todo.append(node["/K"])
    return found


def test_every_block_is_in_the_text_in_its_order():
    reader = read(
        sheet(
            Facts((("Reference", "KV-R-2026-04"), ("Period", "January to March"))),
            Heading("What was promised"),
            Paragraph("Nine of fourteen were kept."),
            Points(("Two days instead of three.", "Six weeks.")),
            Heading("By country", 3),
            APPLICANTS,
            Figure(BARS, "Azerbaijan has most applicants", "Applicants"),
            Paragraph("Unknown is not zero.", quiet=True),
            Signatures((Signature("Nərgiz Quliyeva", "Director"),)),
            over="The Secretariat",
            under="First quarter of 2026",
        )
    )
    text = reader.pages[0].extract_text()
    said = [
        "The Secretariat",
        "Report on the programme",
        "First quarter of 2026",
        "KV-R-2026-04",
        "What was promised",
        "Nine of fourteen were kept.",
        "Six weeks.",
        "By country",
        "Applications and admissions",
        "Azərbaycan",
        "2,015",
        "Unknown is not zero.",
        "Nərgiz Quliyeva",
        "Director",
    ]
    at = [text.index(one) for one in said]

    assert at == sorted(at)


def test_structure_is_tagged():
    found = tags(
        read(sheet(Heading("Part"), Heading("Section", 3), APPLICANTS, Figure(BARS, "Bars")))
    )

    assert (found["/H1"], found["/H2"], found["/H3"]) == (1, 1, 1)
    assert (found["/Table"], found["/TH"], found["/TD"]) == (1, 3, 9)
    assert found["/Figure"] == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Report"), ("fr", "Rapport"), ("az", "Hesabat: ğ ı ş ə Ə"), ("ar", "تقرير")],
)
def test_each_language_is_named_in_the_file_and_its_title_can_be_found(language, title):
    reader = read(sheet(Paragraph("2026"), language=language, title=title))

    assert reader.trailer["/Root"]["/Lang"].split("-")[0] == language
    assert reader.metadata.title == title
    assert title in reader.pages[0].extract_text()


def test_arabic_reads_from_the_right():
    places = {}

    def note(text, page, line, _font, _size):
        for word in ("المرجع", "KV-1"):
            if word in text:
                places[word] = line[4] * page[0] + page[4]

    read(sheet(Facts((("المرجع", "KV-1"),)), language="ar", title="تقرير")).pages[0].extract_text(
        visitor_text=note
    )

    assert places["KV-1"] < places["المرجع"]


def test_heads_and_reference_repeat_on_each_page():
    rows = tuple((f"Person {number}",) for number in range(120))
    reader = read(sheet(Table((Column("Participant"),), rows), reference="KV-R-2026-04"))
    pages = [page.extract_text() for page in reader.pages]

    assert len(pages) > 2
    assert all("Participant" in page for page in pages)
    assert ["KV-R-2026-04" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert f"2 / {len(pages)}" in pages[1]


def test_new_page_begins_a_page():
    reader = read(sheet(Paragraph("One"), NewPage(), Paragraph("Two"), landscape=True))

    assert ["Two" in page.extract_text() for page in reader.pages] == [False, True]
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_text_that_looks_like_markup_is_only_text():
    said = '#import "x" $x$ *bold* <b> @ref `raw` // rest'

    assert said in read(sheet(Paragraph(said))).pages[0].extract_text()


def test_pictogram_in_a_comment_does_not_stop_a_report():
    text = read(sheet(Paragraph("Good 😀 day"), Facts((("春", "a"),)))).pages[0].extract_text()

    assert "Good \ufffd day" in text


def test_equal_sheets_give_equal_bytes():
    assert render_sheet(sheet(APPLICANTS)) == render_sheet(sheet(APPLICANTS))
    assert render_sheet(sheet(APPLICANTS)) != render_sheet(sheet(APPLICANTS, APPLICANTS))


def test_empty_parts_make_a_page_all_the_same():
    empty = sheet(
        Facts(()), Points(()), Table((Column("Name"),), ()), Signatures(()), Paragraph("")
    )

    assert len(read(empty).pages) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Heading("x", 1),
        lambda: Figure(BARS, " "),
        lambda: Table((Column("a"), Column("b")), (("1",),)),
        lambda: Table((), ()),
        lambda: sheet(language="tr"),
        lambda: sheet(title=" "),
    ],
)
def test_values_check_themselves(wrong):
    with pytest.raises(ValueError):
        wrong()
