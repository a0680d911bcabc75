"""Trainers of a workshop see what waits at its benches, each by the role in the design."""

from __future__ import annotations

import pytest
from django.utils import timezone

from karvan.desk.queries.needs.benches import benches_waiting
from karvan.stages.dossiers.models import GateCheck
from tests import make

pytestmark = pytest.mark.django_db


def sentences(person):
    return [
        one.sentence.replace("\u2068", "").replace("\u2069", "") for one in benches_waiting(person)
    ]


@pytest.fixture
def workshop():
    return make.workshop()


def test_checks_wait_for_who_may_sign_their_kind(workshop):
    safety, adviser = make.bench_trainer(workshop, "SAFETY"), make.bench_trainer(workshop, "IP")
    bench = make.bench_trainer(workshop, "BENCH")
    for code, kind in (("mains_locked_out", "safety"), ("own_words", "safety"), ("owner", "legal")):
        for dossier in (make.dossier(workshop), make.dossier(workshop)):
            GateCheck.objects.create(dossier=dossier, code=code, kind=kind, answer="yes")
    GateCheck.objects.create(dossier=make.dossier(workshop), code="unsaid", kind="safety")
    signed = GateCheck.objects.filter(kind="legal").first()
    signed.signed_by, signed.signed_at = adviser, timezone.now()
    signed.save()

    said = "4 devices of Workshop wait for your signature before they are opened."
    assert sentences(safety) == [said]
    assert sentences(adviser) == [
        "1 device of Workshop waits for your signature before it is opened."
    ]
    assert sentences(bench) == []


def test_a_stopped_bench_waits_for_the_safety_officer_and_a_redesign_for_all(workshop):
    safety, bench = make.bench_trainer(workshop, "SAFETY"), make.bench_trainer(workshop, "BENCH")
    stopped = make.dossier(
        workshop,
        title="Blower",
        stopped_at=timezone.now(),
        stopped_by=safety,
        stop_reason="Smoke",
        state="redesign",
    )
    make.dossier(workshop, state="redesign")

    assert sentences(safety) == [
        "The bench of Blower is stopped.",
        "1 redesign of Workshop is to be verified.",
    ]
    assert sentences(bench) == ["1 redesign of Workshop is to be verified."]
    assert benches_waiting(safety)[0].url.endswith(f"/dossiers/{stopped.pk}/")


def test_a_closed_edition_and_another_workshop_wait_for_nobody(workshop):
    safety = make.bench_trainer(workshop, "SAFETY")
    make.dossier(make.workshop(), state="redesign")
    make.dossier(workshop, state="redesign")
    workshop.edition.state = "closed"
    workshop.edition.save()

    assert sentences(safety) == []
