"""The reading of a symposium's call is a reading of abstracts, for its readers and its officer."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from karvan.desk.queries.needs.coordinator import activities_needing
from karvan.desk.queries.needs.teaching import reads_to_do
from karvan.foundation.messages.models import Message
from karvan.stages.reviews.forms import ConflictForm, PlanForm, ReviewerForm
from karvan.stages.reviews.given_out import given_out_in_words, lacking_in_words
from karvan.stages.reviews.leaning import why_not_in_words
from karvan.stages.reviews.services import assign_reads
from tests import make
from tests.stages.calls.said import ABSTRACT, leftovers, letter, words

pytestmark = pytest.mark.django_db
LANGUAGES = tuple(ABSTRACT)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def reading_of(format: str, language: str = "en"):
    """An open reading with a reader, whose read is given out and told of."""
    of = make.review_round(make.call(make.activity(format=format)), state="open")
    reader = make.reviewer(of, languages=["en"])
    reader.person.language = language
    reader.person.save()
    make.application(of.call, state="submitted", language="en")
    assign_reads(of, by=make.officer())
    return of, reader


def officers_pages(desk, of) -> dict[str, str]:
    activity = of.call.activity
    place = {"edition": activity.edition.slug, "activity": activity.code}
    names = ("round", "plan", "applications", "calibration", "marks", "conflicts", "add_reviewer")
    found = {name: desk.get(reverse(f"reviews:{name}", kwargs=place)) for name in names}
    return {name: words(answer.content.decode()) for name, answer in found.items()}


def readers_pages(desk, reader) -> dict[str, str]:
    read = reader.assignments.get()
    urls = {
        "queue": reverse("reviews:queue"),
        "reading": reverse("reviews:reading", args=[read.pk]),
    }
    return {name: words(desk.get(url).content.decode()) for name, url in urls.items()}


def without(kind: str, pages: dict[str, str], language: str) -> dict[str, list[str]]:
    if kind == "application":
        found = {name: leftovers(text, language) for name, text in pages.items()}
    else:
        found = {name: [text] if ABSTRACT[language] in text else [] for name, text in pages.items()}
    return {name: left for name, left in found.items() if left}


@pytest.mark.parametrize("language", LANGUAGES)
def test_officer_and_reader_of_abstracts_read_of_nothing_else(sign_in, language):
    of, reader = reading_of("symposium", language)
    with override(language):
        office = officers_pages(sign_in(make.officer()), of)
        desk = readers_pages(sign_in(reader.person), reader)

    assert without("application", office, language) == {}
    assert without("application", desk, language) == {}
    assert ABSTRACT[language] in desk["queue"].lower()
    assert ABSTRACT[language] in office["applications"].lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_officer_and_reader_of_applications_read_of_nothing_else(sign_in, language):
    of, reader = reading_of("bootcamp", language)
    with override(language):
        office = officers_pages(sign_in(make.officer()), of)
        desk = readers_pages(sign_in(reader.person), reader)

    assert without("abstract", {**office, **desk}, language) == {}
    assert leftovers(desk["queue"], language)
    assert leftovers(office["applications"], language)


def test_reader_of_both_reads_of_applications(sign_in):
    _of, reader = reading_of("symposium")
    other = make.review_round(make.call(make.activity("OTHER", format="bootcamp")), state="open")
    make.assignment(make.reviewer(other, person=reader.person))

    shown = words(sign_in(reader.person).get(reverse("reviews:queue")).content.decode())

    assert "Applications are read without names" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_about_reads_calls_them_by_their_kind(language):
    reading_of("symposium", language)
    told = letter(Message.objects.get(kind="reviews/reads"))

    assert ABSTRACT[language] in told.lower()
    assert leftovers(told, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_desk_of_reader_and_officer_says_abstracts(language):
    of, reader = reading_of("symposium", language)
    of.state = "prepared"
    with override(language):
        reads = reads_to_do(reader.person)
        needs = activities_needing(make.officer())

    said = " ".join(f"{need.sentence} {need.act}" for need in [*reads, *needs])
    assert ABSTRACT[language] in said.lower()
    assert leftovers(said, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_and_explanations_of_a_reading_follow_its_kind(language):
    activity = make.activity(format="symposium")
    how = {
        "missing": [],
        "why": {"all_in_conflict": 2},
        "reads": 4,
        "total": 0,
        "parts": 3,
        "mixing": 1,
    }
    record = type("Told", (), {"after": {"how": how}})()
    with override(language):
        forms = [
            PlanForm(activity=activity)["expected"],
            ReviewerForm(activity=activity)["institution"],
            ConflictForm(activity=activity)["number"],
        ]
        said = [
            *(f"{field.label} {field.help_text}" for field in forms),
            *lacking_in_words(record, activity),
            *(text for _term, text in given_out_in_words(record, activity)),
            why_not_in_words("too_few_reads", 2, 3, of=activity),
            why_not_in_words("not_connected", 2, 3, of=activity),
        ]

    assert [text for text in said if ABSTRACT[language] not in text.lower()] == []
    assert [text for text in said if leftovers(text, language)] == []
