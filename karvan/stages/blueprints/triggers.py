"""What makes the database itself refuse to change or delete a published blueprint.

With it stay its core parts, its notes and its revisions.
"""

from __future__ import annotations

from collections.abc import Sequence

from karvan.foundation.records import guards
from karvan.foundation.records.guards import Act, Connection, Guard

REFUSAL = "a published blueprint never changes"
TABLE = "blueprints_blueprint"
TABLES = (TABLE, "blueprints_corepart", "blueprints_changenote", "blueprints_revision")

_ACTS: tuple[tuple[Act, str], ...] = (("UPDATE", "changed"), ("DELETE", "deleted"))


def guards_of(tables: Sequence[str]) -> tuple[Guard, ...]:
    """The guards of some of the tables: "published_revision_is_never_changed"."""
    return tuple(
        Guard(
            f"published_{table.removeprefix('blueprints_')}_is_never_{done}",
            table,
            act,
            REFUSAL,
            _is_published(table),
        )
        for table in tables
        for act, done in _ACTS
    )


def install(connection: Connection, tables: Sequence[str] = TABLES) -> None:
    """Make the database refuse changes to published blueprints. Safe to run again.

    Args: tables: fewer of them, where a migration runs before the others are made.
    """
    guards.install(connection, guards_of(tables))


def remove(connection: Connection) -> None:
    """Take the triggers away; only for undoing the migration."""
    guards.remove(connection, guards_of(TABLES))


def _is_published(table: str) -> str:
    if table == TABLE:
        return "OLD.state = 'published'"
    return f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = OLD.blueprint_id AND state = 'published')"  # noqa: S608 -- our own words
