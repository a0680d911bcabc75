"""Why one application is in or out, asked of the engine. Nothing is written."""

from __future__ import annotations

from functools import lru_cache

from karvan.engines import selection as engine

from ..models import Decision, SelectionRun
from .replaying import choice_of


def explain_decision(decision: Decision, *, is_exact: bool) -> engine.Explanation | None:
    """Where one application of a feasible run stands; None where the run's document does not replay,
    and for a lottery, in which no mark but the least decides.

    ``is_exact`` also finds the least mark that would have been enough, and every quota
    without which it would be in.

    Cost: one replay of the run, kept for the next decision; exact: one choice for each
        quota besides, kept too.
    """
    run, key = decision.run, str(decision.application.number)
    if run.method != SelectionRun.Method.MERIT:
        return None
    try:
        problem, cohort = _choice(run.pk, run.sha256)
    except ValueError:
        return None
    if not is_exact or not cohort.proved:
        return engine.explain_many(problem, cohort)[key]
    prices = _prices(run.pk, run.sha256)
    return engine.explain_candidate(problem, cohort, key, prices=prices)


@lru_cache(maxsize=2)
def _choice(pk: int, sha256: str) -> tuple[engine.ChoiceProblem, engine.Cohort]:
    """A run's problem and cohort; the hash is part of the key, as a number may be given anew."""
    return choice_of(SelectionRun.objects.get(pk=pk))


@lru_cache(maxsize=2)
def _prices(pk: int, sha256: str) -> tuple[engine.QuotaPrice, ...]:
    return engine.quota_prices(*_choice(pk, sha256))
