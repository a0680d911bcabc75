"""What makes the database itself refuse to change a closed vote, a resolution or an adopted report.

Votes that were imported have no sitting; their single votes may still be brought in. A paragraph
of a resolution gains its owner, its date and its commitment later; its words stay.
"""

from __future__ import annotations

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Act, Connection, Guard

VOTE = "a closed vote is never changed"
RESOLUTION = "a resolution is never deleted, renumbered or rewritten"
REPORT = "an adopted final report is never changed"

_CLOSED = (
    "EXISTS (SELECT 1 FROM convening_voteevent e WHERE e.id = {row}.event_id"
    " AND e.closed_at IS NOT NULL AND e.sitting_id IS NOT NULL)"
)
_FIXED = (
    "session_id",
    "organ_id",
    "kind",
    "ordinal",
    "number",
    "motion_id",
    "vote_id",
    "adopted_at",
)
_FIXED_WORDS = ("resolution_id", "is_operative", "number", "position")

_ACTS: tuple[tuple[Act, str], ...] = (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))


def _differ(*names: str) -> str:
    return " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in names)


def _of_closed(table: str, act: Act, row: str) -> Guard:
    return Guard(
        f"{table}_{act.lower()}_in_closed_vote",
        f"convening_{table}",
        act,
        VOTE,
        _CLOSED.replace("{row}", row),
    )


GUARDS = (
    Guard(
        "closed_vote_is_never_changed",
        "convening_voteevent",
        "UPDATE",
        VOTE,
        "OLD.closed_at IS NOT NULL AND OLD.sitting_id IS NOT NULL",
    ),
    Guard(
        "closed_vote_is_never_deleted",
        "convening_voteevent",
        "DELETE",
        VOTE,
        "OLD.closed_at IS NOT NULL AND OLD.sitting_id IS NOT NULL",
    ),
    *(_of_closed(table, act, row) for table in ("vote", "cast", "ballot") for act, row in _ACTS),
    Guard("ballot_is_never_changed", "convening_ballot", "UPDATE", VOTE),
    Guard("cast_is_never_changed", "convening_cast", "UPDATE", VOTE),
    Guard(
        "resolution_is_never_renumbered",
        "convening_resolution",
        "UPDATE",
        RESOLUTION,
        _differ(*_FIXED),
    ),
    Guard("resolution_is_never_deleted", "convening_resolution", "DELETE", RESOLUTION),
    Guard(
        "resolution_paragraph_is_never_rewritten",
        "convening_resolutionparagraph",
        "UPDATE",
        RESOLUTION,
        _differ(*_FIXED_WORDS, "texts"),
    ),
    Guard(
        "resolution_paragraph_is_never_deleted",
        "convening_resolutionparagraph",
        "DELETE",
        RESOLUTION,
    ),
    Guard(
        "adopted_report_is_never_changed",
        "convening_finalreport",
        "UPDATE",
        REPORT,
        "OLD.adopted_at IS NOT NULL",
    ),
    Guard(
        "adopted_report_is_never_deleted",
        "convening_finalreport",
        "DELETE",
        REPORT,
        "OLD.adopted_at IS NOT NULL",
    ),
)


def install(connection: Connection) -> None:
    """Make the database refuse these changes. Safe to run again."""
    guards.install(connection, GUARDS)


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, GUARDS)
