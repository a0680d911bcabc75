"""Countries by whatever a register calls them: codes, names in four languages, other names."""

from __future__ import annotations

from collections.abc import Iterable

from karvan.foundation.places.models import Country
from karvan.foundation.texts import fold

# Names in use beside those of the country table, by code.
OTHER_NAMES = {
    "AE": ("UAE", "Emirates", "EAU"),
    "BN": ("Brunei Darussalam",),
    "CI": ("Ivory Coast", "Cote d'Ivoire"),
    "GM": ("The Gambia",),
    "IR": ("Iran (Islamic Republic of)", "Islamic Republic of Iran"),
    "KG": ("Kyrgyz Republic",),
    "LY": ("Libya", "Libyan Arab Jamahiriya", "State of Libya"),
    "PS": ("Palestine", "State of Palestine", "Palestinian Territories", "فلسطين", "Fələstin"),
    "SA": ("KSA", "Saudi Arabia", "Kingdom of Saudi Arabia"),
    "SY": ("Syrian Arab Republic", "Syria"),
    "TD": ("Tchad", "Chad"),
    "TR": ("Turkey", "Türkiye", "Turkiye"),
    "UZ": ("Republic of Uzbekistan",),
}


class Countries:
    """Looks countries up by code or by a name in any language, however it is spelt."""

    def __init__(self, rows: Iterable[Country]) -> None:
        self._codes = {one.code: one for one in rows}
        self._names: dict[str, Country] = {}
        for one in self._codes.values():
            for name in (*one.names.values(), *OTHER_NAMES.get(one.code, ())):
                self._names.setdefault(_key(name), one)

    def by_code(self, code: str) -> Country | None:
        """The country with these two letters, or None."""
        return self._codes.get(code)

    def named(self, label: str) -> Country | None:
        """The country that a label means, or None."""
        plain = label.strip()
        if len(plain) == 2 and plain.isascii():
            return self._codes.get(plain.upper())
        return self._names.get(_key(plain))


def _key(name: str) -> str:
    said = fold(name).replace("-", " ").replace("'", " ").replace("’", " ")
    words = [
        word
        for word in said.split()
        if word not in ("the", "la", "le", "les", "l", "republic", "of")
    ]
    return " ".join(words) or said
