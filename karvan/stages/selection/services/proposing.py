"""From marks to a proposed cohort: one run of the engine, kept whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Call
from karvan.stages.editions.models import EditionPartner
from karvan.stages.editions.queries import activity_document
from karvan.stages.reviews.queries import criterion_means
from karvan.stages.reviews.services.calibrating import calibration_by_number

from ..errors import NothingToChoose, SamePersonTwice
from ..models import Decision, SelectionRun
from ..pool import Pool, pool_of_call
from ..quotas import NOMINATED_BY, RESERVED, value_of
from .ready import problem_of

Quotas = Sequence[Mapping[str, Any]]


@transaction.atomic
def propose_selection(
    call: Call,
    *,
    places: int | None = None,
    quotas: Quotas | None = None,
    seed: str | int = "",
    note: str = "",
    is_corrected: bool = True,
    by: Person | None,
) -> SelectionRun:
    """Choose a cohort by merit under quotas and keep the run whole; returns the run.

    ``places`` are the call's unless given. ``quotas`` None takes the blueprint's and the
    partners' reserved places (``default_quotas``); in a list each has ``key``,
    ``attribute``, ``values`` (or "each"), and ``floor`` and ``ceiling`` in people or
    ``floor_percent`` and ``cap_percent`` of the places. ``seed`` decides among equals.
    ``is_corrected`` asks for marks corrected for strict and lenient reviewers; where the
    reading does not allow it, the means as given decide and the run says so.
    A run that finds no cohort is kept too: it says which quotas clash and decides nothing.

    Raises:
        NothingToChoose: no application has all its reads.
        SamePersonTwice: one person stands in two applications.
        QuotaNotPossible: a quota without a limit in order, or told twice.

    Cost: some ten queries, one run of the engine (0.05 s for 1,000 applications) and one
    row for each application.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("activity__edition")
        .get(pk=call.pk)
    )
    pool = pool_of_call(call, is_corrected=is_corrected)
    if not pool.entrants:
        raise NothingToChoose(_("No application has been read as often as the rubric asks."))
    if pool.twice:
        raise SamePersonTwice(twice_in_words(pool.twice))
    seats = call.places if places is None else places
    wanted = default_quotas(call, seats, pool) if quotas is None else _in_people(quotas, seats)
    problem = problem_of(pool, seats, wanted, (str(seed) or call.slug)[:64])
    answer = engine.choose_cohort(problem)
    run = _kept(call, problem, answer, wanted, pool, note, by)
    if isinstance(answer, engine.Cohort):
        _decide(run, problem, answer, pool)
    after = {
        "run": run.number,
        "places": seats,
        "candidates": len(pool.entrants),
        "not_read_enough": len(pool.unread),
        "is_corrected": run.is_corrected,
        "is_feasible": run.is_feasible,
        "sha256": run.sha256,
    }
    record("proposed selection", run, by=by, after=after, reason=note)
    return run


def twice_in_words(twice: Sequence[Sequence[str]]) -> str:
    """Which applications share a person, and what to do."""
    pairs = "; ".join(", ".join(numbers) for numbers in twice)
    return _(
        "The same person stands in more than one application: %(pairs)s. Withdraw one of each,"
        " or correct the e-mail addresses of the members, then propose again."
    ) % {"pairs": pairs}


def default_quotas(call: Call, places: int, pool: Pool | None = None) -> list[dict[str, Any]]:
    """The blueprint's quotas and the partners' reserved places, in people of ``places``.

    No more places are held for a partner than its nominees could take.
    """
    selection = activity_document(call.activity).get("selection") or {}
    found = _in_people(
        [q for q in selection.get("quotas") or () if "per_team_at_least" not in q], places
    )
    people = (pool or pool_of_call(call)).people
    for partner in EditionPartner.objects.filter(
        edition_id=call.activity.edition_id, reserved_seats__gt=0
    ).select_related("party"):
        quota = {
            "key": f"{RESERVED}/{partner.party.code}",
            "title": partner.party.names,
            "attribute": NOMINATED_BY,
            "values": [partner.party.code],
            "ceiling": None,
        }
        held = min(partner.reserved_seats, people.counted(quota))
        if held:
            found.append({**quota, "floor": held})
    return found


def _in_people(quotas: Quotas, places: int) -> list[dict[str, Any]]:
    """The quotas as a run keeps them: floor and ceiling in people, either may be None."""
    found = []
    for quota in quotas:
        floor, ceiling = quota.get("floor"), quota.get("ceiling")
        if quota.get("floor_percent") is not None:
            floor = engine.share_to_people(quota["floor_percent"], places, "floor")
        if quota.get("cap_percent") is not None:
            ceiling = engine.share_to_people(quota["cap_percent"], places, "ceiling")
        name, values = quota["attribute"], quota["values"]
        title = quota.get("title") or {"en": quota["key"]}
        found.append(
            {
                "key": quota["key"],
                "title": title,
                "attribute": name,
                "values": values if values == "each" else [value_of(name, v) for v in values],
                "floor": floor,
                "ceiling": ceiling,
            }
        )
    return found


def _kept(
    call: Call,
    problem: engine.ChoiceProblem,
    answer: engine.Cohort | engine.Infeasible,
    quotas: Quotas,
    pool: Pool,
    note: str,
    by: Person | None,
) -> SelectionRun:
    earlier = (calibration_by_number(call),) if pool.marks.is_corrected else ()
    document = engine.canonical_document(problem, answer, earlier=earlier)
    last = SelectionRun.objects.filter(call=call).order_by("-number").first()
    found = isinstance(answer, engine.Cohort)
    return SelectionRun.objects.create(
        call=call,
        number=last.number + 1 if last else 1,
        is_corrected=pool.marks.is_corrected,
        places=problem.places,
        quotas=list(quotas),
        seed=problem.seed,
        document=document,
        sha256=engine.document_hash(document),
        value=answer.value if isinstance(answer, engine.Cohort) else None,
        bound=answer.bound if isinstance(answer, engine.Cohort) else None,
        is_proved=isinstance(answer, engine.Cohort) and answer.proved,
        is_feasible=found,
        clash={} if isinstance(answer, engine.Cohort) else _clash(answer),
        left_out=[*pool.unread, *(one.number for one in pool.teams if one.is_known)],
        note=note,
        made_by=by,
        made_at=clock.now(),
    )


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


def _decide(
    run: SelectionRun, problem: engine.ChoiceProblem, cohort: engine.Cohort, pool: Pool
) -> None:
    """One decision for each application that was in the run."""
    ids = {one.number: one.pk for one in pool.entrants}
    means = criterion_means(run.call)
    waiting = _waiting(problem, cohort)
    chosen = set(cohort.chosen)
    ordered = sorted(
        problem.candidates, key=lambda c: (-c.merit, cohort.tickets.get(c.key, 0), c.key)
    )
    rows = []
    for rank, candidate in enumerate(ordered, start=1):
        key, standing = candidate.key, cohort.standing[candidate.key]
        outcome = Decision.Outcome.DECLINED
        if key in chosen:
            outcome = Decision.Outcome.SELECTED
        elif key in waiting:
            outcome = Decision.Outcome.WAITING
        mark = pool.marks.by_application[ids[key]]
        detail = {
            "cutoff": standing.cutoff,
            "quotas": list(standing.quotas),
            "points": standing.points,
            "seats": standing.seats,
            "criteria": means.get(ids[key], {}),
            "apart": mark.apart,
        }
        rows.append(
            Decision(
                run=run,
                application_id=ids[key],
                outcome=outcome,
                merit=candidate.merit,
                raw=mark.raw,
                deviation=mark.deviation,
                reads=mark.reads,
                rank=rank,
                waiting_rank=waiting.get(key),
                reason=standing.code,
                reason_detail=detail,
            )
        )
    Decision.objects.bulk_create(rows, batch_size=500)


def _waiting(problem: engine.ChoiceProblem, cohort: engine.Cohort) -> dict[str, int]:
    """The waiting list by key: as many people as there are places, and whom quotas may need.

    Merit order alone could leave nobody on it who keeps a quota when somebody declines,
    so each floor has as many of its own people waiting as it asks for.
    """
    candidates = {c.key: c for c in problem.candidates}
    left, found = problem.places, set()
    for key in cohort.waiting:
        if left > 0:
            found.add(key)
            left -= candidates[key].seats
    for quota in problem.quotas:
        needed = quota.floor or 0
        for key in cohort.waiting:
            people = candidates[key].people_counted_by(quota)
            if needed > 0 and people:
                found.add(key)
                needed -= people
    return {
        key: place for place, key in enumerate((k for k in cohort.waiting if k in found), start=1)
    }
