"""A call's candidates made ready once and kept, so that what is moved on the screen shows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.stages.calls.models import Call

from ..errors import QuotaNotPossible
from ..pool import Pool, fingerprint, pool_of_call
from ..quotas import Entrant, expanded

Fingerprint = tuple[object, ...]
Key = tuple[Fingerprint, int, bool]
Limit = tuple[str, str, frozenset[str], int | None, int | None]


@dataclass(frozen=True, slots=True)
class Ready:
    """A pool as it stood at a fingerprint, and its entrants by number."""

    at: Fingerprint
    call: int
    is_corrected: bool
    pool: Pool
    by_number: Mapping[str, Entrant]


def ready_pool(call: Call, *, is_corrected: bool = True, seen: Ready | None = None) -> Ready:
    """What can be chosen from today, kept in this process until something in it changes.

    ``seen`` is what was ready a moment ago: the same rows with other marks are then had
    without looking again whether anything changed.

    Cost: the fingerprint's few aggregates; the whole pool only where it changed.
    """
    at = seen.at if seen else fingerprint(call)
    return _ready(at, call.pk, is_corrected)


def choose_from(
    ready: Ready, *, places: int, quotas: Sequence[Mapping[str, Any]], seed: str
) -> engine.Cohort | engine.Infeasible:
    """The engine's answer under these quotas; asked again for the same, it is kept.

    Raises:
        QuotaNotPossible: a quota without a limit in order, or told twice.
    """
    names = frozenset(quota["attribute"] for quota in quotas)
    key = (ready.at, ready.call, ready.is_corrected)
    return _answer(key, names, seed, places, limits_of(ready.pool, quotas))


def problem_of(
    pool: Pool, places: int, quotas: Sequence[Mapping[str, Any]], seed: str
) -> engine.ChoiceProblem:
    """The engine's problem. It holds numbers and the attributes that quotas name, no more.

    Raises:
        QuotaNotPossible: a quota without a limit in order, or told twice.
    """
    names = frozenset(quota["attribute"] for quota in quotas)
    limits = limits_of(pool, quotas)
    try:
        return engine.ChoiceProblem(candidates_of(pool, names), places, _quotas(limits), seed)
    except ValueError as wrong:
        raise _not_possible(wrong) from wrong


def limits_of(pool: Pool, quotas: Sequence[Mapping[str, Any]]) -> tuple[Limit, ...]:
    """The quotas that limit anything, one for each value where a quota is for each."""
    return tuple(
        (q["key"], q["attribute"], frozenset(q["values"]), q["floor"], q["ceiling"])
        for q in expanded(quotas, pool.people)
        if q["floor"] is not None or q["ceiling"] is not None
    )


def candidates_of(pool: Pool, names: Iterable[str]) -> tuple[engine.Candidate, ...]:
    """The entrants as the engine takes them, with the attributes named."""
    wanted = sorted(names)
    found = []
    for one in pool.entrants:
        people = [{k: person[k] for k in wanted if k in person} for person in one.people]
        members = tuple(people) if one.seats > 1 else ()
        merit = pool.merit(one.pk)
        found.append(engine.Candidate(one.number, merit, people[0], one.seats, members))
    return tuple(found)


@lru_cache(maxsize=3)
def _ready(at: Fingerprint, pk: int, is_corrected: bool) -> Ready:
    call = Call.objects.select_related("activity__edition").get(pk=pk)
    pool = pool_of_call(call, is_corrected=is_corrected)
    return Ready(at, pk, is_corrected, pool, {one.number: one for one in pool.entrants})


@lru_cache(maxsize=3)
def _prepared(key: Key, names: frozenset[str], seed: str) -> engine.PreparedChoice:
    pool = _ready(*key).pool
    return engine.prepare_choice(engine.ChoiceProblem(candidates_of(pool, names), 1, (), seed))


@lru_cache(maxsize=4)
def _answer(
    key: Key, names: frozenset[str], seed: str, places: int, limits: tuple[Limit, ...]
) -> engine.Cohort | engine.Infeasible:
    try:
        return _prepared(key, names, seed).choose(places, _quotas(limits))
    except ValueError as wrong:
        raise _not_possible(wrong) from wrong


def _quotas(limits: Iterable[Limit]) -> tuple[engine.Quota, ...]:
    try:
        return tuple(engine.Quota(*limit) for limit in limits)
    except ValueError as wrong:
        raise _not_possible(wrong) from wrong


def _not_possible(wrong: ValueError) -> QuotaNotPossible:
    return QuotaNotPossible(_("These quotas cannot be used: %(why)s.") % {"why": wrong})
