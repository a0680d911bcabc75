"""Years and days as people write them: centuries, eras and ranges in eight languages."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

Years = tuple[int, int]

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_BEFORE = re.compile(
    r"\b(?:b\.?\s?c\.?\s?e\.?|b\.?\s?c\.?|e\.\s?ə\.?|b\.?e\.ə\.?|eramızdan əvvəl|m\.?ö\.?|"
    r"av(?:ant)?\.?\s?j\.?-?\s?c\.?|avant notre ère|a\.\s?c\.|antes de cristo|v\.\s?chr\.?|v\.\s?u\.\s?z\.?)(?!\w)"
    r"|до\s+н\.?\s?э\.?|до нашей эры|ق\.?\s?م\.?|قبل الميلاد"
)
_AFTER = re.compile(
    r"\b(?:a\.?\s?d\.?|c\.\s?e\.?|ce|b\.?e\.|eramızın|ap(?:r\.?|rès)\s?j\.?-?\s?c\.?|n\.\s?chr\.?|d\.\s?c\.)(?!\w)"
    r"|\bн\.?\s?э\.?|(?<!ق\.)\bم\b|الميلادي"
)
_CENTURY = re.compile(
    r"centur(?:y|ies)|\bc\.?(?=\s|$)|\bcent\.?\b|əsr\w*|siècles?|\bs\.(?=\s|$)|siglos?|jahrhunderts?|\bjh\.?|"
    r"век\w*|\bвв?\b\.?|القرن|قرن|yüzyıl\w*|\byy\.?"
)
_MILLENNIUM = re.compile(
    r"millenni\w+|millénaires?|minillik\w*|тысячелети\w*|тыс\.|milenios?|jahrtausends?|الألفية|الألف|binyıl\w*"
)
_ARABIC_ORDINALS = {
    "الأول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الخامس": 5, "السادس": 6, "السابع": 7,
    "الثامن": 8, "التاسع": 9, "العاشر": 10, "الحادي عشر": 11, "الثاني عشر": 12,
    "الثالث عشر": 13, "الرابع عشر": 14, "الخامس عشر": 15, "السادس عشر": 16, "السابع عشر": 17,
    "الثامن عشر": 18, "التاسع عشر": 19, "العشرين": 20, "العشرون": 20,
}  # fmt: skip
_ISO = re.compile(r"^(-?\d{4})-(\d{2})-(\d{2})(?:[t ].*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")


@lru_cache(maxsize=4096)
def years_of(text: str) -> Years | None:
    """From which year to which a text speaks, BCE negative; None where it says none.

    "XII–XIII əsrlər" is (1101, 1300), "5th c. BCE" (-500, -401), "c. 1230" (1230, 1230).
    """
    plain = _plain(text)
    iso = _ISO.match(plain)
    if iso:
        return int(iso[1]), int(iso[1])
    day = _DAY_FIRST.match(plain)
    if day:
        return int(day[3]), int(day[3])
    if re.fullmatch(r"-\s?\d{1,5}", plain):
        return int(plain.replace(" ", "")), int(plain.replace(" ", ""))
    parts = [part for part in re.split(r"\s*(?:–|—|-|/|,|…|\bto\b|\buntil\b|\bau\b|\bbis\b|إلى)\s*", _kept(plain)) if part.strip()]  # fmt: skip
    found = [years for years in _parts(parts) if years]
    if not found:
        return None
    return min(years[0] for years in found), max(years[1] for years in found)


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """The day a text names; the first of January where it names a year alone; None otherwise."""
    plain = _plain(text)
    for pattern, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        if found := pattern.match(plain):
            try:
                return date(*(int(found[place]) for place in order))
            except ValueError:
                return None
    if re.fullmatch(r"\d{4}", plain) and int(plain):
        return date(int(plain), 1, 1)
    return None


def _plain(text: str) -> str:
    lowered = text.replace("İ", "i").translate(_DIGITS).lower()
    return " ".join(lowered.split()).strip(" ()[]?.~")


def _kept(text: str) -> str:
    """The text with hyphens inside "J.-C." and ordinals taken out of the way of splitting."""
    text = re.sub(r"j\.?-\s?c\.?", "jc", text)
    return re.sub(r"(?<=[ivxl\d])-(?=(?:ci|cı|cu|cü|й|го|ый|ой|е|м|ом|x|ro|e)\b)", "", text)


def _parts(parts: list[str]) -> list[Years | None]:
    """Each part by itself; one without era or unit has those of the part after it."""
    found: list[Years | None] = []
    before_after, unit_after = False, ""
    has_era = any(_BEFORE.search(part.replace("jc", "j.c.")) for part in parts)
    for part in reversed(parts):
        part = part.replace("jc", "j.c.")
        is_before = bool(_BEFORE.search(part))
        is_after = not is_before and bool(_AFTER.search(part))
        rest = _AFTER.sub(" ", _BEFORE.sub(" ", part))
        unit = (
            "century" if _CENTURY.search(rest) else "millennium" if _MILLENNIUM.search(rest) else ""
        )
        era = is_before or (before_after and not is_after)
        found.append(_one(rest, unit or unit_after, era, has_era))
        before_after, unit_after = era, unit or unit_after
    return found[::-1]


def _one(text: str, unit: str, is_before: bool, may_be_short: bool) -> Years | None:
    decade = re.search(r"\b(\d{3}0)\s?(?:'?s\b|-?(?:cı|ci|cu|cü)\s+illər|-?е\b|er\b)", text)
    if decade and not is_before:
        return int(decade[1]), int(decade[1]) + 9
    if unit:
        number = _ordinal(text)
        if number and number <= (40 if unit == "century" else 12):
            span = 100 if unit == "century" else 1000
            first, last = (number - 1) * span + 1, number * span
            return (-last, -first) if is_before else (first, last)
    years = [int(one) for one in re.findall(r"(?<![\d.])\d{3,5}(?![\d])", text)]
    if not years and may_be_short:
        years = [int(one) for one in re.findall(r"\d{1,5}", text)]
    if not years or max(years) > 32_000:
        return None
    if is_before:
        return -max(years), -min(years)
    return min(years), max(years)


def _ordinal(text: str) -> int | None:
    for words in sorted(_ARABIC_ORDINALS, key=len, reverse=True):
        if words in text:
            return _ARABIC_ORDINALS[words]
    figure = re.search(r"\b(\d{1,2})(?!\d)", text)
    if figure:
        return int(figure[1])
    roman = re.search(r"\b([ivxl]+)(?:e|er|ème|th)?\b", text.translate(str.maketrans("хі", "xi")))
    return _from_roman(roman[1]) if roman else None


def _from_roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )
