"""Public holidays as the ``holidays`` library suggests them, before anybody confirmed them.

Limits, which pages should tell: the library covers whole countries (no provinces
here); feasts of the Islamic calendar are marked estimated wherever it has no
announced date; days off decreed at short notice are missing until it is updated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import holidays
from holidays.groups.islamic import IslamicHolidays
from holidays.version import __version__ as library_version

SOURCE = f"holidays {library_version}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One holiday the library knows; ``estimated`` where the moon decides it.

    observed: a day off in place of the feast's own day, which fell on a day of rest, or
        of a day off that a decree moved here. instead_of: that other day, where it is known.
    """

    on: date
    name: str
    estimated: bool
    observed: bool = False
    instead_of: date | None = None


@lru_cache(maxsize=512)
def suggestions(code: str, year: int, language: str) -> tuple[Suggestion, ...]:
    """A country's holidays in one year, by date, named in ``language`` where the library can.

    Otherwise in English, otherwise in the country's own language. The names carry no
    "(estimated)" and no "(observed)"; the flags say it. Cost: about 5 ms the first time,
    then cached. None at all for a country that the library does not know.
    """
    if not is_known(code):
        return ()
    kind = _library_class(code)
    options: dict[str, Any] = {"years": year, "language": spoken(code, language)}
    if issubclass(kind, IslamicHolidays):
        options["islamic_show_estimated"] = False
        marked = kind(**{**options, "islamic_show_estimated": True})
    else:
        marked = None
    named = kind(**options)
    own_days = kind(**options, observed=False)
    return tuple(
        _suggestion(named, on, on in own_days, bool(marked) and marked.get(on) != named[on])
        for on in sorted(named)
    )


@lru_cache(maxsize=512)
def worked_instead(code: str, year: int) -> tuple[date, ...]:
    """The days of rest of one year that a decree made working days, as far as the library knows."""
    if not is_known(code):
        return ()
    known = _library_class(code)(years=year)
    swapped: set[date] = getattr(known, "weekend_workdays", set())
    return tuple(sorted(on for on in swapped if on.year == year))


def _suggestion(named: Any, on: date, is_own_day: bool, estimated: bool) -> Suggestion:
    """One day of the library's, its name without the marks that the flags say."""
    name = str(named[on])
    moved = _moved_from(named, name)
    if moved:
        return Suggestion(on, moved[0], estimated, observed=True, instead_of=moved[1])
    if is_own_day:
        return Suggestion(on, name, estimated)
    parts = (_without(label, one) for one in name.split("; ") for label in (_label(named),))
    return Suggestion(on, "; ".join(dict.fromkeys(parts)), estimated, observed=True)


def _label(named: Any) -> str:
    return str(named.tr(getattr(named, "observed_label", None) or "%s"))


def _without(label: str, name: str) -> str:
    before, _, after = label.partition("%s")
    return name.removeprefix(before).removesuffix(after)


def _moved_from(named: Any, name: str) -> tuple[str, date | None] | None:
    """The bare name of a moved day off and the day it was moved from; None for any other name."""
    label = str(named.tr(getattr(named, "substituted_label", None) or ""))
    before, mark, after = label.partition("%s")
    if not mark or not (name.startswith(before) and name.endswith(after)):
        return None
    spelt = name.removeprefix(before).removesuffix(after)
    try:
        moment = datetime.strptime(spelt, named.tr(named.substituted_date_format))
    except ValueError:
        return name, None
    return before.partition("(")[0].strip(" ،,"), moment.date()


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
def is_known(code: str) -> bool:
    """Whether the library has this country at all."""
    return code in holidays.list_supported_countries()


@lru_cache(maxsize=128)
def _library_class(code: str) -> Any:
    return type(holidays.country_holidays(code))
