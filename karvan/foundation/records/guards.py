"""What the database itself refuses: triggers on SQLite and PostgreSQL from one description.

Each app lists its guards in a module that a migration calls. They do not stand in the migration,
because the tests build their tables without migrations and must run against the very same ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from django.db.backends.utils import CursorWrapper

Act = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


@dataclass(frozen=True, slots=True)
class Guard:
    """One thing that is refused: an act on the rows of a table, and what is said then.

    when: a condition on OLD and NEW, "" for always. It may look into other tables; ``{no}`` stands
        for false and ``{differs}`` for the comparison that knows NULL, as each database has them.
    """

    name: str
    table: str
    act: Act
    refusal: str
    when: str = ""


def install(connection: Connection, guards: Iterable[Guard]) -> None:
    """Make the database refuse these acts. Safe to run again.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    _refuse_others(connection.vendor)
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in make(guard):
                cursor.execute(statement)


def remove(connection: Connection, guards: Iterable[Guard]) -> None:
    """Take the triggers away: to undo a migration, and for tests that empty the tables.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    _refuse_others(connection.vendor)
    with connection.cursor() as cursor:
        for guard in guards:
            on_table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")


def _refuse_others(vendor: str) -> None:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(f"rows are guarded on SQLite and PostgreSQL, not on {vendor!r}")


def _sqlite(guard: Guard) -> list[str]:
    if guard.act == "TRUNCATE":  # there is no such act
        return []
    condition = f"WHEN {guard.when.format(no='0', differs='IS NOT')}" if guard.when else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.act} ON {guard.table} "
        f"{condition} BEGIN SELECT RAISE(ABORT, '{guard.refusal}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    """A function of its own for each, since a trigger's condition cannot look into other tables."""
    condition = guard.when.format(no="false", differs="IS DISTINCT FROM") or "true"
    rows = "STATEMENT" if guard.act == "TRUNCATE" else "ROW"
    kept = "OLD" if guard.act in ("DELETE", "TRUNCATE") else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION refuse_{guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {condition} THEN
            RAISE EXCEPTION '{guard.refusal}' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN {kept};
        END $$""",
        f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table} "
        f"FOR EACH {rows} EXECUTE FUNCTION refuse_{guard.name}()",
    ]
