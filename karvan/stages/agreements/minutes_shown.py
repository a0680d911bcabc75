"""The minutes as the room and the sheet show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import direction_of, language_name, languages

from .models import Consultation, MinutesItem


@dataclass(frozen=True, slots=True)
class Written:
    """A text in one language; ``is_there`` is False where nobody has written it."""

    code: str
    language: str
    direction: str
    text: str

    @property
    def is_there(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class RoomItem:
    """A sentence with its field in the language of the minutes and those of the others."""

    item: MinutesItem
    first: Written
    others: tuple[Written, ...]
    may_rise: bool
    may_fall: bool


def written(texts: dict[str, str], code: str) -> Written:
    """What stands there in one language."""
    return Written(code, language_name(code), direction_of(code), texts.get(code, ""))


def room_items(meeting: Consultation, items: Iterable[MinutesItem]) -> list[RoomItem]:
    """Every sentence of the minutes for the room, in their order."""
    listed = list(items)
    return [
        RoomItem(
            item,
            written(item.texts, meeting.language),
            tuple(written(item.texts, one) for one in languages() if one != meeting.language),
            may_rise=at > 0,
            may_fall=at < len(listed) - 1,
        )
        for at, item in enumerate(listed)
    ]


def empty_fields(meeting: Consultation, typed: Any = None) -> tuple[Written, tuple[Written, ...]]:
    """The fields of the next sentence; ``typed`` is what came back with an error."""
    found = {code: (typed or {}).get(f"texts_{code}", "") for code in languages()}
    others = tuple(written(found, one) for one in languages() if one != meeting.language)
    return written(found, meeting.language), others


def chosen_pair(asked: Any, first: str) -> tuple[str, str]:
    """Two languages for a sheet: those asked for where we have them, else ``first`` and Arabic
    (beside Arabic, English). They are never the same."""
    known = languages()
    left = asked.get("first", "")
    left = left if left in known else first if first in known else known[0]
    right = asked.get("beside", "")
    if right not in known or right == left:
        right = "en" if left == "ar" else "ar"
    return left, right


def language_choices() -> list[tuple[str, str]]:
    """The languages to choose a sheet's two from, each by its own name."""
    return [(code, language_name(code)) for code in languages()]
