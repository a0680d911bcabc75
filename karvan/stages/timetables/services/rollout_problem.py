"""A rollout as the engine takes it, and what the engine found as rows keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from karvan.engines.timetabling.rollout import (
    HOME,
    NoRollout,
    Quarter,
    RolloutProblem,
    Stop,
    Stretch,
    Trip,
)

from ..models import Rollout, RolloutStop
from ..rollout_quarters import quarter_days
from ..rollout_windows import Window, kilometres, windows_of

# In the unit in which a day that an edition begins later costs its weight.
RAMADAN_DAY, HOLIDAY_DAY = 10, 5
KILOMETRES_A_POINT = 100
FAR = 6000  # kilometres from which the way takes two days


def problem_of(rollout: Rollout, stops: Sequence[RolloutStop]) -> RolloutProblem:
    """The year by numbers of days. Four reads a stop."""
    first, last = rollout.day_from, rollout.day_to
    return RolloutProblem(
        horizon=(last - first).days + 1,
        stops=tuple(_stop(one, first, last) for one in stops),
        handover=rollout.handover_days,
        trips=_trips(rollout, stops),
        quarters=tuple(_quarters(rollout)),
    )


def said_of(answer: NoRollout) -> list[dict[str, Any]]:
    """The reasons as kept in a row: kind, keys, and by how much giving way would help."""
    helps = {remedy.rule: remedy.amount for remedy in answer.remedies}
    return [
        {"kind": str(rule.kind), "keys": list(rule.keys), "amount": helps.get(rule)}
        for rule in answer.reasons
    ]


def _stop(one: RolloutStop, first: date, last: date) -> Stop:
    def day(on: date | None) -> int | None:
        return None if on is None else (on - first).days

    return Stop(
        one.edition.code,
        one.days,
        ready_from=max(0, day(one.ready_from) or 0),
        visa_days=one.visa_days,
        done_by=day(one.done_by),
        stretches=tuple(_stretch(w, first) for w in windows_of(one.edition, first, last)),
        amount=one.amount,
        weight=one.weight,
        fixed=day(one.fixed_on),
    )


def _stretch(window: Window, first: date) -> Stretch:
    price = None
    if not window.is_closed:
        price = RAMADAN_DAY if window.kind == "ramadan" else HOLIDAY_DAY
    days = (window.first - first).days, (window.last - first).days
    return Stretch(window.key, *days, price)


def _trips(rollout: Rollout, stops: Sequence[RolloutStop]) -> Mapping[tuple[str, str], Trip]:
    at = {one.edition.code: one.edition.country_id for one in stops}
    if rollout.home_id:
        at[HOME] = rollout.home_id
    return {pair: _trip(at[pair[0]], at[pair[1]]) for pair in combinations(at, 2)}


def _trip(country: str, other: str) -> Trip:
    """A day on the road, two for a long way; none inside a country."""
    if country == other:
        return Trip()
    far = kilometres(country, other)
    if far is None:
        return Trip(1)
    return Trip(2 if far >= FAR else 1, round(far / KILOMETRES_A_POINT))


def _quarters(rollout: Rollout) -> list[Quarter]:
    found = []
    for key in sorted(rollout.quarters):
        first, last = quarter_days(key)
        if last >= rollout.day_from and first <= rollout.day_to:
            days = (first - rollout.day_from).days, (last - rollout.day_from).days
            found.append(Quarter(key, *days, rollout.quarters[key]))
    return found


def days_of(starts: Mapping[str, int], first: date) -> dict[str, date]:
    """The engine's days as dates."""
    return {key: first + timedelta(days=day) for key, day in starts.items()}
