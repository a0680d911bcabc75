"""What a search finds, and how rows whose names are folded here are looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import fold

SHOWN = 8  # hits of one kind
MOST_TITLES = 2000  # rows whose titles are folded here, not in the database


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    title: str
    url: str
    detail: str = ""


def fitting(rows: Iterable[Any], wanted: str, texts: Callable[[Any], str]) -> list[Any]:
    """The rows of which every word is in the folded text; stops when there are enough."""
    found = []
    for row in rows:
        text = fold(texts(row))
        if all(word in text for word in wanted.split()):
            found.append(row)
            if len(found) > SHOWN:
                break
    return found
