"""Selection: those who run the edition, its auditor, and whoever holds an application's link."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from karvan.stages.selection.models import Appeal
from tests import make

from .route import READERS, RUNNERS, only, public


def here(world):
    return {"edition": world.edition.slug, "activity": world.activity.code}


def run(world):
    return {**here(world), "number": world.run.number}


def offer(world):
    return {**here(world), "pk": world.offer.pk}


def appeal(world):
    made = Appeal.objects.create(
        decision=world.decision, text="Look again.", filed_at=timezone.now(), decide_by=date.today()
    )
    return {**here(world), "pk": made.pk}


def told(world):
    """The decision of a signed run that a letter told of."""
    make.seal(world.run)
    return {"token": world.application.token}


def quota_set(world):
    return {**here(world), "pk": world.quota_set.pk}


def decision(world):
    return {**run(world), "pk": world.decision.pk}


ROUTES = {
    "selection:offer": public(arguments=lambda w: {"token": w.offer.application.token}),
    "selection:own_decision": public(arguments=told),
    "selection:edition": only(READERS, arguments=lambda w: {"edition": w.edition.slug}),
    "selection:room": only(READERS, arguments=here),
    "selection:propose": only(RUNNERS, method="post", arguments=here),
    "selection:try": only(READERS, method="post", arguments=here),
    "selection:save_set": only(RUNNERS, method="post", arguments=here),
    "selection:compare_sets": only(READERS, arguments=here),
    "selection:change_set": only(RUNNERS, method="post", arguments=quota_set),
    "selection:sureness": only(RUNNERS, method="post", arguments=run),
    "selection:decision": only(READERS, arguments=decision),
    "selection:run": only(READERS, arguments=run),
    "selection:document": only(READERS, arguments=run),
    "selection:sign": only(RUNNERS, method="post", arguments=run),
    "selection:dissent": only(RUNNERS, method="post", arguments=run),
    "selection:lift": only(RUNNERS, method="post", arguments=run),
    "selection:pack": only(READERS, arguments=run),
    "selection:set_aside": only(RUNNERS, method="post", arguments=run),
    "selection:send": only(RUNNERS, method="post", arguments=run),
    "selection:offers": only(READERS, arguments=here),
    "selection:offer_record": only(READERS, arguments=offer),
    "selection:answer": only(RUNNERS, method="post", arguments=offer),
    "selection:next": only(RUNNERS, method="post", arguments=offer),
    "selection:appeals": only(READERS, arguments=here),
    "selection:appeal": only(READERS, arguments=appeal),
    "selection:decide_appeal": only(RUNNERS, method="post", arguments=appeal),
    "selection:offer_on_appeal": only(RUNNERS, method="post", arguments=appeal),
}
