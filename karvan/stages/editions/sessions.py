"""The sessions of an edition's activity as pages show them, and those of the library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.stages.blueprints.document import UnknownPath, value_at
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.sessions import LibrarySession, library_sessions, matching

SHOWN_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session: ``key`` is "day" or "week", ``place`` its number there."""

    data: Mapping[str, Any]
    key: str
    is_departed: bool = False

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def title(self) -> str:
        return in_language(self.data.get("title"))

    @property
    def place(self) -> int:
        return int(self.data.get(self.key) or 0)

    @property
    def place_words(self) -> str:
        words = _("Week %(number)s") if self.key == "week" else _("Day %(number)s")
        return words % {"number": self.place}


@dataclass(frozen=True, slots=True)
class SessionsOfPlace:
    """A day or a week with its sessions and their minutes."""

    title: str
    sessions: tuple[SessionShown, ...]
    minutes: int


def part_of(document: Mapping[str, Any], activity: str) -> Mapping[str, Any]:
    """An activity of a design, or 404."""
    try:
        found: Mapping[str, Any] = value_at(document, f"activities.{activity}")
    except UnknownPath as error:
        raise Http404 from error
    return found


def session_of(document: Mapping[str, Any], activity: str, session: str) -> SessionShown:
    """One session of a design, or 404."""
    key = _key(part_of(document, activity))
    try:
        return SessionShown(value_at(document, f"activities.{activity}.sessions.{session}"), key)
    except UnknownPath as error:
        raise Http404 from error


def spans_of(
    document: Mapping[str, Any], activity: str, departed: Collection[str]
) -> list[SessionsOfPlace]:
    """The sessions of an activity by day or week, each marked where it departs."""
    part = part_of(document, activity)
    at, key = f"activities.{activity}.sessions", _key(part)
    whole = at in departed
    shown = [
        SessionShown(
            one,
            key,
            whole or any(f"{path}.".startswith(f"{at}.{one['id']}.") for path in departed),
        )
        for one in part.get("sessions", ())
    ]
    places = sorted({one.place for one in shown})
    return [_span(tuple(one for one in shown if one.place == place)) for place in places]


def sessions_to_take(
    versions: Iterable[Blueprint], asked: Mapping[str, Any]
) -> list[LibrarySession]:
    """The sessions of published versions that hold what was asked for; a hundred at most."""
    found = matching(
        library_sessions(versions),
        words=asked.get("words", ""),
        kind=asked.get("kind", ""),
        at_most=asked.get("at_most"),
    )
    return found[:SHOWN_AT_ONCE]


def _key(activity: Mapping[str, Any]) -> str:
    return "week" if "weeks" in activity.get("duration", {}) else "day"


def _span(sessions: tuple[SessionShown, ...]) -> SessionsOfPlace:
    minutes = sum(int(one.data.get("minutes") or 0) for one in sessions)
    return SessionsOfPlace(sessions[0].place_words, sessions, minutes)
