"""The board's lines of symposia and restorations: only where an edition has one."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from karvan.stages.convening.models import Proceedings
from karvan.stages.reports.queries.board import pipeline_states
from tests import make

pytestmark = pytest.mark.django_db


def line(edition, stage):
    return next((one for one in pipeline_states(edition) if one.stage == stage), None)


def test_an_edition_of_boot_camps_has_neither():
    edition = make.activity().edition

    assert line(edition, "convening") is None
    assert line(edition, "heritage") is None


def test_a_symposium_is_decided_paper_by_paper_and_done_when_it_is_printed():
    symposium = make.symposium()
    edition = symposium.activity.edition
    assert line(edition, "convening").state == "locked"

    paper = make.paper(symposium)
    make.paper(symposium, state="talk")
    make.paper(symposium, state="withdrawn")
    deciding = line(edition, "convening")
    assert (deciding.state, deciding.note) == ("in_progress", "1 of 2 decided")

    paper.state = "poster"
    paper.save()
    assert line(edition, "convening").note == "2 abstracts"
    Proceedings.objects.create(
        symposium=symposium,
        number=1,
        snapshot={},
        sha256="0" * 64,
        code="abc",
        released_at=timezone.now(),
    )
    assert line(edition, "convening").state == "done"


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("prepared", "open"),
        ("works", "in_progress"),
        ("stopped", "waiting"),
        ("accepted", "done"),
        ("monitored", "done"),
    ],
)
def test_a_restoration_course_stands_as_its_project_does(state, shown):
    course = make.activity("RST", format="restoration")
    assert line(course.edition, "heritage").state == "open"

    make.restoration(activity=course, state=state, accepted_on=date(2026, 11, 1))

    assert line(course.edition, "heritage").state == shown
