"""Editions of the real ventures programme, ready for tests."""

from __future__ import annotations

from karvan.stages.blueprints import library
from karvan.stages.editions.services import adopt_blueprint
from tests import make


def ventures():
    """The published blueprint of the ventures programme."""
    return make.blueprint(
        make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP")
    )


def adopt(blueprint=None, **fields):
    """An edition being adopted, of the ventures programme unless told otherwise."""
    fields.setdefault("country", make.country("MA"))
    fields.setdefault("code", "MA-2027")
    fields.setdefault("languages", ["en", "fr", "ar"])
    if "host" not in fields:
        fields["host"] = make.party()
    return adopt_blueprint(blueprint or ventures(), by=fields.pop("by", None), **fields)
