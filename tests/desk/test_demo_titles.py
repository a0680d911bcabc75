"""The demo's chapter of titles and proceedings can be told, and tells what the sources say."""

from __future__ import annotations

import pytest

from karvan.desk.demo.titles import tell_proceedings, tell_titles
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.convening.models import Title
from tests import make

pytestmark = pytest.mark.django_db


def told() -> World:
    load_places(by=None)
    world = World(say=lambda _line: None)
    world.people["officer"] = make.officer()
    world.parties["culture-az"] = make.party("culture-az")
    world.parties["organisation"] = make.party("organisation")
    return world


def test_shusha_is_granted_in_2023_for_2024_and_hands_over_to_samarkand():
    title = tell_titles(told())

    assert Title.objects.count() == 66
    assert (title.year, title.decided_on.year, title.nomination.state) == (2024, 2023, "granted")
    assert title.nomination.marks.filter(done_at__isnull=False).count() == 3
    title.refresh_from_db()
    assert title.handed_over_to.city_names["en"] == "Samarkand"
    assert title.events.count() == 2


def test_the_papers_go_out_and_one_recommendation_is_followed():
    world = told()
    symposium = make.symposium()
    for number in range(3):
        make.paper(symposium, state="talk", number=number + 1)

    out = tell_proceedings(world, symposium)

    assert [one["page_from"] for one in out.snapshot["papers"]] == [1, 2, 3]
    followed = symposium.recommendations.exclude(commitment=None)
    assert [one.number for one in followed] == [1]
    assert symposium.recommendations.exclude(no_follow_up="").count() == 1
