"""Selection: those who run the edition, its auditor, and whoever holds an application's link."""

from __future__ import annotations

from .route import READERS, RUNNERS, only, public


def here(world):
    return {"edition": world.edition.slug, "activity": world.activity.code}


def run(world):
    return {**here(world), "number": world.run.number}


def offer(world):
    return {**here(world), "pk": world.offer.pk}


def quota_set(world):
    return {**here(world), "pk": world.quota_set.pk}


def decision(world):
    return {**run(world), "pk": world.decision.pk}


ROUTES = {
    "selection:offer": public(arguments=lambda w: {"token": w.offer.application.token}),
    "selection:edition": only(READERS, arguments=lambda w: {"edition": w.edition.slug}),
    "selection:room": only(READERS, arguments=here),
    "selection:propose": only(RUNNERS, method="post", arguments=here),
    "selection:try": only(READERS, method="post", arguments=here),
    "selection:save_set": only(RUNNERS, method="post", arguments=here),
    "selection:compare_sets": only(READERS, arguments=here),
    "selection:change_set": only(RUNNERS, method="post", arguments=quota_set),
    "selection:decision": only(READERS, arguments=decision),
    "selection:run": only(READERS, arguments=run),
    "selection:document": only(READERS, arguments=run),
    "selection:sign": only(RUNNERS, method="post", arguments=run),
    "selection:set_aside": only(RUNNERS, method="post", arguments=run),
    "selection:send": only(RUNNERS, method="post", arguments=run),
    "selection:offers": only(READERS, arguments=here),
    "selection:offer_record": only(READERS, arguments=offer),
    "selection:answer": only(RUNNERS, method="post", arguments=offer),
    "selection:next": only(RUNNERS, method="post", arguments=offer),
}
