"""The open periods of one day, in minutes after midnight: meals, prayer, hours, what is cut out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]
Periods = tuple[Span, ...]

OPENS, CLOSES = 9 * 60, 18 * 60
NOON = 12 * 60
MEAL = 60
MEAL_STARTS = range(11 * 60 + 30, 14 * 60 + 1, 15)
USUAL_MEAL = 12 * 60 + 30
EVENING = (18 * 60, 21 * 60)
STEP = 15


def day_periods(
    chains: Iterable[Sequence[int]], *, hours: Span | None = None, prayer: Span | None = None
) -> Periods:
    """The open periods of a day, from nine to six where ``hours`` do not say otherwise.

    A day with the common prayer keeps its hours free, and people eat then. A day with hours of
    its own, half a day or one of Ramadan, has no meal. On other days an hour is kept for the
    meal, at half past twelve or as near to it as lets every chain (the minutes of one group's
    sessions in their order) fall into a morning and an afternoon.
    """
    opens, closes = hours or (OPENS, CLOSES)
    if prayer:
        return without(((opens, closes),), [prayer])
    if hours:
        return ((opens, closes),)
    wanted = sorted(MEAL_STARTS, key=lambda at: (abs(at - USUAL_MEAL), at))
    listed = [list(chain) for chain in chains]
    meal = next((at for at in wanted if all(_fits(chain, at) for chain in listed)), USUAL_MEAL)
    return ((OPENS, meal), (meal + MEAL, CLOSES))


def evening_periods(long_minutes: int = 0) -> Periods:
    """From six to nine in the evening; a day with one longer session opens just for that one."""
    if long_minutes > EVENING[1] - EVENING[0]:
        return ((EVENING[1] - long_minutes, EVENING[1]),)
    return (EVENING,)


def without(periods: Periods, cuts: Iterable[Span]) -> Periods:
    """What is left of some periods when stretches are cut out of them."""
    left = list(periods)
    for first, last in cuts:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, first)), (max(start, last), end))
            if part[0] < part[1]
        ]
    return tuple(sorted(set(left)))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Stretches that touch or lie over each other made one, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


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
