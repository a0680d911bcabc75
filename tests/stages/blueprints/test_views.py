"""Screens of programmes and blueprints, through the real client."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.stages.blueprints import library
from karvan.stages.blueprints.models import Blueprint, Programme
from tests import make

from .test_services import garden

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


@pytest.fixture
def ventures():
    return make.blueprint(
        make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP")
    )


def address(name, code="GARDEN", *more):
    return reverse(f"blueprints:{name}", args=[code, *more])


def test_programme_is_begun_on_screen_and_a_bad_code_keeps_what_was_typed(client, officer):
    owner = make.party()
    typed = {"titles_en": "School gardens", "code": "garden", "owner": owner.pk}

    refused = client.post(reverse("blueprints:new_programme"), typed)
    accepted = client.post(reverse("blueprints:new_programme"), {**typed, "code": "GARDEN"})

    assert refused.status_code == 422
    assert "School gardens" in refused.text
    assert accepted["Location"].endswith("/programmes/GARDEN/")
    assert Programme.objects.get().titles == {"en": "School gardens"}


def test_pasted_text_becomes_the_draft_and_is_published(client, officer):
    make.programme("GARDEN")
    text = garden().decode().replace("\n", "\r\n")  # as browsers send it

    imported = client.post(address("import_draft"), {"text": text, "note": "First"})
    client.post(
        reverse("desk:publish_version", args=["GARDEN", 1]),
        {"note": "First version", "signature": officer.full_name},
    )

    version = Blueprint.objects.get()
    assert imported["Location"].endswith("/versions/1/")
    assert bytes(version.source) == garden()
    assert (version.state, version.note, version.published_by) == (
        "published",
        "First version",
        officer,
    )


def test_refused_text_shows_each_problem_with_its_line_and_stays(client, officer):
    make.programme("GARDEN")
    broken = garden().decode().replace("kind: workshop", "kind: wrkshop")

    answer = client.post(address("import_draft"), {"text": broken, "note": "With a slip"})

    assert answer.status_code == 422
    assert [p["problem"].line for p in answer.context["problems"]] == [14]
    assert "activities.WS.sessions.S1.kind" in answer.text
    assert "a comment that must survive" in answer.text
    assert "With a slip" in answer.text
    assert Blueprint.objects.count() == 0


def test_refused_file_is_put_into_the_text_area_to_be_mended(client, officer):
    make.programme("GARDEN")
    upload = SimpleUploadedFile("garden.yaml", garden().replace(b"minutes: 60", b"minutes: x"))

    answer = client.post(address("import_draft"), {"file": upload})

    assert answer.status_code == 422
    assert "a comment that must survive" in answer.text


def test_nothing_chosen_is_said(client, officer):
    make.programme("GARDEN")

    assert "Choose a file, or paste" in client.post(address("import_draft"), {"text": ""}).text


def test_version_is_read_as_a_record(client, officer, ventures):
    page = client.get(address("blueprint", "TVP", 1)).text

    for words in (
        "Pitch clinic",
        "Head trainer",
        "No problem is named",
        "at least 40%",
        "Present at 75% of the time or more",
        "First customer",
        "2 to 4",
        "Three days are planned; two are the least",
        "Scores of eleven countries are only comparable under one rubric.",
    ):
        assert words in page


def test_print_has_the_design_and_no_navigation(client, officer, ventures):
    page = client.get(address("print_blueprint", "TVP", 1)).text

    assert "Pitch clinic" in page
    assert 'class="rail"' not in page


def test_source_comes_back_byte_for_byte(client, officer, ventures):
    answer = client.get(address("source", "TVP", 1))

    assert answer.content == library.source("TVP")
    assert answer["ETag"] == f'"{hashlib.sha256(library.source("TVP")).hexdigest()}"'
    assert answer["Content-Disposition"] == 'attachment; filename="tvp-v1.yaml"'


def test_two_versions_are_compared_in_words(client, officer, ventures):
    data = library.data("TVP")
    data["activities"][0]["duration"]["days"] = 2
    make.blueprint(ventures.programme, number=2, data=data, source=b"other")

    page = client.get(address("compare", "TVP"), {"before": 1, "after": 2})

    [group] = page.context["groups"]
    [row] = group.rows
    assert group.title == "Technology boot camp" or group.title
    assert (row.part, row.before_words, row.after_words) == ("days", "3", "2")
    assert (row.words, row.kind, row.why) == ("Boot camp: days 3 → 2", "changed", "")


def test_draft_is_hidden_from_a_partner(client):
    programme = make.programme("TVP")
    make.blueprint(programme, data=library.data("TVP"))
    make.blueprint(programme, number=2, state="draft", data=library.data("TVP"))
    client.force_login(make.role("partner", "TVP/AZ-2021"))

    assert client.get(address("blueprint", "TVP", 1)).status_code == 200
    assert client.get(address("blueprint", "TVP", 2)).status_code == 404
    assert address("blueprint", "TVP", 2) not in client.get(address("programme", "TVP")).text


def test_officer_of_another_programme_sees_nothing_here(client):
    make.blueprint(make.programme("TVP"))
    client.force_login(make.role("officer", "REW"))

    assert client.get(address("programme", "TVP")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_register_costs_the_same_for_one_programme_and_three(
    client, officer, django_assert_num_queries, rows
):
    for _row in range(rows):
        make.blueprint()

    # sign-in 2, roles 1, counts 1, rows 1
    with django_assert_num_queries(5):
        assert client.get(reverse("blueprints:programmes")).status_code == 200


def test_schema_is_open_to_authors(client):
    assert client.get(reverse("blueprints:schema")).status_code == 200
    assert client.get(reverse("blueprints:schema_file")).json()["type"] == "object"
