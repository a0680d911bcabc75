"""Signed papers: drafted, signed, in force, expired or ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

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
    require_draft(agreement)
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
    _unsigned(agreement)
    _is_party(agreement, party)
    signatory = Signatory.objects.create(
        agreement=agreement, party=party, name=name, capacity=capacity
    )
    record("signatory named", agreement, by=by, after={"name": name, "party": party.code})
    return signatory


@transaction.atomic
def set_term(
    agreement: Agreement,
    *,
    renewal: str,
    renewal_days: int,
    languages: Sequence[str],
    by: Person | None,
    prevailing_language: str = "",
) -> Agreement:
    """Say in a draft how it is renewed, when to remind, and which languages it is written in.

    Raises:
        WrongState: it is not a draft, or a prevailing language it is not written in.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    require_draft(agreement)
    if prevailing_language and prevailing_language not in languages:
        raise WrongState(_("The prevailing language must be one of its languages."))
    before = {"renewal": agreement.renewal, "days": agreement.renewal_days}
    agreement.renewal, agreement.renewal_days = renewal, renewal_days
    agreement.languages, agreement.prevailing_language = list(languages), prevailing_language
    agreement.save()
    after = {"renewal": renewal, "days": renewal_days, "languages": list(languages)}
    record("term set", agreement, by=by, before=before, after=after)
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


def require_draft(agreement: Agreement) -> None:
    """Refuse a change of an agreement that is cleared or signed."""
    if agreement.state == Agreement.State.CLEARED:
        raise WrongState(
            _("This agreement is cleared for signature; take it back to draft to change it.")
        )
    _unsigned(agreement)


def _unsigned(agreement: Agreement) -> None:
    if agreement.state not in (Agreement.State.DRAFT, Agreement.State.CLEARED):
        raise WrongState(_("This agreement is signed; it can no longer be changed."))


def _is_party(agreement: Agreement, party: Party) -> None:
    if not agreement.parties.filter(pk=party.pk).exists():
        raise NotAtTheTable(_("%(party)s is not a party to this agreement.") % {"party": party})
