"""The Baku call of the demo: planned, read, corrected, chosen, sealed, replayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from karvan.config.cli import main
from karvan.desk.demo import agreed, azerbaijan, cast, load
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.reviews.models import ReviewRound
from karvan.stages.reviews.queries import disputed
from karvan.stages.reviews.services import ReadingPlanned, calibrated
from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.sealing import seal_of
from karvan.stages.selection.services import replay_run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[SelectionRun, ReadingPlanned]]:
    """The tale up to the choice, told once for all tests here and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        world = World(say=lambda line: None, random=Random(7))
        load_places(by=None)
        cast.parties(world)
        cast.staff(world)
        agreed.meeting(world)
        edition = azerbaijan.adopted(world, load.designs(world))
        by: Any = cast.coordinator(world, "AZ")
        camp, _course = azerbaijan.activities(edition)
        call = azerbaijan.called(world, edition, camp, by)
        yield azerbaijan.read_and_chosen(world, call, by)
        transaction.set_rollback(True)


def test_twelve_stood_where_twenty_nine_are_needed(told):
    _run, plan = told

    assert (plan.applications, plan.answer.reads) == (376, 752)
    assert plan.answer.standing == 12
    assert plan.answer.needed_in_all == 29
    assert sum(lacking.reviewers for lacking in plan.answer.missing) == 17


def test_everything_was_read_within_the_loads_and_disputed_applications_three_times(told):
    run, _plan = told
    round_ = ReviewRound.objects.get(call=run.call)
    reads = Counter(
        round_.assignments.filter(withdrawn_at=None, review__state="done").values_list(
            "application_id", flat=True
        )
    )

    assert round_.reviewers.count() == 29
    assert set(reads.values()) == {2, 3}
    assert {one.pk for one in disputed(round_)} <= {pk for pk, n in reads.items() if n == 3}
    assert not run.left_out


def test_strict_and_lenient_reviewers_are_allowed_for(told):
    run, _plan = told
    calibration = calibrated(run.call)
    leniency = [one.leniency for one in calibration.reviewers.values()]

    assert calibration.is_corrected
    assert run.is_corrected
    assert min(leniency) < -500 < 500 < max(leniency)
    assert any(one.merit != one.raw for one in run.decisions.all())


def test_the_cohort_is_proved_sealed_and_replayed_from_its_file(told, tmp_path, capsys):
    run, _plan = told
    file = tmp_path / "baku.json"
    file.write_bytes(bytes(run.document))

    assert (run.state, run.is_proved) == ("signed", True)
    assert run.seal == seal_of(run.sha256, run.signoffs.all(), run.dissents.all())
    assert len(replay_run(run).chosen) == run.decisions.filter(outcome="selected").count()
    assert b'"earlier":[{"answer":' in bytes(run.document)
    assert main(["selection", "replay", str(file)]) == 0
    assert "The same answer" in capsys.readouterr().out
