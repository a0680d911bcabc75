"""What an answer of a repair changes, as it is kept in a row: sessions, times, rooms, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import override

from karvan.engines import timetabling as engine
from karvan.foundation.texts import languages

from ..errors import Reason
from ..models import Placement
from .given import EVERYBODY, Given, moment_of


def changes_between(
    given: Given, listed: Iterable[Placement], places: Mapping[str, engine.Placement]
) -> list[dict[str, Any]]:
    """Each session that an answer holds at another time, in another room or with other people.

    By the time at which it is held then; a session new to the version has no times before.
    """
    known = {one.session.code: one for one in listed}
    found = []
    for session in given.sessions:
        there, was = places.get(session.code), known.get(session.code)
        if there is None:
            continue
        starts_at = moment_of(given, there.day, there.start)
        now = {
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(minutes=session.minutes)).isoformat(),
            "room": int(there.room) if there.room else None,
            "trainers": sorted(int(key) for key in there.role_trainers()),
        }
        before = None if was is None else _as_it_was(given, was)
        if now != before:
            found.append(
                {
                    "session": session.pk,
                    "code": session.code,
                    "before": before,
                    "now": now,
                    "is_moved": before is not None and before["starts_at"] != now["starts_at"],
                }
            )
    return sorted(found, key=lambda change: (change["now"]["starts_at"], change["code"]))


def affected(given: Given, changes: Iterable[Mapping[str, Any]]) -> int:
    """How many people something changes for: those in the groups, and the trainers before and now."""
    groups: set[str] = set()
    trainers: set[int] = set()
    by_code = {session.code: session for session in given.sessions}
    for change in changes:
        groups |= set(given.groups_of(by_code[change["code"]]))
        trainers |= set(change["now"]["trainers"])
        if change["before"]:
            trainers |= set(change["before"]["trainers"])
    return sum(_size(given, key) for key in groups) + len(trainers)


def place_row(one: engine.Placement) -> dict[str, Any]:
    """A place as a row of JSON."""
    roles = {role: list(keys) for role, keys in one.roles.items()}
    return {"day": one.day, "start": one.start, "room": one.room, "roles": roles}


def place_from(row: Mapping[str, Any]) -> engine.Placement:
    """The place that such a row says."""
    roles = {role: tuple(keys) for role, keys in row["roles"].items()}
    return engine.Placement(row["day"], row["start"], row["room"], roles)


def in_languages(say: Callable[[], Iterable[Reason]]) -> list[dict[str, dict[str, str]]]:
    """Reasons as they are kept: text and remedy, each in every language of the interface."""
    found: list[dict[str, dict[str, str]]] = []
    for language in languages():
        with override(language):
            words = list(say())
        for number, reason in enumerate(words):
            if number == len(found):
                found.append({"text": {}, "remedy": {}})
            found[number]["text"][language] = reason.text
            found[number]["remedy"][language] = reason.remedy
    return found


def _size(given: Given, key: str) -> int:
    if key == EVERYBODY:
        return given.activity.places or 0
    return next(group.size for group in given.groups if group.code == key)


def _as_it_was(given: Given, was: Placement) -> dict[str, Any]:
    return {
        "starts_at": was.starts_at.astimezone(given.zone).isoformat(),
        "ends_at": was.ends_at.astimezone(given.zone).isoformat(),
        "room": was.room_id,
        "trainers": sorted(trainer.pk for trainer in was.trainers.all()),
    }
