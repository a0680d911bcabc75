"""Places, teams and quotas of every activity on one screen, each within its limits."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.blueprints import library
from karvan.stages.editions.errors import Locked, NoSuchPart, ReasonMissing
from karvan.stages.editions.models import Departure
from karvan.stages.editions.numbers import numbers_of, to_supply
from karvan.stages.editions.services import set_numbers
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db
MOST = "activities.BC3.cohort.max"
LEAST = "activities.BC3.cohort.min"
WOMEN = "activities.BC3.selection.quotas.WOMEN.floor_percent"


def listed():
    data = library.data("TVP")
    return {one.path: one for part in numbers_of(data, data) for one in part.numbers}


def test_every_number_says_how_far_it_may_go():
    found = listed()

    assert found[MOST].limits == "24 to 125"
    assert found[WOMEN].limits == "30 to 50"
    assert found["activities.BC3.cohort.team_size.min"].limits == "the same in every country"
    assert found[WOMEN].label == "Women: floor, %"


def test_only_numbers_that_differ_become_departures_with_the_one_reason():
    edition = adopt()

    made = set_numbers(
        edition, numbers={MOST: 60, LEAST: 24, WOMEN: 45}, reason="A smaller hall", by=None
    )

    assert {one.path: one.after for one in made} == {MOST: 60, WOMEN: 45}
    assert {one.reason for one in made} == {"A smaller hall"}
    assert edition.activities.get(code="BC3").places == 60


def test_numbers_that_stay_need_no_reason():
    assert set_numbers(adopt(), numbers={MOST: 100, LEAST: 24}, reason="", by=None) == []


@pytest.mark.parametrize(
    ("numbers", "reason", "error"),
    [
        ({MOST: 60}, " ", ReasonMissing),
        ({LEAST: 30, MOST: 500}, "More", Locked),
        ({"activities.BC3.cohort.team_size.min": 2}, "Pairs", Locked),
        ({"activities.BC3.duration.days": 2}, "Short", NoSuchPart),
    ],
)
def test_refused_numbers_change_none_of_them(numbers, reason, error):
    edition = adopt()

    with pytest.raises(error):
        set_numbers(edition, numbers=numbers, reason=reason, by=None)

    assert Departure.objects.count() == 0


def test_screen_refuses_beyond_the_limits_and_keeps_what_was_typed(client):
    edition = adopt()
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("editions:places", args=[edition.slug])

    answer = client.post(address, {MOST: "500", "reason": "A stadium"})

    assert answer.status_code == 422
    assert 'value="500"' in answer.text
    assert "A stadium" in answer.text
    assert Departure.objects.count() == 0


def test_screen_changes_what_differs_and_says_how_many(client):
    edition = adopt()
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("editions:places", args=[edition.slug])

    shown = client.get(address).context["form"]
    typed = {name: field.initial for name, field in shown.fields.items() if name != "reason"}
    answer = client.post(address, {**typed, MOST: "60", "reason": "Hall"}, follow=True)

    assert "1 number was changed" in answer.text
    assert "24 to 125; the blueprint says 100." in answer.text
    assert Departure.objects.get().after == 60


def test_what_only_the_country_can_supply_is_listed_with_its_link(client):
    edition = adopt()
    client.force_login(make.role("coordinator", edition.scope))

    page = client.get(reverse("editions:places", args=[edition.slug])).text

    assert "?path=activities.BC3.form.sections.about.questions.region.choices" in page
    assert "?path=indicators.REACH.target" in page


def test_part_that_was_supplied_waits_no_longer():
    data = library.data("TVP")
    path = "activities.BC3.form.sections.about.questions.region.choices"

    before = [one.path for one in to_supply(data, set())]
    after = [one.path for one in to_supply(data, {path})]

    assert path in before
    assert path not in after
