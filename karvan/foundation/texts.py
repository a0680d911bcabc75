"""Text that exists in several languages, and keys that let people find a name however it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

Texts = Mapping[str, str]

_LATIN = str.maketrans({"ə": "e", "ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d"})
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": ""}
)


def languages() -> tuple[str, ...]:
    """The interface languages' codes, in the order of the settings."""
    return tuple(code for code, _name in settings.LANGUAGES)


def language_name(code: str) -> str:
    """The interface language's own name for itself, "Azərbaycanca"; another code as it stands."""
    return str(dict(settings.LANGUAGES).get(code, code))


def in_language(texts: Texts | str | None, language: str | None = None) -> str:
    """The text in the wanted language (the active one by default), else in the nearest there is.

    Order: the wanted language, English, any other. An empty mapping gives "".
    """
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    wanted = (language or get_language() or "en").split("-")[0]
    for code in (wanted, "en", *texts):
        if texts.get(code):
            return texts[code]
    return ""


def language_of(texts: Texts | str | None, language: str | None = None) -> str:
    """The code of the language that ``in_language`` would answer in, "" when there is none."""
    if not texts or isinstance(texts, str):
        return ""
    wanted = (language or get_language() or "en").split("-")[0]
    return next((code for code in (wanted, "en", *texts) if texts.get(code)), "")


def fold(text: str) -> str:
    """A key under which spellings of one name meet: case, accents, ə/ı, hamza and alef forms.

    "Elsevər" and "elsever" fold alike, so do "أحمد" and "احمد". For search and
    duplicates only, never shown.
    """
    lowered = text.replace("İ", "i").replace("I", "i").lower().translate(_LATIN)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)
    )
    return " ".join(plain.translate(_ARABIC).split())
