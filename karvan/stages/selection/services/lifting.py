"""Somebody lifts the blind of a signed run. Nothing else does."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import MayNotLift, ReasonMissing, WrongState
from ..models import SelectionRun
from .signing import locked_run


@transaction.atomic
def lift_blind(run: SelectionRun, *, reason: str, by: Person) -> SelectionRun:
    """Let names stand beside the decisions of a signed run from now on. Returns the run.

    It cannot be undone: who has seen a name has seen it.

    Raises:
        MayNotLift: no officer, administrator or coordinator there.
        ReasonMissing: no reason was given.
        WrongState: the run is not signed, or its blind is lifted already.
    """
    run = locked_run(run)
    if not holds(by, RUNNERS, run.scope):
        raise MayNotLift(_("Only an officer, an administrator or the coordinator lifts the blind."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the blind is lifted."))
    if run.state != SelectionRun.State.SIGNED:
        raise WrongState(_("The blind is lifted only once two persons have signed."))
    if run.blind_lifted_at is not None:
        raise WrongState(_("The blind of this run has been lifted already."))
    run.blind_lifted_at, run.blind_lifted_by = clock.now(), by
    run.save(update_fields=["blind_lifted_at", "blind_lifted_by"])
    record("lifted blind", run, by=by, after={"run": run.number}, reason=reason)
    return run
