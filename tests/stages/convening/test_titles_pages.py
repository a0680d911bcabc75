"""The desk's pages of titles: what was typed stays, lists cost the same whatever their length."""

from __future__ import annotations

import pytest
from django.test import Client

from karvan.stages.convening.models import ExpertMark, Title, TitleNomination, TitleSeries
from karvan.stages.convening.services import titles_judging
from tests import make
from tests.stages.convening import titles_world as at

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client):
    person = make.officer()
    client.force_login(person)
    return person


def test_a_series_begins_with_the_packaged_rules_and_its_lines_are_read(officer, client: Client):
    shown = client.get("/en/titles/series/new/").content.decode()
    assert "heritage | Heritage | Patrimoine" in shown
    said = {
        "code": "youth",
        "names_en": "Youth capital",
        "first_year": 2015,
        "seats_per_region": 2,
        "regions": "North | North | Nord\nSouth | South",
        "sections": "plan | Plan",
        "rubric": "plan | 20 | 3 | The plan",
    }

    wrong = client.post("/en/titles/series/new/", {**said, "rubric": "plan | many | 3 | The plan"})
    assert wrong.status_code == 422
    assert "Line 1: “many” is not a whole number." in wrong.content.decode()
    assert "plan | many | 3 | The plan" in wrong.content.decode()
    client.post("/en/titles/series/new/", said)

    made = TitleSeries.objects.get()
    assert [one["names"] for one in made.regions] == [
        {"en": "North", "fr": "Nord"},
        {"en": "South"},
    ]
    assert made.rubric["criteria"] == [
        {"code": "plan", "most": 20, "weight": 3, "names": {"en": "The plan"}}
    ]


def test_a_wrong_year_keeps_the_form(officer, client: Client):
    at.series()

    answer = client.post(
        "/en/titles/culture/new/",
        {"year": 1999, "seats_Arab": 2, "seats_Asian": 1, "seats_African": 1},
    )

    assert answer.status_code == 422
    assert "1999 lies before it" in answer.content.decode()
    assert 'value="1999"' in answer.content.decode()


def test_the_second_city_of_a_region_asks_for_its_reason_and_keeps_the_rest(
    officer, client: Client
):
    cycle = at.open_cycle()
    make.title(cycle.series, year=2024, region="Asian", city_names={"en": "Kabul"})
    nomination = at.proposed(cycle)
    address = f"/en/titles/nominations/{nomination.pk}/grant/"
    said = {"decided_on": "2023-09-26", "source": "Doha 2023", "kind": "regular"}

    warned = client.post(address, said)
    assert warned.status_code == 422
    assert "taken: Kabul" in warned.content.decode() and "Doha 2023" in warned.content.decode()
    client.post(address, {**said, "exception_reason": "Kabul could not."})

    assert Title.objects.get(nomination=nomination).exception_reason == "Kabul could not."


def test_a_year_that_moved_without_a_reason_keeps_what_was_typed(officer, client: Client):
    title = make.title(at.series(), year=2024)

    answer = client.post(f"/en/titles/held/{title.pk}/year/", {"year_held": 2025, "reason": ""})

    assert answer.status_code == 422 and "Say why it was held in 2025" in answer.content.decode()
    assert client.post(f"/en/titles/held/{title.pk}/weather/", {}).status_code == 404


def test_an_expert_sees_admissible_nominations_and_no_draft(client: Client):
    cycle = at.open_cycle()
    seen, hidden = at.admitted(cycle), at.draft(cycle, city_names={"en": "Almaty"}, country=make.country("KZ"))  # fmt: skip
    expert, other = (make.role("reviewer", cycle.scope) for _one in range(2))
    titles_judging.mark_nomination(
        seen, expert=other, marks=at.marks(cycle, 3), comment="Weak", done=True, by=other
    )
    client.force_login(expert)

    page = client.get("/en/titles/culture/2024/").content.decode()
    assert "Shusha" in page and "Almaty" not in page
    assert client.get(f"/en/titles/nominations/{hidden.pk}/").status_code == 404
    assert "Weak" not in client.get(f"/en/titles/nominations/{seen.pk}/mark/").content.decode()
    said = {f"mark_{code}": 7 for code in at.marks(cycle, 7)}
    client.post(f"/en/titles/nominations/{seen.pk}/mark/", {**said, "done": "1"})
    assert "Weak" in client.get(f"/en/titles/nominations/{seen.pk}/mark/").content.decode()
    assert ExpertMark.objects.filter(done_at__isnull=False).count() == 2


def test_a_party_sees_its_own_nomination_and_not_anothers(client: Client):
    cycle = at.open_cycle()
    own = at.draft(cycle)
    others = at.admitted(cycle, city_names={"en": "Almaty"}, country=make.country("KZ"))
    client.force_login(make.role("partner", "titles/culture", party=own.party))

    assert client.get(f"/en/titles/nominations/{own.pk}/").status_code == 200
    assert client.get(f"/en/titles/nominations/{others.pk}/").status_code == 404
    assert client.get("/en/titles/culture/2024/ranking/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_with_one_row_and_with_three(
    officer, client: Client, django_assert_max_num_queries, count
):
    series = at.series()
    for number in range(count):
        cycle = make.title_cycle(series, year=2030 + number)
        for city in range(count):
            TitleNomination.objects.create(
                cycle=cycle,
                city_names={"en": f"City {city}"},
                country=make.country("AZ"),
                region="Asian",
                party=make.party(),
                state="admitted",
            )
    client.get("/en/titles/")

    with django_assert_max_num_queries(10):
        client.get("/en/titles/")
    with django_assert_max_num_queries(12):
        client.get("/en/titles/culture/2030/ranking/")
    with django_assert_max_num_queries(18):
        client.get("/en/titles/culture/2030/")
