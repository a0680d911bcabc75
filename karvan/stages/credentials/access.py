"""Who may reach which certificate. The only way a view gets hold of its rows."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.access import activity_for as activity_for
from karvan.stages.editions.access import edition_for
from karvan.stages.editions.models import Activity, Edition

from .models import Credential
from .queries import credential_by_number, held_by

_signer = Signer(salt="karvan.credentials.paper")


def paper_token(credential: Credential) -> str:
    """What opens the certificate's PDF without signing in: the number and our mark of it."""
    return _signer.sign(credential.number)


def credential_by_token(token: str) -> Credential:
    """The certificate that a letter's link opens, or 404."""
    try:
        number = _signer.unsign(token)
    except BadSignature:
        raise Http404 from None
    return public_credential(number)


def public_credential(number: str) -> Credential:
    """A certificate by its number: whoever holds the paper may check it. Else 404."""
    credential = credential_by_number(number)
    if credential is None:
        raise Http404
    return credential


def own_credentials(person: Person) -> QuerySet[Credential]:
    """The person's own certificates."""
    return held_by(person)


def own_credential(person: Person, number: str) -> Credential:
    """One of the person's own, or 404."""
    return get_object_or_404(held_by(person), number=number)


def holds_some_in(person: Person, slug: str) -> bool:
    """True if the person holds a certificate of this edition."""
    return held_by(person).filter(activity__edition__slug=slug).exists()


def edition_to_read(person: Person, slug: str) -> Edition:
    """An edition whose register of certificates the person may read."""
    return edition_for(person, slug)


def activity_to_run(person: Person, slug: str, code: str) -> Activity:
    """An activity whose certificates the person issues."""
    return activity_for(person, slug, code, RUNNERS)


def may_issue(person: Person, scope: str) -> bool:
    """True for coordinators, officers and administrators of the scope."""
    return holds(person, RUNNERS, scope)


def credential_for(person: Person, slug: str, number: str) -> Credential:
    """A certificate of an edition the person reads."""
    edition = edition_for(person, slug)
    credential = public_credential(number)
    if credential.activity.edition_id != edition.pk:
        raise Http404
    return credential


def credential_to_change(person: Person, slug: str, number: str) -> Credential:
    """A certificate the person may revoke or correct; 403 for those who only read."""
    credential = credential_for(person, slug, number)
    if not may_issue(person, credential.scope):
        raise PermissionDenied
    return credential


def enrolment_to_award(person: Person, slug: str, code: str, pk: int) -> Enrolment:
    """A participant to whom the person may issue a certificate."""
    activity = activity_to_run(person, slug, code)
    return get_object_or_404(activity.enrolments.select_related("person", "activity"), pk=pk)
