"""What makes the database itself refuse to change an agenda, a report or a document once issued."""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

AGENDA_REFUSAL = "an issued agenda never changes: a new one follows it"
REPORT_REFUSAL = "a report on credentials never changes: a new one follows it"
DOCUMENT_REFUSAL = "an issued document keeps its symbol and its day"

GUARDS = (
    Guard("agenda_version_is_never_changed", "convening_agendaversion", "UPDATE", AGENDA_REFUSAL),
    Guard(
        "credentials_report_is_never_changed",
        "convening_credentialsreport",
        "UPDATE",
        REPORT_REFUSAL,
    ),
    Guard(
        "issued_document_keeps_its_symbol",
        "convening_sessiondocument",
        "UPDATE",
        DOCUMENT_REFUSAL,
        "OLD.issued_at IS NOT NULL AND (NEW.issued_at {differs} OLD.issued_at"
        " OR NEW.symbol {differs} OLD.symbol)",
    ),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to what was issued. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
