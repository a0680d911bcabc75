"""Turn what a person typed into one value of the kind a question asks for.

Nothing typed is thrown away: what cannot be read comes back as it was typed, with an
``Unreadable`` that says what was expected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .questions import Question

# Overrides and isolates of writing direction can make a text read as what it is not.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_DATES = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", (1, 2, 3)),
    (r"(\d{1,2})[./](\d{1,2})[./](\d{4})", (3, 2, 1)),
)
_YES, _NO = {"yes", "true", "on", "1"}, {"", "no", "false", "off", "0"}
MAX_DIGITS = 15  # what a number keeps exactly through JSON and a spreadsheet


class Unreadable(ValueError):
    """What was typed is not of the kind asked for; the text says what is expected."""


def clean(text: str, *, lines: bool) -> str:
    """Text in Unicode's composed form, without control characters and outer blanks.

    ``lines`` keeps line breaks (as "\\n"); without it every run of them is one space.
    Joiners that Persian and Arabic words need stay.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        text = re.sub(r"\s*[\n\u2028\u2029\t]\s*", " ", text)
    kept = (c for c in text.translate(_DIRECTION) if c in "\n\t" or not _is_control(c))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def count_words(text: str) -> int:
    """How many words a text has: runs between blanks that hold a letter or a digit.

    Works alike in Latin, Cyrillic and Arabic script: vowel marks and tatweel are no
    letters, a dash or comma alone is no word, "و" written onto a word is part of it.
    """
    return sum(any(c.isalnum() and c != "ـ" for c in run) for run in text.split())


def read_value(question: Question, raw: Any) -> Any:
    """The value that ``raw`` means for a question; None where nothing was answered.

    text, long_text, choice: str; number: int or float; date: "2026-12-07"; scale: int;
    choices: list of str in the form's order; consent: bool; file: the mapping of a
    stored file, or an upload. Groups and teams are read by ``answers``.

    Raises:
        Unreadable: it means nothing of that kind.
    """
    if raw is None or raw == "" or raw == [] or raw == {}:
        return None
    if raw is False and question.type != "consent":
        return None
    return _READERS[question.type](question, raw)


def read_date(text: str) -> date | None:
    """A date written 2026-12-07, 7.12.2026 or 7/12/2026, else None. Any script's digits."""
    for pattern, order in _DATES:
        match = re.fullmatch(pattern, text.strip())
        if match:
            try:
                return date(*(int(match[part]) for part in order))
            except ValueError:
                return None
    return None


def _text(question: Question, raw: Any) -> str | None:
    if not isinstance(raw, (str, int, float)) or isinstance(raw, bool):
        raise Unreadable(_("Write this as text."))
    return clean(str(raw), lines=question.type == "long_text") or None


def _number(question: Question, raw: Any) -> int | float | None:
    if isinstance(raw, str):
        raw = clean(raw, lines=False)
        if not raw:
            return None
    text = re.sub(r"[\s٬_']", "", str(raw)).replace("٫", ".").replace("−", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(raw, bool) or not value.is_finite():
        raise Unreadable(_("Write a number, such as 12 or 12.5."))
    if len(value.normalize().as_tuple().digits) > MAX_DIGITS or abs(value.adjusted()) > MAX_DIGITS:
        raise Unreadable(_("This number has too many digits."))
    return int(value) if value == value.to_integral_value() else float(value)


def _scale(question: Question, raw: Any) -> int | None:
    value = _number(question, raw)
    if isinstance(value, float):
        raise Unreadable(_("Choose one of the steps."))
    return value


def _date(question: Question, raw: Any) -> str | None:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = clean(str(raw), lines=False)
    if not text:
        return None
    found = read_date(text)
    if found is None:
        raise Unreadable(_("Write a date as year-month-day, such as 2026-12-07."))
    return found.isoformat()


def _choice(question: Question, raw: Any) -> str | None:
    value = clean(str(raw), lines=False)
    if value and value not in {choice.value for choice in question.choices}:
        raise Unreadable(_("Choose one of the answers given."))
    return value or None


def _choices(question: Question, raw: Any) -> list[str] | None:
    listed = raw if isinstance(raw, (list, tuple)) else [raw]
    chosen = {clean(str(one), lines=False) for one in listed} - {""}
    known = [choice.value for choice in question.choices]
    if chosen - set(known):
        raise Unreadable(_("Choose from the answers given."))
    return [value for value in known if value in chosen] or None


def _consent(question: Question, raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text not in _YES | _NO:
        raise Unreadable(_("Tick the box or leave it empty."))
    return text in _YES


def _file(question: Question, raw: Any) -> Any:
    if isinstance(raw, UploadedFile) or (isinstance(raw, Mapping) and raw.get("id") is not None):
        return raw
    raise Unreadable(_("Choose a file."))


def _is_control(character: str) -> bool:
    """Controls, lone surrogates and non-characters; not the joiners of Arabic script."""
    return unicodedata.category(character) in ("Cc", "Cs") or (ord(character) & 0xFFFE) == 0xFFFE


_READERS = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "scale": _scale,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "consent": _consent,
    "file": _file,
}
