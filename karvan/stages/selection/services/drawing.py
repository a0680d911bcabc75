"""A cohort drawn by lot among those whose mark is enough, with the fairest chances quotas allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Call

from ..errors import NothingToChoose, RunOutdated
from ..models import SelectionRun
from ..pool import Pool, fingerprint
from ..reasons import points
from .keeping import keep_run, ruling, waiting_list, write_decisions
from .proposing import in_people, require_pool
from .ready import problem_of, ready_pool

Quotas = Sequence[Mapping[str, Any]]


def require_lottery(
    call: Call, *, places: int, quotas: Quotas, least_mark: int, seed: str, is_corrected: bool
) -> int:
    """Refuse a lottery that cannot be held; returns how many applications would be in it.

    ``least_mark`` is in hundredths of a point of 100.

    Raises:
        NothingToChoose: no application has all its reads, or nobody has the mark.
        SamePersonTwice: one person stands in two applications.
        QuotaNotPossible: a quota without a limit in order, or told twice.
    """
    ready = ready_pool(call, is_corrected=is_corrected)
    return len(_qualified(ready.pool, places, quotas, least_mark, seed).candidates)


def propose_by_lottery(
    call: Call,
    *,
    places: int,
    quotas: Quotas,
    least_mark: int,
    seed: str,
    note: str = "",
    is_corrected: bool = True,
    by: Person | None,
) -> SelectionRun:
    """Draw a cohort among those with at least a mark, and keep the run whole; returns the run.

    Everybody qualified gets the fairest chance the quotas allow (leximin); merit plays no
    other part. The seed draws the panel, so anybody can draw it again. The engine works
    before the transaction begins, so that nobody waits for it.

    Raises:
        RunOutdated: a mark or an application changed while it was worked out.
        and as ``require_lottery``.

    Cost: one run of the engine; seconds for some hundred people under six quotas.
    """
    ready = ready_pool(call, is_corrected=is_corrected)
    wanted = in_people(quotas, places)
    problem = _qualified(ready.pool, places, wanted, least_mark, seed)
    answer = engine.choose_by_lottery(problem)
    with transaction.atomic():
        locked = (
            Call.objects.select_for_update(of=("self",))
            .select_related("activity__edition")
            .get(pk=call.pk)
        )
        if fingerprint(locked) != ready.at:
            raise RunOutdated(
                _("Marks or applications have changed while the lottery was worked out.")
            )
        return _kept(locked, problem, answer, wanted, ready.pool, least_mark, note, by)


def _kept(
    call: Call,
    problem: engine.ChoiceProblem,
    answer: engine.Lottery | engine.Infeasible,
    quotas: Quotas,
    pool: Pool,
    least_mark: int,
    note: str,
    by: Person | None,
) -> SelectionRun:
    run = keep_run(
        call,
        problem,
        answer,
        quotas=quotas,
        pool=pool,
        note=note,
        method=SelectionRun.Method.LOTTERY,
        by=by,
    )
    if isinstance(answer, engine.Lottery):
        _decide(run, problem, answer, pool, least_mark)
    after = {
        "run": run.number,
        "method": run.method,
        "places": run.places,
        "candidates": len(problem.candidates),
        "least_mark": points(least_mark),
        "not_read_enough": len(pool.unread),
        "is_corrected": run.is_corrected,
        "is_feasible": run.is_feasible,
        "sha256": run.sha256,
    }
    record("proposed selection", run, by=by, after=after, reason=note)
    return run


def _qualified(
    pool: Pool, places: int, quotas: Quotas, least_mark: int, seed: str
) -> engine.ChoiceProblem:
    """The engine's problem over those whose mark is enough."""
    require_pool(pool)
    whole = problem_of(pool, places, quotas, seed[:64])
    candidates = tuple(one for one in whole.candidates if one.merit >= least_mark)
    if not candidates:
        raise NothingToChoose(
            _("No application has a mark of %(mark)s or more.") % {"mark": points(least_mark)}
        )
    return replace(whole, candidates=candidates)


def _decide(
    run: SelectionRun,
    problem: engine.ChoiceProblem,
    lottery: engine.Lottery,
    pool: Pool,
    least_mark: int,
) -> None:
    """One decision for each application of the pool: drawn, not drawn, or not in the lottery."""
    chosen = set(engine.draw_panel(lottery, problem.seed))
    tickets = {one.key: engine.ticket(problem.seed, one.key) for one in problem.candidates}
    by_lot = sorted((k for k in tickets if k not in chosen), key=lambda k: (tickets[k], k))
    waiting, chances = waiting_list(problem, by_lot), lottery.chances
    rulings = []
    for one in sorted(pool.entrants, key=lambda e: (-pool.merit(e.pk), e.number)):
        detail = {"least": least_mark, "chance": chances.get(one.number)}
        reason = "lottery_drawn" if one.number in chosen else "lottery_not_drawn"
        if one.number not in tickets:
            reason = "below_least_mark"
        rulings.append(ruling(one.number, reason, chosen, waiting, detail))
    write_decisions(run, rulings, pool)
