"""Countries by whatever a register calls them: names in eight languages, two or three letters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from karvan.foundation.texts import fold

LANGUAGES = ("en", "fr", "ar", "az", "ru", "es", "de", "tr")
ALSO = {
    "palestine": "PS", "palestine, state of": "PS", "state of palestine": "PS",
    "iran (islamic republic of)": "IR", "bolivia (plurinational state of)": "BO",
    "venezuela (bolivarian republic of)": "VE", "micronesia (federated states of)": "FM",
    "syrian arab republic": "SY", "russian federation": "RU", "viet nam": "VN",
    "republic of korea": "KR", "korea, republic of": "KR", "democratic people's republic of korea": "KP",
    "lao people's democratic republic": "LA", "republic of moldova": "MD", "moldova, republic of": "MD",
    "united republic of tanzania": "TZ", "tanzania, united republic of": "TZ",
    "united states of america": "US", "usa": "US", "cote d'ivoire": "CI", "brunei darussalam": "BN",
    "united kingdom of great britain and northern ireland": "GB", "uk": "GB", "great britain": "GB",
    "the former yugoslav republic of macedonia": "MK", "north macedonia": "MK", "holy see": "VA",
    "cabo verde": "CV", "czech republic": "CZ", "turkey": "TR", "turkiye": "TR", "swaziland": "SZ",
    "democratic republic of the congo": "CD", "congo": "CG", "gambia (the)": "GM",
    "libyan arab jamahiriya": "LY", "macedonia": "MK", "burma": "MM",
}  # fmt: skip


def countries_of(text: str) -> tuple[list[str], list[str]]:
    """The countries of a cell as two letters, each once, and the words that name none.

    "az", "AZE", "Azərbaycan", "Germany,Poland" and "Palestine, State of" are all read: of words
    with commas the longest that names a country counts.
    """
    found: list[str] = []
    unknown: list[str] = []
    for part in re.split(r"[;|/\n]", text):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        while pieces:
            length, code = _longest(pieces)
            (found if code else unknown).append(code or pieces[0])
            pieces = pieces[length:]
    return list(dict.fromkeys(found)), list(dict.fromkeys(unknown))


@lru_cache(maxsize=4096)
def country_of(text: str) -> str:
    """Two letters for one country, "" where the words name none."""
    plain = text.strip()
    if re.fullmatch(r"[A-Za-z]{2}(?:-\w{1,4})?", plain):
        letters = plain[:2].upper()
        return letters if letters in _territories() else _names().get(fold(plain), "")
    if re.fullmatch(r"[A-Za-z]{3}", plain):
        aliases = get_global("territory_aliases").get(plain.upper(), [])
        if aliases:
            return str(aliases[0])
    folded = fold(plain)
    return _names().get(folded) or _names().get(re.sub(r"\s*\(.*\)", "", folded), "")


def _longest(pieces: list[str]) -> tuple[int, str]:
    for length in range(min(3, len(pieces)), 0, -1):
        if code := country_of(", ".join(pieces[:length])):
            return length, code
    return 1, ""


@cache
def _territories() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha())


@cache
def _names() -> dict[str, str]:
    """Folded names to two letters: about 2,000, read once in 60 ms."""
    names = {
        fold(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in _territories()
    }
    return {**names, **{fold(name): code for name, code in ALSO.items()}}
