"""Answers as a table: headings, labels, nothing that runs, nothing cut in silence."""

import io

import openpyxl
import pytest

from karvan.foundation.forms.spreadsheet import (
    columns,
    export_csv,
    export_xlsx,
    from_spreadsheet_row,
)

from .example import example, sound


def test_columns_follow_the_form_and_give_a_group_as_many_blocks_as_its_longest_answer():
    paths = [c.path for c in columns(example(), [{"posts": [{}, {}]}])]

    assert paths[:2] == ["full_name", "sex"]
    assert [p for p in paths if p.startswith("posts")] == [
        "posts-0-title", "posts-0-now", "posts-0-until",
        "posts-1-title", "posts-1-now", "posts-1-until",
    ]  # fmt: skip


def test_cells_hold_labels_in_the_readers_language_and_come_back_as_values():
    table = export_csv(example(), [({"code": "KV-1"}, sound(skills=["weld", "code"]))], "fr")
    heads, cells = (line.split(",") for line in table.splitlines())
    row = dict(zip(heads, cells, strict=True))

    assert (row["code"], row["sex"]) == ("KV-1", "Femme")
    assert row["skills"] == "weld; Programming"  # a label with a semicolon gives way to its value
    raw = from_spreadsheet_row(example(), row)
    assert (raw["sex"], raw["skills"]) == ("F", ["weld", "code"])


def test_a_workbook_holds_text_that_looks_like_a_formula_as_text():
    book = export_xlsx(example(), [({}, sound(why='=HYPERLINK("http://x")', years=-3))], "en")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    heads = [cell.value for cell in sheet[1]]
    why, years = sheet[3][heads.index("why")], sheet[3][heads.index("years")]

    assert (why.data_type, why.value) == ("s", '=HYPERLINK("http://x")')
    assert (years.data_type, years.value) == ("n", -3)
    assert sheet[2][heads.index("members-0-email")].value == "Team 1: E-mail"


def test_csv_escapes_a_formula_and_reading_undoes_it():
    table = export_csv(example(), [({}, {"full_name": "=1+1"})], "en")

    assert "\n'=1+1," in table
    assert from_spreadsheet_row(example(), {"full_name": "'=1+1"}) == {"full_name": "=1+1"}


def test_a_text_too_long_for_a_cell_says_that_it_was_cut():
    book = export_xlsx(example(), [({}, {"why": "x" * 40_000})], "en")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active

    value = next(cell.value for cell in sheet[3] if cell.value)
    assert len(value) == 32_767
    assert value.endswith("the CSV file has the whole text)")


def test_a_fact_named_like_a_question_is_a_mistake():
    with pytest.raises(ValueError, match="full_name"):
        export_csv(example(), [({"full_name": "x"}, {})], "en")
