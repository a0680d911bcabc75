"""Programmes and blueprints: staff write, those who carry the programme read, the format is public."""

from __future__ import annotations

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


ROUTES = {
    "blueprints:programmes": only(READING),
    "blueprints:new_programme": only(WRITING),
    "blueprints:programme": only(READING, arguments=programme),
    "blueprints:import_draft": only(WRITING, arguments=programme),
    "blueprints:compare": only(READING, arguments=programme),
    "blueprints:blueprint": only(READING, arguments=version),
    "blueprints:print_blueprint": only(READING, arguments=version),
    "blueprints:source": only(READING, arguments=version),
    "blueprints:publish": only(WRITING, method="post", arguments=draft),
    "blueprints:edition": only(READING, arguments=lambda w: {"edition": w.edition.slug}),
    "blueprints:schema": public(),
    "blueprints:schema_file": public(),
}
