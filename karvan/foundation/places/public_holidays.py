"""Public holidays as the ``holidays`` library suggests them, before anybody confirmed them.

Limits, which pages should tell: the library covers whole countries (no provinces
here); feasts of the Islamic calendar are marked estimated wherever it has no
announced date; days off decreed at short notice are missing until it is updated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import holidays
from holidays.groups.islamic import IslamicHolidays
from holidays.version import __version__ as library_version

SOURCE = f"holidays {library_version}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One holiday the library knows; ``estimated`` where the moon decides it."""

    on: date
    name: str
    estimated: bool


@lru_cache(maxsize=512)
def suggestions(code: str, year: int, language: str) -> tuple[Suggestion, ...]:
    """A country's holidays in one year, by date, named in ``language`` where the library can.

    Otherwise in English, otherwise in the country's own language. The names carry no
    "(estimated)"; the flag says it. Cost: about 3 ms the first time, then cached.
    """
    kind = _library_class(code)
    wanted = spoken(code, language)
    options: dict[str, Any] = {"years": year, "language": wanted}
    if not issubclass(kind, IslamicHolidays):
        return tuple(Suggestion(on, name, False) for on, name in sorted(kind(**options).items()))
    plain = kind(**options, islamic_show_estimated=False)
    marked = kind(**options, islamic_show_estimated=True)
    return tuple(Suggestion(on, name, marked.get(on) != name) for on, name in sorted(plain.items()))


def spoken(code: str, language: str) -> str | None:
    """The library's code for the nearest language in which it names this country's holidays.

    Always asked for by name: without it the library follows the process's own locale.
    None where it knows only one language, which it then does not name.
    """
    kind = _library_class(code)
    supported = list(kind.supported_languages or ())
    for wanted in (language.split("-")[0], "en"):
        for known in supported:
            if known.split("_")[0] == wanted:
                return str(known)
    return str(kind.default_language) if kind.default_language else None


def library_weekend(code: str) -> frozenset[int]:
    """The days the library rests this country, as ISO weekdays (Monday is 1)."""
    return frozenset(day + 1 for day in holidays.country_holidays(code).weekend)


@lru_cache(maxsize=128)
def _library_class(code: str) -> Any:
    return type(holidays.country_holidays(code))
