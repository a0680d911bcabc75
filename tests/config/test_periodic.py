"""What the worker does by the clock: everything listed exists, and one broken act stops no other."""

from __future__ import annotations

import pytest

from karvan.config.periodic import PERIODIC, Periodic
from karvan.config.worker import Worker
from tests import make

pytestmark = pytest.mark.django_db


def test_every_act_by_the_clock_exists_and_runs_on_an_empty_platform():
    for one in PERIODIC:
        one.load()()


def test_an_act_that_does_not_exist_stops_the_start():
    with pytest.raises(ImportError):
        Worker([Periodic("karvan.absent.act", 60)])


def test_a_broken_act_neither_stops_the_others_nor_comes_again_too_soon():
    from karvan.foundation.people.models import Person

    worker = Worker(
        [Periodic("tests.config.test_periodic.broken", 60), Periodic("tests.make.person", 60)]
    )

    worker.tick(), worker.tick()

    assert Person.objects.count() == 1
    assert make.person().pk


def broken() -> None:
    raise RuntimeError("broken on purpose")
