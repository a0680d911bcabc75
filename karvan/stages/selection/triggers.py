"""What makes the database itself refuse to change a run, a decision or a signature once made.

A run may still be signed, sealed once, set aside, and the blind lifted from it; its inputs, its
answer and its hash stay as they were.
"""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

REFUSAL = "a selection run never changes"
FIXED = (
    "call_id", "number", "method", "is_corrected", "places", "quotas", "seed", "document", "sha256", "value", "bound",
    "is_proved", "is_feasible", "clash", "left_out", "made_by_id", "made_at",
)  # fmt: skip

GUARDS = (
    Guard(
        "selection_run_is_never_changed",
        "selection_selectionrun",
        "UPDATE",
        REFUSAL,
        " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in FIXED),
    ),
    Guard("decision_is_never_changed", "selection_decision", "UPDATE", REFUSAL),
    Guard("signoff_is_never_changed", "selection_signoff", "UPDATE", REFUSAL),
    Guard("dissent_is_never_changed", "selection_dissent", "UPDATE", REFUSAL),
    Guard(
        "seal_is_never_changed",
        "selection_selectionrun",
        "UPDATE",
        REFUSAL,
        "OLD.seal <> '' AND NEW.seal <> OLD.seal",
    ),
    Guard(
        "blind_is_lifted_once",
        "selection_selectionrun",
        "UPDATE",
        REFUSAL,
        "OLD.blind_lifted_at IS NOT NULL AND (NEW.blind_lifted_at {differs} OLD.blind_lifted_at"
        " OR NEW.blind_lifted_by_id {differs} OLD.blind_lifted_by_id)",
    ),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to runs and decisions. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
