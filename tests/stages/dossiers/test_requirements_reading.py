"""Requirements out of files: forms that are known, doubts that are named, files that do not read."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook

from karvan.stages.dossiers.errors import Unreadable
from karvan.stages.dossiers.reading.requirements import guessed_type, known_type, read_requirements
from karvan.stages.dossiers.reading.requirements_words import said
from tests.shared import shared_path

RST = """Alarms
======

.. item:: SYS-1 Alarm
   :fulfills: NEED-1, NEED-2
              NEED-3
   :colour: red

   The device shall alarm
   within 10 s.

   Also at |LEVEL|.

Text between that belongs to nothing.

.. item:: SYS-2
   :fulfills:

The device shall be quiet otherwise.

A second paragraph of it.

.. figure:: plan.png

   Not a requirement.

.. req:: Battery
   :id: R_9
   :links: SYS-1
   :status: open

   It shall last 4 h.

.. item:: SYS-2

Said twice.

.. item::

Without a code.

.. item:: SYS-5
   :fulfills: SYS-5
"""


def codes(read):
    return [item.code for item in read.items]


def doubts(read):
    return [(one.code, one.where) for one in read.doubts]


def rst(text=RST, **more):
    return read_requirements(text.encode(), "spec.rst", **more)


def test_items_carry_their_text_indented_or_not_and_all_their_links():
    items = {item.code: item for item in rst().items}

    assert items["SYS-1"].statement == (
        "Alarm\n\nThe device shall alarm within 10 s.\n\nAlso at |LEVEL|."
    )
    assert items["SYS-1"].fulfils == ("NEED-1", "NEED-2", "NEED-3")
    assert items["SYS-2"].statement == (
        "The device shall be quiet otherwise.\n\nA second paragraph of it."
    )
    assert items["SYS-2"].fulfils == ()


def test_a_directive_with_an_id_is_a_requirement_and_one_without_is_not():
    read = rst()

    assert codes(read) == ["SYS-1", "SYS-2", "R_9", "SYS-5"]
    assert read.items[2].statement == "Battery\n\nIt shall last 4 h."
    assert read.items[2].fulfils == ("SYS-1",)


def test_what_is_left_out_or_not_understood_is_named_with_its_line():
    assert doubts(rst()) == [
        ("unknown_option", "4"),
        ("substitution", "4"),
        ("unknown_option", "27"),
        ("repeated", "34"),
        ("no_code", "38"),
        ("fulfils_itself", "42"),
        ("no_statement", "42"),
    ]
    assert said(rst().doubts[3]) == (
        "Line 34: SYS-2 is there already (line 16); the first is kept, this one left out."
    )


def test_every_doubt_has_a_sentence():
    assert all(said(one) for one in rst().doubts)


def test_what_has_no_code_is_numbered_when_asked():
    read = rst(prefix="X")

    assert "X-5" in codes(read)
    assert ("numbered", "38") in doubts(read)


def test_a_table_is_read_by_its_headings_wherever_they_stand_and_in_other_languages():
    text = "Cahier des charges;;;\n;;;\nRéf;Exigence;Méthode de vérification;Pièce\nS-1;Il doit lire.;essai;x\n"

    read = read_requirements(text.encode("latin-1"), "a.csv")

    assert [(one.code, one.statement) for one in read.items] == [("S-1", "Il doit lire.")]
    assert {"lines_above", "columns_left"} <= {code for code, _where in doubts(read)}


def test_a_mapping_of_columns_wins_over_the_guess():
    text = "id,text,other\nA-1,wrong,right\n"

    read = read_requirements(text.encode(), "a.csv", mapping={"code": 0, "statement": 2})

    assert read.items[0].statement == "right"


def test_the_sheet_with_requirements_is_found_in_a_workbook():
    book = Workbook()
    book.active.append(["Nothing", "here"])
    sheet = book.create_sheet("Reqs")
    for row in (
        ["ID", "Requirement", "Type", "Parent", "Priority"],
        [1, "It shall read.", "system", "N-1; N-2", "high"],
        [2, "It shall beep.", "hardwear", "", "urgent"],
    ):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)

    read = read_requirements(held.getvalue(), "a.xlsx")

    assert [(one.code, one.type, one.fulfils, one.priority) for one in read.items] == [
        ("1", "system", ("N-1", "N-2"), "must"),
        ("2", "", (), ""),
    ]
    assert doubts(read) == [("unknown_word", "Reqs: 3"), ("unknown_word", "Reqs: 3")]


def test_tables_of_markdown_are_read_and_other_tables_named():
    text = (
        "# Spec\n\n| Part | Price |\n|---|---|\n| x | 1 |\n\n"
        "| ID | Requirement | Verification |\n|:--|---|---|\n"
        "| U-1 | It shall a \\| b<br>c | test |\n\n```\n| ID | Text |\n|--|--|\n| no | no |\n```\n"
    )

    read = read_requirements(text.encode(), "spec.md")

    assert [(one.code, one.statement, one.verification) for one in read.items] == [
        ("U-1", "It shall a | b\nc", "test")
    ]
    assert doubts(read) == [("other_table", "3")]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"Heading\n=======\n\nOnly prose.\n", "a.rst", "4 lines"),
        (b".. item:: A\0B\n", "a.rst", "byte 12"),
        (b"%PDF-1.4", "a.pdf", "none of these"),
        (b"part,price\nR1,2\n", "a.csv", "names a column"),
        (b"not a workbook", "a.xlsx", "does not open"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_where(data, name, words):
    with pytest.raises(Unreadable, match=words):
        read_requirements(data, name)


def test_bytes_that_are_not_text_are_named_by_their_line():
    lines = [f".. item:: É-{n}\n\nÇa doit marcher.\n".encode() for n in range(9)]
    data = b"\n".join([*lines, b".. item:: Z\n\nIt shall \xff\n"])

    read = read_requirements(data, "a.rst")

    assert [one.code for one in read.doubts] == ["unread_line"]


def test_types_are_guessed_by_whole_parts_of_codes_only():
    assert guessed_type(["AB-SYS-1", "AB-SYS-2", "HW-3"]) == "system"
    assert guessed_type(["SYSTOLE1", "HOWARD-2"]) == ""
    assert (known_type("Hardware"), known_type("stakeholder"), known_type("odd")) == (
        "hardware",
        "need",
        "",
    )


def test_the_ventilators_four_files_hold_what_was_counted():
    expected = json.loads(shared_path("facts/golden-dev.json").read_text())
    golden = expected["respiraworks_requirements"]
    files = {
        "system": "system_requirements.rst",
        "hardware": "hardware_requirements.rst",
        "software": "SRS.rst",
        "stakeholder": "covent_19.rst",
    }

    read = {
        key: read_requirements(shared_path(f"inputs/respiraworks/{name}").read_bytes(), name)
        for key, name in files.items()
    }

    assert {key: len(one.items) for key, one in read.items()} == {key: golden[key] for key in files}
    assert [one.doubts for one in read.values()] == [()] * 4
