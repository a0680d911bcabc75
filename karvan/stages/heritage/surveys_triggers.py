"""What makes the database itself refuse to change a survey once it is signed.

A signed survey stays as it was, with its damage, threats and recommendations; a photograph's small
copy or another table may still point to it. What was taken over from a register may be read anew.
"""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Connection, Guard

REFUSAL = "a signed survey never changes"
_SIGNED = (
    "EXISTS (SELECT 1 FROM heritage_conditionsurvey s"
    " WHERE s.id = OLD.survey_id AND s.state = 'signed' AND s.imported = {no})"
)
_PARTS = ("damageobservation", "threat", "advice")

GUARDS = (
    Guard(
        "signed_survey_is_never_changed",
        "heritage_conditionsurvey",
        "UPDATE",
        REFUSAL,
        "OLD.state = 'signed' AND OLD.imported = {no}",
    ),
    *(
        Guard(f"{part}_of_signed_survey_stays", f"heritage_{part}", "UPDATE", REFUSAL, _SIGNED)
        for part in _PARTS
    ),
)


def install(connection: Connection) -> None:
    """Make the database refuse changes to signed surveys. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
