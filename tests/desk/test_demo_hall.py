"""The demo's hall: told on any session with delegations, it leaves two resolutions and what follows."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.desk.demo.hall import tell_hall
from karvan.desk.demo.world import World
from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import FinalReport, Resolution, ResolutionParagraph
from tests import make
from tests.stages.convening.hall_world import hall

pytestmark = pytest.mark.django_db


def test_a_session_is_told_from_its_roll_to_its_reports():
    there = hall(code="gc")
    there.session.sittings.all().delete()
    there.session.starts_on, there.session.ends_on = date(2023, 9, 20), date(2023, 9, 21)
    there.session.save()
    world = World(say=lambda line: None)
    world.people["officer"] = there.officer
    world.parties = {code: make.party(code) for code in ("organisation", "commission-az")}

    tell_hall(world, there.session)

    numbers = Resolution.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["GC 12/RES.1", "GC 12/DEC.1"]
    asked = ResolutionParagraph.objects.get(commitment__owner__code="organisation")
    assert asked.texts["en"].startswith("Asks the Secretariat to report every year")
    assert Commitment.objects.count() == 2
    assert ResolutionParagraph.objects.exclude(no_follow_up="").count() == 1
    assert set(FinalReport.objects.values_list("language", flat=True)) == {"en", "ar"}
    assert set(there.session.sittings.values_list("closed_at__year", flat=True)) == {2023}
