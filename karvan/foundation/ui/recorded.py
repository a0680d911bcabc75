"""What a record keeps as a plain value, said as the reader reads it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from karvan.foundation import texts
from karvan.foundation.ui import formats

# Rows that the record names by their key alone: it says nothing to a reader.
UNSAID = ("trainer", "venue")
PARTIES = ("party", "owner", "host")
NAMED = ("state", "kind", "part", "role", "sector")
HASH_SHOWN = 12
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
_HASH = re.compile(r"[0-9a-f]{40,64}")


def is_said(key: str, value: Any) -> bool:
    """False for what a reader cannot use: nothing, a list, the bare key of a row."""
    if value is None or value == "" or isinstance(value, dict | list):
        return False
    return key not in UNSAID or isinstance(value, str)


def party_codes(sides: Iterable[Mapping[str, Any]]) -> set[str]:
    """The parties that the two sides of records name by their codes."""
    return {
        side[key] for side in sides for key in PARTIES if side.get(key) and is_said(key, side[key])
    }


def said(key: str, value: Any, parties: Mapping[str, str] | None = None) -> str:
    """The value in the reader's words: yes and no, dates, languages, states, figures.

    ``parties`` gives the names of parties by their codes.
    """
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        return formats.number(value)
    text = f"{value}"
    if key in ("language", "languages"):
        return ", ".join(texts.language_name(code.strip()) for code in text.split(","))
    if key == "country":
        return str(formats.locale_of().territories.get(text, text))
    if key == "scope" and text == "*":
        return gettext("everything")
    if key in PARTIES:
        return (parties or {}).get(text, text)
    if key in NAMED:
        return _word(text)
    return _moment(text)


def _moment(text: str) -> str:
    """A day or a moment in words, a long hash by its beginning, everything else as it stands."""
    if _DAY.fullmatch(text):
        return formats.date_in_words(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        return formats.datetime_in_words(datetime.fromisoformat(text))
    return f"{text[:HASH_SHOWN]}…" if _HASH.fullmatch(text) else text


def _word(text: str) -> str:
    """A state or a kind by the word its choice has on screens, if there is one so spelt."""
    plain = text.replace("_", " ")
    for spelt in (plain, plain.capitalize()):
        if (found := gettext(spelt)) != spelt:
            return found
    return plain
