"""What makes the database itself keep the core parts of a blueprint from an edition.

A departure that stands may not touch a part that its edition's version closes, nor a part that
holds such a one; what had been held before a newer version stays as it was held. And nobody can
open a core part afterwards, by adding a row, of a version on which an edition stands. A migration
installs these triggers; the tests, which build their tables without migrations, install the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.db.backends.utils import CursorWrapper

REFUSAL = "a core part of a blueprint is the same in every country"
SEALED = "the core parts of a published blueprint never change"
DEPARTURE = "editions_departure"
CORE = "blueprints_corepart"


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


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

# name: (table, act, condition, refusal)
_GUARDS = {
    "departure_made_leaves_the_core": (DEPARTURE, "INSERT", _TOUCHES, REFUSAL),
    "departure_changed_leaves_the_core": (DEPARTURE, "UPDATE", _TOUCHES, REFUSAL),
    "core_part_is_not_added_later": (CORE, "INSERT", _IS_SEALED, SEALED),
}


def install(connection: Connection) -> None:
    """Make the database refuse departures on core parts. Safe to run again.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    make = _maker(connection.vendor)
    with connection.cursor() as cursor:
        for name, guard in _GUARDS.items():
            for statement in make(name, *guard):
                cursor.execute(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away; for undoing the migration, and for tests that empty the tables.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    _maker(connection.vendor)
    with connection.cursor() as cursor:
        for name, (table, *_rest) in _GUARDS.items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _maker(vendor: str) -> Callable[[str, str, str, str, str], list[str]]:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(f"core parts are kept on SQLite and PostgreSQL, not {vendor!r}")
    return _sqlite if vendor == "sqlite" else _postgresql


def _sqlite(name: str, table: str, act: str, condition: str, refusal: str) -> list[str]:
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {table}
        WHEN {condition.format(no="0")}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
    ]


def _postgresql(name: str, table: str, act: str, condition: str, refusal: str) -> list[str]:
    function = f"""CREATE OR REPLACE FUNCTION editions_{name}() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
          IF {condition.format(no="false")} THEN
            RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$"""
    trigger = f"""CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {table}
        FOR EACH ROW EXECUTE FUNCTION editions_{name}()"""
    return [function, trigger]
