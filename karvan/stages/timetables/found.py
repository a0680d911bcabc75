"""What a search found, in words: answers side by side, costs by goal, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language

from . import queries
from .models import Search

GOALS: dict[str, str | Promise] = {
    "gaps": gettext_lazy("Waiting between two sessions"),
    "group_days": gettext_lazy("Days a group has to come"),
    "room_changes": gettext_lazy("Changes of room"),
    "late": gettext_lazy("Late hours"),
    "full_days": gettext_lazy("Overfull days"),
    "unpreferred": gettext_lazy("Starts that nobody prefers"),
    "stays": gettext_lazy("Stays of trainers from elsewhere"),
    "missed": gettext_lazy("Wished sessions at once"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """When and where a session is, and with whom."""

    starts_at: datetime
    ends_at: datetime
    room: str
    trainers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One session of an answer that is not held as before."""

    pk: int
    title: str
    code: str
    before: Place | None
    now: Place
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a repair: how much it changes, and what."""

    number: int
    people: int
    moved: int
    cost: int
    is_fewest: bool
    changes: tuple[Changed, ...]


def answers_in_words(search: Search) -> list[Answer]:
    """The answers of a repair, best first. Three queries."""
    rows = search.answers if search.kind == Search.Kind.REPAIR else []
    changes = [change for row in rows for change in row["changes"]]
    sides = [side for c in changes for side in (c["before"], c["now"]) if side]
    names = queries.named_in(
        search.activity,
        {
            "session": {change["session"] for change in changes},
            "room": {side["room"] for side in sides if side["room"]},
            "trainer": {pk for side in sides for pk in side["trainers"]},
        },
    )
    return [
        Answer(
            number,
            row["people"],
            row["moved"],
            row["cost"],
            row["is_proved"],
            tuple(_changed(change, names) for change in row["changes"]),
        )
        for number, row in enumerate(rows, start=1)
    ]


def goals_compared(search: Search) -> Iterator[tuple[str | Promise, int, int]]:
    """Each goal of an improvement that counts, with its cost before and after; none otherwise."""
    if search.kind != Search.Kind.IMPROVE or not search.answers:
        return
    before, after = search.answers[0]["before"], search.answers[0]["after"]
    for goal, words in GOALS.items():
        if before.get(goal) or after.get(goal):
            yield words, before.get(goal, 0), after.get(goal, 0)


def totals(search: Search) -> tuple[int, int] | None:
    """The whole cost before and after an improvement."""
    if search.kind != Search.Kind.IMPROVE or not search.answers:
        return None
    answer = search.answers[0]
    return sum(answer["before"].values()), sum(answer["after"].values())


def reasons_said(search: Search) -> list[dict[str, str]]:
    """Why there is none, each with what would help, in the active language."""
    return [
        {"text": in_language(one["text"]), "remedy": in_language(one["remedy"])}
        for one in search.reasons
    ]


def _changed(change: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> Changed:
    before = change["before"]
    return Changed(
        change["session"],
        names["session"].get(change["session"], change["code"]),
        change["code"],
        _place(before, names) if before else None,
        _place(change["now"], names),
        change["is_moved"],
    )


def _place(side: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> Place:
    return Place(
        datetime.fromisoformat(side["starts_at"]),
        datetime.fromisoformat(side["ends_at"]),
        names["room"].get(side["room"] or 0, ""),
        tuple(names["trainer"].get(pk, "") for pk in side["trainers"]),
    )
