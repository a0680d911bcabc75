"""What makes the database itself refuse to change a frozen plan or an amount of a budget.

A plan line is what was planned when the call opened; an amount is corrected by a second one.
Neither is changed or taken away afterwards. A migration installs these triggers; the tests,
which build their tables without migrations, install the very same ones.
"""

from __future__ import annotations

from typing import Protocol

from django.db.backends.utils import CursorWrapper

PLAN_REFUSAL = "a frozen plan never changes"
ENTRY_REFUSAL = "an amount of a budget never changes: a second one corrects it"


class Connection(Protocol):
    """What is needed of a database connection."""

    vendor: str

    def cursor(self) -> CursorWrapper: ...


# Name of the trigger, the table, on what, what is said.
_GUARDS = (
    ("plan_line_is_never_changed", "editions_planline", "UPDATE", PLAN_REFUSAL),
    ("plan_line_is_never_deleted", "editions_planline", "DELETE", PLAN_REFUSAL),
    ("budget_entry_is_never_changed", "editions_budgetentry", "UPDATE", ENTRY_REFUSAL),
    ("budget_entry_is_never_deleted", "editions_budgetentry", "DELETE", ENTRY_REFUSAL),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to plans and amounts. Safe to run again.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    _check(connection.vendor)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration.

    Raises:
        ValueError: a database other than SQLite and PostgreSQL.
    """
    _check(connection.vendor)
    with connection.cursor() as cursor:
        for name, table, _event, _refusal in _GUARDS:
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for name, table, event, refusal in _GUARDS
        ]
    function = """
        CREATE OR REPLACE FUNCTION editions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"""
    return [
        function,
        *(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION editions_refuse('{refusal}')"
            for name, table, event, refusal in _GUARDS
        ),
    ]


def _check(vendor: str) -> None:
    if vendor not in ("sqlite", "postgresql"):
        raise ValueError(f"plans and amounts are kept on SQLite and PostgreSQL, not {vendor!r}")
