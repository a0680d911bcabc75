"""Pages of surveys: what is typed wrong is shown again, lists cost the same however long."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from karvan.stages.heritage.services.surveys_terms import load_terms
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make.officer())
    return client


@pytest.fixture
def survey():
    load_terms(by=None)
    return make.survey(make.monument(make.register("az")), state="draft")


def address(name: str, survey, *more) -> str:
    monument = survey.monument
    return reverse(f"heritage:{name}", args=["az", monument.pk, survey.pk, *more])


def test_a_survey_is_begun_by_one_button(officer, survey):
    url = reverse("heritage:survey_begin", args=["az", survey.monument.pk])

    answer = officer.post(url, follow=True)

    assert answer.status_code == 200
    assert "Note a damage" in answer.content.decode()


def test_damage_is_typed_in_arabic(officer, survey):
    typed = {"pattern": "حزاز", "extent_percent": "20", "severity": "2", "cause": "flooding"}

    answer = officer.post(address("survey_damage", survey), typed)

    assert answer.status_code == 302
    made = survey.observations.get()
    assert (made.pattern.code, made.cause.code, made.severity) == ("moss", "flooding", 2)


def test_an_unknown_word_is_shown_again_with_what_was_typed(officer, survey):
    typed = {"pattern": "Scal", "note": "Near the gate", "crack_mm": "two"}

    answer = officer.post(address("survey_damage", survey), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "choose one of" in page
    assert "Contour scaling" in page
    assert 'value="Near the gate"' in page
    assert 'value="two"' in page


def test_a_photograph_that_is_none_is_refused(officer, survey):
    typed = {"pattern": "crack", "photo": samples.upload("wall.jpg", b"MZ\x90 not a picture")}

    answer = officer.post(address("survey_damage", survey), typed)

    assert answer.status_code == 422
    assert not survey.observations.exists()


def test_marks_are_typed_without_scripts(officer, survey):
    photo = samples.upload("wall.png", samples.picture("PNG"))
    officer.post(address("survey_damage", survey), {"pattern": "Crack", "photo": photo})
    damage = survey.observations.get()
    form = {
        "mark-TOTAL_FORMS": "1",
        "mark-INITIAL_FORMS": "0",
        "mark-0-shape": "box",
        "mark-0-colour": "red",
        "mark-0-x": "0.2",
        "mark-0-y": "0.2",
        "mark-0-w": "0.5",
        "mark-0-h": "0.1",
        "mark-0-label": "Widest here",
    }
    url = address("survey_marks", survey, damage.pk)

    assert officer.post(url, form).status_code == 302
    damage.refresh_from_db()
    assert damage.marks[0]["label"] == "Widest here"
    wrong = officer.post(url, {**form, "mark-0-w": "0.9"})
    assert wrong.status_code == 422
    assert "lies off the picture" in wrong.content.decode()


def test_a_refused_signature_says_all_that_is_missing(officer, survey):
    answer = officer.post(address("survey_sign", survey), follow=True)

    assert "Say how far the damage goes" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.state == "draft"


def test_the_head_refuses_a_day_ahead_and_keeps_the_note(officer, survey):
    typed = {
        "on": "2126-01-01",
        "condition": "poor",
        "trend": "stable",
        "method": "visual",
        "note": "Rain came in",
    }

    answer = officer.post(address("survey_write", survey), typed)

    assert answer.status_code == 422
    assert "Rain came in" in answer.content.decode()


def test_a_signed_survey_has_no_forms(officer):
    signed = make.survey(make.monument(make.register("az")))

    page = officer.get(address("survey", signed)).content.decode()

    assert "Note a damage" not in page
    assert "Sign the survey" not in page


def test_two_surveys_are_compared_in_a_sentence(officer):
    monument = make.monument(make.register("az"))
    make.survey(monument, on=date(2024, 5, 1), condition="very_bad")
    make.survey(monument, on=date(2026, 5, 1), condition="fair")

    page = officer.get(reverse("heritage:surveys_compare", args=["az", monument.pk]))

    assert "The class went from Very bad to Fair." in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_due_surveys_costs_the_same(officer, rows, django_assert_num_queries):
    for _number in range(rows):
        make.survey(make.monument(), on=date(2020, 1, 1), next_due_on=date(2021, 1, 1))
    url = reverse("heritage:surveys_due")
    officer.get(url)

    with django_assert_num_queries(5):
        answer = officer.get(url, {"filter": "overdue"})

    assert answer.status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
def test_the_vocabulary_is_searched_by_word(officer, survey, language):
    answer = officer.get(f"/{language}/heritage/terms/?vocabulary=pattern&q=حزاز")

    assert "moss" in answer.content.decode()
    assert "lichen" not in answer.content.decode()
