"""The demo's chapter of partnerships can be told after the meeting of January 2021."""

from __future__ import annotations

import pytest

from karvan.desk.demo import agreed, cast
from karvan.desk.demo.partnerships import tell_partnerships
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.convening.models import Forum, Partnership

pytestmark = pytest.mark.django_db


def test_the_organisation_is_official_partner_of_a_process_and_of_a_forum():
    world = World(say=lambda line: None)
    load_places(by=None)
    for told in (cast.parties, cast.staff, agreed.meeting, tell_partnerships):
        told(world)

    official = Partnership.objects.filter(kind="official_partner")

    assert {one.forum.code for one in official} == {"baku-process", "intercultural-forum"}
    assert all(one.source and one.events.exists() for one in official)
    assert all(forum.source for forum in Forum.objects.all())
    assert sorted(Partnership.objects.values_list("state", flat=True)) == [
        "asked",
        "granted",
        "granted",
        "granted",
        "granted",
        "refused",
    ]
