"""What makes the database itself refuse to change or delete a record."""

from __future__ import annotations

from . import guards
from .guards import Connection, Guard

REFUSAL = "records are append-only"

GUARDS = (
    Guard("record_is_never_changed", "records_record", "UPDATE", REFUSAL),
    Guard("record_is_never_deleted", "records_record", "DELETE", REFUSAL),
    Guard("record_is_never_truncated", "records_record", "TRUNCATE", REFUSAL),
    Guard(
        "head_never_goes_back", "records_chainhead", "UPDATE", REFUSAL, "NEW.number < OLD.number"
    ),
    Guard("head_is_never_deleted", "records_chainhead", "DELETE", REFUSAL),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to records. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration and for tests that break the chain."""
    guards.remove(connection, GUARDS)
