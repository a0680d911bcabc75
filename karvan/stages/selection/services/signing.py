"""Two persons stand for a run before anybody hears of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application

from ..errors import (
    AlreadyDissented,
    AlreadySigned,
    MayNotSign,
    NotFeasible,
    OfferAnswered,
    ReasonMissing,
    RunOutdated,
    WrongState,
)
from ..models import Offer, SelectionRun, SignOff
from ..pool import marks_for
from ..sealing import seal_of

NEEDED = 2


@transaction.atomic
def sign_off(run: SelectionRun, *, statement: str = "", by: Person) -> SelectionRun:
    """Stand for a run; with the second person it is signed and sealed. Returns the run.

    Whoever proposed it may be one of the two.

    Raises:
        MayNotSign: no officer, administrator or coordinator there.
        NotFeasible: the run found no cohort.
        WrongState: it is signed or set aside, or another run of the call is signed.
        AlreadySigned: the person has signed it.
        AlreadyDissented: the person has dissented from it.
        RunOutdated: marks or applications changed since it was made.
    """
    run = locked_run(run)
    _check(run, by)
    SignOff.objects.create(run=run, person=by, statement=statement, at=clock.now())
    count = run.signoffs.count()
    if count >= NEEDED:
        run.state, run.signed_at = SelectionRun.State.SIGNED, clock.now()
        run.seal = seal_of(run.sha256, run.signoffs.all(), run.dissents.all())
        run.save(update_fields=["state", "signed_at", "seal"])
    after = {"signatures": count, "state": run.state, "sha256": run.sha256, "seal": run.seal}
    record("signed selection", run, by=by, after=after, reason=statement)
    return run


@transaction.atomic
def set_aside(run: SelectionRun, *, reason: str, by: Person | None) -> SelectionRun:
    """Put a run aside, so that another can be signed.

    Raises:
        ReasonMissing: no reason was given.
        WrongState: it is set aside already.
        OfferAnswered: offers were sent by it and not withdrawn.
    """
    run = locked_run(run)
    if not reason.strip():
        raise ReasonMissing(_("Say why the run is set aside."))
    if run.state == SelectionRun.State.SET_ASIDE:
        raise WrongState(_("This run has been set aside already."))
    if run.offers.exclude(state=Offer.State.WITHDRAWN).exists():
        raise OfferAnswered(_("Offers were sent by this run: withdraw them first."))
    before = run.state
    run.state = SelectionRun.State.SET_ASIDE
    run.save(update_fields=["state"])
    record(
        "set selection aside",
        run,
        by=by,
        before={"state": before},
        after={"state": run.state},
        reason=reason,
    )
    return run


def _check(run: SelectionRun, by: Person) -> None:
    if not holds(by, RUNNERS, run.scope):
        raise MayNotSign(
            _("Only an officer, an administrator or the coordinator signs a selection.")
        )
    if not run.is_feasible:
        raise NotFeasible(_("This run found no cohort; change its quotas and propose again."))
    if run.state != SelectionRun.State.PROPOSED:
        raise WrongState(_("This run is signed or set aside already."))
    if SelectionRun.objects.filter(call=run.call, state=SelectionRun.State.SIGNED).exists():
        raise WrongState(_("Another run of this call is signed. Set it aside first."))
    if run.signoffs.filter(person=by).exists():
        raise AlreadySigned(_("You have already signed this run; another person must."))
    if run.dissents.filter(person=by).exists():
        raise AlreadyDissented(_("You have dissented from this run; another person must sign."))
    if _has_changed(run):
        raise RunOutdated(
            _("Marks or applications have changed since this run was made. Propose anew.")
        )


def _has_changed(run: SelectionRun) -> bool:
    """True if an application of the run has other marks now, or is out of the running."""
    now = marks_for(run.call, run.is_corrected)
    eligible = set(
        run.call.applications.filter(state=Application.State.SUBMITTED).values_list("pk", flat=True)
    )
    decided = run.decisions.values_list("application_id", "merit")
    return any(pk not in eligible or now.get(pk) != merit for pk, merit in decided)


def locked_run(run: SelectionRun) -> SelectionRun:
    """The run, locked with its call, so that two runs are not signed at once."""
    return (
        SelectionRun.objects.select_for_update(of=("self", "call"))
        .select_related("call__activity")
        .get(pk=run.pk)
    )
