"""From draft to signature: an agreement is cleared, signed for each party, and its copy kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PAPERS
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import ReasonMissing, WrongState
from ..models import Agreement, Annex, Signatory
from .agreements import require_draft

KINDS = (*PAPERS, "docx", "xlsx", "ods", "text")


@transaction.atomic
def clear_agreement(agreement: Agreement, *, by: Person | None) -> Agreement:
    """Clear a draft for signature: from here its words do not change.

    Raises:
        WrongState: it is not a draft, has no clause, or a clause is not written in the
            language that prevails.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    require_draft(agreement)
    clauses = list(agreement.obligations.all())
    if not clauses:
        raise WrongState(_("An agreement without a clause says nothing: write one first."))
    prevailing = agreement.prevailing_language
    silent = [one.number for one in clauses if prevailing and not one.texts.get(prevailing)]
    if silent:
        raise WrongState(
            _("In the language that prevails these clauses are not written: %(numbers)s.")
            % {"numbers": ", ".join(silent)}
        )
    agreement.state = Agreement.State.CLEARED
    agreement.cleared_at, agreement.cleared_by = clock.now(), by
    agreement.save(update_fields=["state", "cleared_at", "cleared_by"])
    record("cleared", agreement, by=by, before={"state": "draft"}, after={"state": "cleared"})
    return agreement


@transaction.atomic
def reopen_agreement(agreement: Agreement, *, reason: str, by: Person | None) -> Agreement:
    """Take a cleared agreement back to draft, so that it can be changed.

    Raises:
        WrongState: it is not cleared, or somebody has signed it.
        ReasonMissing: no reason was given.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    _cleared(agreement)
    if agreement.signatories.filter(signed_on__isnull=False).exists():
        raise WrongState(_("Somebody has signed this agreement; it can no longer be changed."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the agreement goes back to draft."))
    agreement.state = Agreement.State.DRAFT
    agreement.cleared_at, agreement.cleared_by = None, None
    agreement.save(update_fields=["state", "cleared_at", "cleared_by"])
    record(
        "taken back to draft",
        agreement,
        by=by,
        before={"state": "cleared"},
        after={"state": "draft"},
        reason=reason,
    )
    return agreement


@transaction.atomic
def sign_for(
    signatory: Signatory, *, signed_on: date, by: Person | None, place: str = ""
) -> Signatory:
    """Say that one signatory has signed, when and where, before the others.

    Raises:
        WrongState: the agreement is not cleared, the day has not come, or it was signed before.
    """
    agreement = Agreement.objects.select_for_update().get(pk=signatory.agreement_id)
    _cleared(agreement)
    signatory = agreement.signatories.get(pk=signatory.pk)
    if signatory.signed_on:
        raise WrongState(_("This signature is written down already."))
    _has_come(signed_on)
    signatory.signed_on, signatory.signed_at_place = signed_on, place
    signatory.save(update_fields=["signed_on", "signed_at_place"])
    after = {"name": signatory.name, "signed": signed_on, "place": place}
    record("signatory signed", agreement, by=by, after=after)
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

    Who signed alone before keeps day and place; ``signed_on`` is the last signature.

    Raises:
        WrongState: it is not cleared, a party has no signatory, somebody signed later than
            ``signed_on``, the day has not come, or it would end before it begins.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    _cleared(agreement)
    signing = set(agreement.signatories.values_list("party_id", flat=True))
    missing = [str(party) for party in agreement.parties.all() if party.pk not in signing]
    if missing:
        raise WrongState(
            _("Nobody is named to sign for: %(parties)s.") % {"parties": ", ".join(missing)}
        )
    if in_force_to and in_force_to < in_force_from:
        raise WrongState(_("An agreement must end after it begins."))
    _has_come(signed_on)
    last = agreement.signatories.aggregate(last=Max("signed_on"))["last"]
    if last and last > signed_on:
        raise WrongState(_("Somebody signed on a later day: give the day of the last signature."))
    agreement.signed_on, agreement.signed_at_place = signed_on, place
    agreement.in_force_from, agreement.in_force_to = in_force_from, in_force_to
    begun = in_force_from <= clock.today()
    agreement.state = Agreement.State.IN_FORCE if begun else Agreement.State.SIGNED
    agreement.save()
    agreement.signatories.filter(signed_on__isnull=True).update(
        signed_on=signed_on, signed_at_place=place
    )
    after = {"state": agreement.state, "signed": signed_on, "from": in_force_from}
    record("signed", agreement, by=by, before={"state": "cleared"}, after=after)
    return agreement


@transaction.atomic
def add_annex(
    agreement: Agreement,
    *,
    titles: dict[str, str],
    by: Person | None,
    upload: File[Any] | None = None,
) -> Annex:
    """Put a paper to a draft, after those already there.

    Raises:
        WrongState: it is cleared or signed.
        FileTooLarge and its kin: see ``store_upload``.
    """
    require_draft(agreement)
    last = agreement.annexes.aggregate(last=Max("number"))["last"] or 0
    stored = store_upload(upload, kinds=KINDS, scope=agreement.scope, by=by) if upload else None
    annex = Annex.objects.create(
        agreement=agreement, number=last + 1, titles=dict(titles), file=stored
    )
    after = {"annex": annex.number, "titles": titles, "file": stored.name if stored else ""}
    record("annex added", agreement, by=by, after=after)
    return annex


@transaction.atomic
def remove_annex(annex: Annex, *, by: Person | None) -> None:
    """Take a paper off a draft; its number is not given again.

    Raises:
        WrongState: the agreement is cleared or signed.
    """
    require_draft(annex.agreement)
    before = {"annex": annex.number, "titles": annex.titles}
    annex.delete()
    record("annex removed", annex.agreement, by=by, before=before)


@transaction.atomic
def keep_document(agreement: Agreement, *, upload: File[Any], by: Person | None) -> Agreement:
    """Keep the signed copy.

    Raises:
        WrongState: it is not signed yet.
        FileTooLarge and its kin: see ``store_upload``.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.state in (Agreement.State.DRAFT, Agreement.State.CLEARED):
        raise WrongState(_("There is a signed copy only once the agreement is signed."))
    agreement.document = store_upload(upload, kinds=PAPERS, scope=agreement.scope, by=by)
    agreement.save(update_fields=["document"])
    record("document kept", agreement, by=by, after={"file": agreement.document.name})
    return agreement


def _cleared(agreement: Agreement) -> None:
    if agreement.state == Agreement.State.DRAFT:
        raise WrongState(_("This agreement is a draft: clear it for signature first."))
    if agreement.state != Agreement.State.CLEARED:
        raise WrongState(_("This agreement is signed; it can no longer be changed."))


def _has_come(day: date) -> None:
    if day > clock.today():
        raise WrongState(_("Nobody has signed on a day that has not come."))
