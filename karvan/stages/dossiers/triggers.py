"""What makes the database itself refuse to change a release, or a step of a dossier's way.

A version may still be superseded once and be given a DOI.
"""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

REFUSAL = "a release never changes"
FIXED = (
    "dossier_id", "number", "snapshot", "sha256", "changelog", "licence_hardware",
    "licence_documentation", "licence_software", "manifest_okh", "manifest_losh", "score", "code",
    "released_at", "released_by_id", "key",
)  # fmt: skip

GUARDS = (
    Guard(
        "dossier_version_is_never_changed",
        "dossiers_dossierversion",
        "UPDATE",
        REFUSAL,
        " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in FIXED),
    ),
    Guard("dossier_version_is_never_deleted", "dossiers_dossierversion", "DELETE", REFUSAL),
    Guard(
        "dossier_version_is_superseded_once",
        "dossiers_dossierversion",
        "UPDATE",
        REFUSAL,
        "OLD.superseded_at IS NOT NULL AND NEW.superseded_at {differs} OLD.superseded_at",
    ),
    Guard(
        "dossier_transition_is_never_changed",
        "dossiers_transition",
        "UPDATE",
        "what happened to a dossier never changes",
    ),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to releases. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
