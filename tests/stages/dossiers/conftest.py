"""What the pages of the bench and of the workshop stand on."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.stages.dossiers.models import DeviceType
from karvan.stages.dossiers.services.starting import start_dossier
from tests import make
from tests.stages.dossiers.bench_world import briefed_workshop


@pytest.fixture
def workshop():
    """Five days whose safety briefing was held."""
    made = briefed_workshop()
    made.planned_starts_on = date(2026, 9, 14)
    made.save()
    return made


@pytest.fixture
def dossier(workshop):
    """A draft of a team of three."""
    make.device_types()
    return start_dossier(
        workshop,
        title="Oximeter of ward 3",
        device_type=DeviceType.objects.get(code="pulse_oximeter"),
        members=[make.enrolment(workshop) for _ in range(3)],
        by=None,
    )


@pytest.fixture
def member(dossier):
    return dossier.members.first().enrolment.person


@pytest.fixture
def officer(workshop):
    return make.bench_trainer(workshop, "SAFETY", "IP")


@pytest.fixture
def bench(workshop):
    return make.bench_trainer(workshop, "BENCH")
