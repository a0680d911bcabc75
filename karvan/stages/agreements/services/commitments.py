"""Promises: made from a sentence or a clause, followed with evidence, never quietly closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.models import StoredFile
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record

from ..errors import AlreadyPromised, ReasonMissing, WrongState
from ..models import Commitment, Evidence, MinutesItem, Obligation

NEEDS_A_REASON = (Commitment.State.CHANGED, Commitment.State.DROPPED)


@transaction.atomic
def promise_from_item(
    item: MinutesItem,
    *,
    code: str,
    titles: Mapping[str, str],
    owner: Party,
    by: Person | None,
    promised_on: date | None = None,
    **details: Any,
) -> Commitment:
    """Make a commitment of a sentence of the minutes; returns it, open.

    ``details``: co_owners, responsible, due_on, due_note, deliverable, terms.

    Raises:
        AlreadyPromised: the code is taken.
        WrongState: the sentence only informs, or it would be due before it was made.
    """
    if item.kind == MinutesItem.Kind.INFORMATION:
        raise WrongState(_("An item of information promises nothing."))
    made_on = promised_on or item.consultation.ends_on
    return _promise(
        code,
        titles,
        owner,
        made_on,
        by,
        origin=Commitment.Origin.MINUTES,
        scope=item.consultation.scope,
        item=item,
        **details,
    )


@transaction.atomic
def promise_from_obligation(
    obligation: Obligation,
    *,
    code: str,
    titles: Mapping[str, str],
    by: Person | None,
    promised_on: date | None = None,
    **details: Any,
) -> Commitment:
    """Make a commitment of a clause; its owner is the party that the clause binds.

    Raises:
        AlreadyPromised: the code is taken.
        WrongState: it would be due before it was made.
    """
    agreement = obligation.agreement
    made_on = promised_on or agreement.signed_on or clock.today()
    return _promise(
        code,
        titles,
        obligation.party,
        made_on,
        by,
        origin=Commitment.Origin.AGREEMENT,
        scope=agreement.scope,
        obligation=obligation,
        **details,
    )


@transaction.atomic
def promise_elsewhere(
    *,
    origin: str,
    words: Mapping[str, str],
    address: str,
    code: str,
    titles: Mapping[str, str],
    owner: Party,
    promised_on: date,
    scope: str,
    by: Person | None,
    **details: Any,
) -> Commitment:
    """Make a commitment of a decision's paragraph or a recommendation; returns it, open.

    ``origin`` is "decision" or "recommendation", ``words`` what the source is called in each
    language, ``address`` where it is read, without a language ("/organs/gc/gc-12/…"). The later
    stage whose row it is keeps the way back. ``details``: co_owners, responsible, due_on,
    due_note, deliverable, terms.

    Raises:
        AlreadyPromised: the code is taken.
        WrongState: it would be due before it was made.
    """
    return _promise(
        code,
        titles,
        owner,
        promised_on,
        by,
        origin=origin,
        origin_words=dict(words),
        origin_address=address,
        scope=scope,
        **details,
    )


@transaction.atomic
def add_evidence(
    commitment: Commitment,
    *,
    texts: Mapping[str, str],
    source: str,
    by: Person | None,
    happened_on: date | None = None,
    date_note: str = "",
    delivers: bool = False,
    file: StoredFile | None = None,
) -> Evidence:
    """Write down something that shows what became of a commitment, and how we know.

    ``delivers`` says that this is the thing promised, not only news of it.

    Raises:
        ReasonMissing: no source, or neither a date nor a word about it.
    """
    if not source.strip():
        raise ReasonMissing(_("Say where this is known from."))
    if happened_on is None and not date_note.strip():
        raise ReasonMissing(_("Give the date, or say why it is not known."))
    evidence = Evidence.objects.create(
        commitment=commitment,
        happened_on=happened_on,
        date_note=date_note,
        texts=dict(texts),
        delivers=delivers,
        source=source,
        file=file,
        added_by=by,
        added_at=clock.now(),
    )
    after = {"on": happened_on, "delivers": delivers, "texts": texts, "source": source}
    record("evidence added", commitment, by=by, after=after)
    return evidence


@transaction.atomic
def say_state(
    commitment: Commitment, *, state: str, by: Person | None, reason: str = ""
) -> Commitment:
    """Say how a commitment stands. What the register shows is computed beside it, see reports.

    Raises:
        ReasonMissing: changed or dropped without a reason.
    """
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if state in NEEDS_A_REASON and not reason.strip():
        raise ReasonMissing(_("Say why the commitment was changed or dropped."))
    before = {"state": commitment.state}
    commitment.state, commitment.state_reason = state, reason
    commitment.save(update_fields=["state", "state_reason"])
    record("state said", commitment, by=by, before=before, after={"state": state}, reason=reason)
    return commitment


@transaction.atomic
def change_due_date(
    commitment: Commitment, *, due_on: date | None, reason: str, by: Person | None
) -> Commitment:
    """Give a commitment another due date; the earlier one stays in its history.

    Raises:
        ReasonMissing: no reason was given.
        WrongState: the date lies before the promise.
    """
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not reason.strip():
        raise ReasonMissing(_("Say why the due date changes."))
    if due_on and due_on < commitment.promised_on:
        raise WrongState(_("A commitment cannot be due before it was made."))
    before = {"due": commitment.due_on}
    commitment.due_on, commitment.due_note = due_on, reason[:300]
    commitment.save(update_fields=["due_on", "due_note"])
    record(
        "due date changed", commitment, by=by, before=before, after={"due": due_on}, reason=reason
    )
    return commitment


def write_reminders(*, days_before: int = 14, by: Person | None = None) -> int:
    """Write to whoever answers for an open commitment that falls due soon or is late.

    One letter before the date and one after it, never twice. Returns how many were
    written. Safe to run again.
    """
    today = clock.today()
    due = Commitment.objects.filter(
        state__in=["open", "in_progress"],
        due_on__lte=today + timedelta(days=days_before),
        responsible__email__isnull=False,
    ).select_related("responsible", "owner")
    written = 0
    for commitment in due:
        assert commitment.due_on is not None and commitment.responsible is not None
        late = commitment.due_on < today
        write_message(
            "agreements/reminder",
            to=commitment.responsible,
            key=f"reminder:{commitment.code}:{commitment.due_on}:{'late' if late else 'soon'}",
            context={"commitment": commitment, "is_late": late},
            scope=commitment.scope,
            by=by,
        )
        written += 1
    return written


def _promise(
    code: str,
    titles: Mapping[str, str],
    owner: Party,
    promised_on: date,
    by: Person | None,
    *,
    co_owners: Sequence[Party] = (),
    due_on: date | None = None,
    **fields: Any,
) -> Commitment:
    if Commitment.objects.filter(code=code).exists():
        raise AlreadyPromised(
            _("There is already a commitment with the code “%(code)s”.") % {"code": code}
        )
    if due_on and due_on < promised_on:
        raise WrongState(_("A commitment cannot be due before it was made."))
    commitment = Commitment.objects.create(
        code=code,
        titles=dict(titles),
        owner=owner,
        promised_on=promised_on,
        due_on=due_on,
        **fields,
    )
    commitment.co_owners.set(co_owners)
    after = {"owner": owner.code, "due": due_on, "terms": commitment.terms}
    record("promised", commitment, by=by, after=after)
    return commitment
