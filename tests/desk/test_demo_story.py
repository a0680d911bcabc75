"""The meeting of 2021 played through to 2024: each promise is judged by the rooms that kept it."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.desk.demo import agreed, cast, doha, load, symposium, titles
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import Recommendation, ResolutionParagraph, Title
from karvan.stages.reports.queries import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = World(say=lambda line: None)
    load_places(by=None)
    cast.parties(world)
    cast.staff(world)
    agreed.meeting(world)
    load.designs(world)
    held = symposium.tell_symposium(world)
    titles.tell_proceedings(world, held)
    item, decided = doha.tell_doha(world)
    titles.tell_titles(world, item=item, resolution=decided)
    return world


def line_of(code, day):
    return ledger([Commitment.objects.get(code=code)], as_of=day).lines[0]


def test_the_symposium_and_the_capital_of_culture_are_kept_without_any_evidence_typed(story):
    symposium_line = line_of("symposium-agadir", date(2024, 6, 30))
    assert symposium_line.marks == ("kept",)
    assert symposium_line.delivered_on == date(2022, 3, 17)

    assert line_of("shusha-capital", date(2022, 1, 1)).marks == ("open",)
    line = line_of("shusha-capital", date(2024, 6, 30))
    assert (line.marks, line.delivered_on) == (("kept",), date(2023, 9, 1))
    assert not line.commitment.evidence.exists()
    said = " ".join(fact.words for fact in line.facts)
    assert "is nominated for 2024" in said
    assert "Shusha 2024" in said


def test_what_they_decided_became_promises_that_the_same_ledger_follows(story):
    title = Title.objects.get(year=2024, city_names__en="Shusha")
    assert title.resolution is not None
    assert title.nomination.item.session == title.resolution.session

    paragraph = ResolutionParagraph.objects.get(
        resolution=title.resolution, commitment__isnull=False
    )
    recommended = Recommendation.objects.filter(commitment__isnull=False).first()
    for promise in (paragraph.commitment, recommended.commitment):
        lines = ledger([promise], as_of=date(2030, 1, 1)).lines
        assert lines[0].marks == ("unknown",)
        assert promise.origin_address.startswith("/")
        assert promise.source
    assert paragraph.commitment.origin == "decision"
    assert recommended.commitment.origin == "recommendation"
