"""A country adopts a published blueprint: once a code, with its activities and its host."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.editions.errors import (
    AlreadyAdopted,
    BadCode,
    DesignContradicts,
    LanguageMissing,
    NotPublished,
    WrongState,
)
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.services import (
    adopt_blueprint,
    change_languages,
    depart,
    finish_adoption,
)
from tests import make

from .adopted import adopt, ventures

pytestmark = pytest.mark.django_db


def test_adopting_makes_the_edition_with_its_activities_and_host():
    host = make.party("ministry")

    edition = adopt(host=host)

    assert (edition.state, edition.slug, edition.scope) == (
        "adopting",
        "tvp-ma-2027",
        "TVP/MA-2027",
    )
    assert (edition.time_zone, edition.currency) == ("Africa/Casablanca", "MAD")
    assert [(a.code, a.scope, a.places) for a in edition.activities.all()] == [
        ("BC3", "TVP/MA-2027/BC3", 100),
        ("AC6", "TVP/MA-2027/AC6", 125),
    ]
    assert [(p.party, p.part) for p in edition.partners.all()] == [(host, "host")]
    assert [r.act for r in Record.objects.all()] == ["blueprint adopted"]


def test_title_names_programme_country_and_year_in_every_language_of_the_interface():
    edition = adopt()

    assert edition.titles["en"] == "Programme TVP, Morocco 2027"
    assert set(edition.titles) == {"en", "fr", "ar", "az"}


def test_same_code_is_adopted_once():
    blueprint = ventures()
    adopt(blueprint)

    with pytest.raises(AlreadyAdopted, match="MA-2027"):
        adopt(blueprint, languages=["fr"])

    assert Edition.objects.count() == 1
    assert Activity.objects.count() == 2


def test_draft_is_not_adopted():
    draft = make.blueprint(state="draft")

    with pytest.raises(NotPublished):
        adopt_blueprint(
            draft,
            country=make.country("MA"),
            code="MA-2027",
            languages=["en"],
            host=make.party(),
            by=None,
        )

    assert Edition.objects.count() == 0


@pytest.mark.parametrize("code", ["", "ma-2027", "MA 2027", "MA/2027", "-MA", "M" * 17])
def test_code_is_capitals_digits_and_hyphens(code):
    with pytest.raises(BadCode):
        adopt(code=code)


@pytest.mark.parametrize("languages", [[], ["en", "ru"]])
def test_languages_are_the_blueprints(languages):
    with pytest.raises(LanguageMissing):
        adopt(languages=languages)

    assert Edition.objects.count() == 0


def test_languages_change_until_the_edition_is_over():
    edition = adopt()

    assert change_languages(edition, languages=["fr"], by=None).languages == ["fr"]
    Edition.objects.update(state="cancelled")
    with pytest.raises(WrongState):
        change_languages(edition, languages=["ar"], by=None)


def test_finished_adoption_says_when_and_happens_once():
    edition = finish_adoption(adopt(), by=None)

    assert edition.state == "adopted"
    assert edition.adopted_at is not None
    with pytest.raises(WrongState):
        finish_adoption(edition, by=None)


def test_design_that_contradicts_itself_is_finished_only_with_a_reason():
    edition = adopt()
    depart(edition, path="activities.BC3.duration.days", after=2, reason="Short", by=None)

    with pytest.raises(DesignContradicts, match="D3S1"):
        finish_adoption(edition, by=None)

    edition.refresh_from_db()
    assert edition.state == "adopting"
    assert finish_adoption(edition, by=None, despite="Sessions follow").state == "adopted"
    assert Record.objects.get(act="adoption finished").reason == "Sessions follow"
