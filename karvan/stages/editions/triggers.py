"""What makes the database itself keep the core parts of a blueprint from an edition.

A departure that stands may not touch a part that its edition's version closes, nor a part that
holds such a one; what had been held before a newer version stays as it was held. And nobody can
open a core part afterwards, by adding a row, of a version on which an edition stands.
"""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

REFUSAL = "a core part of a blueprint is the same in every country"
SEALED = "the core parts of a published blueprint never change"
DEPARTURE = "editions_departure"
CORE = "blueprints_corepart"


# The longest address at or above the departure decides; or the departure holds a closed part.
_TOUCHES = f"""
    NEW.superseded_at IS NULL AND NEW.cause <> 'held' AND (
      (SELECT part.is_open FROM {CORE} part
         JOIN editions_edition edition ON edition.blueprint_id = part.blueprint_id
        WHERE edition.id = NEW.edition_id
          AND (part.path = NEW.path
               OR substr(NEW.path, 1, length(part.path) + 1) = part.path || '.')
        ORDER BY length(part.path) DESC LIMIT 1) = {{no}}
      OR EXISTS
      (SELECT 1 FROM {CORE} part
         JOIN editions_edition edition ON edition.blueprint_id = part.blueprint_id
        WHERE edition.id = NEW.edition_id AND part.is_open = {{no}}
          AND substr(part.path, 1, length(NEW.path) + 1) = NEW.path || '.'))"""  # noqa: S608 -- our own words
_IS_SEALED = """
    EXISTS (SELECT 1 FROM blueprints_blueprint blueprint
              JOIN editions_edition edition ON edition.blueprint_id = blueprint.id
             WHERE blueprint.id = NEW.blueprint_id AND blueprint.state = 'published')"""

GUARDS = (
    Guard("departure_made_leaves_the_core", DEPARTURE, "INSERT", REFUSAL, _TOUCHES),
    Guard("departure_changed_leaves_the_core", DEPARTURE, "UPDATE", REFUSAL, _TOUCHES),
    Guard("core_part_is_not_added_later", CORE, "INSERT", SEALED, _IS_SEALED),
)


def install(connection: Connection) -> None:
    """Make the database refuse departures on core parts. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; for undoing the migration, and for tests that empty the tables."""
    guards.remove(connection, GUARDS)
