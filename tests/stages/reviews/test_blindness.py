"""No page, export, letter, log or record of the reading says who applied."""

from __future__ import annotations

import io
import logging

import openpyxl
import pytest
from django.urls import get_resolver, reverse

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.reviews.blind import reading_code
from karvan.stages.reviews.services import assign_reads, finish_review, stop_reviewer
from tests import make

pytestmark = pytest.mark.django_db

SECRETS = ("Leyla", "Məmmədova", "leyla@example.org", "Ada Institute", "KV-SECRET", "Secret team")
OF_REVIEWERS = ("queue", "reading")
OF_RUNNERS = (
    "edition",
    "round",
    "plan",
    "rebalance",
    "marks",
    "applications",
    "calibration",
    "reviewers",
    "add_reviewer",
    "reviewer",
    "conflicts",
)
ACTS_ONLY = ("save", "conflict", "file", "prepare", "open", "close", "assign", "stop", "resume")
REGISTERS = ("queue", "marks", "applications", "reviewers", "conflicts")


@pytest.fixture
def reading():
    """Applications full of names, read by four; two readers disagree, one has stopped."""
    reading = make.review_round()
    for number in range(4):
        make.application(
            reading.call,
            state="submitted",
            full_name="Leyla Məmmədova",
            team_name="Secret team",
            email=f"{number}.leyla@example.org",
            number=f"KV-SECRET-{number}",
            answers={"motivation": "I am Leyla Məmmədova of Ada Institute."},
            attributes={"institution": "Ada Institute"},
        )
    readers = [make.reviewer(reading) for _number in range(4)]
    assign_reads(reading, by=None)
    first = reading.call.applications.order_by("pk").first()
    for number, read in enumerate(first.assignments.all()):
        finish_review(read, marks={"C1": number * 5, "C2": number * 5}, by=read.reviewer.person)
    readers[0].conflicts.get_or_create(application=first, defaults={"kind": "kin"})
    stop_reviewer(readers[1], reason="Ill", by=None)
    return reading


def leaks(text):
    return [word for word in SECRETS if word.lower() in text.lower()]


def addresses(reading, name):
    activity = reading.call.activity
    names = {"edition": activity.edition.slug, "activity": activity.code}
    if name == "queue":
        return [reverse("reviews:queue")]
    if name == "edition":
        return [reverse("reviews:edition", args=[activity.edition.slug])]
    if name == "reviewer":
        keys = reading.reviewers.values_list("pk", flat=True)
        return [reverse("reviews:reviewer", kwargs={**names, "pk": pk}) for pk in keys]
    return [reverse(f"reviews:{name}", kwargs=names)]


def test_every_page_of_the_reading_is_looked_at_here():
    names = {
        one.name
        for one in get_resolver("karvan.stages.reviews.urls").url_patterns
        if getattr(one, "name", None)
    }

    assert names == {*OF_REVIEWERS, *OF_RUNNERS, *ACTS_ONLY}


@pytest.mark.parametrize("name", OF_RUNNERS)
def test_page_of_those_who_run_it_names_nobody(sign_in, reading, name, caplog):
    caplog.set_level(logging.DEBUG, logger="karvan")
    client = sign_in(make.role("coordinator", reading.call.activity.edition.scope))

    for address in addresses(reading, name):
        page = client.get(address, follow=True)
        arabic = client.get(address.replace("/en/", "/ar/"), follow=True)

        assert (page.status_code, arabic.status_code) == (200, 200)
        assert leaks(page.text) + leaks(arabic.text) == []
    assert leaks(caplog.text) == []


@pytest.mark.parametrize("name", ["marks", "applications", "conflicts"])
def test_page_of_applications_knows_them_by_their_reading_codes(sign_in, reading, name):
    first = reading.call.applications.order_by("pk").first()

    page = sign_in(make.officer()).get(*addresses(reading, name))

    assert reading_code(first) in page.text


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_names_nobody_and_neither_does_its_file(sign_in, reading, name, kind):
    reader = reading.reviewers.last().person
    client = sign_in(reader if name in OF_REVIEWERS else make.officer())

    answer = client.get(*addresses(reading, name), {"format": kind})

    text = answer.content.decode("utf-8-sig") if kind == "csv" else _cells(answer.content)
    assert answer.status_code == 200
    assert leaks(text + answer["Content-Disposition"]) == []


def test_reviewer_s_pages_name_nobody_and_show_no_colleague(sign_in, reading):
    colleague = make.reviewer(reading, person=make.person("Colleague Of Theirs")).person
    for reviewer in reading.reviewers.exclude(person=colleague):
        client = sign_in(reviewer.person)
        pages = [client.get(reverse("reviews:queue"))]
        pages += [
            client.get(reverse("reviews:reading", args=[read.pk]))
            for read in reviewer.assignments.filter(withdrawn_at__isnull=True)
        ]
        assert [leaks(page.text) for page in pages] == [[] for _page in pages]
        assert not any("Colleague" in page.text for page in pages)


def test_reviewer_sees_no_page_of_how_reviewers_mark(sign_in, reading):
    client = sign_in(reading.reviewers.first().person)

    seen = {
        name: client.get(address).status_code
        for name in OF_RUNNERS
        for address in addresses(reading, name)[:1]
    }

    assert set(seen.values()) <= {403, 404}


def test_letters_and_records_of_the_reading_name_nobody(reading):
    written = " ".join(f"{one.subject} {one.body}" for one in Message.objects.all())
    told = " ".join(
        f"{one.subject_label} {one.before} {one.after} {one.reason}" for one in Record.objects.all()
    )

    assert Message.objects.count() > 0
    assert leaks(written + told) == []


def test_number_stands_among_conflicts_only_where_the_round_is_not_blind(sign_in, reading):
    client = sign_in(make.officer())
    [address] = addresses(reading, "conflicts")
    assert "KV-SECRET" not in client.get(address).text
    reading.is_blind = False
    reading.save()

    assert "KV-SECRET" in client.get(address).text


def _cells(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
