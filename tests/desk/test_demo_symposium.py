"""The demo's symposium in Agadir, in a world that holds no more than its cast and designs."""

from __future__ import annotations

import pytest

from karvan.desk.demo import cast, load
from karvan.desk.demo.symposium import tell_symposium
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.convening.queries.programme_clashes import (
    clashes_in_order,
    counted_versions,
    wished_sessions,
)
from karvan.stages.convening.queries.programme_published import withdrawn_in

pytestmark = pytest.mark.django_db


def test_the_symposium_is_told_from_its_call_to_its_programme(client):
    world = World(say=lambda _line: None)
    load_places(by=None)
    cast.parties(world)
    cast.staff(world)
    load.designs(world)

    symposium = tell_symposium(world)

    states = dict.fromkeys(symposium.papers.values_list("state", flat=True))
    assert symposium.papers.count() == 24
    assert set(states) >= {"talk", "poster", "rejected", "withdrawn"}
    assert not withdrawn_in(symposium).exists()
    wished = wished_sessions(symposium)
    (counted,) = counted_versions(symposium, wished)
    assert counted.clashes.total <= clashes_in_order(symposium, wished)
    said = client.get("/ar/symposia/scs-ma-2022/SYM/").content.decode()
    assert "تسرب المياه" in said or "بيوت الطين" in said
    page = client.get(f"/en/calls/{symposium.activity.call.slug}/").content.decode()
    assert "2021-11-15" in page and "2021-11-30" in page
