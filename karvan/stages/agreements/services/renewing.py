"""Agreements come into force, end, and go on in a new one that names the old."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import ReasonMissing, WrongState
from ..models import Agreement, Obligation, Signatory
from ..queries import agreements_to_remind, keepers_of

RENEWABLE = (Agreement.State.IN_FORCE, Agreement.State.EXPIRED)


@transaction.atomic
def renew_agreement(
    agreement: Agreement, *, code: str, by: Person | None, note: str = ""
) -> Agreement:
    """Draft the agreement that goes on from this one: its parties, clauses and languages, and
    who signs; it names the one it renews.

    Raises:
        WrongState: it is neither in force nor expired, was renewed before, or the code is taken.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.state not in RENEWABLE:
        raise WrongState(_("Only an agreement that is in force or has expired can be renewed."))
    if agreement.renewed_by.exists():
        raise WrongState(_("This agreement has been renewed before."))
    if Agreement.objects.filter(code=code).exists():
        raise WrongState(
            _("There is already an agreement with the code “%(code)s”.") % {"code": code}
        )
    made = _successor(agreement, code)
    record("renewed", made, by=by, after={"renews": agreement.code}, reason=note)
    return made


@transaction.atomic
def object_to_renewal(agreement: Agreement, *, reason: str, by: Person | None) -> Agreement:
    """Write down that a party objects, so that the agreement ends on its last day.

    Raises:
        WrongState: it does not renew itself, or is not in force.
        ReasonMissing: who objects, and why, was not said.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.renewal != Agreement.Renewal.TACIT:
        raise WrongState(_("This agreement does not renew itself."))
    if agreement.state not in (Agreement.State.SIGNED, Agreement.State.IN_FORCE):
        raise WrongState(_("Only an agreement that is signed or in force can be objected to."))
    if not reason.strip():
        raise ReasonMissing(_("Say who objects, and why."))
    agreement.objection = reason.strip()[:300]
    agreement.save(update_fields=["objection"])
    record("renewal objected to", agreement, by=by, reason=reason)
    return agreement


@transaction.atomic
def expire_agreements(*, by: Person | None = None) -> int:
    """Move agreements whose dates have come: signed ones into force, old ones to expired.

    One that renews itself and to which nobody objected goes on in a new one of the same length,
    in force from the day after. Returns how many changed. Safe to run again.
    """
    today = clock.today()
    begun = Agreement.objects.filter(state="signed", in_force_from__lte=today)
    over = Agreement.objects.filter(state="in_force", in_force_to__lt=today)
    moved = [(row, "in_force") for row in begun] + [(row, "expired") for row in over]
    for row, state in moved:
        before, row.state = row.state, state
        row.save(update_fields=["state"])
        record("moved by date", row, by=by, before={"state": before}, after={"state": state})
        renews_itself = row.renewal == Agreement.Renewal.TACIT and not row.objection
        if state == "expired" and renews_itself and not row.renewed_by.exists():
            _go_on(row, by)
    return len(moved)


def write_expiry_reminders(*, by: Person | None = None) -> int:
    """Write to the officers once before an agreement ends, as many days before as it says.

    Returns how many letters are written, those of earlier runs included. Safe to run again.
    """
    written = 0
    for one in agreements_to_remind(clock.today()):
        for keeper in keepers_of(one.scope):
            write_message(
                "agreements/expiry",
                to=keeper,
                key=f"expiry:{one.code}:{one.in_force_to}:{keeper.pk}",
                context={"agreement": one},
                scope=one.scope,
                by=by,
            )
            written += 1
    return written


def _successor(agreement: Agreement, code: str) -> Agreement:
    made = Agreement.objects.create(
        code=code,
        kind=agreement.kind,
        titles=agreement.titles,
        languages=agreement.languages,
        prevailing_language=agreement.prevailing_language,
        renewal=agreement.renewal,
        renewal_days=agreement.renewal_days,
        renews=agreement,
        scope=agreement.scope,
    )
    made.parties.set(agreement.parties.all())
    Obligation.objects.bulk_create(
        Obligation(agreement=made, number=one.number, party_id=one.party_id, texts=one.texts)
        for one in agreement.obligations.all()
    )
    Signatory.objects.bulk_create(
        Signatory(agreement=made, party_id=one.party_id, name=one.name, capacity=one.capacity)
        for one in agreement.signatories.all()
    )
    return made


def _go_on(agreement: Agreement, by: Person | None) -> None:
    """The new agreement of one that renews itself; nobody signs it, so it keeps the old days."""
    begins, ended = agreement.in_force_from, agreement.in_force_to
    assert begins is not None and ended is not None
    made = _successor(agreement, _next_code(agreement.code))
    made.state, made.signed_on = Agreement.State.IN_FORCE, agreement.signed_on
    made.signed_at_place = agreement.signed_at_place
    made.in_force_from = ended + timedelta(days=1)
    made.in_force_to = _as_long(begins, ended)
    made.save()
    after = {"renews": agreement.code, "from": made.in_force_from, "until": made.in_force_to}
    record("renewed", made, by=by, after=after)


def _as_long(begins: date, ended: date) -> date:
    """The last day of a term of the same length that follows: whole years stay whole years."""
    years = (ended + timedelta(days=1)).year - begins.year
    start = ended + timedelta(days=1)
    is_whole = (start.month, start.day) == (begins.month, begins.day)
    if is_whole and years > 0:
        try:
            return start.replace(year=start.year + years) - timedelta(days=1)
        except ValueError:  # the 29th of February
            return start.replace(year=start.year + years, day=28)
    return ended + (ended - begins) + timedelta(days=1)


def _next_code(code: str) -> str:
    """The code with the next figure at its end: "host-2021", "host-2021-r2", "host-2021-r3"."""
    stem, _mark, figure = code.rpartition("-r")
    base, number = (stem, int(figure)) if stem and figure.isdecimal() else (code, 1)
    while Agreement.objects.filter(code=f"{base[:34]}-r{number + 1}").exists():
        number += 1
    return f"{base[:34]}-r{number + 1}"
