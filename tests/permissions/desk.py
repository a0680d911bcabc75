"""The desk: everybody's own; a partner's page for its party and the edition's readers."""

from __future__ import annotations

from tests.permissions.route import READERS, RUNNERS, SIGNED_IN, only, public


def of_edition(world):
    return {"edition": world.edition.slug}


def a_party(world):
    """The partner's own party, host of the world's edition."""
    world.edition.partners.get_or_create(party=world.party, part="host")
    return {"party": world.party.code}


def a_programme(world):
    return {"code": world.edition.programme.code.lower()}


ROUTES = {
    "home": public(),
    "desk:home": only(SIGNED_IN),
    "desk:search": only(SIGNED_IN),
    "desk:changes": only((*READERS, "neighbour")),  # the neighbour sees the own edition's
    "desk:check_chain": only(("auditor", "administrator"), method="post"),
    "desk:partner": only((*READERS, "partner"), arguments=a_party),
    "desk:edition_partner": only(
        (*READERS, "partner"), arguments=lambda world: of_edition(world) | a_party(world)
    ),
    "desk:cancel_edition": only(RUNNERS, arguments=of_edition),
    "desk:reopen_reading": only(
        RUNNERS, arguments=lambda world: of_edition(world) | {"activity": world.activity.code}
    ),
    "desk:programme": public(arguments=a_programme),
}
