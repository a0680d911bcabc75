"""What makes the database itself refuse to change a frozen plan or an amount of a budget.

A plan line is what was planned when the call opened; an amount is corrected by a second one.
Neither is changed or taken away afterwards.
"""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

PLAN_REFUSAL = "a frozen plan never changes"
ENTRY_REFUSAL = "an amount of a budget never changes: a second one corrects it"

GUARDS = (
    Guard("plan_line_is_never_changed", "editions_planline", "UPDATE", PLAN_REFUSAL),
    Guard("plan_line_is_never_deleted", "editions_planline", "DELETE", PLAN_REFUSAL),
    Guard("budget_entry_is_never_changed", "editions_budgetentry", "UPDATE", ENTRY_REFUSAL),
    Guard("budget_entry_is_never_deleted", "editions_budgetentry", "DELETE", ENTRY_REFUSAL),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to plans and amounts. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
