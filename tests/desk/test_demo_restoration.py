"""The demo's restoration, told of any monument in a world with no more than its cast."""

from __future__ import annotations

import pytest

from karvan.desk.demo import cast, load
from karvan.desk.demo.restoration import tell_restoration
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.heritage.queries.trainees import totals_of
from tests import make

pytestmark = pytest.mark.django_db


def test_a_monument_is_better_than_before_and_two_have_earned_their_certificate():
    world = World(say=lambda _line: None)
    load_places(by=None)
    cast.parties(world)
    cast.staff(world)
    load.designs(world)
    monument = make.monument(make.register("az"))

    project = tell_restoration(world, monument)

    monument.refresh_from_db()
    assert (project.state, project.is_public, monument.condition) == ("accepted", True, "good")
    assert [one["has_enough"] for one in totals_of(project)].count(True) == 2
    assert project.viewpoints.get().pictures.count() == 2
