"""Ledger, board and figures on the screen, on paper and as workbooks."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from karvan.foundation.records.models import Record
from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints import library
from karvan.stages.reports.models import Report
from tests import make

from . import history, stages

pytestmark = pytest.mark.django_db


def meeting_with_promises():
    """The history's promises as made in one meeting; returns the meeting."""
    meeting = make.consultation(code="baku-2021")
    for promise in history.whole():
        promise.item = make.minutes_item(consultation=meeting)
        promise.save()
    return meeting


def edition_with_figures():
    blueprint = make.blueprint(make.programme("TVP"), data=library.data("TVP"))
    edition = make.edition("AZ-2026", of=blueprint)
    call = make.call(make.activity("BC3", of=edition))
    for sex in "FFM":
        make.application(call, state="submitted", attributes={"sex": sex}, full_name="Hidden Name")
    return edition


def sheets_of(answer):
    return load_workbook(io.BytesIO(answer.content))


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_ledger_of_a_meeting_says_what_became_of_each_promise(sign_in):
    meeting_with_promises()

    answer = sign_in(make.officer()).get("/en/reports/ledger/consultations/baku-2021/")
    page = answer.content.decode()

    assert "44 days late" in page and "days: 3 → 2" in page and history.WHY_TWO_DAYS in page
    assert "There is no trace of it." in page
    assert "A newspaper of the day" in page


def test_ledger_can_be_narrowed_to_one_mark(sign_in):
    meeting_with_promises()
    address = "/en/reports/ledger/consultations/baku-2021/"

    page = sign_in(make.officer()).get(address, {"mark": "unknown"}).content.decode()

    assert "A workshop" in page
    assert "A three-day boot camp in Baku" not in page


def test_ledger_prints_in_two_languages_side_by_side(sign_in):
    meeting_with_promises()

    page = sign_in(make.officer()).get("/en/reports/ledger/", {"format": "print"}).content.decode()

    assert "A three-day boot camp in Baku</strong>" in page
    assert "A three-day boot camp in Baku (ar)</strong>" in page
    assert 'dir="rtl"' in page


def test_ledger_as_pdf_holds_the_words_of_the_screen(sign_in):
    meeting_with_promises()

    answer = sign_in(make.officer()).get("/en/reports/ledger/", {"format": "pdf"})
    text = " ".join(text_of(answer).split())

    assert answer["Content-Type"] == "application/pdf"
    assert "changed, 44 days late" in text
    assert "There is no trace of it." in text


def test_workbook_holds_dates_as_dates_and_never_a_formula(sign_in):
    history.promise(
        titles={"en": '=HYPERLINK("http://evil.example","x")'}, due_on=date(2021, 12, 31)
    )

    answer = sign_in(make.officer()).get("/en/reports/ledger/", {"format": "xlsx"})
    lines = sheets_of(answer).worksheets[1]
    promise, _owner, due = (lines.cell(2, at) for at in (1, 2, 3))

    assert promise.data_type == "s"
    assert promise.value.startswith("=HYPERLINK")
    assert due.value.date() == date(2021, 12, 31)


def test_empty_ledger_says_what_will_be_here(sign_in):
    page = sign_in(make.officer()).get("/en/reports/ledger/").content.decode()

    assert "No promise yet" in page


def test_partner_sees_the_ledger_of_its_own_party_only(sign_in):
    mine = make.party("mine")
    history.promise(titles=make.texts("Ours"), owner=mine)
    history.promise(titles=make.texts("Theirs"))
    partner = make.role("partner", party=mine)

    page = sign_in(partner).get("/en/reports/ledger/").content.decode()

    assert "Ours" in page
    assert "Theirs" not in page


@pytest.mark.parametrize("promises", [1, 3])
def test_ledger_page_costs_the_same_for_one_promise_and_for_three(
    sign_in, django_assert_num_queries, promises
):
    history.baku(history.programme())
    for _n in range(promises):
        history.evidence(history.boot_camp_promised(), happened_on=date(2021, 5, 1))
    client = sign_in(make.officer())

    with django_assert_num_queries(11):
        client.get("/en/reports/ledger/")


def test_board_links_each_cell_and_stands_in_arabic(sign_in):
    edition = edition_with_figures()

    page = sign_in(make.officer()).get("/ar/board/TVP/").content.decode()

    assert 'dir="rtl"' in page
    assert f"/ar/editions/{edition.slug}/" in page
    assert f"/ar/editions/{edition.slug}/report/" in page


def test_board_of_an_unknown_programme_is_not_found(sign_in):
    edition_with_figures()

    assert sign_in(make.officer()).get("/en/board/NONE/").status_code == 404


@pytest.mark.parametrize("editions", [1, 3])
def test_board_page_costs_the_same_for_one_country_and_for_three(
    sign_in, django_assert_num_queries, editions
):
    blueprint = make.blueprint()
    for code in ("AZ", "MA", "EG")[:editions]:
        make.call(make.activity(of=make.edition(of=blueprint, country=make.country(code))))
    client = sign_in(make.officer())

    with django_assert_num_queries(6):
        client.get("/en/board/")


def test_figures_of_an_edition_open_to_their_rows_without_names(sign_in):
    edition = edition_with_figures()
    client = sign_in(make.role("coordinator", edition.scope))

    page = client.get(f"/en/editions/{edition.slug}/report/").content.decode()
    assert 'href="/en/reports/rows/TVP/AZ-2026/REACH/"' in page
    assert "not collected" not in page and "unknown" in page

    rows = client.get("/en/reports/rows/TVP/AZ-2026/REACH/").content.decode()
    assert rows.count("KV-TEST-") == 3
    assert "Hidden Name" not in rows

    book = sheets_of(client.get("/en/reports/rows/TVP/AZ-2026/REACH/", {"format": "xlsx"}))
    assert book.active.max_row == 4
    assert "Hidden Name" not in [cell.value for row in book.active.rows for cell in row]


def test_every_figure_that_has_rows_can_be_opened(sign_in):
    edition = edition_with_figures()
    activity = edition.activities.get()
    enrolment = make.enrolment(activity)
    stages.issued(enrolment)
    stages.tested(enrolment, PRE=1, POST=2)
    venture = stages.venture(edition, {"sex": "F"})
    stages.verified(venture, "M1")
    stages.asked(venture, 12, "answered", paid_jobs=1)
    make.trainer(activity)
    history.promise(scope="TVP", due_on=date(2021, 12, 31))
    client = sign_in(make.officer())

    for key in ("COMP", "SKILL", "VENT", "SURV-12", "JOBS", "TRAIN", "COMMIT"):
        answer = client.get(f"/en/reports/rows/TVP/{key}/")
        assert answer.status_code == 200, key
        assert "<tbody" in answer.content.decode(), key


def test_figure_without_rows_or_without_name_is_not_found(sign_in):
    edition_with_figures()
    client = sign_in(make.officer())

    assert client.get("/en/reports/rows/TVP/NOTHING/").status_code == 404
    assert client.get("/en/reports/rows/NONE/REACH/").status_code == 404


def test_partner_of_the_country_reads_the_figures_and_opens_no_row(sign_in):
    edition = edition_with_figures()
    own = make.role("partner", "TVP", party=make.party(country=make.country("AZ")))
    other = make.role("partner", "TVP", party=make.party(country=make.country("MA")))

    page = sign_in(own).get(f"/en/editions/{edition.slug}/report/").content.decode()
    assert "Eligible applicants" in page
    assert "/reports/rows/" not in page
    assert sign_in(other).get(f"/en/editions/{edition.slug}/report/").status_code == 403


def test_figures_as_workbook_and_pdf_in_the_readers_language(sign_in):
    edition = edition_with_figures()
    client = sign_in(make.officer())

    book = sheets_of(client.get(f"/fr/editions/{edition.slug}/report/", {"format": "xlsx"}))
    first = {row[0].value: row[2].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert first["REACH"] == 3
    assert isinstance(first["COMP"], str)  # not known, and not 0
    assert book.worksheets[0].cell(2, 2).value == "Candidats admissibles"

    pdf = client.get(f"/fr/editions/{edition.slug}/report/", {"format": "pdf"})
    assert "Candidats admissibles" in text_of(pdf)


def test_report_that_was_kept_shows_the_figures_of_that_day(sign_in):
    edition = edition_with_figures()
    client = sign_in(make.role("coordinator", edition.scope))

    answer = client.post("/en/reports/keep/TVP/AZ-2026/")
    make.application(edition.activities.get().call, state="submitted")

    report = Report.objects.get()
    kept = {one["key"]: one["value"] for one in report.data["values"]}
    assert (kept["REACH"], kept["COMP"]) == (3, None)
    page = client.get(answer["Location"]).content.decode()
    assert "unchanged since it was made" in page and report.sha256 in page
    assert "Eligible applicants" in page
    assert [one.act for one in Record.objects.all()] == ["made report"]
    assert "Eligible applicants" in text_of(client.get(answer["Location"], {"format": "pdf"}))


def test_report_whose_data_were_changed_says_so(sign_in):
    edition = edition_with_figures()
    client = sign_in(make.officer())
    client.post("/en/reports/keep/TVP/AZ-2026/")
    report = Report.objects.get(scope=edition.scope)
    report.data["values"][0]["value"] = 300
    report.save()

    assert "not what was kept" in client.get(f"/en/reports/{report.pk}/").content.decode()


def test_ledger_of_a_meeting_can_be_kept(sign_in):
    meeting = meeting_with_promises()

    answer = sign_in(make.officer()).post(f"/en/reports/ledger/consultations/{meeting.code}/keep/")

    report = Report.objects.get()
    marks = {one["commitment"]: one["marks"] for one in report.data["values"]}
    camp = Commitment.objects.get(terms__format="boot_camp")
    assert marks[camp.code] == ["changed", "late"]
    assert answer["Location"] == f"/en/reports/{report.pk}/"


@pytest.mark.parametrize("reports", [1, 3])
def test_list_of_reports_costs_the_same_for_one_and_for_three(
    sign_in, django_assert_num_queries, reports
):
    for _n in range(reports):
        Report.objects.create(
            kind="edition", scope="TVP", as_of=make.moment(2026, 1, 1), data={}, sha256="0"
        )
    client = sign_in(make.officer())

    with django_assert_num_queries(5):
        client.get("/en/reports/")
