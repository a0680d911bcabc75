"""Credentials: handed in, found good or not, and the report of the committee that looked at them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PAPERS
from karvan.foundation.files.services import store_upload
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, WrongState
from ..models import CredentialsReport, Delegation, DelegationCredential, StatutorySession
from ..queries.papers_credentials import found_now
from ..queries.papers_speakers import speakers_of
from .papers_sessions import locked_session, require_not_closed

MOST_BYTES = 10 * 1024 * 1024
STATE = DelegationCredential.State


@transaction.atomic
def submit_credential(
    delegation: Delegation,
    *,
    issuer: str,
    received_on: date,
    form: str,
    by: Person | None,
    upload: File[bytes] | None = None,
) -> DelegationCredential:
    """Hand in a delegation's credentials; handed in anew, they are looked at anew.

    Raises:
        WrongState: they are accepted already, or the session is closed.
        NotGiven: received on a day still to come. What ``store_upload`` raises.
    """
    held = _locked(delegation)
    earlier = DelegationCredential.objects.filter(delegation=held).first()
    if earlier and earlier.state == STATE.ACCEPTED:
        raise WrongState(
            _("The credentials of %(name)s are accepted; there is nothing to hand in.")
            % {"name": held}
        )
    if received_on > clock.today():
        raise NotGiven(_("Credentials are received today or earlier. Look at the day."))
    file = earlier.file if earlier else None
    if upload is not None:
        file = store_upload(upload, kinds=PAPERS, scope=held.scope, by=by, max_bytes=MOST_BYTES)
    made, _new = DelegationCredential.objects.update_or_create(
        delegation=held,
        defaults={
            "issuer": issuer.strip(),
            "received_on": received_on,
            "form": form,
            "file": file,
            "state": STATE.SUBMITTED,
            "reason": "",
            "decided_at": None,
        },
    )
    record(
        "credentials submitted",
        held,
        by=by,
        before={"state": earlier.state} if earlier else {},
        after={"issuer": made.issuer, "form": form, "file": file.name if file else ""},
    )
    return made


@transaction.atomic
def decide_credential(
    delegation: Delegation, *, state: str, by: Person | None, reason: str = ""
) -> DelegationCredential:
    """Find a delegation's credentials good, good for now, or not.

    Raises:
        WrongState: it has handed none in, or the session is closed.
        NotGiven: refused without a reason, or accepted though only a copy is there.
    """
    held = _locked(delegation)
    found = DelegationCredential.objects.select_for_update().filter(delegation=held).first()
    if found is None:
        raise WrongState(
            _("“%(name)s” has handed in no credentials; there is nothing to decide on.")
            % {"name": held}
        )
    if state not in (STATE.PROVISIONAL, STATE.ACCEPTED, STATE.REFUSED):
        raise NotGiven(_("Accept them, accept them provisionally, or refuse them."))
    if state == STATE.REFUSED and not reason.strip():
        raise NotGiven(_("Say why the credentials are refused; the delegation reads it."))
    if state == STATE.ACCEPTED and found.form == DelegationCredential.Form.COPY and not reason:
        raise NotGiven(
            _(
                "Only a copy is here. Accept it provisionally until the original comes,"
                " or say why the copy is enough."
            )
        )
    before = {"state": found.state}
    found.state, found.reason, found.decided_at = state, reason.strip(), clock.now()
    found.save(update_fields=["state", "reason", "decided_at"])
    _tell(found, held, by)
    record(
        "credentials decided",
        held,
        by=by,
        before=before,
        after={"state": state},
        reason=found.reason,
    )
    return found


@transaction.atomic
def report_on_credentials(
    session: StatutorySession, *, by: Person | None, note: str = ""
) -> CredentialsReport:
    """Keep how the credentials stand now as the committee's next report.

    Raises:
        WrongState: the session is closed, or no delegation is registered.
    """
    held = locked_session(session)
    require_not_closed(held)
    if not held.delegations.exists():
        raise WrongState(_("No delegation is registered; there is nothing to report on."))
    found: dict[str, Any] = found_now(held)
    made = CredentialsReport.objects.create(
        session=held,
        number=held.credentials_reports.count() + 1,
        found=found,
        note=note,
        made_at=clock.now(),
        made_by=by,
    )
    record(
        "credentials reported",
        held,
        by=by,
        after={"number": made.number, **{key: len(names) for key, names in found.items()}},
    )
    return made


def _tell(found: DelegationCredential, delegation: Delegation, by: Person | None) -> None:
    """A letter to everybody who acts for the delegation, or speaks for its member, by an account."""
    party = delegation.membership.party_id if delegation.membership else None
    reached = Person.objects.filter(is_active=True, email__isnull=False).filter(
        Q(sessions_attended__delegation=delegation)
        | Q(pk__in=speakers_of({party} if party else set()).get(party or 0, []))
    )
    for person in reached.distinct().order_by("pk"):
        write_message(
            "convening/papers_credentials",
            to=person,
            key=f"convening/credentials:{found.pk}:{found.decided_at:%Y%m%d%H%M%S%f}:{person.pk}",
            context={
                "session": delegation.session,
                "delegation": delegation,
                "credential": found,
            },
            scope=delegation.scope,
            by=by,
        )


def _locked(delegation: Delegation) -> Delegation:
    rows = Delegation.objects.select_related("session__organ", "membership")
    held = rows.select_for_update(of=("self",)).get(pk=delegation.pk)
    require_not_closed(held.session)
    return held
