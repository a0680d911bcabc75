"""The register since 2005, for anybody: table, timeline, map, a city's page, files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import etree

from karvan.foundation.places.services import load_places
from karvan.foundation.records.models import Record
from karvan.stages.convening.models import Title, TitleEvent, TitleSeries
from karvan.stages.convening.queries.title_register_pictures import timeline_of
from karvan.stages.convening.services.title_register_loading import load_titles
from karvan.stages.convening.title_register_timeline import timeline_svg
from tests.shared import shared_path

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000


@pytest.fixture
def register() -> TitleSeries:
    load_places(by=None)
    load_titles(by=None)
    return TitleSeries.objects.get()


def test_the_register_holds_every_row_of_the_facts_and_the_exceptions(register):
    facts = shared_path("facts/titles.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(facts))

    held = {(one.year, one.region): [] for one in Title.objects.all()}
    for one in Title.objects.all():
        held[one.year, one.region].append(one)

    assert len(rows) == 65 and Title.objects.count() == 66
    for row in rows:
        assert held[int(row["year"]), row["region"]], row
    assert [one.city_names["en"] for one in Title.objects.filter(year=2005)] == ["Mecca"]
    assert Title.objects.filter(year=2019).count() == 4
    jerusalem, tunis = Title.objects.filter(year=2019, region="Arab").order_by("pk")
    assert (jerusalem.kind, tunis.kind) == ("permanent", "additional")


def test_loading_again_changes_and_records_nothing(register):
    before = Record.objects.count()

    assert load_titles(by=None) == 0
    assert (Title.objects.count(), Record.objects.count()) == (66, before)


def test_shusha_is_in_it_with_what_is_known_of_its_dates(register):
    shusha = Title.objects.get(city_names__en="Shusha")

    assert (shusha.year, shusha.year_held, shusha.decided_precision) == (2024, 2024, "month")
    assert [str(one.starts_on) for one in TitleEvent.objects.filter(title=shusha)] == ["2024-05-11"]
    assert shusha.exception_reason


def test_every_city_has_a_country_and_a_place_but_the_one_outside_the_members(register):
    assert [one.city_names["en"] for one in Title.objects.filter(country=None)] == ["Kazan"]
    assert not Title.objects.filter(latitude=None).exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
@pytest.mark.parametrize("way", ["", "timeline/", "map/"])
def test_its_pages_are_open_to_anybody_and_light(register, client: Client, language, way):
    page = client.get(f"/{language}/title-register/culture/{way}")

    assert page.status_code == 200
    assert len(page.content) < MOST_BYTES


def test_it_is_narrowed_by_region_year_country_and_words_in_any_script(register, client: Client):
    address = "/en/title-register/culture/"

    def cities(query: str) -> list[str]:
        table = client.get(f"{address}?{query}&format=csv")
        lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
        return [line[0] for line in lines[1:]]

    assert cities("country=AZ") == ["Shusha", "Nakhchivan", "Baku"]
    assert cities("year=2006&region=African") == ["Timbuktu"]
    assert cities("q=نخجوان") == ["Nakhchivan"]
    assert cities("q=bakou") == ["Baku"]
    assert cities("q=nothing-like-it") == []


def test_a_page_costs_the_same_for_one_title_and_for_all(
    register, client: Client, django_assert_num_queries
):
    with django_assert_num_queries(6):
        client.get("/en/title-register/culture/?year=2005")
    with django_assert_num_queries(6):
        client.get("/en/title-register/culture/")


def test_machines_read_it_as_json(register, client: Client):
    said = json.loads(client.get("/en/title-register/culture/titles.json?country=AZ").content)

    shusha = said["titles"][0]
    assert (shusha["city"]["az"], shusha["year"], shusha["decided"]) == ("Şuşa", 2024, "2023-09")
    assert shusha["longitude"] == 46.75


def test_a_citys_page_tells_its_dates_and_events(register, client: Client):
    shusha = Title.objects.get(city_names__en="Shusha")

    page = client.get(f"/en/title-register/cities/{shusha.pk}/").content.decode()

    assert "September 2023" in page and "11 May 2024" in page and "Kabul" in page


def test_what_is_not_public_is_not_there(register, client: Client):
    Title.objects.filter(city_names__en="Shusha").update(is_public=False)
    shusha = Title.objects.get(city_names__en="Shusha")

    assert client.get(f"/en/title-register/cities/{shusha.pk}/").status_code == 404
    said = json.loads(client.get("/en/title-register/culture/titles.json").content)
    assert "Shusha" not in {one["city"]["en"] for one in said["titles"]}


def test_the_timeline_is_a_well_formed_picture_with_a_mark_a_title(register):
    drawn = timeline_of(register, Title.objects.order_by("year"))

    for mirrored in (False, True):
        tree = etree.fromstring(timeline_svg(drawn, mirrored=mirrored))
        space = "{http://www.w3.org/2000/svg}"
        assert len(tree.findall(f"{space}circle")) + len(tree.findall(f"{space}rect")) == 66
        assert len(tree.findall(f"{space}path[@class='lasting']")) == 1  # Jerusalem
    assert [one.name for one in drawn.in_cell(2024, "Asian")] == ["Kabul", "Shusha"]
    assert [one.name for one in drawn.in_cell(2026, "")] == ["Kazan"]


def test_the_command_loads_the_register_once(capsys):
    load_places(by=None)
    for told in ("66 titles are new", "0 titles are new"):
        call_command("load_titles")
        assert told in capsys.readouterr().out
