"""The committee's pack: what it holds, in four languages, as PDF and as a workbook."""

from __future__ import annotations

import io

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from django.utils import translation

from karvan.stages.reviews.blind import reading_code
from karvan.stages.reviews.services import calibrated
from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.pack import pack_of
from karvan.stages.selection.services import (
    dissent,
    facts_or_none,
    file_appeal,
    lift_blind,
    propose_selection,
    sign_off,
)
from tests import make

from .pool import read_call, women
from .test_appeals import decided, decision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    call = read_call((90, "M"), (70, "F"), (80, "M"), (60, "F"))
    call.applications.update(full_name="Leyla Məmmədova")
    run = propose_selection(call, quotas=[women(floor=1)], seed="=cmd|' /C calc'!A0", by=None)
    dissent(
        run,
        statement="=1+1 too few women.",
        by=make.role("officer", of=make.person("Third Officer")),
    )
    for name in ("First Officer", "Second Officer"):
        sign_off(run, statement="Fair.", by=make.role("officer", of=make.person(name)))
    return SelectionRun.objects.get(pk=run.pk)


def packed(run, language="en"):
    with translation.override(language):
        made = pack_of(run, facts_or_none(run), calibrated(run.call))
    return {part.title: part for part in made.parts}


def file_of(client, run, **query):
    activity = run.call.activity
    arguments = {
        "edition": activity.edition.slug,
        "activity": activity.code,
        "number": run.number,
    }
    return client.get(reverse("selection:pack", kwargs=arguments), query)


def test_pack_holds_what_a_committee_must_be_able_to_answer_for(run):
    parts = packed(run)

    assert list(parts) == [
        "The run", "From call to cohort", "Criteria", "Quotas", "What the quotas changed",
        "Draw and proof", "Readers", "The list", "Dissent", "Signatures", "Appeals",
        "How to check it",
    ]  # fmt: skip
    cover = dict(parts["The run"].facts)
    assert (cover["SHA-256 of the document"], cover["Seal"]) == (run.sha256, run.seal)
    assert cover["The seal"] == "holds"
    quota = parts["Quotas"].table.rows[0]
    # Two of four people in the pool are women, one of two in the cohort; ten points given up.
    assert quota == ("Women", 1, None, 2, "50%", 1, "50%", 10.0, 1, 1)
    codes = {
        mark: reading_code(run.decisions.get(merit=mark * 100).application) for mark in (70, 80)
    }
    assert parts["What the quotas changed"].table.rows == ((codes[70], codes[80]),)
    assert [row[0] for row in parts["Readers"].table.rows] == ["R1", "R2"]
    assert [row[1:3] for row in parts["Readers"].table.rows] == [(4, 75.0), (4, 75.0)]
    assert parts["Dissent"].table.rows[0][::2] == ("Third Officer", "=1+1 too few women.")
    assert [row[0] for row in parts["Signatures"].table.rows] == ["First Officer", "Second Officer"]
    assert "karvan selection replay FILE" in parts["How to check it"].notes


def test_names_stand_in_the_list_only_once_the_blind_is_lifted(run):
    blind = packed(run)["The list"].table
    lift_blind(run, reason="Badges.", by=make.officer())
    lifted = packed(SelectionRun.objects.get(pk=run.pk))["The list"].table

    assert blind.heads[:3] == ("Rank", "Application", "As given")
    assert not any("Leyla" in str(cell) for row in blind.rows for cell in row)
    assert lifted.heads[:4] == ("Rank", "Application", "Number", "Name")
    assert {row[3] for row in lifted.rows} == {"Leyla Məmmədova"}


def test_appeals_stand_in_a_later_pack_without_the_name_the_applicant_wrote():
    run = decided()
    before = packed(run)["Appeals"].notes
    decision = decision_of(run, 50)
    own = decision.application.full_name
    file_appeal(decision, text=f"I, {own}, sent annex 2.")

    after = packed(run)["Appeals"].table

    assert before == ("No appeal has been filed.",)
    assert after.rows[0][0] == reading_code(decision.application)
    assert after.rows[0][3] == "I, [hidden], sent annex 2."


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
def test_pdf_comes_in_each_language_tagged_and_in_its_direction(sign_in, run, language):
    answer = file_of(sign_in(make.officer()), run, format="pdf", lang=language)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].endswith(f'-{language}.pdf"')
    body = answer.content
    assert body.startswith(b"%PDF")
    read = pypdf.PdfReader(io.BytesIO(body))
    assert read.trailer["/Root"]["/Lang"] == language
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert run.seal in "".join(page.extract_text() for page in read.pages).replace("\n", "")


def test_workbook_has_a_sheet_a_part_and_no_text_is_a_formula(sign_in, run):
    answer = file_of(sign_in(make.officer()), run, format="xlsx")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [name.split(" ", 1)[0] for name in book.sheetnames] == [str(n) for n in range(1, 13)]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == "=1+1 too few women." for cell in cells)
    marks = [row[2].value for row in book.worksheets[7].iter_rows(min_row=3)]
    assert marks == [90, 80, 70, 60]


def test_workbook_reads_right_to_left_in_arabic(sign_in, run):
    answer = file_of(sign_in(make.officer()), run, format="xlsx", lang="ar")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {sheet.sheet_view.rightToLeft for sheet in book} == {True}


def test_run_that_found_no_cohort_has_a_pack_that_says_so(sign_in):
    call = read_call((90, "M"))
    run = propose_selection(call, quotas=[women(floor=2)], by=None)

    parts = packed(run)

    assert "Quotas" not in parts
    assert any("cannot be kept" in note for note in parts["The run"].notes)
    assert file_of(sign_in(make.officer()), run, format="pdf").status_code == 200
