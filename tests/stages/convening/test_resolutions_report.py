"""The final report: what it says, that edits are kept, that it stays once adopted, its files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from karvan.stages.convening.errors import NotGiven, WrongState
from karvan.stages.convening.models import FinalReport
from karvan.stages.convening.services.hall_sittings import close_sitting
from karvan.stages.convening.services.resolutions_report import (
    add_report_paragraph,
    adopt_report,
    assemble_report,
    change_report_paragraph,
    leave_out_paragraph,
)
from karvan.stages.convening.services.resolutions_report_files import docx_of, pdf_of
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def there():
    """A session as printed: both calendars, patronage, somebody absent, somebody suspended."""
    there = hall(code="gc", present=8)
    session = there.session
    session.titles = {"en": "Twelfth session", "ar": "الدورة الثانية عشرة"}
    session.starts_on, session.ends_on = date(2012, 12, 1), date(2012, 12, 2)
    session.hijri_printed = "17-18 Muharram 1434 A.H."
    session.place, session.patronage = "Riyadh", "the Head of State"
    session.save()
    make.membership(session.organ, names={"en": "Zanzibar"})
    suspended = make.membership(session.organ, names={"en": "Atlantis"}, status="suspended")
    assert suspended.status == "suspended"
    observer = make.delegation(session, capacity="observer", names={"en": "League of Rivers"})
    make.session_delegate(observer, name="Badr Haddad", title="Secretary")
    head = make.session_delegate(there.delegations[0], name="Leyla Quliyeva", title="Minister")
    there.sitting.chair = head
    there.sitting.save()
    item = make.agenda_item(session, titles={"en": "Next venue"})
    make.agenda_item(
        session, titles={"en": "Budget"}, state="deferred", state_reason="Late papers."
    )
    refused = make.delegation(
        session,
        credential="refused",
        membership=make.membership(session.organ, names={"en": "Kush"}),
    )
    make.present(there.sitting, refused)
    make.session_document(session, symbol="GC 12/2012/1.2", titles={"en": "Agenda"})
    there.sitting.items.add(item)
    motion = make.motion(session, item=item, operative=["Decides to meet in Rabat."])
    there.carry(motion, "yyyna")
    return there


@pytest.fixture
def report(there):
    return assemble_report(there.session, language="en", by=there.officer)


def said(report, key):
    return next(one["text"] for one in report.paragraphs if one["key"].startswith(key))


def test_report_says_what_the_register_knows(report):
    texts = [one["text"] for one in report.paragraphs]
    assert said(report, "place-1") == (
        "Held in Riyadh, 17-18 Muharram 1434 A.H. / 1–2 Dec 2012: "
        "Twelfth session, General Conference."
    )
    assert said(report, "place-2") == "It was held under the patronage of the Head of State."
    assert said(report, "present-1") == "All members were present except: Zanzibar."
    assert said(report, "present-2") == "Suspended, and so without a vote: Atlantis."
    assert said(report, "present-observer") == "Observers: League of Rivers."
    assert "In the chair: Leyla Quliyeva (Azerbaijan)." in said(report, "sitting-")
    assert said(report, "present-credentials") == "Credentials accepted: 8. Refused: Kush."
    assert "Item 1: Next venue" in texts
    assert "It was considered in sitting: 1." in texts
    assert "GC 12/2012/1.2: Agenda" in texts
    assert "The item was deferred. Late papers." in texts
    vote = said(report, "vote-")
    assert "For: 3, Against: 1, Abstaining: 1, Did not vote: 3. Adopted." in vote
    assert "Needed in favour: 3 out of 4" in vote
    assert "Against: Djibouti." in vote
    assert said(report, "adopted-") == "It was adopted as GC 12/RES.1."
    assert "1. Decides to meet in Rabat." in texts
    assert "Azerbaijan: Leyla Quliyeva, Minister" in texts


def test_paragraphs_are_numbered_through(report):
    numbers = [one["number"] for one in report.paragraphs if one["kind"] == "paragraph"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {one["number"] for one in report.paragraphs if one["kind"] != "paragraph"} == {0}


def test_assembled_again_what_was_edited_added_and_left_out_is_kept(there, report):
    by = there.officer
    change_report_paragraph(report, key="present-1", text="Nearly all were there.", by=by)
    add_report_paragraph(report, after="present-1", text="A minute of silence was kept.", by=by)
    leave_out_paragraph(report, key="place-2", is_left_out=True, by=by)
    absent = there.session.organ.memberships.get(names__en="Zanzibar")
    make.present(there.sitting, make.delegation(there.session, membership=absent))

    report = assemble_report(there.session, language="en", by=by)

    entries = {one["key"]: one for one in report.paragraphs}
    assert entries["present-1"]["text"] == "Nearly all were there."
    assert entries["present-1"]["fresh"] == "All members were present."
    keys = [one["key"] for one in report.paragraphs]
    assert keys.index("added-1") == keys.index("present-1") + 1
    assert entries["place-2"]["is_left_out"]
    assert entries["place-2"]["number"] == 0
    assert "Zanzibar" in "".join(one["text"] for one in report.paragraphs)  # in the list of members


def test_a_paragraph_without_a_text_or_a_place_is_refused(there, report):
    with pytest.raises(NotGiven):
        change_report_paragraph(report, key="present-1", text="  ", by=there.officer)
    with pytest.raises(NotGiven, match="not in the report"):
        change_report_paragraph(report, key="nothing", text="Words.", by=there.officer)
    with pytest.raises(NotGiven, match="can be made in"):
        assemble_report(there.session, language="eo", by=there.officer)


def test_an_adopted_report_stays(there, report):
    with pytest.raises(WrongState, match="A sitting is open"):
        adopt_report(report, by=there.officer)
    close_sitting(there.sitting, by=there.officer)
    report = adopt_report(report, by=there.officer)
    assert (report.pdf.kind, report.docx.kind) == ("pdf", "docx")
    for act in (
        lambda: assemble_report(there.session, language="en", by=there.officer),
        lambda: change_report_paragraph(report, key="present-1", text="X", by=there.officer),
        lambda: adopt_report(report, by=there.officer),
    ):
        with pytest.raises(WrongState, match="was adopted"):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        FinalReport.objects.update(paragraphs=[])


def test_docx_has_headings_numbers_and_language(report):
    found = Document(io.BytesIO(docx_of(report)))
    headings = [one.text for one in found.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:3] == ["Place and date", "Participants", "Opening and conduct"]
    assert any(one.text.startswith("1. Held in Riyadh") for one in found.paragraphs)
    assert found.core_properties.title == "Final report: Twelfth session"
    assert found.core_properties.author == "General Conference"


def test_arabic_docx_is_written_from_right_to_left(there):
    report = assemble_report(there.session, language="ar", by=there.officer)
    with zipfile.ZipFile(io.BytesIO(docx_of(report))) as packed:
        xml = packed.read("word/document.xml").decode()
    assert xml.count("<w:bidi/>") == xml.count("<w:p>") - xml.count("<w:p><w:r>")
    assert "<w:rtl/>" in xml
    assert "الدورة الثانية عشرة" in xml


def test_pdf_is_titled_and_readable(report):
    found = PdfReader(io.BytesIO(pdf_of(report)))
    text = "".join(page.extract_text() for page in found.pages)
    assert found.metadata.title == "Final report: Twelfth session"
    assert "17-18 Muharram 1434" in text
    assert "Draft, not adopted" in text


def test_pages_edit_and_give_the_report(there, report, sign_in):
    client = sign_in(there.officer)
    where = {"organ": "gc", "session": there.session.slug, "language": "en"}
    page = client.get(reverse("convening:report_in", kwargs=where)).content.decode()
    assert "All members were present except: Zanzibar." in page
    edit = reverse("convening:edit_report", kwargs={**where, "key": "present-1"})
    assert client.post(edit, {"text": ""}).status_code == 422
    assert client.post(edit, {"text": "All but one."}).status_code == 302
    add = reverse("convening:add_to_report", kwargs={**where, "key": "present-1"})
    client.post(add, {"text": "A word more."})
    page = client.get(reverse("convening:report_in", kwargs=where)).content.decode()
    assert page.index("All but one.") < page.index("A word more.")
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(reverse("convening:report_file", kwargs={**where, "kind": kind}))
        assert answer.content.startswith(start)
    gone = reverse("convening:report_file", kwargs={**where, "kind": "odt"})
    assert client.get(gone).status_code == 404


def test_a_roll_of_many_absent_names_those_who_came():
    there = hall(members=2, present=0)
    for _more in range(3):
        make.membership(there.session.organ)
    report = assemble_report(there.session, language="en", by=None)
    assert said(report, "present-1") == "These members were present: Azerbaijan, Brunei."


def test_a_session_without_anything_still_has_a_report():
    session = make.statutory_session(ends_on=date(2026, 12, 7) + timedelta(days=1))
    report = assemble_report(session, language="en", by=None)
    keys = [one["key"] for one in report.paragraphs]
    assert keys == ["place", "place-1", "present"]  # nothing is said of members there are none of
    assert timezone.now() >= report.made_at
