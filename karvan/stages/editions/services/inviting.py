"""People asked to carry an edition: prepared one by one, then written to at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.access import covers
from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.people.services import create_person, grant_role
from karvan.foundation.records.services import record

from ..errors import AlreadyInvited, BadAddress, InvitationNotPossible, WrongState
from ..invited import INVITED
from ..models import Edition, Invitation

_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@transaction.atomic
def prepare_invitation(
    edition: Edition,
    *,
    full_name: str,
    email: str,
    kind: str,
    scope: str = "",
    party: Party | None = None,
    language: str = "en",
    by: Person | None,
) -> Invitation:
    """Write down whom to invite as what; nobody is written to before ``send_invitations``.

    ``scope`` is an activity of the edition, or "" for the whole of it.

    Raises:
        BadAddress: the e-mail address is none.
        AlreadyInvited: this address is to be invited, or its person has this role here.
        InvitationNotPossible: no name, a partner without a party, a party where none
            belongs, a part of another edition, or a closed account.
        WrongState: the edition is over.
        ValueError: nobody is invited to an edition as this kind.
    """
    if kind not in INVITED:
        raise ValueError(f"kind must be among {INVITED}, got {kind!r}")
    edition = _locked(edition)
    name, address, where = (
        " ".join(full_name.split()),
        email.strip().lower(),
        scope or edition.scope,
    )
    _check(edition, name, address, kind, where, party)
    _refuse_twice(edition, address, kind, where, party)
    invitation = Invitation.objects.create(
        edition=edition,
        full_name=name,
        email=address,
        kind=kind,
        scope=where,
        party=party,
        language=language,
        invited_by=by,
        prepared_at=clock.now(),
    )
    record("invitation prepared", invitation, by=by, scope=where, after=_said(invitation))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person | None) -> Invitation:
    """Do without an invitation that has not gone yet.

    Raises:
        WrongState: it was sent, or withdrawn already.
    """
    kept = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if kept.state != Invitation.State.PREPARED:
        raise WrongState(_("This invitation has gone already. Take the role away instead."))
    kept.state = Invitation.State.WITHDRAWN
    kept.save(update_fields=["state"])
    record("invitation withdrawn", kept, by=by, scope=kept.scope, before=_said(kept))
    return kept


@transaction.atomic
def send_invitations(edition: Edition, *, by: Person | None) -> list[Invitation]:
    """Give everybody prepared his or her role and write the letter; returns those invited.

    Who is not registered is registered first. Sent again, nobody is written to twice.

    Raises:
        InvitationNotPossible: the account of one of them is closed; nobody is invited then.
        WrongState: the edition is over.

    Cost: about 10 ms a person.
    """
    edition = _locked(edition)
    waiting = list(
        Invitation.objects.select_for_update(of=("self",))
        .filter(edition=edition, state=Invitation.State.PREPARED)
        .select_related("party")
        .order_by("pk")
    )
    for one in waiting:
        one.person = _person(one, edition, by)
        _give_role(one, by)
        one.state, one.sent_at = Invitation.State.SENT, clock.now()
        one.save(update_fields=["person", "state", "sent_at"])
        _write(one, edition, by)
    if waiting:
        record("invitations sent", edition, by=by, after={"letters": len(waiting)})
    return waiting


def _locked(edition: Edition) -> Edition:
    locked = Edition.objects.select_for_update(of=("self",)).select_related("country", "programme")
    kept = locked.get(pk=edition.pk)
    if kept.state in _OVER:
        raise WrongState(_("This edition is over; nobody is invited any more."))
    return kept


def _check(
    edition: Edition, name: str, address: str, kind: str, scope: str, party: Party | None
) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise BadAddress(
            _("“%(email)s” is no e-mail address. Write it as name@example.org.")
            % {"email": address}
        ) from None
    if not name:
        raise InvitationNotPossible(_("Write the full name."))
    if (kind == Role.Kind.PARTNER) != (party is not None):
        raise InvitationNotPossible(
            _("A partner speaks for a party: choose which. Nobody else does.")
        )
    known = {edition.scope, *edition.activities.values_list("scope", flat=True)}
    if scope not in known:
        raise InvitationNotPossible(_("“%(scope)s” is no part of this edition.") % {"scope": scope})


def _refuse_twice(
    edition: Edition, address: str, kind: str, scope: str, party: Party | None
) -> None:
    person = Person.objects.filter(email=address).first()
    _refuse_closed(person)
    same = edition.invitations.filter(email=address, kind=kind, scope=scope)
    there = same.exclude(state=Invitation.State.WITHDRAWN).first()
    if there:
        raise AlreadyInvited(
            _("%(name)s (%(email)s) is to be invited as this already.")
            % {"name": there.full_name, "email": address}
        )
    held = person.roles.filter(kind=kind, party=party, valid_to__isnull=True) if person else ()
    if person and any(covers(role.scope, scope) for role in held):
        raise AlreadyInvited(
            _("%(name)s (%(email)s) has this role here already.")
            % {"name": person, "email": address}
        )


def _refuse_closed(person: Person | None) -> None:
    if person and not person.is_active:
        raise InvitationNotPossible(
            _("The account of %(name)s is closed; an administrator can open it.") % {"name": person}
        )


def _person(one: Invitation, edition: Edition, by: Person | None) -> Person:
    known = Person.objects.filter(email=one.email).first()
    _refuse_closed(known)
    return known or create_person(
        full_name=one.full_name,
        email=one.email,
        language=one.language,
        by=by,
    )


def _give_role(one: Invitation, by: Person | None) -> None:
    person: Any = one.person
    standing = person.roles.filter(kind=one.kind, party=one.party, valid_to__isnull=True)
    if not any(covers(role.scope, one.scope) for role in standing):
        grant_role(person, kind=one.kind, scope=one.scope, party=one.party, by=by)


def _write(one: Invitation, edition: Edition, by: Person | None) -> None:
    person: Any = one.person
    with override(person.language):
        page = reverse("editions:edition", args=[edition.slug])
        way_in = f"{reverse('account_request_login_code')}?next={page}"
    write_message(
        "editions/invitation",
        to=person,
        key=f"editions/invitation:{one.pk}",
        context={
            "invitation": one,
            "edition": edition,
            "role": Role.Kind(one.kind).label,
            "kind": one.kind,
            "activity": edition.activities.filter(scope=one.scope).first(),
            "by": by,
            "link": f"{settings.SITE_ADDRESS}{way_in}",
        },
        scope=one.scope,
        by=by,
    )


def _said(one: Invitation) -> dict[str, Any]:
    """What the record says of it: records outlive an erasure, so neither name nor address."""
    said = {"role": one.kind, "scope": one.scope, "party": one.party.code if one.party else None}
    return {key: value for key, value in said.items() if value is not None}
