"""A partner puts people forward for the places reserved for it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import EditionPartner

from ..errors import AlreadyNominated, CallNotOpen, NoSeatLeft, WrongState
from ..letters import call_address, local_moment
from ..models import Application, Call, Nomination

_State = Nomination.State


@transaction.atomic
def nominate(
    call: Call, *, party: Party, name: str, email: str, note: str = "", by: Person
) -> Nomination:
    """Put a person forward and invite him or her to apply; returns the nomination.

    A nomination does not replace the application: who is named applies like everybody.
    One withdrawn before is taken up again.

    Raises:
        CallNotOpen: the call is not published, or its door has shut.
        NoSeatLeft: the party has no reserved place here, or all are used.
        AlreadyNominated: the party named this address before.
        WrongState: no name, or the address is none.
    """
    if call.state != Call.State.PUBLISHED or clock.now() >= call.closes_at:
        raise CallNotOpen(_("People can be nominated only until the call closes."))
    address, known_as = email.strip().lower(), " ".join(name.split())
    _check_person(known_as, address)
    seats = _seats(call, party)
    earlier = Nomination.objects.filter(call=call, party=party, email=address).first()
    if earlier and earlier.state != _State.WITHDRAWN:
        raise AlreadyNominated(_("%(party)s has nominated this person already.") % {"party": party})
    used = call.nominations.filter(party=party).exclude(state=_State.WITHDRAWN).count()
    if used >= seats:
        raise NoSeatLeft(
            _("%(party)s has %(seats)d reserved places here and has used %(used)d.")
            % {"party": party, "seats": seats, "used": used}
        )
    made = earlier or Nomination(call=call, party=party, email=address)
    made.name, made.note, made.made_at = known_as, note.strip(), clock.now()
    made.made_by = by
    made.application = call.applications.filter(
        email=address, state__in=[Application.State.SUBMITTED, Application.State.INELIGIBLE]
    ).first()
    made.state = _State.APPLIED if made.application else _State.PROPOSED
    made.save()
    _invite(made, by=by)
    # The record outlives an erasure, so it does not say whom.
    record("nominated", made, by=by, after={"party": party.code, "state": made.state})
    return made


@transaction.atomic
def withdraw_nomination(
    nomination: Nomination, *, reason: str = "", by: Person | None
) -> Nomination:
    """Take a nomination back; its place is free again. An application stays.

    Raises:
        WrongState: it was withdrawn already.
    """
    kept = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if kept.state == _State.WITHDRAWN:
        raise WrongState(_("This nomination was withdrawn already."))
    before = kept.state
    kept.state, kept.application = _State.WITHDRAWN, None
    kept.save(update_fields=["state", "application"])
    after = {"state": kept.state}
    record("withdrawn", kept, by=by, before={"state": before}, after=after, reason=reason)
    return kept


def _seats(call: Call, party: Party) -> int:
    """The places reserved for the party; its rows are locked, so two cannot take the last."""
    rows = EditionPartner.objects.select_for_update().filter(
        edition_id=call.activity.edition_id, party=party
    )
    return sum(row.reserved_seats for row in rows)


def _check_person(name: str, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise WrongState(_("This is not an e-mail address.")) from None
    if not name:
        raise WrongState(_("Write the person's full name."))


def _invite(nomination: Nomination, *, by: Person | None) -> None:
    if nomination.state != _State.PROPOSED:
        return
    call = nomination.call
    language = (call.languages or ["en"])[0]
    write_message(
        "calls/nominated",
        to=nomination.email,
        key=f"calls/nominated:{nomination.pk}",
        context={
            "nomination": nomination,
            "call": call,
            "when": local_moment(call.advertised_deadline, call, language),
            "link": call_address(call, language),
        },
        language=language,
        scope=call.scope,
        by=by,
    )
