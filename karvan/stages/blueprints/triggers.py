"""What makes the database itself refuse to change or delete a published blueprint.

With it stay its core parts, its notes and its revisions. A migration installs these triggers.
They stand here, and not in the migration, because the tests build their tables without migrations
and must run against the very same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db.backends.utils import CursorWrapper

REFUSAL = "a published blueprint never changes"
TABLE = "blueprints_blueprint"
TABLES = (TABLE, "blueprints_corepart", "blueprints_changenote", "blueprints_revision")
ACTS = ("UPDATE", "DELETE")


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


def install(connection: Connection, tables: Sequence[str] = TABLES) -> None:
    """Make the database refuse changes to published blueprints. Safe to run again.

    Args: tables: fewer of them, where a migration runs before the others are made.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, tables):
            cursor.execute(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    _refuse_others(connection.vendor)
    with connection.cursor() as cursor:
        for table in TABLES:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            for act in ACTS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, act)}{on_table}")


def _statements(vendor: str, tables: Sequence[str]) -> list[str]:
    _refuse_others(vendor)
    if vendor == "sqlite":
        return [_sqlite(table, act) for table in tables for act in ACTS]
    return [
        _REFUSE,
        _REFUSE_IF_PUBLISHED,
        *(_postgresql(table, act) for table in tables for act in ACTS),
    ]


def _refuse_others(vendor: str) -> None:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(f"published blueprints are kept on SQLite and PostgreSQL, not {vendor!r}")


def _name(table: str, act: str) -> str:
    done = "changed" if act == "UPDATE" else "deleted"
    subject = table.removeprefix("blueprints_")
    return f"published_{subject}_is_never_{done}"


def _sqlite(table: str, act: str) -> str:
    is_published = (
        "OLD.state = 'published'"
        if table == TABLE
        else f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = OLD.blueprint_id AND state = 'published')"  # noqa: S608 -- our own words
    )
    return f"""
        CREATE TRIGGER IF NOT EXISTS {_name(table, act)}
        BEFORE {act} ON {table} WHEN {is_published}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""


_REFUSE = f"""
    CREATE OR REPLACE FUNCTION blueprints_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"""

# A trigger's own condition cannot look into another table there, so its function does.
_REFUSE_IF_PUBLISHED = f"""
    CREATE OR REPLACE FUNCTION blueprints_refuse_if_published() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM {TABLE} WHERE id = OLD.blueprint_id AND state = 'published') THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$"""  # noqa: S608 -- our own words


def _postgresql(table: str, act: str) -> str:
    head = f"CREATE OR REPLACE TRIGGER {_name(table, act)} BEFORE {act} ON {table} FOR EACH ROW"
    if table == TABLE:
        return f"{head} WHEN (OLD.state = 'published') EXECUTE FUNCTION blueprints_refuse()"
    return f"{head} EXECUTE FUNCTION blueprints_refuse_if_published()"
