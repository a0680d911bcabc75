"""Text that exists in several languages, and keys that let people find a name however it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, override

Texts = Mapping[str, str]

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "dv"})
_SAID_LATER: Callable[[Callable[[], str]], Any] = lazy(lambda say: str(say()), str)
# The interface's language and the language in which content is read instead, for one request.
_CONTENT: ContextVar[tuple[str, str] | None] = ContextVar("karvan_content", default=None)

_LATIN = str.maketrans({"ə": "e", "ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d"})
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": ""}
)


def languages() -> tuple[str, ...]:
    """The interface languages' codes, in the order of the settings."""
    return tuple(code for code, _name in settings.LANGUAGES)


def language_name(code: str) -> str:
    """The language's own name for itself, "Azərbaycanca"; the code where nobody knows it."""
    known = dict(settings.LANGUAGES).get(code)
    if known:
        return str(known)
    try:
        own = Locale.parse(code).get_display_name(code)
    except (UnknownLocaleError, ValueError):
        own = None
    return own[:1].upper() + own[1:] if own else code


def said_later(say: Callable[[], str]) -> Any:
    """Words in the language of whoever reads them: ``said_later(lambda: _("…") % values)``."""
    return _SAID_LATER(say)


def in_every_language(words: object) -> dict[str, str]:
    """Words that are said later, as they are in each language of the interface."""
    said = {}
    for code in languages():
        with override(code):
            said[code] = str(words)
    return said


def direction_of(code: str) -> str:
    """ "rtl" for a language written from right to left, else "ltr"."""
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


@contextmanager
def content_in(language: str) -> Iterator[None]:
    """Read content in a language that the interface does not speak, such as Kazakh.

    Within it, texts asked for in the interface's present language come in this one where
    they have it. Letters, which are written in their reader's language, do not change.
    """
    token = _CONTENT.set((_present(None), language) if language else None)
    try:
        yield
    finally:
        _CONTENT.reset(token)


def content_language() -> str:
    """The language content is read in by ``content_in``, "" where it is the interface's."""
    chosen = _CONTENT.get()
    return chosen[1] if chosen else ""


def in_language(texts: Texts | str | None, language: str | None = None) -> str:
    """The text in the wanted language (the active one by default), else in the nearest there is.

    Order: the language chosen for content, the wanted language, English, any other. An
    empty mapping gives "".
    """
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    return texts.get(language_of(texts, language), "")


def language_of(texts: Texts | str | None, language: str | None = None) -> str:
    """The code of the language that ``in_language`` would answer in, "" when there is none."""
    if not texts or isinstance(texts, str):
        return ""
    wanted, chosen = _present(language), _CONTENT.get()
    first = (chosen[1],) if chosen and chosen[0] == wanted else ()
    return next((code for code in (*first, wanted, "en", *texts) if texts.get(code)), "")


def _present(language: str | None) -> str:
    return (language or get_language() or "en").split("-")[0]


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
