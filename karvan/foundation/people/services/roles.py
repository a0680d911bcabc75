"""Give a role, take it away."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.errors import LastAdministrator, RoleNotPossible
from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.people.queries import administrators
from karvan.foundation.records.services import record

_SCOPE = re.compile(
    r"(?:[A-Z0-9][A-Za-z0-9-]*(?:/[A-Z0-9][A-Za-z0-9-]*){0,2})?"
    # What is convened and cared for: "organs/gc/gc-12", "titles/culture/2028", "heritage/az".
    r"|(?:organs|titles|heritage)(?:/[a-z0-9][a-z0-9-]*){0,3}",
    re.ASCII,
)


@transaction.atomic
def grant_role(
    person: Person,
    *,
    kind: str,
    scope: str = "",
    party: Party | None = None,
    valid_to: date | None = None,
    by: Person | None,
) -> Role:
    """Give the person a role in a scope and return it.

    Given again with another last day, the role is kept and its day changed.

    Raises:
        RoleNotPossible: a partner without a party, a party where none belongs, a scope
            that is no path, a last day that has passed, or the role is there already.
        ValueError: ``kind`` is not a kind of role.
    """
    if kind not in Role.Kind.values:
        raise ValueError(f"kind must be among {Role.Kind.values}, got {kind!r}")
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _check(kind, scope, party, valid_to)

    held = Role.objects.filter(person=person, kind=kind, scope=scope, party=party).first()
    before = _said(held) if held else {}
    if held and held.valid_to == valid_to:
        raise RoleNotPossible(_("The person has this role already."))
    role = held or Role(person=person, kind=kind, scope=scope, party=party)
    role.valid_to = valid_to
    role.save()
    _forget(person)
    record(
        "role_prolonged" if held else "role_given",
        person,
        by=by,
        scope=scope,
        before=before,
        after=_said(role),
    )
    return role


@transaction.atomic
def withdraw_role(role: Role, *, reason: str = "", by: Person | None) -> None:
    """Take a role away. The record keeps what it was.

    Raises:
        LastAdministrator: nobody could give roles any more.
        RoleNotPossible: it was taken away already.
    """
    # All administrators' roles are locked in one order, so that two people who take away
    # each other's at once wait for one another and the later one is refused.
    every = list(administrators().select_for_update(of=("self",)).order_by("pk"))
    kept = Role.objects.select_for_update(of=("self",)).filter(pk=role.pk).first()
    if kept is None:
        raise RoleNotPossible(_("The person does not have this role any more."))
    if every == [kept]:
        raise LastAdministrator(
            _("This is the last administrator. Give the role to somebody else first.")
        )
    person, before = role.person, _said(role)
    role.delete()
    _forget(person)
    record("role_withdrawn", person, by=by, scope=role.scope, before=before, reason=reason)


def _check(kind: str, scope: str, party: Party | None, valid_to: date | None) -> None:
    if not _SCOPE.fullmatch(scope):
        raise RoleNotPossible(
            _("“%(scope)s” is not a scope. Write TVP, TVP/AZ-2021 or TVP/AZ-2021/BC3.")
            % {"scope": scope}
        )
    if kind == Role.Kind.PARTNER and party is None:
        raise RoleNotPossible(_("A partner speaks for a party: choose which."))
    if kind != Role.Kind.PARTNER and party is not None:
        raise RoleNotPossible(_("Only a partner speaks for a party."))
    if valid_to and valid_to < clock.today():
        raise RoleNotPossible(_("The last day of the role has passed."))


def _said(role: Role) -> dict[str, Any]:
    said = {
        "role": role.kind,
        "scope": role.scope or "*",
        "party": role.party.code if role.party else None,
        "until": role.valid_to,
    }
    return {key: value for key, value in said.items() if value is not None}


def _forget(person: Person) -> None:
    """Drop the roles read earlier in this request, which hold no longer."""
    person.__dict__.pop("_roles_today", None)
