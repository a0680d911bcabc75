"""Programmes and blueprints: staff write, those who carry the programme read, the format is public."""

from __future__ import annotations

from django.utils import timezone

from karvan.stages.blueprints.models import Revision
from tests import make

from .route import READERS, only, public

READING = ("trainer", "partner", "neighbour", *READERS)
WRITING = ("officer", "administrator")


def programme(world):
    return {"code": world.edition.programme.code}


def version(world):
    return {"code": world.edition.programme.code, "number": world.edition.blueprint.number}


def draft(world):
    made = make.blueprint(world.edition.programme, number=2, state="draft")
    return {"code": world.edition.programme.code, "number": made.number}


def drafted(world):
    """A draft that can be read and edited, as its own routes need it."""
    source = f"karvan: blueprint/1\ncode: {world.edition.programme.code}\nactivities: []\n"
    made = make.blueprint(
        world.edition.programme,
        number=2,
        state="draft",
        source=source.encode(),
        data={"karvan": "blueprint/1", "code": world.edition.programme.code, "activities": []},
    )
    return {"code": made.programme.code}


def revised(world):
    arguments = drafted(world)
    draft = world.edition.programme.blueprints.get(state="draft")
    for number, aside in ((1, False), (2, False), (3, True)):
        Revision.objects.create(
            blueprint=draft,
            number=number,
            source=bytes(draft.source),
            sha256=draft.sha256,
            data={**draft.data, "note": number},
            began_from=number - 1 if number > 1 else None,
            is_set_aside=aside,
            saved_at=timezone.now(),
        )
    return {**arguments, "number": 3}


def taking(world):
    drafted(world)
    version = world.edition.blueprint
    return {
        "code": version.programme.code,
        "number": version.number,
        "activity": "BC",
        "session": "D1S1",
    }


ROUTES = {
    "blueprints:start_draft": only(WRITING, method="post", arguments=programme),
    "blueprints:draft": only(WRITING, arguments=drafted),
    "blueprints:draft_text": only(WRITING, arguments=drafted),
    "blueprints:change_part": only(
        WRITING, arguments=drafted, data=lambda w: {"part": "activities"}
    ),
    "blueprints:add_item": only(WRITING, arguments=drafted, data=lambda w: {"part": "activities"}),
    "blueprints:remove_item": only(WRITING, method="post", arguments=drafted),
    "blueprints:move_item": only(WRITING, method="post", arguments=drafted),
    "blueprints:revisions": only(WRITING, arguments=drafted),
    "blueprints:revision": only(WRITING, arguments=revised),
    "blueprints:settle": only(WRITING, arguments=revised),
    "blueprints:sessions": only(READING),
    "blueprints:take": only(WRITING, arguments=taking),
    "blueprints:programmes": only(READING),
    "blueprints:new_programme": only(WRITING),
    "blueprints:programme": only(READING, arguments=programme),
    "blueprints:import_draft": only(WRITING, arguments=programme),
    "blueprints:compare": only(READING, arguments=programme),
    "blueprints:blueprint": only(READING, arguments=version),
    "blueprints:print_blueprint": only(READING, arguments=version),
    "blueprints:source": only(READING, arguments=version),
    "desk:publish_version": only(WRITING, method="post", arguments=draft),
    "blueprints:edition": only(READING, arguments=lambda w: {"edition": w.edition.slug}),
    "blueprints:schema": public(),
    "blueprints:schema_file": public(),
}
