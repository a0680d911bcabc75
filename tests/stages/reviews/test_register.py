"""The register by reading code, the to-do of third reads, and the page of how reviewers mark."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.reviews.blind import reading_code
from karvan.stages.reviews.leaning import flag_in_words, lean_in_words, strip_svg
from karvan.stages.reviews.models import Assignment
from karvan.stages.reviews.queries import (
    Standing,
    applications_read,
    idle_reviewers,
    needing_third,
    reads_to_move,
)
from karvan.stages.reviews.services import assign_reads, finish_review
from tests import make

from .test_calibrating import told_round

pytestmark = pytest.mark.django_db


def read_by(reading, sent, *marks, third=None):
    """The application read with these marks by new reviewers; a third read's mark, or "" if undone."""
    for mark in marks:
        read = make.assignment(make.reviewer(reading), application=sent)
        finish_review(read, marks={"C1": mark, "C2": mark}, by=None)
    if third is not None:
        read = make.assignment(make.reviewer(reading), application=sent, is_third_read=True)
        if third != "":
            finish_review(read, marks={"C1": third, "C2": third}, by=None)
    return sent


@pytest.fixture
def reading():
    """One application of every standing."""
    reading = make.review_round()
    sent = [make.application(reading.call, state="submitted") for _number in range(5)]
    read_by(reading, sent[0], 0, 5)
    read_by(reading, sent[1], 3)
    read_by(reading, sent[2], 0, 5, third="")
    read_by(reading, sent[3], 0, 5, third=3)
    read_by(reading, sent[4], 3, 4)
    return reading


def here(reading):
    activity = reading.call.activity
    return {"edition": activity.edition.slug, "activity": activity.code}


def test_every_application_stands_where_its_reads_put_it(reading):
    rows = list(applications_read(reading).order_by("pk"))

    assert [row.standing for row in rows] == [
        Standing.NEEDS,
        Standing.LACKS,
        Standing.ASKED,
        Standing.DISPUTED,
        Standing.FULL,
    ]
    assert [(row.given, row.finished) for row in rows] == [(2, 2), (1, 1), (3, 2), (3, 3), (2, 2)]
    assert [row.apart for row in rows] == [10_000, 0, 10_000, 10_000, 2_000]
    assert [row.mean for row in rows] == [
        5_000,
        6_000,
        5_000,
        pytest.approx(5_333.33, abs=1),
        7_000,
    ]
    assert [one.pk for one in needing_third(reading)] == [rows[0].pk]


def test_third_read_is_a_to_do_until_the_coordinator_gives_it_out(sign_in, reading):
    client = sign_in(make.role("coordinator", reading.scope))
    address = reverse("reviews:round", kwargs=here(reading))
    assert "1 application needs a third read" in client.get(address).text

    client.post(reverse("reviews:assign", kwargs=here(reading)))

    assert needing_third(reading).count() == 0
    assert "needs a third read" not in client.get(address).text


def test_finishing_a_review_gives_out_no_third_read_by_itself(reading):
    assert Assignment.objects.filter(is_third_read=True).count() == 2
    assert applications_read(reading).filter(standing=Standing.NEEDS).count() == 1


@pytest.mark.parametrize(
    ("show", "position"),
    [("needs-third", 0), ("lacks", 1), ("third", 2), ("disputed", 3), ("full", 4)],
)
def test_filters_are_words(sign_in, reading, show, position):
    client = sign_in(make.officer())
    codes = [reading_code(one) for one in reading.call.applications.order_by("pk")]

    page = client.get(reverse("reviews:applications", kwargs=here(reading)), {"show": show}).text

    assert [code in page for code in codes] == [at == position for at in range(5)]


def test_register_shows_the_mark_as_given_beside_the_corrected_one(sign_in):
    reading, _people = told_round()
    client = sign_in(make.role("auditor"))
    address = reverse("reviews:applications", kwargs=here(reading))

    written = client.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert written[0].startswith("Application,State,Reads done,Reads given,Mean as given,Corrected")
    assert len(written) == 25
    given, corrected = zip(*(line.split(",")[4:6] for line in written[1:]), strict=True)
    assert given != corrected
    assert "Corrected marks allow for strict and lenient reviewers." in client.get(address).text


@pytest.mark.parametrize("sort", ["standing", "finished", "mean", "-apart", "language", "given"])
def test_register_sorts_by_what_the_database_knows(sign_in, reading, sort):
    client = sign_in(make.officer())

    page = client.get(reverse("reviews:applications", kwargs=here(reading)), {"sort": sort})

    assert page.status_code == 200
    assert page.text.count("R-") >= 5


def test_calibration_page_says_how_each_reviewer_marks(sign_in):
    reading, people = told_round()
    client = sign_in(make.role("coordinator", reading.scope))

    page = client.get(reverse("reviews:calibration", kwargs=here(reading))).text

    at = [page.index(str(one.person)) for one in people]
    assert at[1] < at[2] < at[0] or at[1] < at[3] < at[0]
    assert page.count('class="leaning"') == 4
    assert "24 of 24 applications have a corrected mark" in page


def test_calibration_page_says_why_marks_are_not_corrected(sign_in):
    reading = make.review_round()
    for _number in range(3):
        make.review(make.assignment(make.reviewer(reading)))

    page = sign_in(make.officer()).get(reverse("reviews:calibration", kwargs=here(reading))).text

    assert "each application needs at least 2 finished reads" in page


def test_empty_calibration_page_says_what_will_be_there(sign_in):
    reading = make.review_round()
    make.reviewer(reading)

    page = sign_in(make.officer()).get(reverse("reviews:calibration", kwargs=here(reading)))

    assert "No mark yet" in page.text


def test_leniency_is_a_word_only_beyond_chance():
    assert lean_in_words(90, 10) == "like the others"
    assert lean_in_words(600, 700) == "like the others"
    assert lean_in_words(300, 100) == "slightly lenient"
    assert lean_in_words(-300, 100) == "slightly strict"
    assert lean_in_words(-900, 100) == "strict"
    assert flag_in_words("flat") == "gives nearly everybody the same mark"


def test_strip_turns_with_the_direction_of_writing():
    from django.utils import translation

    plain = strip_svg(500, 50, 1_000, "lenient")
    with translation.override("ar"):
        turned = strip_svg(500, 50, 1_000, "lenient")

    assert 'cx="75%"' in plain
    assert 'cx="25%"' in turned
    assert "&lt;" in strip_svg(0, 0, 500, "<b>")


def test_reviewer_whose_languages_nobody_writes_is_named_on_the_round(sign_in):
    reading = make.review_round()
    make.application(reading.call, state="submitted", language="ar")
    idle = make.reviewer(reading, languages=["en"])
    in_conflict = make.reviewer(reading, languages=["ar"])
    in_conflict.conflicts.create(application=reading.call.applications.get(), kind="kin")
    make.reviewer(reading, languages=["ar"])
    assign_reads(reading, by=None)

    page = sign_in(make.officer()).get(reverse("reviews:round", kwargs=here(reading))).text

    assert idle_reviewers(reading) == [idle, in_conflict]
    assert "Nothing to read for" in page
    assert "Reads without a reviewer: 1 because" in page


def test_round_says_how_the_reads_were_given_out(sign_in):
    reading = make.review_round()
    for number in range(6):
        sector = "water" if number % 2 else "health"
        make.application(reading.call, state="submitted", attributes={"sector": sector})
    for number in range(4):
        make.reviewer(reading, fields=["water"] if number % 2 else ["health"])
    given = assign_reads(reading, by=None)

    page = sign_in(make.officer()).get(reverse("reviews:round", kwargs=here(reading))).text

    assert (given.fairness.worst, given.fairness.worst_bound) == (200, 200)
    assert "200 points in all; no giving out could do better than 200" in page
    assert "How the reads were given out" in page
    assert reads_to_move(reading) == 0
