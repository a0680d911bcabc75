"""A decision is looked at again: asked by the applicant, decided by somebody who had no part in it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application
from karvan.stages.reviews.blind import reading_code

from ..appealing_time import DAYS_TO_DECIDE, appeal_until, local_day, working_days_after
from ..appeals import free_places, had_a_part, has_begun, may_decide
from ..errors import (
    AppealDecided,
    AppealNotPossible,
    MayNotDecide,
    OfferAnswered,
    ReasonMissing,
    WrongState,
)
from ..models import Appeal, Decision, Offer, SelectionRun
from .offering import address_of, last_moment, write_decision
from .replacing import run_to_move

DAYS_TO_ANSWER = 7
OPEN = Appeal.State.FILED


@transaction.atomic
def file_appeal(decision: Decision, *, text: str, by: Person | None = None) -> Appeal:
    """Ask that a decision be looked at again; returns the appeal.

    Raises:
        ReasonMissing: nothing was written.
        AppealNotPossible: the time is over or there is none, the place is given, the
            application was withdrawn, or there was an appeal before.
    """
    decision = _locked_decision(decision)
    if not text.strip():
        raise ReasonMissing(_("Write what should be looked at again."))
    why_not = why_no_appeal(decision)
    if why_not:
        raise AppealNotPossible(why_not)
    call = decision.run.call
    appeal = Appeal.objects.create(
        decision=decision,
        text=text.strip(),
        filed_at=clock.now(),
        decide_by=working_days_after(call, local_day(call), DAYS_TO_DECIDE),
    )
    after = {"code": reading_code(decision.application), "due": appeal.decide_by}
    record("filed appeal", appeal, by=by, after=after)
    return appeal


def why_no_appeal(decision: Decision) -> str:
    """Why this decision cannot be appealed, in the reader's words; "" where it can.

    Cost: up to nine queries, four of them the country's calendar.
    """
    if decision.run.state != SelectionRun.State.SIGNED:
        return _("This decision does not stand.")
    if hasattr(decision, "appeal"):
        return _("There was an appeal against this decision; there can be one only.")
    if decision.application.state != Application.State.SUBMITTED:
        return _("The application was withdrawn.")
    if decision.outcome == Decision.Outcome.SELECTED or hasattr(decision.application, "offer"):
        return _("A place was offered, so there is nothing to appeal against.")
    until = appeal_until(decision)
    if until is None:
        return _("For this call there is no appeal.")
    if local_day(decision.run.call) > until:
        return _("The time to appeal is over.")
    return ""


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, by: Person | None = None) -> Appeal:
    """Take an appeal back that nobody has decided. It cannot be filed again.

    Raises:
        AppealDecided: it was decided or withdrawn.
    """
    appeal = _open(appeal)
    appeal.state = Appeal.State.WITHDRAWN
    appeal.save(update_fields=["state"])
    record("withdrew appeal", appeal, by=by, before={"state": str(OPEN)}, after=_state(appeal))
    return appeal


@transaction.atomic
def decide_appeal(appeal: Appeal, *, uphold: bool, answer: str, by: Person) -> Appeal:
    """Uphold or reject an appeal and write to the applicant in their language; returns it.

    An upheld appeal gets an offer at once if a place is free and the activity has not
    begun; else ``offer_on_appeal`` is an act of its own. What the run decided stays as it
    is: the appeal stands beside it.

    Raises:
        MayNotDecide: no officer, administrator or coordinator there, or somebody who
            proposed or signed the run, or read the application.
        ReasonMissing: no answer was given.
        AppealDecided: it was decided or withdrawn.
    """
    run = run_to_move(appeal.decision.run_id)
    appeal = _open(appeal)
    if not may_decide(by, run):
        raise MayNotDecide(
            _("Only an officer, an administrator or the coordinator decides an appeal.")
        )
    if had_a_part(by, appeal):
        raise MayNotDecide(
            _("You proposed, signed or read what the appeal is about; somebody else must decide.")
        )
    if not answer.strip():
        raise ReasonMissing(_("Write the answer; the applicant gets it as it is."))
    appeal.state = Appeal.State.UPHELD if uphold else Appeal.State.REJECTED
    appeal.answer, appeal.decided_by, appeal.decided_at = answer.strip(), by, clock.now()
    appeal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    offer = None
    if uphold and not has_begun(run) and _has_room(run, appeal):
        offer = _offered(run, appeal, DAYS_TO_ANSWER)
    act = "upheld appeal" if uphold else "rejected appeal"
    record(act, appeal, by=by, before={"state": str(OPEN)}, after=_state(appeal))
    if offer is not None:
        _on_record(offer, appeal, is_beyond=False, reason=appeal.answer, by=by)
    _write(appeal, offer, by)
    return appeal


@transaction.atomic
def offer_on_appeal(
    appeal: Appeal, *, reason: str, days_to_answer: int = DAYS_TO_ANSWER, by: Person
) -> Offer:
    """Offer a place beyond the places of the run, because an appeal was upheld; returns the offer.

    While more people hold a place than there are places, nobody moves in for whoever
    gives one back.

    Raises:
        MayNotDecide: no officer, administrator or coordinator there.
        ReasonMissing: no reason was given.
        WrongState: the appeal is not upheld, or there is no day to answer.
        OfferAnswered: the application has or had an offer.
    """
    run = run_to_move(appeal.decision.run_id)
    appeal = _locked(appeal)
    if not may_decide(by, run):
        raise MayNotDecide(
            _("Only an officer, an administrator or the coordinator offers this place.")
        )
    if not reason.strip():
        raise ReasonMissing(_("Say why a place is offered beyond the places of the run."))
    if appeal.state != Appeal.State.UPHELD or run.state != SelectionRun.State.SIGNED:
        raise WrongState(_("Only an upheld appeal leads to a place."))
    if days_to_answer < 1:
        raise WrongState(_("Give at least one day to answer."))
    if hasattr(appeal.decision.application, "offer"):
        raise OfferAnswered(_("This application has had an offer."))
    is_beyond = not _has_room(run, appeal)
    offer = _offered(run, appeal, days_to_answer)
    _on_record(offer, appeal, is_beyond=is_beyond, reason=reason, by=by)
    write_decision(appeal.decision, offer, on_appeal=True, by=by)
    return offer


def _has_room(run: SelectionRun, appeal: Appeal) -> bool:
    application = appeal.decision.application
    return (
        application.state == Application.State.SUBMITTED
        and not hasattr(application, "offer")
        and free_places(run) >= application.team_size
    )


def _offered(run: SelectionRun, appeal: Appeal, days: int) -> Offer:
    return Offer.objects.create(
        run=run,
        application=appeal.decision.application,
        offered_at=clock.now(),
        expires_at=last_moment(run, days),
    )


def _on_record(
    offer: Offer, appeal: Appeal, *, is_beyond: bool, reason: str, by: Person | None
) -> None:
    after: dict[str, Any] = {"until": offer.expires_at, "beyond_places": is_beyond}
    record("offered place on appeal", offer, by=by, after=after, reason=reason)


def _write(appeal: Appeal, offer: Offer | None, by: Person | None) -> None:
    application = appeal.decision.application
    to = address_of(appeal.decision)
    if not to:
        return
    context = {
        "application": application,
        "activity": appeal.decision.run.call.activity,
        "appeal": appeal,
        "offer": offer,
    }
    write_message(
        "selection/appeal",
        to=to,
        key=f"selection/appeal:{appeal.pk}",
        context=context,
        language=application.language,
        scope=appeal.scope,
        by=by,
    )


def _state(appeal: Appeal) -> dict[str, str]:
    return {"state": str(appeal.state)}


def _open(appeal: Appeal) -> Appeal:
    appeal = _locked(appeal)
    if appeal.state != OPEN:
        raise AppealDecided(
            _("This appeal is %(state)s already.") % {"state": appeal.get_state_display().lower()}
        )
    return appeal


def _locked(appeal: Appeal) -> Appeal:
    return (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("decision__application__person", "decision__run__call__activity__edition")
        .get(pk=appeal.pk)
    )


def _locked_decision(decision: Decision) -> Decision:
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related("application__person", "run__call__activity__edition")
        .get(pk=decision.pk)
    )
