"""The demo's register: twelve monuments, three on the World Heritage List, one rounded in public."""

from __future__ import annotations

import pytest

from karvan.desk.demo.monuments import tell_monuments
from karvan.desk.demo.world import World
from tests import make

pytestmark = pytest.mark.django_db


def told():
    make.country("AZ")
    world = World(say=lambda line: None)
    world.people["officer"] = make.role("officer")
    return tell_monuments(world)


def test_the_register_has_twelve_monuments_three_of_them_world_heritage():
    register = told()

    assert register.monuments.count() == 12
    assert sorted(register.monuments.exclude(whs_id="").values_list("whs_id", flat=True)) == [
        "1076", "1549", "958",
    ]  # fmt: skip
    assert [one.national_id for one in register.monuments.all() if not set(one.names) >= {"en", "fr", "ar", "az"}] == []  # fmt: skip


def test_the_burial_mounds_are_rounded_in_public(client):
    register = told()
    mounds = register.monuments.get(is_at_risk_of_looting=True)

    page = client.get(f"/en/monuments/az/{mounds.pk}/").content.decode()

    assert (mounds.public_latitude, mounds.public_longitude) != (mounds.latitude, mounds.longitude)
    assert "rounded to 10 km" in page


def test_the_palace_has_its_parts_and_pictures(client):
    register = told()
    palace = register.monuments.get(national_id="AZ-007")

    assert palace.elements.count() == 6
    page = client.get(f"/ar/monuments/az/{palace.pk}/").content.decode()
    assert page.count("<img") == 2
    assert "قصر خانات شكي" in page
