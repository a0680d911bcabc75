"""What if: the cohort that places and quotas would give, against the one there is. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from karvan.engines import selection as engine
from karvan.stages.calls.models import Call

from ..errors import QuotaNotPossible
from ..models import Decision, QuotaSet, SelectionRun
from ..quotas import People, people_of
from .proposing import default_quotas
from .ready import Ready, choose_from, problem_of, ready_pool

MOST_RELAXATIONS = 4  # whose cost is worked out; each costs one choice

Quotas = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What can be moved: places, the quotas with their numbers, the seed, and which marks decide."""

    places: int
    quotas: Quotas
    seed: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Starting:
    """What a trial is set against: a run, or the quotas as they were before anything was moved.

    chosen: numbers, best first; value: hundredths of merit in all.
    """

    run: SelectionRun | None
    chosen: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a setting would give. Merit is in hundredths of a point, lists best first.

    lost:       merit given up against marks alone.
    people:     those who would be in, counted; None where no cohort keeps the quotas.
    binding:    keys of the engine's quotas that decide who is in.
    clash:      keys of those that cannot be kept together.
    ways_out:   changes that would help, fewest people first.
    """

    setting: Setting
    is_feasible: bool
    chosen: tuple[str, ...]
    value: int
    gap: int
    lost: int
    people: People | None
    binding: frozenset[str]
    clash: tuple[str, ...]
    ways_out: tuple[tuple[engine.Change, ...], ...]


def try_quotas(ready: Ready, setting: Setting) -> Trial:
    """The cohort that a setting would give, or why there is none.

    Raises:
        QuotaNotPossible: a quota without a limit in order, or told twice.

    Cost: one choice among candidates made ready before.
    """
    answer = choose_from(ready, places=setting.places, quotas=setting.quotas, seed=setting.seed)
    if isinstance(answer, engine.Infeasible):
        return Trial(
            setting, False, (), 0, 0, 0, None, frozenset(), answer.clash, answer.relaxations
        )
    return Trial(
        setting,
        is_feasible=True,
        chosen=answer.chosen,
        value=answer.value,
        gap=answer.gap,
        lost=answer.swaps.merit_lost,
        people=_people(ready, answer.chosen),
        binding=frozenset(key for key, price in answer.prices.quotas.items() if price),
        clash=(),
        ways_out=(),
    )


def starting_point(ready: Ready, run: SelectionRun | None, own: Setting) -> Starting | None:
    """What a trial is set against: the run looked at, else the call's own quotas; None if neither gives a cohort.

    Cost: one query, or one choice; both are kept for the next change.
    """
    if run is not None and run.is_feasible:
        return Starting(run, _selected(run.pk, run.sha256), run.value or 0)
    if not ready.pool.entrants:
        return None
    answer = choose_from(ready, places=own.places, quotas=own.quotas, seed=own.seed)
    if isinstance(answer, engine.Infeasible):
        return None
    return Starting(None, answer.chosen, answer.value)


def setting_of(quotas: Quotas, typed: Mapping[str, Any]) -> Setting:
    """The setting that was typed: quotas with their numbers, places, seed and which marks decide."""
    return Setting(typed["places"], quotas, typed["seed"], bool(typed["is_corrected"]))


def try_sets(call: Call, sets: Iterable[QuotaSet], run: SelectionRun | None) -> list[Trial | None]:
    """What each set would give, with the seed and the marks of the run looked at; None where it cannot be used.

    Cost: one choice for each set.
    """
    seen = ready_pool(call)
    is_corrected = run is None or run.is_corrected or not seen.pool.marks.is_corrected
    ready = ready_pool(call, is_corrected=is_corrected, seen=seen)
    seed = run.seed if run else call.slug
    base = Setting(call.places, default_quotas(call, call.places, ready.pool), seed, is_corrected)
    found: list[Trial | None] = []
    for one in sets:
        try:
            found.append(try_quotas(ready, setting_with(base, one.numbers, one.places)))
        except QuotaNotPossible:
            found.append(None)
    return found


def cost_ways_out(ready: Ready, trial: Trial) -> tuple[engine.RelaxationCost, ...]:
    """What each of the first few ways out of a clash costs in merit and in people, best first.

    Cost: one choice for each.
    """
    setting = trial.setting
    problem = problem_of(ready.pool, setting.places, setting.quotas, setting.seed)
    first = engine.Infeasible(trial.clash, trial.ways_out[:MOST_RELAXATIONS])
    return engine.relaxation_costs(problem, first)


def setting_with(
    setting: Setting, numbers: Mapping[str, Mapping[str, int | None]], places: int
) -> Setting:
    """The setting with the places and numbers of a set of quotas; a quota the set does not name has none."""
    none: Mapping[str, int | None] = {"floor": None, "ceiling": None}
    quotas = [
        {**quota, **{side: (numbers.get(quota["key"]) or none).get(side) for side in none}}
        for quota in setting.quotas
    ]
    return replace(setting, places=places, quotas=quotas)


def _people(ready: Ready, chosen: Sequence[str]) -> People:
    return people_of(person for number in chosen for person in ready.by_number[number].people)


@lru_cache(maxsize=64)
def _selected(run: int, sha256: str) -> tuple[str, ...]:
    """The numbers a run selected, best first. A run never changes, so they may be kept.

    The document's hash is part of the key: a number may be given anew after a restore.
    """
    rows = Decision.objects.filter(run=run, outcome=Decision.Outcome.SELECTED).order_by("rank")
    return tuple(str(number) for number in rows.values_list("application__number", flat=True))
