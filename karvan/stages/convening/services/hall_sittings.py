"""Sittings are planned, opened and closed; the roll says who is in the hall."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import in_a_row

from ..errors import NotGiven, NotOfThisSession, WrongState
from ..models import AgendaItem, Delegation, RollMark, SessionDelegate, Sitting, StatutorySession
from ..queries.hall_quorum import in_hall, marks_at


@transaction.atomic
def plan_sitting(
    session: StatutorySession,
    *,
    planned_start: datetime,
    planned_end: datetime,
    by: Person | None,
    titles: Mapping[str, str] | None = None,
    chair: SessionDelegate | None = None,
    rapporteur: SessionDelegate | None = None,
    items: Iterable[AgendaItem] = (),
) -> Sitting:
    """Plan the next sitting of a session; returns it, numbered after the last.

    Raises:
        NotGiven: it would end before it begins.
        NotOfThisSession: chair, rapporteur or an item belong to another session.
    """
    session = StatutorySession.objects.select_for_update().get(pk=session.pk)
    items = list(items)
    _check_plan(session, planned_start, planned_end, chair, rapporteur, items)
    last = session.sittings.order_by("-number").values_list("number", flat=True).first()
    sitting = Sitting.objects.create(
        session=session,
        number=(last or 0) + 1,
        titles=dict(titles or {}),
        planned_start=planned_start,
        planned_end=planned_end,
        chair=chair,
        rapporteur=rapporteur,
    )
    sitting.items.set(items)
    record("planned sitting", sitting, by=by, after={"number": sitting.number})
    return sitting


@transaction.atomic
def change_sitting(
    sitting: Sitting,
    *,
    planned_start: datetime,
    planned_end: datetime,
    by: Person | None,
    titles: Mapping[str, str] | None = None,
    chair: SessionDelegate | None = None,
    rapporteur: SessionDelegate | None = None,
    items: Iterable[AgendaItem] = (),
    notes: str = "",
) -> Sitting:
    """Change what a sitting is planned to be, who leads it and who takes it down; returns it.

    Raises:
        NotGiven: it would end before it begins.
        NotOfThisSession: chair, rapporteur or an item belong to another session.
        WrongState: it is closed.
    """
    sitting = _locked(sitting)
    if sitting.closed_at:
        raise WrongState(_("The sitting is closed; what it was stays as it is."))
    items = list(items)
    _check_plan(sitting.session, planned_start, planned_end, chair, rapporteur, items)
    before = {"starts": sitting.planned_start, "ends": sitting.planned_end}
    sitting.planned_start, sitting.planned_end = planned_start, planned_end
    sitting.titles, sitting.notes = dict(titles or {}), notes
    sitting.chair, sitting.rapporteur = chair, rapporteur
    sitting.save()
    sitting.items.set(items)
    after = {"starts": planned_start, "ends": planned_end}
    record("changed sitting", sitting, by=by, before=before, after=after)
    return sitting


@transaction.atomic
def open_sitting(sitting: Sitting, *, by: Person | None) -> Sitting:
    """Open a sitting now. The session sits from its first sitting on. Returns it.

    Raises:
        WrongState: it was opened already, another one is open, or the session is closed.
    """
    sitting = _locked(sitting)
    session = StatutorySession.objects.select_for_update().get(pk=sitting.session_id)
    if sitting.opened_at:
        raise WrongState(_("The sitting was opened already."))
    if session.state == StatutorySession.State.CLOSED:
        raise WrongState(_("The session is closed; no sitting can be opened in it."))
    other = session.sittings.filter(opened_at__isnull=False, closed_at__isnull=True).first()
    if other:
        raise WrongState(
            _("Sitting %(number)s is still open. Close it before you open another one.")
            % {"number": other.number}
        )
    sitting.opened_at = clock.now()
    sitting.save(update_fields=["opened_at"])
    if session.state != StatutorySession.State.OPEN:
        session.state, session.opened_at = StatutorySession.State.OPEN, sitting.opened_at
        session.save(update_fields=["state", "opened_at"])
    record("opened sitting", sitting, by=by, after={"opened": sitting.opened_at})
    return sitting


@transaction.atomic
def close_sitting(sitting: Sitting, *, by: Person | None) -> Sitting:
    """Close a sitting now; returns it.

    Raises:
        WrongState: it is not open, or a vote in it is.
    """
    sitting = _locked(sitting)
    require_open(sitting)
    vote = sitting.votes.filter(result="open").first()
    if vote:
        raise WrongState(
            _("Vote %(number)s is still open. Close it or declare it void, then close the sitting.")
            % {"number": vote.identifier}
        )
    sitting.closed_at = clock.now()
    sitting.save(update_fields=["closed_at"])
    record("closed sitting", sitting, by=by, after={"closed": sitting.closed_at})
    return sitting


@transaction.atomic
def mark_in_hall(
    sitting: Sitting, delegation: Delegation, *, is_present: bool, by: Person | None
) -> bool:
    """Note that a delegation came into the hall or left it; True if that was news.

    Raises:
        WrongState: the sitting is not open.
        NotOfThisSession: the delegation came to another session.
    """
    sitting = _locked(sitting)
    require_open(sitting)
    _require_of(sitting, [delegation])
    if marks_at(sitting, clock.now()).get(delegation.pk, False) == is_present:
        return False
    _write_marks(sitting, {delegation.pk: is_present}, by)
    after = {"delegation": str(delegation), "in_hall": is_present}
    record("marked in hall", sitting, by=by, after=after)
    return True


@transaction.atomic
def take_roll(sitting: Sitting, *, present: Collection[Delegation], by: Person | None) -> int:
    """Take the whole roll: these are in the hall and nobody else. Returns how many came or left.

    Only what changed is marked, so that the time at which each came stays.

    Raises:
        WrongState: the sitting is not open.
        NotOfThisSession: a delegation came to another session.
    """
    sitting = _locked(sitting)
    require_open(sitting)
    _require_of(sitting, present)
    wanted = {one.pk for one in present}
    there = {one.pk for one in in_hall(sitting, clock.now())}
    changes = {pk: pk in wanted for pk in wanted ^ there}
    _write_marks(sitting, changes, by)
    after = {"present": len(wanted), "came": len(wanted - there), "left": len(there - wanted)}
    record("called roll", sitting, by=by, after=after)
    return len(changes)


def require_open(sitting: Sitting) -> None:
    """Let an act of the hall pass while the sitting is open.

    Raises:
        WrongState: it was not opened yet, or it is closed.
    """
    if sitting.opened_at is None:
        raise WrongState(
            _("Sitting %(number)s is not open. Open it first.") % {"number": sitting.number}
        )
    if sitting.closed_at is not None:
        raise WrongState(
            _("Sitting %(number)s is closed; nothing can be added to it.")
            % {"number": sitting.number}
        )


def _locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("session__organ")
    return rows.get(pk=sitting.pk)


def _write_marks(sitting: Sitting, marks: Mapping[int, bool], by: Person | None) -> None:
    at = clock.now()
    RollMark.objects.bulk_create(
        RollMark(sitting=sitting, delegation_id=pk, is_present=is_there, at=at, marked_by=by)
        for pk, is_there in sorted(marks.items())
    )


def _require_of(sitting: Sitting, delegations: Iterable[Delegation]) -> None:
    foreign = [str(one) for one in delegations if one.session_id != sitting.session_id]
    if foreign:
        raise NotOfThisSession(_("Not of this session: %(names)s.") % {"names": in_a_row(foreign)})


def _check_plan(
    session: StatutorySession,
    start: datetime,
    end: datetime,
    chair: SessionDelegate | None,
    rapporteur: SessionDelegate | None,
    items: Iterable[AgendaItem],
) -> None:
    if end <= start:
        raise NotGiven(_("A sitting ends after it begins."))
    rows: list[Any] = [one.delegation for one in (chair, rapporteur) if one is not None]
    foreign = [str(one) for one in [*rows, *items] if one.session_id != session.pk]
    if foreign:
        raise NotOfThisSession(_("Not of this session: %(names)s.") % {"names": in_a_row(foreign)})
