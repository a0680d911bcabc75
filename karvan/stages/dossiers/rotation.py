"""Who has which duty on which day: a rotation in which everybody has every duty as often as others.

Plain numbers and words in and out. Days are filled one after the other; each takes, of all ways to
give the duties out, the one that spreads them best over the members, then evens out how many
duties each has had, then gives to each the duties he or she has had least. A team has at most
a handful of members and duties, so that all ways can be tried (4 members, 4 duties: 256 a day).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

Given = tuple[int, str]  # member and duty


def rotate(
    members: Sequence[int],
    duties: Sequence[str],
    days: int,
    *,
    before: Mapping[Given, int] | None = None,
    last: Mapping[str, int] | None = None,
) -> list[dict[str, int]]:
    """For each day: duty → member.

    ``before`` counts how often a member had a duty; ``last`` is the day before the first.
    No members or no duties give days without duties.
    """
    had: Counter[Given] = Counter(before or {})
    yesterday = dict(last or {})
    planned: list[dict[str, int]] = []
    for _day in range(days):
        day = _best_day(members, duties, had, yesterday) if members and duties else {}
        had.update((member, duty) for duty, member in day.items())
        planned.append(day)
        yesterday = day
    return planned


def _best_day(
    members: Sequence[int],
    duties: Sequence[str],
    had: Counter[Given],
    yesterday: Mapping[str, int],
) -> dict[str, int]:
    totals = {one: sum(had[one, duty] for duty in duties) for one in members}

    def cost(chosen: tuple[int, ...]) -> tuple[int, ...]:
        load = Counter(chosen)
        pairs = list(zip(chosen, duties, strict=True))
        return (
            max(load.values()),
            sum((totals[one] + load[one]) ** 2 for one in members),
            sum(had[pair] for pair in pairs),
            sum(yesterday.get(duty) == one for one, duty in pairs),
            *(members.index(one) for one in chosen),
        )

    best = min(product(members, repeat=len(duties)), key=cost)
    return dict(zip(duties, best, strict=True))
