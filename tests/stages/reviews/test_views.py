"""Screens of reading, through the real client: blind everywhere, and usable without scripts."""

from __future__ import annotations

import io
import logging

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from karvan.config.background import run_one
from karvan.foundation.files.services import store_upload
from karvan.stages.reviews.blind import answers_shown, reading_code
from karvan.stages.reviews.models import Assignment, Review, Reviewer
from karvan.stages.reviews.services import assign_reads, save_review
from tests import make

pytestmark = pytest.mark.django_db

SECRETS = ("Leyla", "Məmmədova", "leyla@example.org", "ADA University", "KV-SECRET", "Woman")


@pytest.fixture
def read():
    """A read of an application full of things a reviewer must not see."""
    form = make.small_form()
    form["sections"][0]["questions"] += [
        {"key": "cv", "type": "file", "label": make.texts("Statement")},
        {
            "key": "where",
            "type": "text",
            "label": make.texts("Where do you study?"),
            "attribute": "institution",
        },
        {"key": "members", "type": "team", "label": make.texts("Members")},
    ]
    reading = make.review_round(make.call(form=form))
    application = make.application(
        reading.call,
        state="submitted",
        full_name="Leyla Məmmədova",
        email="leyla@example.org",
        number="KV-SECRET-1",
        answers={
            "sex": "F",
            "resident": "yes",
            "motivation": "I am LEYLA of ADA University, write to leyla@example.org. I build pumps.",
            "where": "ADA University",
            "members": [{"full_name": "Leyla Məmmədova", "email": "leyla@example.org"}],
        },
        attributes={"sex": "F", "institution": "ADA University"},
    )
    upload = SimpleUploadedFile("Leyla Məmmədova CV.txt", b"I build pumps.")
    stored = store_upload(upload, kinds=("text",), scope=reading.scope, by=None)
    application.files.create(question="cv", file=stored)
    return make.assignment(make.reviewer(reading), application=application)


def leaks(text):
    return [word for word in SECRETS if word.lower() in text.lower()]


def here(assignment):
    activity = assignment.round.call.activity
    return {"edition": activity.edition.slug, "activity": activity.code}


def test_reviewer_sees_the_answers_and_nothing_of_who_gave_them(sign_in, read, caplog):
    client = sign_in(read.reviewer.person)
    caplog.set_level(logging.DEBUG, logger="karvan")

    pages = [
        client.get(reverse("reviews:queue")),
        client.get(reverse("reviews:reading", args=[read.pk])),
        client.get(reverse("reviews:queue"), {"format": "csv"}),
    ]

    assert "I build pumps." in pages[1].text
    assert reading_code(read.application) in pages[1].text
    assert [leaks(page.content.decode()) for page in pages] == [[], [], []]
    assert leaks(caplog.text) == []


def test_file_is_given_under_the_reading_code(sign_in, read):
    attached = read.application.files.get()
    client = sign_in(read.reviewer.person)

    answer = client.get(reverse("reviews:file", args=[read.pk, attached.pk]))

    assert answer["Content-Disposition"] == (
        f'attachment; filename="{reading_code(read.application)}-cv.txt"'
    )
    assert b"".join(answer.streaming_content) == b"I build pumps."


def test_export_of_marks_holds_codes_only(sign_in, read):
    make.review(read)
    client = sign_in(make.officer())
    address = reverse("reviews:marks", kwargs=here(read))

    page = client.get(address)
    written = client.get(address, {"format": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(written.content)).active
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:3] == ["Application", "Reviewer", "Total of 100"]
    assert rows[1][:3] == [reading_code(read.application), str(read.reviewer.pk), "72"]
    assert leaks(" ".join(sum(rows, [])) + page.text + written["Content-Disposition"]) == []


def test_answers_of_an_unmarked_form_stay_hidden_by_what_they_are(read):
    shown = {one.label: one for one in answers_shown(read.application)}

    assert list(shown) == ["Do you live here?", "Why you?", "Statement", "Members 1"]
    assert shown["Why you?"].text == "I am [hidden] of [hidden], write to [hidden]. I build pumps."
    assert shown["Members 1"].text == ""


def test_marks_are_kept_finished_and_the_next_comes_up_without_scripts(sign_in):
    reviewer = make.reviewer()
    first, second = make.assignment(reviewer), make.assignment(reviewer)
    client = sign_in(reviewer.person)
    address = reverse("reviews:reading", args=[first.pk])

    refused = client.post(address, {"mark-C1": "4", "comment": "Half.", "act": "finish"})
    draft = client.post(address, {"mark-C1": "4", "comment": "Half.", "act": "draft"})
    done = client.post(address, {"mark-C1": "4", "mark-C2": "3", "act": "finish"})

    assert refused.status_code == 422
    assert "Not marked yet: Team." in refused.text
    assert "Half." in refused.text
    assert draft["Location"].startswith(reverse("reviews:reading", args=[second.pk]))
    assert done.status_code == 302
    assert Review.objects.get().total == 7200


def test_room_saves_by_itself_and_says_what_is_wrong(sign_in):
    read = make.assignment()
    client = sign_in(read.reviewer.person)
    address = reverse("reviews:save", args=[read.pk])

    kept = client.post(address, {"mark-C1": "5", "comment": "So far"})
    wrong = client.post(address, {"mark-C1": "9"})
    read.round.state = "closed"
    read.round.save()
    late = client.post(address, {"mark-C1": "1"})

    assert (kept.status_code, wrong.status_code, late.status_code) == (204, 422, 409)
    assert Review.objects.get().marks == {"C1": 5}


def test_reviewer_reaches_no_read_of_another(sign_in):
    own, other = make.assignment(), make.assignment()
    client = sign_in(own.reviewer.person)

    codes = [
        client.get(reverse("reviews:reading", args=[other.pk])).status_code,
        client.post(reverse("reviews:save", args=[other.pk]), {"mark-C1": "1"}).status_code,
        client.post(reverse("reviews:conflict", args=[other.pk]), {"kind": "kin"}).status_code,
        client.get(reverse("reviews:round", kwargs=here(own))).status_code,
        client.get(reverse("reviews:marks", kwargs=here(own))).status_code,
    ]

    assert codes == [404, 404, 404, 403, 403]
    assert Review.objects.count() == 0


def test_list_begins_with_what_is_to_do(sign_in):
    reviewer = make.reviewer()
    done, draft, new = (make.assignment(reviewer) for _number in range(3))
    make.review(done)
    save_review(draft, marks={"C1": 1}, by=None)

    page = sign_in(reviewer.person).get(reverse("reviews:queue")).text

    at = [page.index(reading_code(one.application)) for one in (new, draft, done)]
    assert at == sorted(at)
    assert "English" in page


def test_declaring_a_conflict_takes_the_application_away(sign_in):
    read = make.assignment()
    client = sign_in(read.reviewer.person)

    client.post(reverse("reviews:conflict", args=[read.pk]), {"kind": "kin", "note": "Cousin"})

    assert client.get(reverse("reviews:reading", args=[read.pk])).status_code == 404
    assert reading_code(read.application) not in client.get(reverse("reviews:queue")).text


def test_round_is_prepared_filled_and_run_on_screen(sign_in):
    call = make.call()
    make.application(call, state="submitted", language="ar")
    client = sign_in(make.role("coordinator", call.scope))
    names = {"edition": call.activity.edition.slug, "activity": call.activity.code}

    def post(name, data=None):
        return client.post(reverse(f"reviews:{name}", kwargs=names), data or {})

    post("prepare")
    typed = {"email": "new@example.org", "languages": ["en"], "load_low": 0, "load_high": 5}
    nameless = post("add_reviewer", typed)
    post("add_reviewer", {**typed, "full_name": "New Reader", "fields_known": "health, water"})
    post("assign")
    post("open")
    page = client.get(reverse("reviews:round", kwargs=names))

    assert nameless.status_code == 422
    assert Reviewer.objects.get().fields == ["health", "water"]
    assert "2 more reviewers who read Arabic are needed: 2 reads nobody can be given." in page.text
    assert "New Reader" in page.text
    post("close")
    assert Assignment.objects.count() == 0


def test_coordinator_adds_a_conflict_by_number(sign_in):
    reviewer = make.reviewer()
    application = make.application(reviewer.round.call, state="submitted")
    client = sign_in(make.officer())
    activity = reviewer.round.call.activity
    address = reverse("reviews:conflicts", args=[activity.edition.slug, activity.code])

    unknown = client.post(address, {"reviewer": reviewer.pk, "number": "KV-NO", "kind": "kin"})
    client.post(
        address, {"reviewer": reviewer.pk, "number": application.number.lower(), "kind": "kin"}
    )

    assert "no application with this number" in unknown.text
    assert reviewer.conflicts.get().application == application


def test_edition_leads_to_its_only_activity(sign_in):
    reading = make.review_round()
    client = sign_in(make.officer())

    answer = client.get(reverse("reviews:edition", args=[reading.call.activity.edition.slug]))

    assert answer["Location"].endswith("/BC/reviews/")


@pytest.mark.parametrize("name", ["round", "reviewers", "marks", "conflicts", "queue", "reading"])
def test_pages_cost_the_same_for_one_row_and_three(sign_in, name):
    costs = []
    for rows in (1, 3):
        reviewer = make.reviewer(make.review_round(reads_each=1))
        reads = [make.review(make.assignment(reviewer)).assignment for _row in range(rows)]
        for _row in range(rows):
            application = make.application(reviewer.round.call, state="submitted")
            reviewer.conflicts.create(application=application, kind="kin")
        addresses = {
            "queue": reverse("reviews:queue"),
            "reading": reverse("reviews:reading", args=[reads[0].pk]),
        }
        address = addresses.get(name) or reverse(f"reviews:{name}", kwargs=here(reads[0]))
        client = sign_in(reviewer.person if name in addresses else make.officer())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        costs.append(len(asked))

    # The desk's rail adds its own fixed number to what the page itself asks.
    assert costs[0] == costs[1] <= 25


def test_pages_stand_in_arabic_too(sign_in):
    read = make.assignment()
    save_review(read, marks={"C1": 1}, by=None)
    client = sign_in(read.reviewer.person)

    with translation.override("en"):  # what the page activates ends with it
        page = client.get(reverse("reviews:reading", args=[read.pk]).replace("/en/", "/ar/"))

    assert 'dir="rtl"' in page.text
    assert "Problem (ar)" in page.text


def test_empty_round_says_what_to_do(sign_in):
    call = make.call()
    client = sign_in(make.officer())

    page = client.get(
        reverse("reviews:round", args=[call.activity.edition.slug, call.activity.code])
    )

    assert "The reading is not prepared yet" in page.text
    assert "Prepare the reading" in page.text
    assert assign_reads(make.review_round(), by=None).given == 0


def test_reads_of_a_large_round_are_given_out_by_the_worker(sign_in, monkeypatch):
    monkeypatch.setattr("karvan.stages.reviews.views.giving.MANY", 2)
    reading = make.review_round(reads_each=1)
    make.reviewer(reading)
    for _number in range(3):
        make.application(reading.call, state="submitted")
    client, activity = sign_in(make.officer()), reading.call.activity
    place = [activity.edition.slug, activity.code]

    page = client.post(reverse("reviews:assign", args=place), follow=True)
    assert Assignment.objects.count() == 0
    assert run_one("tests")

    assert "The reads are being given out" in page.text
    assert Assignment.objects.filter(round=reading).count() == 3
