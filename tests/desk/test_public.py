"""The first page and a programme's page, for anybody."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.utils import timezone

from karvan.stages.ventures.models import Final
from tests import make

pytestmark = pytest.mark.django_db

PAGE_LIMIT = 100_000


@pytest.fixture
def programme():
    """A programme held in Baku in 2021 and in Rabat in 2022; a third edition is being adopted."""
    programme = make.programme("TVP", titles=make.texts("Ventures"))
    blueprint = make.blueprint(programme)
    for country, year in (("MA", 2022), ("AZ", 2021)):
        edition = make.edition(f"{country}-{year}", of=blueprint, country=make.country(country))
        make.activity(of=edition, planned_starts_on=date(year, 9, 14))
    make.edition("EG-2030", of=blueprint, country=make.country("EG"), state="adopting")
    return programme


@pytest.mark.parametrize(
    ("accepts", "expected"), [("ar,en;q=0.5", "/ar/"), ("az", "/az/"), ("xx", "/en/"), ("", "/en/")]
)
def test_root_leads_to_the_readers_language(client, accepts, expected):
    answer = client.get("/", headers={"accept-language": accepts})

    assert (answer.status_code, answer["Location"]) == (302, expected)


def test_first_page_lists_open_calls_and_where_programmes_were_held(client, programme):
    shown = make.call(titles=make.texts("Boot camp in Baku"))
    make.call(titles=make.texts("Over"), open_now=False)
    make.call(titles=make.texts("Not yet announced"), state="draft")

    page = client.get("/en/")

    assert [one.pk for one in page.context["calls"]] == [shown.pk]
    assert f'href="/en/calls/{shown.slug}/"' in page.text
    held = next(one for one in page.context["programmes"] if one.programme == programme)
    assert [one.code for one in held.editions] == ["AZ-2021", "MA-2022"]
    assert held.countries == 2
    assert 'href="/en/programmes/TVP/about/"' in page.text
    assert 'href="/en/accounts/login/"' in page.text
    for language in ("Français", "العربية", "Azərbaycanca"):
        assert language in page.text


def test_call_that_opens_later_says_when(client):
    now = timezone.now()
    make.call(
        opens_at=now + timedelta(days=2),
        advertised_deadline=now + timedelta(days=20),
        closes_at=now + timedelta(days=20),
    )

    assert "opens <time" in client.get("/en/").text


def test_programme_says_where_when_and_what_is_not_known(client, programme):
    Final.objects.create(
        programme=programme,
        code="final",
        titles=make.texts("Common final"),
        place="Rabat",
        starts_on=date(2024, 5, 1),
        ends_on=date(2024, 5, 3),
    )

    page = client.get("/en/programmes/tvp/about/")

    figures = page.context["figures"]
    assert (figures.editions, figures.countries) == (2, 2)
    assert (figures.participants, figures.women, figures.certificates) == (None, None, None)
    assert page.text.count("unknown") >= 6
    assert "Common final" in page.text
    assert '<div class="band"><svg' in page.text


def test_figures_count_each_person_once_and_women_among_those_known(client, programme):
    first, second = [one.activities.get() for one in programme.editions.filter(state="adopted")]
    woman = make.person()
    make.enrolment(first, person=woman)
    make.enrolment(second, person=woman)
    make.enrolment(first, attributes={"sex": "M"})
    make.enrolment(first, attributes={})
    make.enrolment(first, state="left")

    figures = client.get("/en/programmes/TVP/about/").context["figures"]

    assert (figures.participants, figures.women, figures.sex_known) == (3, 1, 2)


def test_programme_without_a_published_version_is_nobodys_business(client):
    make.blueprint(make.programme("NEW"), state="draft")

    assert client.get("/en/programmes/NEW/about/").status_code == 404


@pytest.mark.parametrize("address", ["/en/", "/ar/", "/en/programmes/TVP/about/"])
def test_first_visit_stays_under_100_kilobytes(client, programme, address):
    for _number in range(12):
        make.call()

    page = client.get(address)

    styles = [find("ui/desk.css"), find("desk/desk.css"), find("ui/icon.svg")]
    weight = len(page.content) + sum(Path(one).stat().st_size for one in styles)
    assert page.status_code == 200
    assert weight < PAGE_LIMIT


@pytest.mark.parametrize("rows", [1, 3])
def test_first_page_costs_three_queries(client, django_assert_num_queries, rows):
    for _number in range(rows):
        make.call()

    with django_assert_num_queries(3):
        client.get("/en/")
