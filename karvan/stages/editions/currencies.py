"""The world's currencies by their codes, from Babel's list, named in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel.numbers import get_currency_name, get_territory_currencies, list_currencies
from django.utils.translation import gettext as _

from karvan.foundation.ui.formats import locale_of

_NO_MONEY = frozenset({"XXX", "XTS"})  # "no currency" and the code for tests


def is_currency(code: str) -> bool:
    """True if the code is one of Babel's, those of former years included."""
    return code in _known()


def name_of(code: str) -> str:
    """What the currency is called: "Kazakhstani Tenge"; the code where it has no name."""
    return str(get_currency_name(code, locale=locale_of())) if is_currency(code) else code


def choices(first: Iterable[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """The currencies to choose from, those of ``first`` before all others in use."""
    here = [code for code in dict.fromkeys(first) if is_currency(code)]
    rest = sorted(_in_use() - set(here))
    groups = [(_("Used here"), here), (_("All others"), rest)]
    return [
        (title, [(code, f"{code} · {name_of(code)}") for code in codes])
        for title, codes in groups
        if codes
    ]


@cache
def _known() -> frozenset[str]:
    return frozenset(list_currencies()) - _NO_MONEY


@cache
def _in_use() -> frozenset[str]:
    """What is legal tender somewhere today."""
    return frozenset(
        str(code)
        for territory in map(str, locale_of("en").territories)
        if len(territory) == 2 and territory.isalpha()
        for code in get_territory_currencies(territory)
    )
