"""Stop a bench and let it go on: the safety officer's word, in any state."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..access import is_safety_officer
from ..errors import NotGiven, WrongState
from ..models import Dossier, Transition

STOPPED, RESUMED = "stopped", "resumed"


@transaction.atomic
def stop_dossier(dossier: Dossier, *, reason: str, by: Person) -> Dossier:
    """Stop the bench at once; every row stays as it is, and nothing is changed until it goes on.

    Raises:
        WrongState: it is stopped already, or the person is not the safety officer.
        NotGiven: no reason.
    """
    held = _held(dossier, by)
    if held.stopped_at is not None:
        raise WrongState(_("This bench is stopped already."))
    if not reason.strip():
        raise NotGiven(_("Say why the bench is stopped."))
    held.stopped_at, held.stopped_by, held.stop_reason = clock.now(), by, reason.strip()
    _write(held, held.state, STOPPED, reason.strip(), by)
    return held


@transaction.atomic
def resume_dossier(dossier: Dossier, *, reason: str, by: Person) -> Dossier:
    """Let a stopped bench go on in the state in which it was stopped.

    Raises:
        WrongState: it is not stopped, or the person is not the safety officer.
        NotGiven: it is not said what was put right.
    """
    held = _held(dossier, by)
    if held.stopped_at is None:
        raise WrongState(_("This bench is not stopped."))
    if not reason.strip():
        raise NotGiven(_("Say what was put right."))
    held.stopped_at, held.stopped_by, held.stop_reason = None, None, ""
    _write(held, STOPPED, RESUMED, reason.strip(), by)
    return held


def _held(dossier: Dossier, by: Person) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(
        "activity__edition__blueprint"
    )
    found = rows.get(pk=dossier.pk)
    if not is_safety_officer(by, found.activity):
        raise WrongState(_("Only the safety officer stops a bench or lets it go on."))
    return found


def _write(dossier: Dossier, before: str, after: str, reason: str, by: Person) -> None:
    dossier.save(update_fields=["stopped_at", "stopped_by", "stop_reason", "changed_at"])
    Transition.objects.create(
        dossier=dossier, before=before, after=after, at=clock.now(), by=by, reason=reason
    )
    act = "stopped bench" if after == STOPPED else "let bench go on"
    record(act, dossier, by=by, after={"state": dossier.state}, reason=reason)
