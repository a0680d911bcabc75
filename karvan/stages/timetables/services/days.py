"""The open hours of an activity's days: the country's week, its holidays, meals and prayer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.places.calendars import Calendar, days
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.texts import languages
from karvan.stages.editions.models import Activity

from ..errors import DatesMissing

Periods = tuple[tuple[int, int], ...]

OPENS, CLOSES = 9 * 60, 18 * 60
NOON = 12 * 60
MEAL = 60
MEAL_STARTS = range(11 * 60 + 30, 14 * 60 + 1, 15)
USUAL_MEAL = 12 * 60 + 30
FRIDAY = 5
FRIDAY_PRAYER = (12 * 60 + 30, 14 * 60 + 30)
EVENING = (18 * 60, 21 * 60)
STEP = 15


@dataclass(frozen=True)
class OpenDays:
    """The days from an activity's first to its last, with what is known of each.

    days:   every date, closed ones included.
    opened: the positions in ``days`` on which something may be held.
    half:   those of them that end at noon.
    closed: date → why, in the languages of the interface.
    """

    days: tuple[date, ...]
    opened: tuple[int, ...]
    half: frozenset[int]
    closed: dict[date, dict[str, str]]


def open_days(activity: Activity, *, opened_anyway: Collection[date] = ()) -> OpenDays:
    """The activity's days by the calendar of its country; ``opened_anyway`` overrule it.

    Raises:
        DatesMissing: the activity has no first or no last day.
    """
    first, last = activity.starts_on, activity.ends_on
    if not isinstance(first, date) or not isinstance(last, date):
        raise DatesMissing(_("Plan the dates of the activity first; then it can have a timetable."))
    edition = activity.edition
    calendar = calendar_of(edition.country_id, scope=edition.scope)
    every = tuple(days(first, last))
    closed = {
        on: texts for on, texts in _closed(calendar, first, last).items() if on not in opened_anyway
    }
    half = set(calendar.half_days(first, last))
    opened = tuple(n for n, on in enumerate(every) if on not in closed)
    return OpenDays(every, opened, frozenset(n for n in opened if every[n] in half), closed)


def _closed(calendar: Calendar, first: date, last: date) -> dict[date, dict[str, str]]:
    """Each day off with its reason in every language of the interface."""
    found: dict[date, dict[str, str]] = {}
    for language in languages():
        with override(language):
            named = replace(calendar, language=language).closed_days(first, last)
        for on, why in named.items():
            found.setdefault(on, {})[language] = str(why)
    return found


def day_periods(on: date, chains: Iterable[Sequence[int]], *, is_half: bool) -> Periods:
    """The open periods of a day from nine to six, in minutes after midnight.

    A Friday keeps the hours of the common prayer free. On other days an hour is kept for
    the meal, at half past twelve or as near to it as lets every chain (the minutes of one
    group's sessions in their order) fall into a morning and an afternoon.
    """
    if is_half:
        return ((OPENS, NOON),)
    if on.isoweekday() == FRIDAY:
        return ((OPENS, FRIDAY_PRAYER[0]), (FRIDAY_PRAYER[1], CLOSES))
    wanted = sorted(MEAL_STARTS, key=lambda at: (abs(at - USUAL_MEAL), at))
    listed = [list(chain) for chain in chains]
    meal = next((at for at in wanted if all(_fits(chain, at) for chain in listed)), USUAL_MEAL)
    return ((OPENS, meal), (meal + MEAL, CLOSES))


def evening_periods(long_minutes: int = 0) -> Periods:
    """From six to nine in the evening; a day with one longer session opens just for that one."""
    if long_minutes > EVENING[1] - EVENING[0]:
        return ((EVENING[1] - long_minutes, EVENING[1]),)
    return (EVENING,)


def _fits(chain: Sequence[int], meal: int) -> bool:
    """Whether some first sessions fit before the meal and the rest after it."""
    morning, afternoon = meal - OPENS, CLOSES - meal - MEAL
    return any(
        _length(chain[:cut]) <= morning and _length(chain[cut:]) <= afternoon
        for cut in range(len(chain) + 1)
    )


def _length(chain: Sequence[int]) -> int:
    """Minutes one after the other, each but the last filled up to the quarter of an hour."""
    if not chain:
        return 0
    return sum(-(-minutes // STEP) * STEP for minutes in chain[:-1]) + chain[-1]
