"""The country that an author typed, in whatever language."""

from __future__ import annotations

from functools import cache

from babel import Locale

from karvan.foundation.places.models import Country
from karvan.foundation.texts import fold

LANGUAGES = ("en", "fr", "ar", "az")
ALSO = {
    "uae": "AE", "uk": "GB", "usa": "US", "us": "US", "turkey": "TR", "turkiye": "TR",
    "cote divoire": "CI", "ivory coast": "CI", "palestine": "PS",
}  # fmt: skip


def country_named(typed: str) -> Country | None:
    """The country of this name or code; None if nobody knows it. One query."""
    key = fold(typed)
    if not key:
        return None
    code = _codes().get(key) or (typed.strip().upper() if len(typed.strip()) == 2 else "")
    return Country.objects.filter(pk=code).first() if code else None


@cache
def _codes() -> dict[str, str]:
    """Folded names of territories in the house's languages → code, and some that people type."""
    found = {
        fold(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }
    return {**found, **ALSO}
