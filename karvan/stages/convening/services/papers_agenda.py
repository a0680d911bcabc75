"""Acts on single items of an agenda: proposed, changed, included, deferred, withdrawn, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words

from ..errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from ..models import AgendaItem, Delegation, StatutorySession
from ..queries.papers_numbers import is_number, next_number, sort_key
from .papers_sessions import locked_session, require_not_closed

STATE = AgendaItem.State
MOVES = {  # from a state to those an item may go on to
    STATE.PROPOSED: (STATE.INCLUDED, STATE.DEFERRED, STATE.WITHDRAWN),
    STATE.INCLUDED: (STATE.CLOSED, STATE.DEFERRED, STATE.WITHDRAWN),
    STATE.DEFERRED: (STATE.INCLUDED, STATE.WITHDRAWN),
    STATE.WITHDRAWN: (STATE.PROPOSED,),
    STATE.CLOSED: (STATE.INCLUDED,),
}


@transaction.atomic
def propose_item(
    session: StatutorySession,
    *,
    titles: Mapping[str, str],
    by: Person | None,
    number: str = "",
    under: AgendaItem | None = None,
    note: str = "",
    question: str = "default",
    proposed_by: Delegation | None = None,
    proposed_by_text: str = "",
    include: bool = False,
) -> AgendaItem:
    """Propose an item, at the end or at the end of those ``under`` another.

    A typed ``number`` is kept ("7.2"); without one it gets the next. ``include`` puts it on the
    agenda at once, as the secretariat does with its own. A delegation proposes until the
    session's date for it.

    Raises:
        NumberTaken: the number is another item's. NotGiven: it is no number, or has no title.
        WrongState: the agenda is adopted, or the date for proposals has passed.
        NotOfThisSession: ``under`` is an item of another session.
    """
    held = locked_session(session)
    _require_open(held, proposed_by)
    if under is not None and under.session_id != held.pk:
        raise NotOfThisSession(_("That item is on another session's agenda."))
    if not any(titles.values()):
        raise NotGiven(_("Write what the item is about."))
    rows = list(held.agenda_items.all())
    number = _checked(number.strip(), rows) or next_number(rows, under.number if under else "")
    made = AgendaItem.objects.create(
        session=held,
        number=number,
        position=max((one.position for one in rows), default=0) + 1,
        titles=dict(titles),
        note=note,
        question=question or "default",
        proposed_by=proposed_by,
        proposed_by_text=proposed_by_text or (str(proposed_by) if proposed_by else ""),
        state=STATE.INCLUDED if include else STATE.PROPOSED,
    )
    _place(held)
    record(
        "item proposed",
        made,
        by=by,
        after={"number": number, "title": str(made), "state": made.state},
    )
    return made


@transaction.atomic
def change_item(
    item: AgendaItem,
    *,
    titles: Mapping[str, str],
    number: str,
    by: Person | None,
    note: str = "",
    question: str = "default",
    proposed_by_text: str = "",
) -> AgendaItem:
    """Write an item anew. Agendas that were issued keep it as it was.

    Raises:
        NumberTaken, NotGiven, WrongState: as ``propose_item``.
    """
    session, held = _locked(item)
    _require_open(session, None)
    if not any(titles.values()):
        raise NotGiven(_("Write what the item is about."))
    rows = [one for one in session.agenda_items.all() if one.pk != held.pk]
    before = _said(held)
    held.number = _checked(number.strip(), rows) or held.number
    held.titles, held.note, held.question = dict(titles), note, question or "default"
    held.proposed_by_text = proposed_by_text
    held.save()
    if before["number"] != held.number:
        _place(session)
    record("item changed", held, by=by, before=before, after=_said(held))
    return held


@transaction.atomic
def set_item_state(
    item: AgendaItem, *, state: str, by: Person | None, reason: str = ""
) -> AgendaItem:
    """Include, defer, withdraw or close an item, or take one of these back.

    Raises:
        WrongState: it cannot go from the state it is in to that one, or the session is closed.
        NotGiven: deferred or withdrawn without a reason.
    """
    session, held = _locked(item)
    require_not_closed(session)
    if state not in MOVES[STATE(held.state)]:
        raise WrongState(
            _("Item %(number)s is: %(state)s. It cannot become: %(to)s.")
            % {
                "number": held.number,
                "state": held.get_state_display(),
                "to": dict(STATE.choices).get(state, state),
            }
        )
    if state == STATE.CLOSED and session.state != StatutorySession.State.OPEN:
        raise WrongState(_("Items are closed while the session sits."))
    if state in (STATE.DEFERRED, STATE.WITHDRAWN) and not reason.strip():
        raise NotGiven(_("Say why, and where to where it is deferred."))
    before = {"state": held.state}
    held.state, held.state_reason = state, reason.strip()
    held.save(update_fields=["state", "state_reason"])
    after = {"state": state, "number": held.number}
    record("item state said", held, by=by, before=before, after=after, reason=held.state_reason)
    return held


def is_adopted(session: StatutorySession) -> bool:
    """True once the agenda is adopted: then no item is added, changed or moved."""
    return session.agendas.filter(kind="adopted").exists()


def _require_open(session: StatutorySession, proposed_by: Delegation | None) -> None:
    require_not_closed(session)
    if is_adopted(session):
        raise WrongState(
            _("The agenda is adopted. An item can be deferred, withdrawn or closed, not changed.")
        )
    if proposed_by is None:
        return
    if proposed_by.session_id != session.pk:
        raise NotOfThisSession(_("That delegation comes to another session."))
    until = session.items_until
    if until and clock.today() > until:
        raise WrongState(
            _("Members proposed items until %(day)s. Ask the secretariat for a supplementary one.")
            % {"day": date_in_words(until)}
        )


def _locked(item: AgendaItem) -> tuple[StatutorySession, AgendaItem]:
    session = locked_session(item.session)
    held = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    held.session = session
    return session, held


def _checked(number: str, others: list[AgendaItem]) -> str:
    """The number as it may stand, "" where none is typed."""
    if number and not is_number(number):
        raise NotGiven(
            _("“%(number)s” is no number of an item. Write it as 7 or 7.2.") % {"number": number}
        )
    taken = next((one for one in others if one.number == number), None)
    if taken:
        raise NumberTaken(
            _("Number %(number)s is already “%(title)s”. Give this item another.")
            % {"number": number, "title": taken}
        )
    return number


def _place(session: StatutorySession) -> None:
    """Positions follow the numbers: 7, 7.1, 7.2, 8."""
    rows = sorted(session.agenda_items.all(), key=lambda one: (sort_key(one.number), one.position))
    changed = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            changed.append(row)
    AgendaItem.objects.bulk_update(changed, ["position"])


def _said(item: AgendaItem) -> dict[str, Any]:
    return {"number": item.number, "title": str(item), "note": item.note}
