"""Signed papers: drafted, signed, in force, expired or ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record

from ..errors import NotAtTheTable, ReasonMissing, WrongState
from ..models import Agreement, Consultation, Obligation, Signatory


@transaction.atomic
def draft_agreement(
    *,
    code: str,
    kind: str,
    titles: Mapping[str, str],
    parties: Sequence[Party],
    by: Person | None,
    consultation: Consultation | None = None,
    languages: Sequence[str] = (),
    prevailing_language: str = "",
    scope: str = "",
) -> Agreement:
    """Begin an agreement between at least two parties; returns the draft.

    Raises:
        WrongState: fewer than two parties, or a prevailing language it is not written in.
    """
    if len({party.pk for party in parties}) < 2:
        raise WrongState(_("An agreement needs at least two parties."))
    if prevailing_language and languages and prevailing_language not in languages:
        raise WrongState(_("The prevailing language must be one of its languages."))
    if Agreement.objects.filter(code=code).exists():
        raise WrongState(
            _("There is already an agreement with the code “%(code)s”.") % {"code": code}
        )
    agreement = Agreement.objects.create(
        code=code,
        kind=kind,
        titles=dict(titles),
        consultation=consultation,
        languages=list(languages),
        prevailing_language=prevailing_language,
        scope=scope,
    )
    agreement.parties.set(parties)
    record("drafted", agreement, by=by, after={"parties": [p.code for p in parties], "kind": kind})
    return agreement


@transaction.atomic
def add_obligation(
    agreement: Agreement, *, number: str, party: Party, texts: Mapping[str, str], by: Person | None
) -> Obligation:
    """Write down a clause that binds a party, while the agreement is a draft.

    Raises:
        WrongState: it is signed, or there is a clause of that number.
        NotAtTheTable: the party is not a party to it.
    """
    _draft(agreement)
    _is_party(agreement, party)
    if agreement.obligations.filter(number=number).exists():
        raise WrongState(_("There is already a clause %(number)s.") % {"number": number})
    clause = Obligation.objects.create(
        agreement=agreement, number=number, party=party, texts=dict(texts)
    )
    record("clause added", agreement, by=by, after={"clause": number, "texts": texts})
    return clause


@transaction.atomic
def add_signatory(
    agreement: Agreement, *, party: Party, name: str, by: Person | None, capacity: str = ""
) -> Signatory:
    """Name who will sign for a party.

    Raises:
        WrongState: it is signed.
        NotAtTheTable: the party is not a party to it.
    """
    _draft(agreement)
    _is_party(agreement, party)
    signatory = Signatory.objects.create(
        agreement=agreement, party=party, name=name, capacity=capacity
    )
    record("signatory named", agreement, by=by, after={"name": name, "party": party.code})
    return signatory


@transaction.atomic
def sign_agreement(
    agreement: Agreement,
    *,
    signed_on: date,
    in_force_from: date,
    by: Person | None,
    place: str = "",
    in_force_to: date | None = None,
) -> Agreement:
    """Say that all sides have signed; it is in force once its first day has come.

    Raises:
        WrongState: it is not a draft, a party has no signatory, or it would end before it begins.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    _draft(agreement)
    signing = set(agreement.signatories.values_list("party_id", flat=True))
    missing = [str(party) for party in agreement.parties.all() if party.pk not in signing]
    if missing:
        raise WrongState(
            _("Nobody is named to sign for: %(parties)s.") % {"parties": ", ".join(missing)}
        )
    if in_force_to and in_force_to < in_force_from:
        raise WrongState(_("An agreement must end after it begins."))
    agreement.signed_on, agreement.signed_at_place = signed_on, place
    agreement.in_force_from, agreement.in_force_to = in_force_from, in_force_to
    begun = in_force_from <= clock.today()
    agreement.state = Agreement.State.IN_FORCE if begun else Agreement.State.SIGNED
    agreement.save()
    agreement.signatories.update(signed_on=signed_on)
    after = {"state": agreement.state, "signed": signed_on, "from": in_force_from}
    record("signed", agreement, by=by, before={"state": "draft"}, after=after)
    return agreement


@transaction.atomic
def end_agreement(agreement: Agreement, *, reason: str, by: Person | None) -> Agreement:
    """End an agreement before its time.

    Raises:
        WrongState: it is not signed or in force.
        ReasonMissing: no reason was given.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.state not in (Agreement.State.SIGNED, Agreement.State.IN_FORCE):
        raise WrongState(_("Only an agreement that is signed or in force can be ended."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the agreement ends."))
    before = agreement.state
    agreement.state = Agreement.State.TERMINATED
    agreement.save(update_fields=["state"])
    after = {"state": agreement.state}
    record("ended", agreement, by=by, reason=reason, before={"state": before}, after=after)
    return agreement


@transaction.atomic
def expire_agreements(*, by: Person | None = None) -> int:
    """Move agreements whose dates have come: signed ones into force, old ones to expired.

    Returns how many changed. Safe to run again.
    """
    today = clock.today()
    begun = Agreement.objects.filter(state="signed", in_force_from__lte=today)
    over = Agreement.objects.filter(state="in_force", in_force_to__lt=today)
    moved = [(row, "in_force") for row in begun] + [(row, "expired") for row in over]
    for row, state in moved:
        before, row.state = row.state, state
        row.save(update_fields=["state"])
        record("moved by date", row, by=by, before={"state": before}, after={"state": state})
    return len(moved)


def _draft(agreement: Agreement) -> None:
    if agreement.state != Agreement.State.DRAFT:
        raise WrongState(_("This agreement is signed; it can no longer be changed."))


def _is_party(agreement: Agreement, party: Party) -> None:
    if not agreement.parties.filter(pk=party.pk).exists():
        raise NotAtTheTable(_("%(party)s is not a party to this agreement.") % {"party": party})
