"""From marks to a proposed cohort: one run of the engine, kept whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Call
from karvan.stages.editions.models import EditionPartner
from karvan.stages.editions.queries import activity_document

from ..errors import NothingToChoose, SamePersonTwice
from ..models import SelectionRun
from ..pool import Pool, pool_of_call
from ..quotas import NOMINATED_BY, RESERVED, value_of
from .keeping import decide, keep_run
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
    require_pool(pool)
    seats = call.places if places is None else places
    wanted = default_quotas(call, seats, pool) if quotas is None else in_people(quotas, seats)
    problem = problem_of(pool, seats, wanted, (str(seed) or call.slug)[:64])
    answer = engine.choose_cohort(problem)
    run = keep_run(call, problem, answer, quotas=wanted, pool=pool, note=note, by=by)
    if isinstance(answer, engine.Cohort):
        decide(run, problem, answer, pool)
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


def require_pool(pool: Pool) -> None:
    """Refuse a pool nobody can be chosen from, or in which somebody could be chosen twice.

    Raises:
        NothingToChoose, SamePersonTwice.
    """
    if not pool.entrants:
        raise NothingToChoose(_("No application has been read as often as the rubric asks."))
    if pool.twice:
        raise SamePersonTwice(twice_in_words(pool.twice))


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
    found = in_people(
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


def in_people(quotas: Quotas, places: int) -> list[dict[str, Any]]:
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
