"""What makes the database itself refuse to change or delete a published blueprint.

A migration installs these triggers. They stand here, and not in the migration, because
the tests build their tables without migrations and must run against the very same ones.
"""

from __future__ import annotations

from typing import Protocol

from django.db.backends.utils import CursorWrapper

REFUSAL = "a published blueprint never changes"
TABLE = "blueprints_blueprint"


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


_SQLITE = {
    "published_blueprint_is_never_changed": f"""
        CREATE TRIGGER IF NOT EXISTS published_blueprint_is_never_changed
        BEFORE UPDATE ON {TABLE} WHEN OLD.state = 'published'
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "published_blueprint_is_never_deleted": f"""
        CREATE TRIGGER IF NOT EXISTS published_blueprint_is_never_deleted
        BEFORE DELETE ON {TABLE} WHEN OLD.state = 'published'
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}

_POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION blueprints_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"""

_POSTGRESQL = {
    "published_blueprint_is_never_changed": f"""
        CREATE OR REPLACE TRIGGER published_blueprint_is_never_changed
        BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.state = 'published')
        EXECUTE FUNCTION blueprints_refuse()""",
    "published_blueprint_is_never_deleted": f"""
        CREATE OR REPLACE TRIGGER published_blueprint_is_never_deleted
        BEFORE DELETE ON {TABLE} FOR EACH ROW WHEN (OLD.state = 'published')
        EXECUTE FUNCTION blueprints_refuse()""",
}


def install(connection: Connection) -> None:
    """Make the database refuse changes to published blueprints. Safe to run again.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    first = [_POSTGRESQL_FUNCTION] if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        for statement in [*first, *_triggers(connection.vendor).values()]:
            cursor.execute(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _triggers(vendor: str) -> dict[str, str]:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(f"published blueprints are kept on SQLite and PostgreSQL, not {vendor!r}")
    return _SQLITE if vendor == "sqlite" else _POSTGRESQL
