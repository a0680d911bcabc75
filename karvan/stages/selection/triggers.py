"""What makes the database itself refuse to change a run or a decision once it is made.

A run may still be signed or set aside; its inputs, its answer and its hash stay as
they were. A migration installs these triggers; the tests, which build their tables
without migrations, install the very same ones.
"""

from __future__ import annotations

from typing import Protocol

from django.db.backends.utils import CursorWrapper

REFUSAL = "a selection run never changes"
RUN = "selection_selectionrun"
DECISION = "selection_decision"
FIXED = (
    "call_id", "number", "places", "quotas", "seed", "document", "sha256", "value", "bound",
    "is_proved", "is_feasible", "clash", "left_out", "made_by_id", "made_at",
)  # fmt: skip


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


_SQLITE = {
    "selection_run_is_never_changed": f"""
        CREATE TRIGGER IF NOT EXISTS selection_run_is_never_changed
        BEFORE UPDATE ON {RUN}
        WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "decision_is_never_changed": f"""
        CREATE TRIGGER IF NOT EXISTS decision_is_never_changed
        BEFORE UPDATE ON {DECISION}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}

_POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION selection_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"""

_POSTGRESQL = {
    "selection_run_is_never_changed": f"""
        CREATE OR REPLACE TRIGGER selection_run_is_never_changed
        BEFORE UPDATE ON {RUN} FOR EACH ROW
        WHEN ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)})
        EXECUTE FUNCTION selection_refuse()""",
    "decision_is_never_changed": f"""
        CREATE OR REPLACE TRIGGER decision_is_never_changed
        BEFORE UPDATE ON {DECISION} FOR EACH ROW EXECUTE FUNCTION selection_refuse()""",
}
_TABLES = {"selection_run_is_never_changed": RUN, "decision_is_never_changed": DECISION}


def install(connection: Connection) -> None:
    """Make the database refuse changes to runs and decisions. Safe to run again.

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
    with connection.cursor() as cursor:
        for name in _triggers(connection.vendor):
            on_table = f" ON {_TABLES[name]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _triggers(vendor: str) -> dict[str, str]:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(f"selection runs are kept on SQLite and PostgreSQL, not on {vendor!r}")
    return _SQLITE if vendor == "sqlite" else _POSTGRESQL
