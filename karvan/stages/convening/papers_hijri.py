"""The Hijri date printed on a paper beside the Gregorian one: read, compared, never changed.

Printed dates follow the month as it was sighted or as another table has it; the computed ones
follow Umm al-Qura. They may differ by a day or more, and then both are said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.foundation.places.hijri import FIRST, LAST, MONTHS, HijriDate, hijri
from karvan.foundation.texts import fold
from karvan.foundation.ui.formats import date_in_words

# Ways of printing the months in Latin letters, beside the names in ``places.hijri``.
_ALSO: tuple[tuple[str, ...], ...] = (
    ("muharram", "moharram", "mouharram", "muharam"),
    ("safar",),
    ("rabi i", "rabi al awwal", "rabi al awal", "rabia i", "rabii i", "rabi ul awwal", "rabi 1"),
    ("rabi ii", "rabi al thani", "rabi al akhir", "rabia ii", "rabii ii", "rabi ath thani", "rabi 2"),
    ("jumada i", "jumada al ula", "jumada al awwal", "joumada i", "djoumada i", "jumada 1"),
    ("jumada ii", "jumada al akhira", "jumada al thani", "jumada al thania", "joumada ii", "djoumada ii", "jumada 2"),
    ("rajab", "radjab"),
    ("shaban", "shabaan", "chaabane", "sha ban"),
    ("ramadan", "ramadhan", "ramazan"),
    ("shawwal", "shawal", "chawwal", "chaoual"),
    ("dhu al qadah", "dhul qadah", "dhu al qida", "zul qadah", "dhou al qida", "dhul qa dah", "dhu al qa dah"),
    ("dhu al hijjah", "dhul hijjah", "dhu al hijja", "dhul hijja", "zul hijjah", "dhou al hijja"),
)  # fmt: skip
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DASHES = re.compile(r"[-–—−]")
_DAYS = re.compile(
    r"(?P<day>\d{1,2})(?:\s*(?:[-–—−]|to|au|إلى)\s*(?P<until>\d{1,2}))?\s*(?P<month>[^\d]+)(?P<year>\d{4})?"
)
_JOINT = re.compile(r"\s(?:to|au|إلى)\s*$")


@dataclass(frozen=True, slots=True)
class Printed:
    """The days that were read of a printed date; one day where it says one."""

    first: HijriDate
    last: HijriDate


def _key(text: str) -> str:
    plain = re.sub(r"[^\w\s]", " ", _DASHES.sub(" ", text).replace("'", "").replace("’", ""))
    return " ".join(fold(plain).split())


_MONTH = {
    _key(name): number
    for names in (*(tuple(enumerate(listed, 1)) for listed in MONTHS.values()),)
    for number, name in names
} | {name: number for number, listed in enumerate(_ALSO, 1) for name in listed}


def read_printed(text: str) -> Printed | None:
    """The first and last day that a printed Hijri date names, or None where it cannot be read.

    Reads "17-18 Muharram 1434 A.H.", "29 Dhu al-Hijja 1439 - 2 Muharram 1440", "17-18 محرم 1434 هـ"
    and figures as Arabic writes them; the Gregorian date after a "/" is passed over.
    """
    wanted = text.translate(_FIGURES).partition("/")[0]
    found = [one for one in map(_read, _DAYS.finditer(wanted)) if one]
    if not found or not found[-1][3]:
        return None
    year_last = found[-1][3]
    day, until, month, year = found[0]
    first = HijriDate(year or year_last, month, day)
    last_day, last_until, last_month, _year = found[-1]
    last = HijriDate(year_last, last_month, last_until or last_day)
    if len(found) == 1:
        last = HijriDate(year_last, month, until or day)
    return Printed(first, last)


def hijri_doubt(printed: str, starts_on: date, ends_on: date) -> str:
    """In words, how a printed Hijri date differs from the Gregorian one; "" where they agree.

    What is printed stays as it is; the sentence says both.
    """
    if not printed.strip():
        return ""
    read = read_printed(printed)
    if read is None:
        return _(
            "“%(printed)s” cannot be read as a Hijri date, so it is not compared. It stays as printed."
        ) % {"printed": printed}
    if not (FIRST <= starts_on <= LAST and FIRST <= ends_on <= LAST):
        return _("The Hijri date cannot be computed for %(date)s. It stays as printed.") % {
            "date": date_in_words(starts_on)
        }
    language = (get_language() or "en").split("-")[0]
    pairs = [
        (read.first, starts_on),
        (read.last, ends_on if read.last != read.first else starts_on),
    ]
    for said, on in pairs:
        computed = hijri(on)
        if said != computed:
            return _(
                "“%(printed)s” is printed, and %(date)s is computed as %(computed)s (Umm al-Qura)."
                " It stays as printed."
            ) % {
                "printed": printed,
                "date": date_in_words(on),
                "computed": computed.text(language, marked=False),
            }
    return ""


def _read(found: re.Match[str]) -> tuple[int, int, int, int] | None:
    """Day, last day or 0, month and year or 0 of one match; None where the month is unknown."""
    month = _MONTH.get(_key(_JOINT.sub("", found["month"])))
    if month is None:
        return None
    return int(found["day"]), int(found["until"] or 0), month, int(found["year"] or 0)
