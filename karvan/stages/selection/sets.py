"""Sets of quotas side by side: what each sets, what each gives, and who differs. Codes only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from karvan.stages.calls.models import Call

from .models import QuotaSet, SelectionRun
from .naming import codes_named
from .quotas import title_of
from .trials import MOST_NAMED, Named, QuotaState, against_marks, clash_of, quota_states

MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class SetRow:
    """One quota across the sets: what each asks, and how many people it would bring in."""

    title: str
    cells: tuple[tuple[Any, Any, QuotaState | None], ...]


@dataclass(frozen=True, slots=True)
class SetsShown:
    """The sets as columns.

    totals:  points in all, None where a set gives no cohort.
    lost:    what each costs against marks alone, in words; or which quotas clash.
    people:  how many are in.
    only:    who is in by this set and not by all of the others.
    """

    sets: tuple[QuotaSet, ...]
    rows: tuple[SetRow, ...]
    totals: tuple[float | None, ...]
    lost: tuple[str, ...]
    people: tuple[int | None, ...]
    only: tuple[Named | None, ...]


def set_columns(
    call: Call,
    sets: Sequence[QuotaSet],
    trials: Sequence[Any],
    run: SelectionRun | None,
    pool: Any,
) -> SetsShown:
    """The sets and what they give, as the page shows them; one query, for those named."""
    states = [list(quota_states(pool, one)) if one else [] for one in trials]
    rows = []
    quotas = next((one.setting.quotas for one in trials if one), ())
    for at, quota in enumerate(quotas):
        cells = []
        for kept, found in zip(sets, states, strict=True):
            limits = kept.numbers.get(quota["key"]) or {}
            state = found[at] if found else None
            cells.append((limits.get("floor"), limits.get("ceiling"), state))
        rows.append(SetRow(title_of(quota), tuple(cells)))
    return SetsShown(
        sets=tuple(sets),
        rows=tuple(rows),
        totals=tuple(one.value / 100 if one and one.is_feasible else None for one in trials),
        lost=tuple(_lost(one) for one in trials),
        people=tuple(one.people.total if one and one.people else None for one in trials),
        only=_only(call, trials, run),
    )


def _lost(trial: Any) -> str:
    if trial is None:
        return ""
    return against_marks(trial.lost) if trial.is_feasible else clash_of(trial)


def _only(call: Call, trials: Sequence[Any], run: SelectionRun | None) -> tuple[Named | None, ...]:
    """By set: who is in there, but not in every other set that gives a cohort."""
    whole = [one for one in trials if one and one.is_feasible]
    times = Counter(number for one in whole for number in one.chosen)
    listed = [
        [n for n in one.chosen if times[n] < len(whole)] if one and one.is_feasible else None
        for one in trials
    ]
    named = {n for one in listed if one for n in one[:MOST_NAMED]}
    codes = codes_named(call, named, run)
    return tuple(
        None
        if one is None
        else Named(tuple(codes.get(n, n) for n in one[:MOST_NAMED]), len(one[MOST_NAMED:]))
        for one in listed
    )
