"""What makes the database itself refuse to change proceedings that went out."""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

REFUSAL = "proceedings that went out never change"
FIXED = (
    "symposium_id", "number", "snapshot", "sha256", "pdf_id", "code", "note", "released_at",
    "released_by_id",
)  # fmt: skip

GUARDS = (
    Guard(
        "proceedings_are_never_changed",
        "convening_proceedings",
        "UPDATE",
        REFUSAL,
        " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in FIXED),
    ),
    Guard("proceedings_are_never_deleted", "convening_proceedings", "DELETE", REFUSAL),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to proceedings. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
