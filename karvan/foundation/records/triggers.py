"""What makes the database itself refuse to change or delete a record.

The migration installs these triggers. The functions stand here, and not in the
migration, because the tests build their tables without migrations and must run
against the very same triggers.
"""

from __future__ import annotations

from typing import Protocol

from django.db.backends.utils import CursorWrapper

REFUSAL = "records are append-only"


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


_SQLITE = {
    "record_is_never_changed": f"""
        CREATE TRIGGER IF NOT EXISTS record_is_never_changed BEFORE UPDATE ON records_record
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "record_is_never_deleted": f"""
        CREATE TRIGGER IF NOT EXISTS record_is_never_deleted BEFORE DELETE ON records_record
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "head_never_goes_back": f"""
        CREATE TRIGGER IF NOT EXISTS head_never_goes_back BEFORE UPDATE ON records_chainhead
        WHEN NEW.number < OLD.number
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "head_is_never_deleted": f"""
        CREATE TRIGGER IF NOT EXISTS head_is_never_deleted BEFORE DELETE ON records_chainhead
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}

_POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"""

_POSTGRESQL = {
    "record_is_never_changed": """
        CREATE OR REPLACE TRIGGER record_is_never_changed BEFORE UPDATE ON records_record
        FOR EACH ROW EXECUTE FUNCTION records_refuse()""",
    "record_is_never_deleted": """
        CREATE OR REPLACE TRIGGER record_is_never_deleted BEFORE DELETE ON records_record
        FOR EACH ROW EXECUTE FUNCTION records_refuse()""",
    "record_is_never_truncated": """
        CREATE OR REPLACE TRIGGER record_is_never_truncated BEFORE TRUNCATE ON records_record
        FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()""",
    "head_never_goes_back": """
        CREATE OR REPLACE TRIGGER head_never_goes_back BEFORE UPDATE ON records_chainhead
        FOR EACH ROW WHEN (NEW.number < OLD.number) EXECUTE FUNCTION records_refuse()""",
    "head_is_never_deleted": """
        CREATE OR REPLACE TRIGGER head_is_never_deleted BEFORE DELETE ON records_chainhead
        FOR EACH ROW EXECUTE FUNCTION records_refuse()""",
}


def install(connection: Connection) -> None:
    """Make the database refuse changes to records. Safe to run again.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    with connection.cursor() as cursor:
        for statement in _creating(connection.vendor):
            cursor.execute(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration and for tests that break the chain.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    with connection.cursor() as cursor:
        for name in _triggers(connection.vendor):
            table = "records_record" if name.startswith("record_") else "records_chainhead"
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _creating(vendor: str) -> list[str]:
    first = [_POSTGRESQL_FUNCTION] if vendor == "postgresql" else []
    return [*first, *_triggers(vendor).values()]


def _triggers(vendor: str) -> dict[str, str]:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(
            f"records are kept append-only on SQLite and PostgreSQL, not on {vendor!r}"
        )
    return _SQLITE if vendor == "sqlite" else _POSTGRESQL
