"""Take a certificate back, replace one whose name was wrong, forget a holder."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record, record_many

from ..errors import AlreadyRevoked, NameMissing, ReasonMissing
from ..models import Credential
from .issuing import hand_over
from .press import press_for


@transaction.atomic
def revoke_credential(credential: Credential, *, reason: str, by: Person | None) -> Credential:
    """Revoke a certificate for good: its bit in the status list says so from now on.

    The reason is read by whoever checks the certificate. The holder gets a letter.

    Raises:
        AlreadyRevoked: it was revoked before.
        ReasonMissing: no reason.
    """
    credential = _revoke(credential, reason=reason)
    _tell(credential, by)
    record(
        "revoked", credential, by=by, reason=credential.revoked_reason,
        before={"state": "valid"}, after={"state": "revoked"},
    )  # fmt: skip
    return credential


@transaction.atomic
def correct_credential(
    credential: Credential, *, name: str, reason: str, by: Person | None
) -> Credential:
    """Replace a certificate by one with another name; returns the new one.

    The old one is revoked and its page leads to the new; what was earned, and on what
    grounds, is carried over unchanged. The records say that the name was corrected, not
    what it was.

    Raises:
        AlreadyRevoked: it was revoked before.
        ReasonMissing, NameMissing: no reason, no name, or the same name.
    """
    wanted = " ".join(name.split())
    if not wanted or wanted == credential.name_on_paper:
        raise NameMissing(_("Write the name as it should be; it is the same as before."))
    if not reason.strip():
        raise ReasonMissing(_("Say why, for whoever checks the old certificate."))
    press = press_for(credential.activity, by=by)
    old = _revoke(credential, reason=reason)
    made = press.make(old.enrolment, kind=old.kind, basis=old.basis, name=wanted, corrects=old)
    made.save()
    hand_over([made], by=by)
    record(
        "corrected", old, by=by, reason=old.revoked_reason,
        before={"state": "valid"}, after={"state": "corrected", "replaced by": made.number},
    )  # fmt: skip
    return made


@transaction.atomic
def forget_holder(person: Person, *, by: Person | None) -> int:
    """Erase a person's name from all certificates; returns how many there were.

    What was signed is erased with it, since it cannot be changed. The row stays with its
    number, kind and status bit, so that counts stay right and revoked stays revoked.
    """
    rows = list(
        Credential.objects.select_for_update(of=("self",))
        .filter(person=person)
        .select_related("activity")
    )
    for row in rows:
        row.name_on_paper, row.names_on_paper, row.document, row.paper = "", {}, {}, {}
    Credential.objects.bulk_update(
        rows, ["name_on_paper", "names_on_paper", "document", "paper"], batch_size=100
    )
    if rows:
        record_many([Act("erased holder", row) for row in rows], by=by)
    return len(rows)


def _revoke(credential: Credential, *, reason: str) -> Credential:
    credential = (
        Credential.objects.select_for_update(of=("self",))
        .select_related("activity__edition", "enrolment__person", "enrolment__activity", "person")
        .get(pk=credential.pk)
    )
    if credential.revoked_at is not None:
        raise AlreadyRevoked(_("%(number)s was revoked before.") % {"number": credential.number})
    if not reason.strip():
        raise ReasonMissing(_("Say why, for whoever checks the certificate."))
    credential.revoked_at, credential.revoked_reason = clock.now(), reason.strip()[:300]
    credential.save(update_fields=["revoked_at", "revoked_reason"])
    return credential


def _tell(credential: Credential, by: Person | None) -> None:
    if credential.person.email:
        write_message(
            "credentials/revoked",
            to=credential.person,
            key=f"credentials/revoked:{credential.number}",
            context={"credential": credential, "activity": credential.activity},
            scope=credential.scope,
            by=by,
        )
