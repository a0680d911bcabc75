"""Teardowns and diagrams: read by all inside the workshop, written by the team and who teaches it."""

from __future__ import annotations

from functools import partial

from django.core.files.base import ContentFile

from karvan.stages.dossiers.services.photos import add_photo
from tests.foundation.files import samples
from tests.make.dossiers import block as make_block
from tests.make.dossiers import teardown_step

from .route import READERS, RUNNERS, only

INSIDE = ("participant", "trainer", *READERS)
WRITERS = ("participant", "trainer", *RUNNERS)


def dossier(world):
    return {"edition": world.edition.slug, "pk": world.dossier.pk}


def step(world):
    found = world.dossier.steps.first() or teardown_step(world.dossier)
    return {**dossier(world), "step": found.pk}


def photo(world):
    """A photograph in a dossier that waits for its clearance again: acts are refused, rows stay."""
    found = world.dossier.steps.first() or teardown_step(world.dossier)
    taken = found.photos.first()
    if taken is None:
        type(world.dossier).objects.filter(pk=world.dossier.pk).update(state="teardown")
        taken = add_photo(found, upload=ContentFile(samples.picture(), "a.jpg"), by=None)
        type(world.dossier).objects.filter(pk=world.dossier.pk).update(state="draft")
    return {**dossier(world), "photo": taken.pk}


def block(world):
    found = world.dossier.blocks.first() or make_block(world.dossier)
    return {**dossier(world), "block": found.pk}


def link(world):
    block(world)
    found = world.dossier.links.first() or world.dossier.links.create(
        source=make_block(world.dossier), target=make_block(world.dossier), flow="signal"
    )
    return {**dossier(world), "link": found.pk}


def closed(of):
    """The same in a closed dossier: who may is told so, and the row stays for the next."""

    def arguments(world):
        found = of(world)
        type(world.dossier).objects.filter(pk=world.dossier.pk).update(state="withdrawn")
        return found

    return arguments


written = partial(only, WRITERS, method="post")
ROUTES = {
    "dossiers:teardown": only(INSIDE, arguments=dossier),
    "dossiers:teardown_worker": only(INSIDE, arguments=dossier),
    "dossiers:teardown_export": only(INSIDE, arguments=lambda w: {**dossier(w), "kind": "xml"}),
    "dossiers:teardown_paper": only(INSIDE, arguments=dossier),
    "dossiers:teardown_import": only(WRITERS, arguments=dossier),
    "dossiers:teardown_take": written(arguments=dossier),
    "dossiers:step_quick": written(arguments=dossier),
    "dossiers:step_new": only(WRITERS, arguments=dossier),
    "dossiers:step": only(WRITERS, arguments=step),
    "dossiers:step_move": written(arguments=step),
    "dossiers:step_delete": written(arguments=step),
    "dossiers:step_photos": written(arguments=step),
    "dossiers:photo": only(INSIDE, arguments=photo),
    "dossiers:photo_file": only(INSIDE, arguments=photo),
    "dossiers:photo_thumb": only(INSIDE, arguments=photo),
    "dossiers:photo_words": written(arguments=photo),
    "dossiers:photo_delete": written(arguments=photo),
    "dossiers:diagram": only(INSIDE, arguments=dossier),
    "dossiers:block_add": written(arguments=dossier),
    "dossiers:block": only(WRITERS, arguments=block),
    "dossiers:block_delete": written(arguments=closed(block)),
    "dossiers:link_add": written(arguments=dossier),
    "dossiers:link": only(WRITERS, arguments=link),
    "dossiers:link_delete": written(arguments=closed(link)),
}
