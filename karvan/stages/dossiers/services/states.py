"""Move a dossier from state to state; each step has its guard and its role."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from .. import guards
from ..access import is_member, may_move
from ..errors import InsideTheTeam, NotGiven, NotReady, Stopped, WrongState
from ..models import Dossier, Transition
from .gating import sign_open_items

State = Dossier.State

# From each state, where a dossier may go next.
WAYS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.CLEARED,),
    State.CLEARED: (State.TEARDOWN,),
    State.TEARDOWN: (State.DOCUMENTED,),
    State.DOCUMENTED: (State.REDESIGN, State.VERIFIED),
    State.REDESIGN: (State.VERIFIED,),
}  # a verified dossier is released, and superseded, in services/releasing.py
CLOSED = (State.SUPERSEDED, State.WITHDRAWN)


def missing_for(dossier: Dossier, to: str) -> list[str]:
    """All that is missing before the dossier may go to ``to``, each in a sentence."""
    return guards.missing_for(dossier, to)


@transaction.atomic
def move_dossier(dossier: Dossier, *, to: str, by: Person) -> Dossier:
    """Bring a dossier to its next state, as the role that this step asks for.

    Clearing it signs what the safety officer has not signed yet among the answered items of
    safety, biology and environment.

    Raises:
        Stopped: the safety officer has stopped the bench.
        WrongState: no such step from here, or the person has not the role for it.
        InsideTheTeam: a member would verify or accept the team's own dossier.
        NotReady: what is missing, all of it.
    """
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(
        "activity__edition__blueprint", "device_type"
    )
    held = rows.get(pk=dossier.pk)
    _refuse_step(held, to)
    _refuse_role(held, to, by)
    lacks = missing_for(held, to)
    if lacks:
        raise NotReady("\n".join(lacks))
    if to == State.CLEARED:
        sign_open_items(held, by=by)
    _write(held, to, by, "")
    dossier.state = to
    return held


@transaction.atomic
def withdraw_dossier(dossier: Dossier, *, reason: str, by: Person) -> Dossier:
    """Close a dossier for good without a release; its rows stay.

    Raises:
        WrongState: it is closed or released, or the person does not teach or run the workshop.
        NotGiven: no reason.
    """
    held = Dossier.objects.select_for_update().select_related("activity").get(pk=dossier.pk)
    if held.state in (*CLOSED, State.RELEASED):
        raise WrongState(_("What is released or closed is not withdrawn."))
    _refuse_role(held, State.WITHDRAWN, by)
    if not reason.strip():
        raise NotGiven(_("Say why it is withdrawn."))
    _write(held, State.WITHDRAWN, by, reason.strip())
    dossier.state = State.WITHDRAWN
    return held


@transaction.atomic
def choose_path(dossier: Dossier, *, redesigns: bool, by: Person) -> Dossier:
    """Say whether a dossier goes on to a redesign or stops at the documented teardown.

    Raises:
        WrongState: it is past that choice.
    """
    held = Dossier.objects.select_for_update().select_related("activity").get(pk=dossier.pk)
    if held.state not in (State.DRAFT, State.CLEARED, State.TEARDOWN, State.DOCUMENTED):
        raise WrongState(_("The redesign has begun or is over; its path does not change."))
    if held.redesigns != redesigns:
        before = held.redesigns
        held.redesigns = redesigns
        held.save(update_fields=["redesigns", "changed_at"])
        record("changed", held, by=by, before={"redesigns": before}, after={"redesigns": redesigns})
    return held


def _refuse_step(dossier: Dossier, to: str) -> None:
    if dossier.stopped_at is not None:
        raise Stopped(
            _("The safety officer has stopped this bench: %(reason)s")
            % {"reason": dossier.stop_reason}
        )
    if to not in WAYS.get(dossier.state, ()):
        words = {"state": dossier.get_state_display(), "to": _state_word(to)}
        raise WrongState(_("There is no step from “%(state)s” to “%(to)s”.") % words)


def _refuse_role(dossier: Dossier, to: str, by: Person) -> None:
    if may_move(by, dossier, to):
        return
    if to in (State.VERIFIED, State.DOCUMENTED) and is_member(by, dossier):
        raise InsideTheTeam(_("A member of the team cannot judge its own dossier."))
    raise WrongState(ROLE_WORDS[to]())


ROLE_WORDS: dict[str, Callable[[], str]] = {
    State.CLEARED: lambda: _("Only the safety officer clears a device for opening."),
    State.TEARDOWN: lambda: _("The team begins the teardown itself."),
    State.DOCUMENTED: lambda: _("A bench instructor accepts the documentation."),
    State.REDESIGN: lambda: _("The team begins the redesign itself."),
    State.VERIFIED: lambda: _("A reviewer outside the team verifies a dossier."),
    State.RELEASED: lambda: _("The lead instructor releases a dossier."),
    State.SUPERSEDED: lambda: _("The lead instructor supersedes a release."),
    State.WITHDRAWN: lambda: _("Only those who teach or run the workshop withdraw a dossier."),
}


def _state_word(state: str) -> str:
    return str(dict(State.choices).get(state, state))


def _write(dossier: Dossier, to: str, by: Person, reason: str) -> None:
    before = dossier.state
    dossier.state = to
    dossier.save(update_fields=["state", "changed_at"])
    Transition.objects.create(
        dossier=dossier, before=before, after=to, at=clock.now(), by=by, reason=reason
    )
    record(
        "moved on" if to != State.WITHDRAWN else "withdrawn",
        dossier,
        by=by,
        before={"state": before},
        after={"state": to},
        reason=reason,
    )
