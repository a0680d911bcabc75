"""Links that sign a person in: once, within a quarter of an hour, in any browser."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.errors import LinkNotValid
from karvan.foundation.people.models import Person
from karvan.foundation.records.queries import history_of
from karvan.foundation.records.services import record

VALID_FOR = timedelta(minutes=15)
_SALT = "karvan.people.sign-in-link"
_ACT = "signed_in_by_link"


def make_sign_in_token(person: Person) -> str:
    """The signed part of a sign-in link; it dies with a change of the person's address."""
    said = {"person": person.pk, "email": person.email, "once": secrets.token_urlsafe(9)}
    return signing.dumps(said, salt=_SALT)


def person_of_token(token: str) -> Person:
    """Whom an unused link would sign in. Changes nothing, so a mail scanner may open it.

    Raises:
        LinkNotValid: forged, older than 15 minutes, used, or the account is closed.
    """
    return _opened(token)[0]


@transaction.atomic
def use_sign_in_token(token: str, *, by: Person | None = None) -> Person:
    """Use the link up and return its person; of two clicks at once one is refused.

    That it was used stands in the person's records, so no table of links is needed.

    Raises:
        LinkNotValid: as ``person_of_token``.
    """
    said = _said(token)
    Person.objects.select_for_update(of=("self",)).filter(pk=said["person"]).first()
    person, once = _opened(token)
    record(_ACT, person, by=by or person, after={"link": once})
    return person


def _opened(token: str) -> tuple[Person, str]:
    said = _said(token)
    person = Person.objects.filter(
        pk=said["person"], email=said["email"], is_active=True, erased_at__isnull=True
    ).first()
    used = person and history_of(person).filter(act=_ACT, after__link=said["once"]).exists()
    if person is None or used:
        raise _refusal()
    return person, said["once"]


def _said(token: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        raise _refusal() from None
    return said


def _refusal() -> LinkNotValid:
    return LinkNotValid(
        _("This link has been used or is older than 15 minutes. Ask for a new one.")
    )
