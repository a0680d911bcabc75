"""A run is kept whole, with one decision for each application that was in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Call
from karvan.stages.reviews.queries import criterion_means
from karvan.stages.reviews.services.calibrating import calibration_by_number

from ..models import Decision, SelectionRun
from ..pool import Pool

Answer = engine.Cohort | engine.Infeasible | engine.Lottery


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided for one application: its outcome, the code of the reason, and its numbers."""

    key: str
    outcome: Decision.Outcome
    reason: str
    waiting: int | None
    detail: Mapping[str, Any]


def keep_run(
    call: Call,
    problem: engine.ChoiceProblem,
    answer: Answer,
    *,
    quotas: Sequence[Mapping[str, Any]],
    pool: Pool,
    note: str,
    method: SelectionRun.Method = SelectionRun.Method.MERIT,
    by: Person | None,
) -> SelectionRun:
    """The run with its document, which holds the correction of the marks too. Within a transaction."""
    earlier = (calibration_by_number(call),) if pool.marks.is_corrected else ()
    asked = "lottery" if method == SelectionRun.Method.LOTTERY else ""
    document = engine.canonical_document(problem, answer, asked=asked, earlier=earlier)
    last = SelectionRun.objects.filter(call=call).order_by("-number").first()
    return SelectionRun.objects.create(
        call=call,
        number=last.number + 1 if last else 1,
        method=method,
        is_corrected=pool.marks.is_corrected,
        places=problem.places,
        quotas=list(quotas),
        seed=problem.seed,
        document=document,
        sha256=engine.document_hash(document),
        value=answer.value if isinstance(answer, engine.Cohort) else None,
        bound=answer.bound if isinstance(answer, engine.Cohort) else None,
        is_proved=not isinstance(answer, engine.Infeasible) and answer.proved,
        is_feasible=not isinstance(answer, engine.Infeasible),
        clash=_clash(answer) if isinstance(answer, engine.Infeasible) else {},
        left_out=[*pool.unread, *(one.number for one in pool.teams if one.is_known)],
        note=note,
        made_by=by,
        made_at=clock.now(),
    )


def decide(
    run: SelectionRun, problem: engine.ChoiceProblem, cohort: engine.Cohort, pool: Pool
) -> None:
    """One decision for each application that was in the run."""
    waiting, chosen = waiting_list(problem, cohort.waiting), set(cohort.chosen)
    ordered = sorted(
        problem.candidates, key=lambda c: (-c.merit, cohort.tickets.get(c.key, 0), c.key)
    )
    rulings = []
    for candidate in ordered:
        standing = cohort.standing[candidate.key]
        detail = {
            "cutoff": standing.cutoff,
            "quotas": list(standing.quotas),
            "points": standing.points,
            "seats": standing.seats,
        }
        rulings.append(ruling(candidate.key, standing.code, chosen, waiting, detail))
    write_decisions(run, rulings, pool)


def ruling(
    key: str,
    reason: str,
    chosen: set[str],
    waiting: Mapping[str, int],
    detail: Mapping[str, Any],
) -> Ruling:
    """What is decided for one, given who is in and who waits."""
    outcome = Decision.Outcome.DECLINED
    if key in chosen:
        outcome = Decision.Outcome.SELECTED
    elif key in waiting:
        outcome = Decision.Outcome.WAITING
    return Ruling(key, outcome, reason, waiting.get(key), detail)


def write_decisions(run: SelectionRun, rulings: Sequence[Ruling], pool: Pool) -> None:
    """The rulings as rows, ranked in the order given, each with its marks and its reads."""
    ids = {one.number: one.pk for one in pool.entrants}
    means = criterion_means(run.call)
    rows = []
    for rank, one in enumerate(rulings, start=1):
        pk = ids[one.key]
        mark = pool.marks.by_application[pk]
        rows.append(
            Decision(
                run=run,
                application_id=pk,
                outcome=one.outcome,
                merit=mark.decides,
                raw=mark.raw,
                deviation=mark.deviation,
                reads=mark.reads,
                rank=rank,
                waiting_rank=one.waiting,
                reason=one.reason,
                reason_detail={**one.detail, "criteria": means.get(pk, {}), "apart": mark.apart},
            )
        )
    Decision.objects.bulk_create(rows, batch_size=500)


def _clash(answer: engine.Infeasible) -> dict[str, Any]:
    return {
        "quotas": list(answer.clash),
        "relaxations": [
            [
                {"quota": c.quota, "side": c.side, "before": c.before, "after": c.after}
                for c in changes
            ]
            for changes in answer.relaxations
        ],
    }


def waiting_list(problem: engine.ChoiceProblem, ordered: Sequence[str]) -> dict[str, int]:
    """The waiting list by key: as many people as there are places, and whom quotas may need.

    Merit order alone could leave nobody on it who keeps a quota when somebody declines,
    so each floor has as many of its own people waiting as it asks for.
    """
    candidates = {c.key: c for c in problem.candidates}
    left, found = problem.places, set()
    for key in ordered:
        if left > 0:
            found.add(key)
            left -= candidates[key].seats
    for quota in problem.quotas:
        needed = quota.floor or 0
        for key in ordered:
            people = candidates[key].people_counted_by(quota)
            if needed > 0 and people:
                found.add(key)
                needed -= people
    return {key: place for place, key in enumerate((k for k in ordered if k in found), start=1)}
