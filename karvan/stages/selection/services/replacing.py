"""Who comes in when somebody gives a place back: by itself, or asked for by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record, record_many
from karvan.stages.calls.models import Application, Call
from karvan.stages.editions.models import Edition
from karvan.stages.reviews.blind import reading_code

from ..appealing_time import local_day
from ..appeals import HELD, has_begun
from ..coming_in import HAS_BEGUN, NOT_REPLAYED
from ..errors import OfferStillStands, WrongState
from ..models import Decision, Offer, SelectionRun
from ..queries import decisions_listed
from .offering import last_moment, write_decision
from .passing import MOST_NAMED, Passed, why_passed
from .replaying import choice_of
from .telling import tell_coordinators

OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Replaced:
    """Who comes in, or why nobody does.

    reason: the engine's; "has_begun" where nobody is moved in any more, "not_replayed"
            where the run's document is not as it was signed.
    passed: numbers of those passed over though their mark is higher.
    quotas: keys of the quotas that nobody waiting can restore.
    """

    offers: tuple[Offer, ...]
    reason: str
    passed: tuple[str, ...]
    quotas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """Whom the engine would let in, by number, and whom it passed over and why."""

    keys: tuple[str, ...]
    reason: str
    passed: tuple[Passed, ...] = ()
    quotas: tuple[str, ...] = ()


@transaction.atomic
def offer_next(
    offer: Offer, *, days_to_answer: int | None = None, by: Person | None = None
) -> Replaced:
    """Offer a place that was given back to whoever on the waiting list keeps the quotas.

    It happens by itself when a place is given back; this is for the case where nobody
    could come in then, or the activity has begun. Everybody who holds a place keeps it,
    and nobody who was told that there is no place is asked. ``days_to_answer`` is what the
    first offer had unless given. If several places are free, all are filled. A second
    call finds no free place and changes nothing.

    Raises:
        OfferStillStands: the place is offered or accepted.
        WrongState: the run is no longer signed.
        ValueError: the run's document was changed.

    Cost: one replay and one small choice; 1 CPU s for 1,000 applications under 12 quotas.
    """
    run = run_to_move(offer.run_id)
    offer = Offer.objects.select_related("application").get(pk=offer.pk)
    if run.state != SelectionRun.State.SIGNED:
        raise WrongState(_("Only a signed selection has a waiting list."))
    if offer.state in HELD:
        raise OfferStillStands(_("This place is still held; nobody can come in for it."))
    return bring_in(run, look_for_next(run), [offer], days=days_to_answer, by=by)


def run_to_move(pk: int) -> SelectionRun:
    """The run, locked. Whoever frees or fills places of a run locks it before any offer."""
    return (
        SelectionRun.objects.select_for_update(of=("self",))
        .select_related("call__activity__edition")
        .get(pk=pk)
    )


def coming_by_itself(run: SelectionRun) -> Coming | None:
    """Who comes in for places just given back; None where no place is filled any more.

    Nobody is moved into an activity that has begun.

    Cost: one replay and one small choice; 1 CPU s for 1,000 applications under 12 quotas.
    """
    call = run.call
    if run.state != SelectionRun.State.SIGNED or call.state == Call.State.CANCELLED:
        return None
    if call.activity.edition.state in OVER:
        return None
    if has_begun(run):
        return Coming((), HAS_BEGUN)
    try:
        return look_for_next(run)
    except ValueError:
        # Somebody's answer must not fail because the document was tampered with: the
        # seal says so on the run's page, and the coordinator is told.
        return Coming((), NOT_REPLAYED)


def look_for_next(run: SelectionRun) -> Coming:
    """The engine's answer, given who holds a place today and who can no longer be asked.

    Raises:
        ValueError: the run's document was changed.
    """
    problem, cohort = choice_of(run)
    taken: set[str] = set()
    left: set[str] = set()
    rows = Decision.objects.filter(run=run).values_list(
        "application__number", "outcome", "application__state", "application__offer__state"
    )
    for number, outcome, state, offered in rows:
        gone = state != Application.State.SUBMITTED or (offered and offered not in HELD)
        if gone or (outcome == Decision.Outcome.DECLINED and not offered):
            left.add(str(number))
        elif offered in HELD:
            taken.add(str(number))
    # Whoever had too low a mark for a lottery was never in the engine's question.
    left &= {one.key for one in problem.candidates}
    found = engine.next_from_waiting(problem, cohort, taken - set(cohort.chosen), left)
    holding = {*cohort.chosen, *taken} - left
    passed = why_passed(problem, holding, found.keys, found.passed)
    return Coming(found.keys, found.reason, passed, found.quotas)


def bring_in(
    run: SelectionRun,
    coming: Coming,
    freed: Sequence[Offer],
    *,
    days: int | None = None,
    by: Person | None,
) -> Replaced:
    """Offer the free places to those who come in, write to them, and put on record why them.

    ``freed`` are the offers whose places were given back; whoever comes in takes the place
    of the first, the next that of the second. Only within a transaction that holds the run.
    """
    offers = _offered(run, coming, freed, days, by)
    for one in freed:
        comers = [new for new, before in offers if before.pk == one.pk]
        after: dict[str, Any] = {
            "offers": len(comers),
            "passed": len(coming.passed),
            "in": " ".join(reading_code(new.application) for new in comers),
            "looked": {"reason": coming.reason, "quotas": list(coming.quotas)},
        }
        record("looked for the next", one, by=by, after=after)
    tell_coordinators(run, freed, offers, by=by)
    return Replaced(
        tuple(new for new, _before in offers),
        coming.reason,
        tuple(one.number for one in coming.passed),
        coming.quotas,
    )


def _offered(
    run: SelectionRun,
    coming: Coming,
    freed: Sequence[Offer],
    days: int | None,
    by: Person | None,
) -> list[tuple[Offer, Offer]]:
    """The new offers, each with the one whose place it takes."""
    now, passed = clock.now(), _on_record(run, coming.passed)
    wanted = decisions_listed(run).filter(application__number__in=coming.keys)
    decisions = {
        str(one.application.number): one for one in wanted.select_related("application__person")
    }
    made: list[tuple[Offer, Offer]] = []
    for at, number in enumerate(coming.keys):
        decision, before = decisions[number], freed[min(at, len(freed) - 1)]
        offer = Offer.objects.create(
            run=run,
            application=decision.application,
            instead_of=before,
            offered_at=now,
            expires_at=last_moment(run, _days(run, before, days)),
        )
        decision.run = run
        write_decision(decision, offer, by=by)
        made.append((offer, before))
    acts = [
        Act(
            "offered place",
            new,
            after={
                "until": new.expires_at,
                "instead_of": reading_code(before.application),
                "moved_in": {"reason": coming.reason, "passed": passed},
            },
        )
        for new, before in made
    ]
    if acts:
        record_many(acts, by=by)
    return made


def _on_record(run: SelectionRun, passed: Sequence[Passed]) -> list[dict[str, Any]]:
    """Those passed over as a record keeps them, which is read while the run is blind."""
    named = passed[:MOST_NAMED]
    rows = run.call.applications.filter(number__in=[one.number for one in named])
    codes = {str(one.number): reading_code(one) for one in rows.only("number", "token")}
    return [
        {
            "code": codes[one.number],
            "mark": one.mark,
            "why": one.why,
            "quotas": list(one.quotas),
        }
        for one in named
    ]


def _days(run: SelectionRun, before: Offer, days: int | None) -> int:
    """How many days to answer: as many as the first had, but not beyond the eve of the activity."""
    if days is not None:
        return days
    given = max(1, (before.expires_at - before.offered_at).days)
    starts_on = run.call.activity.starts_on
    left = (starts_on - local_day(run.call)).days - 1 if starts_on else given
    return min(given, left) if left >= 0 else given
