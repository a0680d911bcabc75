"""The desk's side through the real client: the call, its applications, its tables."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from karvan.stages.calls.models import Call, ImportBatch
from karvan.stages.calls.services import start_application, submit_application
from tests import make
from tests.stages.calls.answers import answers, form_with, paper_question, png, team_question

pytestmark = pytest.mark.django_db


def at(activity, name, **more):
    place = {"edition": activity.edition.slug, "activity": activity.code}
    return reverse(f"calls:{name}", kwargs={**place, **more})


def sent(call, files=None, **changed):
    draft = start_application(call, language="en")
    return submit_application(draft, raw=answers(**changed), files=files)


@pytest.fixture
def desk(sign_in):
    return sign_in(make.officer())


def test_call_is_drafted_published_and_its_deadline_moved_from_the_page(desk):
    activity = make.activity(of=make.edition(time_zone="Asia/Baku"))
    assert "There is no call yet" in desk.get(at(activity, "record")).content.decode()
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    later = (timezone.now() + timedelta(days=20)).strftime("%Y-%m-%d")

    desk.post(
        at(activity, "draft"),
        {
            "titles_en": "Boot camp",
            "opens_at": f"{tomorrow}T09:00",
            "advertised_deadline": f"{later}T18:00",
            "closes_at": f"{later}T23:59",
            "places": "24",
            "languages": ["en", "az"],
        },
    )
    desk.post(at(activity, "publish"))

    call = Call.objects.get()
    assert call.state == "published"
    assert call.opens_at.strftime("%H:%M") == "05:00"  # nine in Baku
    wrong = desk.post(
        at(activity, "move"), {"advertised_deadline": f"{tomorrow}T18:00", "reason": "Earlier"}
    )
    assert wrong.status_code == 422
    assert "can only be moved to a later day" in wrong.content.decode()


def test_draft_that_cannot_be_says_why_and_keeps_what_was_typed(desk):
    activity = make.activity()

    answer = desk.post(at(activity, "draft"), {"titles_en": "Typed", "places": "3"})

    assert answer.status_code == 422
    assert 'value="Typed"' in answer.content.decode()
    assert Call.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_register_costs_the_same_however_many_rows(desk, rows, django_assert_num_queries):
    call = make.call()
    for _row in range(rows):
        sent(call)

    # sign-in 2, roles 1, activity 1, call 1, keys of twins 3, counts 1, rows 1, the rail 5.
    with django_assert_num_queries(14):
        answer = desk.get(at(call.activity, "applications"))

    assert answer.content.decode().count("/applications/KV-") == rows


def test_register_never_loads_answers(desk, django_assert_num_queries):
    call = make.call()
    sent(call)

    with django_assert_num_queries(14) as seen:
        desk.get(at(call.activity, "applications"))

    assert [
        q["sql"] for q in seen.captured_queries if '"calls_application"."answers"' in q["sql"]
    ] == []


def test_search_finds_a_name_however_it_is_typed_and_a_number_with_look_alikes(desk):
    call = make.call()
    found = sent(call, full_name="Elsevər Quliyev")
    other = sent(call, full_name="Aygün Əliyeva", email="aygun@example.org")
    page = at(call.activity, "applications")

    for words in ("elsever", "QULIYEV", found.number.lower().replace("-", "")):
        shown = desk.get(page, {"q": words}).content.decode()
        assert found.number in shown
        assert other.number not in shown


def test_filters_by_state_language_and_twins_and_drafts_stay_private(desk):
    call = make.call()
    first = sent(call, phone="+994 50 123 45 67")
    second = sent(call, phone="050 123-45-67", resident="no")
    third = sent(call)
    start_application(call, language="az", email="private@example.org")
    page = at(call.activity, "applications")

    def shown(**asked):
        text = desk.get(page, {**asked, "columns": ["number", "email"]}).content.decode()
        assert "private@example.org" not in text
        return {a.pk for a in (first, second, third) if a.number in text}

    assert shown() == {first.pk, second.pk, third.pk}
    assert shown(show="ineligible") == {second.pk}
    assert shown(show="twins") == {first.pk, second.pk}
    assert shown(language="az") == set()


def test_files_hold_all_answers_and_nothing_that_a_spreadsheet_would_run(desk):
    call = make.call()
    evil = '=HYPERLINK("http://example.org","x")'
    sent(call, full_name=evil, motivation="@SUM(A1)")
    page = at(call.activity, "applications")

    text = desk.get(page, {"format": "csv"}).content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(desk.get(page, {"format": "xlsx"}).content))

    assert "'=HYPERLINK" in text
    assert "'@SUM(A1)" in text
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert evil in [cell.value for cell in cells]


def test_record_shows_answers_by_section_files_members_and_history(desk):
    call = make.call(form=form_with(paper_question(), team_question()))
    shown = sent(
        call,
        files={"paper": png()},
        members=[{"full_name": "Leyla", "email": "l@example.org"}],
        resident="no",
    )
    place = {"number": shown.number}

    text = desk.get(at(call.activity, "application_record", **place)).content.decode()
    given = desk.get(at(call.activity, "file", **place, question="paper"))

    for words in ("About you", "I build pumps.", "Leyla", "paper.png", "submitted", "does not let"):
        assert words in text
    assert b"".join(given.streaming_content)[:4] == b"\x89PNG"


def test_draft_has_no_record_page(desk):
    call = make.call()
    draft = start_application(call, language="en")

    assert (
        desk.get(at(call.activity, "application_record", number=str(draft.pk))).status_code == 404
    )


def test_twins_stand_side_by_side(desk):
    birth = {"key": "birth_date", "type": "date"}
    call = make.call(form=form_with(birth, team_question()))
    one = sent(call, full_name="Aygün Əliyeva", birth_date="2000-01-02")
    two = sent(call, full_name="AYGUN Aliyeva".replace("A", "Ə", 2), birth_date="2000-01-02")
    same = sent(call, full_name="aygun eliyeva", birth_date="2000-01-02")
    member = sent(call, email="member@example.org")
    team = sent(call, members=[{"full_name": "M", "email": "member@example.org"}])
    alone = sent(call)

    text = desk.get(at(call.activity, "duplicates")).content.decode()

    for application in (one, same, member, team):
        assert application.number in text
    assert alone.number not in text
    assert two.identity_key == "eygun eliyeva 2000-01-02"
    assert two.number not in text


def test_table_is_looked_at_put_right_and_run_from_the_page(desk):
    call = make.call()
    table = "A,B,C,D,E\nAygün,a@example.org,F,yes,I build.\n".encode()

    upload = io.BytesIO(table)
    upload.name = "list.csv"
    desk.post(at(call.activity, "imports"), {"upload": upload})
    batch = ImportBatch.objects.get()
    page = at(call.activity, "import_batch", pk=batch.pk)
    assert "answers to put right" in desk.get(page).content.decode()
    columns = {"0": "A", "1": "B", "3": "C", "4": "D", "5": "E"}
    desk.post(page, {f"column_{number}": name for number, name in columns.items()})
    assert "Take in 1 application" in desk.get(page).content.decode()
    desk.post(at(call.activity, "run_import", pk=batch.pk))

    assert call.applications.get().full_name == "Aygün"
    assert "Aygün" in desk.get(at(call.activity, "applications")).content.decode()


def test_wrong_upload_says_what_it_is(desk):
    call = make.call()

    answer = desk.post(at(call.activity, "imports"), {"upload": png("list.csv")})

    assert answer.status_code == 422
    assert ImportBatch.objects.count() == 0


def test_edition_lists_its_activities_with_and_without_a_call(desk):
    edition = make.edition()
    call = make.call(make.activity(of=edition))
    make.activity("AC", of=edition)
    sent(call)

    text = desk.get(reverse("calls:edition", kwargs={"edition": edition.slug})).content.decode()

    assert at(call.activity, "record") in text
    assert "No call" in text


def test_nothing_of_a_person_stands_in_an_address_of_the_desk(desk):
    call = make.call()
    sent(call, full_name="Very Private", email="very.private@example.org")

    text = desk.get(at(call.activity, "applications")).content.decode()

    hrefs = [part.split('"')[0] for part in text.split('href="')[1:]]
    assert [href for href in hrefs if "rivate" in href] == []
