"""Who may open registers, monuments, their parts and statuses; and what everybody may read."""

from __future__ import annotations

from tests import make

from .route import only, public

STAFF = ("officer", "administrator")
READERS = ("auditor", *STAFF)


def register(world):
    return {"register": world.register.code}


def monument(world):
    return {"register": world.register.code, "pk": world.monument.pk}


def learned(world):
    """A monument on which an activity of the edition learns."""
    world.restoration  # noqa: B018 - made when asked for
    return monument(world)


def status(world):
    made = world.monument.statuses.first() or world.monument.statuses.create(designation="Listed")
    return {**monument(world), "status": made.pk}


def element(world):
    made = world.monument.elements.first() or make.element(world.monument)
    return {**monument(world), "element": made.pk}


LEARNERS = ("participant", "trainer", "coordinator", *READERS)

ROUTES = {
    "heritage:registers": only(
        (
            "participant",
            "reviewer",
            "trainer",
            "mentor",
            "partner",
            "neighbour",
            "coordinator",
            *READERS,
        )
    ),
    "heritage:register_new": only(STAFF),
    "heritage:register": only(READERS, arguments=register),
    "heritage:register_change": only(STAFF, arguments=register),
    "heritage:monument_new": only(STAFF, arguments=register),
    "heritage:monument": only(LEARNERS, arguments=learned),
    "heritage:monument_change": only(STAFF, arguments=monument),
    "heritage:status_new": only(STAFF, arguments=monument),
    "heritage:status_change": only(STAFF, arguments=status),
    # The first who may takes it out; it is not there for the next.
    "heritage:status_remove": only(("officer",), method="post", arguments=status),
    "heritage:elements": only(LEARNERS, arguments=learned),
    "heritage:element": only(STAFF, arguments=element),
    "heritage:element_move": only(STAFF, method="post", arguments=element),
    "heritage:element_remove": only(("officer",), method="post", arguments=element),
    "heritage:public_registers": public(),
    "heritage:public_register": public(arguments=register),
    "heritage:public_monument": public(arguments=monument),
}
