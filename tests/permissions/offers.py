"""Versions offered to editions: readers read, runners answer."""

from __future__ import annotations

from django.utils import timezone

from karvan.stages.editions.models import VersionOffer
from tests import make

from .route import READERS, RUNNERS, only


def offered(world):
    base = world.edition.blueprint
    newer = make.blueprint(base.programme, number=base.number + 1, data=base.data)
    VersionOffer.objects.create(
        edition=world.edition, blueprint=newer, base=base, offered_at=timezone.now()
    )
    return {"edition": world.edition.slug}


def version(world):
    offered(world)
    return {"code": world.edition.programme.code, "number": world.edition.blueprint.number + 1}


ROUTES = {
    "desk:version_offer": only(READERS, arguments=offered),
    "desk:decline_version": only(RUNNERS, arguments=offered, method="post"),
    "desk:version_offers": only(("neighbour", *READERS), arguments=version),
}
