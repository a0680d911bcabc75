"""A member of the committee who does not agree says so, and it is sealed with the run."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import AlreadyDissented, AlreadySigned, MayNotDissent, ReasonMissing, WrongState
from ..models import Dissent, SelectionRun
from .signing import locked_run


@transaction.atomic
def dissent(run: SelectionRun, *, statement: str, by: Person) -> Dissent:
    """Put on record that somebody does not agree with a run, and why; returns the dissent.

    It stops nobody from signing. Once the run is signed it is sealed, and nothing can be
    added: dissent comes before.

    Raises:
        MayNotDissent: no officer, administrator or coordinator there.
        ReasonMissing: nothing was stated.
        WrongState: the run is signed or set aside, or found no cohort.
        AlreadySigned: the person has signed it.
        AlreadyDissented: the person has dissented from it.
    """
    run = locked_run(run)
    if not holds(by, RUNNERS, run.scope):
        raise MayNotDissent(
            _("Only an officer, an administrator or the coordinator dissents from a selection.")
        )
    if not statement.strip():
        raise ReasonMissing(_("Say what you do not agree with."))
    if run.state != SelectionRun.State.PROPOSED or not run.is_feasible:
        raise WrongState(_("One can dissent only from a run that is proposed and not yet signed."))
    if run.signoffs.filter(person=by).exists():
        raise AlreadySigned(_("You have signed this run."))
    if run.dissents.filter(person=by).exists():
        raise AlreadyDissented(_("You have dissented from this run already."))
    made = Dissent.objects.create(run=run, person=by, statement=statement.strip(), at=clock.now())
    record("dissented from selection", run, by=by, after={"run": run.number}, reason=made.statement)
    return made
