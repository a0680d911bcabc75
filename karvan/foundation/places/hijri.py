"""The Islamic calendar as calculated (Umm al-Qura): dates, Ramadan and the two Eids.

Every answer here is a calculation. A country announces its own month after the
crescent is sighted, often a day earlier or later, so what is shown says "calculated".
Source of the conversion: the hijridate library, Umm al-Qura tables 1343 to 1500 AH.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hijridate import Gregorian, Hijri

FIRST = date(1924, 8, 1)  # the tables begin here …
LAST = date(2077, 11, 16)  # … and end here
RAMADAN, SHAWWAL, DHU_AL_HIJJAH = 9, 10, 12

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhira",
        "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah",
    ),
    "fr": (
        "mouharram", "safar", "rabia al-awal", "rabia ath-thani", "joumada al-oula",
        "joumada ath-thania", "rajab", "chaabane", "ramadan", "chawwal", "dhou al-qida",
        "dhou al-hijja",
    ),
    "ar": (
        "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
        "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
    ),
    "az": (
        "Məhərrəm", "Səfər", "Rəbiüləvvəl", "Rəbiülaxır", "Cəmadiyələvvəl", "Cəmadiyəlaxır",
        "Rəcəb", "Şaban", "Ramazan", "Şəvval", "Zilqədə", "Zilhiccə",
    ),
}  # fmt: skip
ERA = {"en": "AH", "fr": "AH", "ar": "هـ", "az": "h."}
CALCULATED = {"en": "calculated", "fr": "calculé", "ar": "بالحساب", "az": "hesablanmış"}

EventKind = Literal["ramadan", "eid_al_fitr", "eid_al_adha"]


@dataclass(frozen=True, slots=True, order=True)
class HijriDate:
    """A day of the Islamic calendar; ``month`` 1 is Muharram, 9 is Ramadan."""

    year: int
    month: int
    day: int

    def month_name(self, language: str = "en") -> str:
        """The month's name in en, fr, ar or az; English for any other language."""
        return MONTHS.get(language[:2], MONTHS["en"])[self.month - 1]

    def text(self, language: str = "en", *, marked: bool = True) -> str:
        """The date in words, such as "10 Rajab 1448 AH (calculated)".

        ``marked=False`` leaves the mark out: only for a table whose head says it.
        """
        code = language[:2] if language[:2] in MONTHS else "en"
        words = f"{self.day} {self.month_name(code)} {self.year} {ERA[code]}"
        return f"{words} ({CALCULATED[code]})" if marked else words


@dataclass(frozen=True, slots=True)
class HijriSpan:
    """Ramadan or an Eid of one Islamic year, first and last day; always a calculation."""

    kind: EventKind
    year: int
    start: date
    end: date
    basis: str = "calculated"

    def __contains__(self, on: date) -> bool:
        return self.start <= on <= self.end


def hijri(on: date) -> HijriDate:
    """The Islamic date of a day, as calculated.

    Raises:
        ValueError: ``on`` is outside 1 August 1924 to 16 November 2077.
    """
    _check(on)
    found = Gregorian(on.year, on.month, on.day).to_hijri()
    return HijriDate(found.year, found.month, found.day)


def ramadan_spans(start: date, end: date) -> tuple[HijriSpan, ...]:
    """Each Ramadan that touches ``start`` to ``end``, both included, in order of time."""
    spans = (
        HijriSpan(
            "ramadan", year, _day(year, RAMADAN, 1), _day(year, SHAWWAL, 1) - timedelta(days=1)
        )
        for year in _years(start, end)
    )
    return tuple(span for span in spans if span.start <= end and span.end >= start)


def eid_days(start: date, end: date) -> tuple[HijriSpan, ...]:
    """Each Eid that touches ``start`` to ``end``: al-Fitr 1 to 3 Shawwal, al-Adha 10 to 13.

    Countries close for two to five days; these are the days of the feast itself.
    """
    spans: list[HijriSpan] = []
    for year in _years(start, end):
        fitr, adha = _day(year, SHAWWAL, 1), _day(year, DHU_AL_HIJJAH, 10)
        spans.append(HijriSpan("eid_al_fitr", year, fitr, fitr + timedelta(days=2)))
        spans.append(HijriSpan("eid_al_adha", year, adha, adha + timedelta(days=3)))
    return tuple(span for span in spans if span.start <= end and span.end >= start)


def _years(start: date, end: date) -> Iterator[int]:
    """The Islamic years that a span can touch."""
    yield from range(hijri(start).year, hijri(end).year + 1)


def _day(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def _check(on: date) -> None:
    if not FIRST <= on <= LAST:
        raise ValueError(f"Islamic dates are known from {FIRST} to {LAST}, got {on}")
