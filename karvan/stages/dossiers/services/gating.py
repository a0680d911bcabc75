"""Answer the gate items and sign them; a changed answer takes the signature off."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PAPERS
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from .. import gates
from ..access import is_safety_officer, signs_kinds
from ..errors import NotGiven, WrongState
from ..models import Dossier, GateCheck
from .editing import locked_dossier

Answer = GateCheck.Answer


@transaction.atomic
def answer_gate(
    check: GateCheck,
    *,
    answer: str,
    reason: str = "",
    upload: File[Any] | None = None,
    by: Person,
) -> GateCheck:
    """Answer one item, with the reason where it does not apply, and the paper that shows it.

    A signature stands for one answer: when anything changes it comes off. Once a prohibited
    thing was found, that answer stays.

    Raises:
        NotGiven: no such answer, or it does not apply without a reason.
        WrongState: the item has shut the device for ever.
        Stopped: the bench is stopped.
    """
    dossier = locked_dossier(check.dossier)
    check = GateCheck.objects.select_for_update().get(pk=check.pk)
    _refuse_answer(check, answer, reason)
    before: dict[str, Any] = {"answer": check.answer, "reason": check.reason}
    after: dict[str, Any] = {"answer": answer, "reason": reason.strip()}
    if before == after and upload is None:
        return check
    if upload is not None:
        check.evidence = store_upload(upload, kinds=PAPERS, scope=dossier.scope, by=by)
    was_signed = check.signed_at is not None
    check.answer, check.reason = answer, reason.strip()
    check.signed_by, check.signed_at = None, None
    check.save()
    after |= {"item": _said(check)} | ({"signature taken off": True} if was_signed else {})
    record("answered gate", dossier, by=by, before=before, after=after)
    return check


def _refuse_answer(check: GateCheck, answer: str, reason: str) -> None:
    if gates.is_shut_for_ever(check):
        raise WrongState(_("This was found in the device; it stays shut for ever."))
    if answer not in Answer.values:
        raise NotGiven(_("Answer yes, no, or that it does not apply."))
    if gates.prohibits(check) and answer == Answer.NA:
        raise NotGiven(_("This can only be answered yes or no."))
    if answer == Answer.NA and not reason.strip():
        raise NotGiven(_("Say why it does not apply."))


@transaction.atomic
def sign_gate(check: GateCheck, *, by: Person) -> GateCheck:
    """Put one's name to an answered item.

    Raises:
        WrongState: it is not answered, or it is for the other officer to sign.
        Stopped: the bench is stopped.
    """
    dossier = locked_dossier(check.dossier)
    check = GateCheck.objects.select_for_update().get(pk=check.pk)
    if check.kind not in signs_kinds(by, dossier.activity):
        raise WrongState(
            _("The safety officer signs this item.")
            if check.kind in gates.SAFETY_KINDS
            else _("The legal and licensing adviser signs this item.")
        )
    if not check.answer:
        raise WrongState(_("An item is answered before it is signed."))
    if check.signed_at is None:
        _sign([check], by)
        record("signed gate", dossier, by=by, after={"item": _said(check), "answer": check.answer})
    return check


@transaction.atomic
def sign_all_gates(dossier: Dossier, *, by: Person) -> int:
    """Sign every answered item that is in order and waits for this person; returns how many.

    Raises:
        WrongState: the person signs no kind of item here.
        Stopped: the bench is stopped.
    """
    held = locked_dossier(dossier)
    kinds = signs_kinds(by, held.activity)
    if not kinds:
        raise WrongState(_("Only the safety officer and the legal adviser sign gate items."))
    return _sign_open(held, kinds, by)


@transaction.atomic
def sign_open_items(dossier: Dossier, *, by: Person) -> int:
    """What clearing a device signs: the answered items of the safety officer's kinds.

    Raises:
        WrongState: the person is not the safety officer.
    """
    if not is_safety_officer(by, dossier.activity):
        raise WrongState(_("Only the safety officer clears a device for opening."))
    return _sign_open(dossier, gates.SAFETY_KINDS, by)


def _sign_open(dossier: Dossier, kinds: tuple[str, ...], by: Person) -> int:
    rows = dossier.gate_checks.select_for_update().filter(kind__in=kinds, signed_at__isnull=True)
    waiting = [check for check in rows if gates.is_in_order(check)]
    if waiting:
        _sign(waiting, by)
        codes = [check.code for check in waiting]
        record("signed gate", dossier, by=by, after={"signatures": len(codes), "codes": codes})
    return len(waiting)


def _sign(checks: list[GateCheck], by: Person) -> None:
    at = clock.now()
    for check in checks:
        check.signed_by, check.signed_at, check.changed_at = by, at, at
    GateCheck.objects.bulk_update(checks, ["signed_by", "signed_at", "changed_at"])


def _said(check: GateCheck) -> str:
    """The item as a record names it."""
    return check.code.replace("_", " ")
