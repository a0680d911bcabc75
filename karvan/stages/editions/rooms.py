"""The rooms a design asks for, and which of them an edition has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import Room, Venue


@dataclass(frozen=True, slots=True)
class Need:
    """A kind of room that the design asks for: how many, with at least how many seats.

    ``lacking`` is how many of them the edition's venues do not have.
    """

    kind: str
    title: Mapping[str, str]
    seats: int
    count: int
    lacking: int


def needs_of(document: Mapping[str, Any], rooms: Iterable[Room]) -> list[Need]:
    """The kinds of room of all activities; activities share rooms, so the greatest need counts."""
    asked: dict[str, tuple[Mapping[str, str], int, int]] = {}
    for part in document.get("activities", ()):
        for room in part.get("rooms", ()):
            title, seats, count = asked.get(room["code"], (room.get("title") or {}, 1, 1))
            more = (int(room.get("seats") or 1), int(room.get("count") or 1))
            asked[room["code"]] = (title, max(seats, more[0]), max(count, more[1]))
    there = Counter(kind for room in rooms for kind in room.kinds)
    return [
        Need(kind, title, seats, count, max(0, count - there[kind]))
        for kind, (title, seats, count) in asked.items()
    ]


def rooms_in(venues: Iterable[Venue]) -> list[Room]:
    """All rooms of these venues."""
    return [room for venue in venues for room in venue.rooms.all()]
