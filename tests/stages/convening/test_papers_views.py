"""Screens of sessions through the real client: refused forms keep what was typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.foundation import clock
from karvan.stages.convening.models import StatutorySession
from karvan.stages.convening.services.papers_agenda import propose_item
from karvan.stages.convening.services.papers_documents import plan_document
from karvan.stages.convening.services.papers_issuing import issue_agenda
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


@pytest.fixture
def session():
    organ = make.organ("gc", names=make.texts("General Conference"))
    return make.statutory_session(organ, slug="gc-12", ordinal=12, place="Baku", state="convoked")


def to(name, *more):
    return reverse(f"convening:{name}", args=["gc", *more])


def at(name, *more):
    return to(name, "gc-12", *more)


def session_typed(**more):
    return {
        "titles_en": "Twelfth session", "slug": "gc-12", "ordinal": 12, "kind": "ordinary",
        "starts_on": "1993-11-22", "ends_on": "1993-11-22", "time_zone": "Asia/Baku", **more,
    }  # fmt: skip


def test_a_session_shows_a_hijri_date_that_does_not_match_as_printed(client, officer):
    make.organ("gc")

    made = client.post(to("new_session"), session_typed(hijri_printed="7 Jumada II 1414"))
    page = client.get(made["Location"])

    assert "7 Jumada II 1414" in page.text
    assert "9 Jumada al-Akhira 1414" in page.text
    assert "in doubt" in page.text
    assert StatutorySession.objects.get().hijri_printed == "7 Jumada II 1414"


def test_a_session_that_cannot_be_keeps_what_was_typed(client, officer, session):
    refused = client.post(to("new_session"), session_typed(theme="Water and peace"))
    zone = client.post(at("change_session"), session_typed(time_zone="Baku time", theme="Peace"))

    assert (refused.status_code, zone.status_code) == (422, 422)
    assert "Water and peace" in refused.text
    assert "Peace" in zone.text
    assert "Africa/Casablanca" in zone.text


def test_what_is_missing_stands_on_the_record_and_the_convocation(client, officer, session):
    session.state = "prepared"
    session.starts_on = session.ends_on = clock.today() + timedelta(days=60)
    session.save()

    record, convocation = client.get(at("session")), client.get(at("convocation"))
    refused = client.post(at("convocation"), follow=True)

    for page in (record, convocation, refused):
        assert "a provisional agenda that is issued" in page.text
    session.refresh_from_db()
    assert session.state == "prepared"


def test_the_convocation_prints_as_page_and_as_pdf(client, officer, session):
    make.membership(session.organ, "MA", names={"en": "Morocco"})
    propose_item(session, titles={"en": "Next venue"}, include=True, by=None)
    issue_agenda(session, kind="provisional", by=None)

    page, pdf = client.get(at("convocation_sheet")), client.get(at("convocation_pdf"))

    assert "Morocco" in page.text
    assert "Next venue" in page.text
    assert pdf.content.startswith(b"%PDF")


def test_a_suspended_member_is_refused_on_screen_and_shown_as_such(client, officer, session):
    syria = make.membership(session.organ, "SY", names={"en": "Syria"}, status="suspended", status_reason="2012")  # fmt: skip

    refused = client.post(at("new_delegation"), {"capacity": "member", "membership": syria.pk})
    page = client.get(at("delegations"))

    assert (refused.status_code, "is suspended (2012)" in refused.text) == (422, True)
    assert "Syria" in page.text
    assert 'data-state="locked"' in page.text


def test_a_party_registers_its_own_delegation_and_hands_in_credentials(client, session):
    party = make.party("ministry-az")
    member = make.membership(session.organ, "AZ", names={"en": "Azerbaijan"}, party=party)
    client.force_login(make.role("partner", party=party))

    assert "Register your delegation" in client.get(at("delegations")).text
    client.post(at("own_delegation"), {"membership": member.pk})
    held = session.delegations.get()
    client.post(at("new_session_delegate", held.pk), {"name": "Leyla Quliyeva", "rank": "head"})
    client.post(
        at("submit_credential", held.pk),
        {
            "issuer": "The minister", "received_on": "2026-11-01", "form": "original",
            "upload": SimpleUploadedFile("letter.pdf", samples.pdf()),
        },
    )  # fmt: skip
    refused = client.post(at("decide_credential", held.pk), {"state": "accepted"})
    paper = client.get(at("credential_paper", held.pk))

    assert held.delegates.get().rank == "head"
    assert (held.credential.state, refused.status_code) == ("submitted", 403)
    assert b"".join(paper.streaming_content).startswith(b"%PDF")


def test_another_members_delegation_is_not_ones_own(client, session):
    party = make.party()
    make.membership(session.organ, "AZ", party=party)
    other = make.delegation(session)
    make.session_delegate(other, name="Somebody else")
    client.force_login(make.role("partner", party=party))

    assert client.get(at("delegation", other.pk)).status_code == 200
    assert (
        client.post(at("new_session_delegate", other.pk), {"name": "X", "rank": "head"}).status_code
        == 403
    )
    assert client.get(at("credential_paper", other.pk)).status_code == 404


def test_the_list_of_participants_is_a_sheet_by_capacity(client, officer, session):
    held = make.delegation(session)
    make.session_delegate(held, name="Leyla Quliyeva", rank="head", title="Minister")
    make.delegation(session, capacity="guest", names={"en": "A bank"})

    page = client.get(at("participants")).text

    assert page.index("Leyla Quliyeva") < page.index("A bank")
    assert "Minister" in page


def test_a_session_of_the_past_is_entered_as_held_with_its_source(client, officer, session):
    session.state, session.starts_on, session.ends_on = (
        "prepared",
        date(2015, 11, 26),
        date(2015, 11, 27),
    )
    session.save()

    refused = client.post(at("session_held"), follow=True)
    session.source = "report.az, 21 November 2015"
    session.save()
    done = client.post(at("session_held"), follow=True)

    assert "which source says" in refused.text
    assert "The session is entered as held." in done.text
    assert "not known" in done.text
    session.refresh_from_db()
    assert (session.state, session.convoked_at) == ("closed", None)


def test_a_prepared_session_is_not_yet_a_members_to_read(client, session):
    party = make.party()
    make.membership(session.organ, "AZ", party=party)
    client.force_login(make.role("partner", party=party))
    session.state = "prepared"
    session.save()

    assert client.get(at("session")).status_code == 404


def test_credentials_without_a_reason_are_refused_on_screen_and_reported(client, officer, session):
    held = make.delegation(session, credential="submitted")

    refused = client.post(at("decide_credential", held.pk), {"state": "refused"})
    client.post(at("decide_credential", held.pk), {"state": "refused", "reason": "No signature"})
    sheet = client.post(at("report_credentials"), {"note": "Read out"}, follow=True)

    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    assert "Report 1 on credentials" in sheet.text
    assert "Refused (1)" in sheet.text


def test_the_agenda_is_made_moved_issued_and_compared_on_screen(client, officer, session):
    for title in ("Opening", "Audit"):
        client.post(
            at("new_agenda_item"), {"titles_en": title, "titles_ar": "بند", "include": "on"}
        )
    opening, audit = session.agenda_items.order_by("position")
    twice = client.post(at("new_agenda_item"), {"titles_en": "Kept here", "number": "2"})
    client.post(at("move_agenda_item", audit.pk, "up"))
    client.post(at("issue_agenda"), {"kind": "provisional"})
    client.post(at("agenda_item", opening.pk), {"titles_en": "Opening ceremony", "number": "2"})
    client.post(at("issue_agenda"), {"kind": "revised"})
    page, compared = client.get(at("agenda")), client.get(at("agenda_differences"))
    sheet, pdf = client.get(at("agenda_sheet", 2)), client.get(at("agenda_pdf", 2))
    nowhere = client.post(at("move_agenda_item", audit.pk, "sideways"))

    assert (twice.status_code, "Kept here" in twice.text) == (422, True)
    assert page.text.index("Audit") < page.text.index("Opening ceremony")
    assert "<del" in compared.text
    assert 'lang="ar" dir="rtl">بند' in sheet.text
    assert pdf.content.startswith(b"%PDF")
    assert nowhere.status_code == 404


def test_a_delegation_proposes_an_item_that_waits_for_the_secretariat(client, session):
    held = make.delegation(session)
    client.force_login(make.session_delegate(held, person=make.person()).person)

    form = client.get(at("new_agenda_item"))
    client.post(at("new_agenda_item"), {"titles_en": "Water", "include": "on", "number": "9"})

    item = session.agenda_items.get()
    assert "On behalf of" in form.text
    assert (item.state, item.number, item.proposed_by) == ("proposed", "1", held)


def test_an_item_is_deferred_with_a_reason_only(client, officer, session):
    item = make.agenda_item(session)

    refused = client.post(at("agenda_item_state", item.pk), {"state": "deferred"})
    client.post(at("agenda_item_state", item.pk), {"state": "deferred", "reason": "To 2018"})

    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    item.refresh_from_db()
    assert item.state == "deferred"


def test_a_document_is_planned_brought_and_issued_on_screen(client, officer, session):
    typed = {
        "symbol": "12 GC paper", "titles_en": "Audit", "kind": "working",
        "distribution": "general", "original_language": "en",
    }  # fmt: skip
    made = client.post(at("new_session_document"), typed)
    twice = client.post(at("new_session_document"), {**typed, "titles_en": "Typed again"})
    pk = session.documents.get().pk
    record = client.get(made["Location"])
    empty = client.post(at("bring_version", pk, "fr"), {"state": "issued"})
    early = client.post(at("issue_session_document", pk), follow=True)
    for code in ("en", "fr", "ar"):
        upload = SimpleUploadedFile(f"{code}.pdf", samples.pdf())
        client.post(at("bring_version", pk, code), {"state": "issued", "upload": upload})
    done = client.post(at("issue_session_document", pk), follow=True)
    follow = client.post(at("follow_session_document", pk, "rev"), follow=True)
    file = client.get(at("version_file", pk, "ar"))

    assert (twice.status_code, "Typed again" in twice.text) == (422, True)
    assert "does not fit the pattern" in record.text
    assert (empty.status_code, "once its file is here" in empty.text) == (422, True)
    assert "Missing: English, Français, العربية" in early.text
    assert "Issued: 12 GC paper" in done.text
    assert "12 GC paper Rev.1" in follow.text
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_late_papers_are_said_with_by_how_much(client, officer, session):
    plan_document(
        session, symbol="GC 12/2026/1", kind="working", titles={"en": "X"}, by=None,
        due_on=date(2020, 1, 1),
    )  # fmt: skip

    page = client.get(at("session_documents"))

    assert "Late papers: 1." in page.text
    assert 'data-state="late"' in page.text


def test_the_order_of_the_day_is_a_sheet(client, officer, session):
    sitting = make.sitting(session)
    sitting.items.add(make.agenda_item(session, titles={"en": "Audit"}))

    assert "Audit" in client.get(at("order_of_the_day", sitting.number)).text


@pytest.mark.parametrize(
    "name", ["session", "delegations", "credentials", "agenda", "session_documents", "convocation"]
)
def test_every_part_opens_in_arabic_and_is_nobody_elses(client, officer, session, name):
    address = at(name).replace("/en/", "/ar/")

    assert 'dir="rtl"' in client.get(address).text
    client.force_login(make.person())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("delegations", 10), ("credentials", 10), ("agenda", 7), ("session_documents", 6)],
)
def test_a_list_costs_the_same_for_one_row_and_three(
    client, officer, session, name, queries, count, django_assert_num_queries
):
    for number in range(count):
        held = make.delegation(session, credential="accepted" if number else "")
        make.session_delegate(held)
        item = make.agenda_item(session)
        plan_document(
            session, symbol=f"GC 12/{number}", kind="list", titles={"en": "X"}, item=item, by=None
        )
    address = at(name)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
