"""Moments as credentials write them: XML Schema dateTime in UTC, whole seconds."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """The moment as text, such as `2026-12-19T14:03:00Z`.

    Raises: ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"moment {moment!r} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: object) -> datetime:
    """The moment a text names. Raises: ValueError when it is not a dateTime with a zone."""
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is not a dateTime")
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"dateTime {text!r} has no time zone")
    return found
