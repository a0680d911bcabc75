"""Who may open the screens of certificates, and what machines fetch."""

from __future__ import annotations

from karvan.foundation import clock
from karvan.stages.credentials.access import paper_token
from karvan.stages.credentials.models import Credential, SigningKey, StatusList

from .route import READERS, RUNNERS, SIGNED_IN, only, public


def credential(world):
    """A certificate of the world's participant; its text is erased, so that no key is needed."""
    made = Credential.objects.filter(enrolment=world.enrolment).first()
    if made is None:
        key = SigningKey.objects.create(
            name="key 1",
            public_multibase="z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
            created_at=clock.now(),
        )
        made = Credential.objects.create(
            number="KC-2026-MATRXX",
            enrolment=world.enrolment,
            activity=world.activity,
            person=world.enrolment.person,
            kind="completion",
            key=key,
            status_list=StatusList.objects.create(number=1),
            status_index=7,
            issued_at=clock.now(),
        )
    return made


def number(world):
    return {"number": credential(world).number}


def edition(world):
    return {"edition": world.edition.slug}


def activity(world):
    return {**edition(world), "activity": world.activity.code}


def record(world):
    return {**edition(world), **number(world)}


def participant(world):
    """One whose certificate was issued already: to ask for another is refused in words."""
    return {**activity(world), "pk": world.enrolment.pk}


def achievement(world):
    blueprint = world.edition.blueprint
    return {
        "programme": world.edition.programme.code,
        "activity": world.activity.code,
        "number": blueprint.number,
        "kind": "completion",
    }


def known_key(world):
    credential(world)
    return {}


ROUTES = {
    "credential_did": public(arguments=known_key),
    # Its text is erased: 410 says so to everybody alike, which is not a refusal.
    "credential_document": public(arguments=number),
    # The matrix has no key to sign a list with; everybody alike is told so by 503.
    "credential_status": public(arguments=lambda w: number(w) and {"number": 1}),
    "credential_achievement": public(arguments=achievement),
    "credential_short": public(arguments=number),
    "credentials:check": public(),
    "credentials:verify": public(arguments=number),
    "credentials:paper": public(arguments=lambda w: {"token": paper_token(credential(w))}),
    "credentials:mine": only(SIGNED_IN),
    "credentials:own_paper": only(("participant",), arguments=number),
    "credentials:own_text": only(("participant",), arguments=number),
    # A participant who holds a certificate is led from here to his or her own.
    "credentials:edition": only(READERS, arguments=edition),
    "credentials:activity": only(READERS, arguments=activity),
    "credentials:issue_all": only(RUNNERS, method="post", arguments=activity),
    "credentials:issue_one": only(RUNNERS, method="post", arguments=participant),
    "credentials:credential": only(READERS, arguments=record),
    "credentials:staff_paper": only(READERS, arguments=record),
    "credentials:revoke": only(RUNNERS, method="post", arguments=record),
    "credentials:correct": only(RUNNERS, method="post", arguments=record),
}
