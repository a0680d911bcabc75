"""A telephone that sends twice at once: each step and each photograph is taken once."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.base import ContentFile

from karvan.stages.dossiers.models import StepPhoto, TeardownStep
from karvan.stages.dossiers.services.photos import add_photo
from karvan.stages.dossiers.services.teardown import add_step, move_step
from karvan.stages.dossiers.services.teardown_said import StepSaid
from tests.foundation.files import samples
from tests.make.dossiers import dossier, teardown_step
from tests.stages.blueprints.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_photograph_sent_by_three_requests_at_once_is_taken_once():
    step = teardown_step(dossier(state="teardown"))
    key = uuid.uuid4()
    data = samples.picture("JPEG", (900, 700))

    answers = at_once(
        [
            lambda: add_photo(step, upload=ContentFile(data, "a.jpg"), by=None, key=key)
            for _ in range(3)
        ]
    )

    assert {one.pk for one in answers} == {StepPhoto.objects.get().pk}


def test_one_step_sent_by_three_requests_at_once_is_taken_once():
    bench = dossier(state="teardown")
    key = uuid.uuid4()
    said = StepSaid(title="Open", direction="open")

    answers = at_once([lambda: add_step(bench, said=said, by=None, key=key) for _ in range(3)])

    assert {one.pk for one in answers} == {TeardownStep.objects.get().pk}


def test_steps_written_and_moved_at_once_leave_no_gap():
    bench = dossier(state="teardown")
    first = teardown_step(bench)
    teardown_step(bench)
    said = StepSaid(title="Open", direction="open")

    at_once(
        [
            lambda: add_step(bench, said=said, by=None),
            lambda: move_step(first, places=1, by=None),
            lambda: add_step(bench, said=said, by=None),
        ]
    )

    assert sorted(bench.steps.values_list("order", flat=True)) == [1, 2, 3, 4]
