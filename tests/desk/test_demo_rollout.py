"""The demo's year of the team, in a world that holds no more than its eleven editions."""

from __future__ import annotations

import pytest

from karvan.desk.demo.rollouts import COUNTRIES, agreed_year, newest_editions
from karvan.desk.demo.world import World
from karvan.foundation.places.models import Country
from karvan.foundation.places.services import load_places
from tests import make

pytestmark = pytest.mark.django_db


def test_the_newest_edition_of_each_of_eleven_countries_has_its_days():
    load_places(by=None)
    base = make.blueprint(make.programme("TVP"))
    for code in COUNTRIES:
        make.edition(f"{code}-2027", of=base, country=Country.objects.get(code=code))
    make.edition("KZ-2021", of=base, country=Country.objects.get(code="KZ"))
    make.edition("KZ-2028", of=base, country=Country.objects.get(code="KZ"), state="cancelled")
    world = World(say=lambda _line: None)
    world.people["officer"] = make.officer()
    rollout = agreed_year(world)
    assert rollout.state == "agreed"
    assert rollout.is_proved
    stops = list(rollout.stops.select_related("edition"))
    assert {stop.edition for stop in stops} == set(newest_editions(base.programme))
    assert [stop.place for stop in stops] == list(range(1, 12))
    assert "KZ-2027" in {stop.edition.code for stop in stops}
    assert stops[-1].ends_on <= rollout.day_to
