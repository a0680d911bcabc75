"""The sessions of all published blueprints, to be found by words and taken into a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import fold, in_language

from .models import Blueprint


@dataclass(frozen=True, slots=True)
class LibrarySession:
    """A session of a published version, and the activity it belongs to."""

    version: Blueprint
    activity: str
    activity_title: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def title(self) -> str:
        return in_language(self.data.get("title"))

    @property
    def kind(self) -> str:
        return str(self.data.get("kind", ""))

    @property
    def minutes(self) -> int:
        return int(self.data.get("minutes", 0))

    @property
    def origin(self) -> str:
        return origin_of(self.version, self.activity, self.id)

    @property
    def found_by(self) -> str:
        """All its words in every language, folded."""
        titles = self.data.get("title")
        words = titles.values() if isinstance(titles, dict) else ()
        parts = [self.id, self.kind, str(self.data.get("output", "")), self.version.programme.code]
        return fold(" ".join(map(str, [*parts, self.activity_title, *words])))


def origin_of(version: Blueprint, activity: str, session: str) -> str:
    """Where a session comes from, as a draft that takes it says: "TVP/1/BC3/D1S2"."""
    return f"{version.programme.code}/{version.number}/{activity}/{session}"


def library_sessions(versions: Iterable[Blueprint]) -> Iterator[LibrarySession]:
    """The sessions of these versions in the order of their documents.

    Where a programme has several versions, newest first, a session that is the very same in an
    older one is given once.
    """
    seen: set[str] = set()
    for version in versions:
        for activity in version.data.get("activities", ()):
            title = in_language(activity.get("title"))
            for session in activity.get("sessions", ()):
                key = f"{version.programme_id}/{activity['code']}/{json.dumps(session)}"
                if isinstance(session, dict) and session.get("id") and key not in seen:
                    seen.add(key)
                    yield LibrarySession(version, str(activity["code"]), title, session)


def matching(
    sessions: Iterable[LibrarySession],
    *,
    words: str = "",
    kind: str = "",
    at_least: int | None = None,
    at_most: int | None = None,
) -> list[LibrarySession]:
    """Those that hold all the words, are of the kind, and last so long."""
    wanted = fold(words).split()
    return [
        one
        for one in sessions
        if all(word in one.found_by for word in wanted)
        and (not kind or kind in one.kind.split("+"))
        and (at_least is None or one.minutes >= at_least)
        and (at_most is None or one.minutes <= at_most)
    ]
