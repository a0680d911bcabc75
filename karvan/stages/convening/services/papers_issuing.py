"""Acts on the agenda as a whole: its order and numbers, and the versions that are issued."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, WrongState
from ..models import AgendaItem, AgendaVersion, StatutorySession
from ..queries.papers_numbers import moved, numbered
from .papers_agenda import is_adopted
from .papers_sessions import locked_session, require_not_closed

KIND = AgendaVersion.Kind
LIVE = (AgendaItem.State.INCLUDED, AgendaItem.State.CLOSED)


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Person | None) -> AgendaItem:
    """Let an item, with those under it, change places with the one before or after it.

    Until an agenda is issued the numbers follow; afterwards they stay, for papers name them.
    The first goes no further up and the last no further down: then nothing is written.

    Raises:
        WrongState: the agenda is adopted.
    """
    session = _open_agenda(item.session)
    rows = list(session.agenda_items.all())
    order = moved(rows, item, up)
    if [one.pk for one in order] == [one.pk for one in sorted(rows, key=lambda r: r.position)]:
        return item
    for position, row in enumerate(order, start=1):
        row.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
    if not session.agendas.exists():
        _renumber(order)
    item.refresh_from_db()
    record("item moved", item, by=by, after={"number": item.number, "up": up})
    return item


@transaction.atomic
def number_items_anew(session: StatutorySession, *, by: Person | None) -> int:
    """Number all items by their places; returns how many numbers changed.

    Raises:
        WrongState: the agenda is adopted.
    """
    held = _open_agenda(session)
    changed = _renumber(list(held.agenda_items.order_by("position", "pk")))
    record("items renumbered", held, by=by, after={"changed": changed})
    return changed


@transaction.atomic
def issue_agenda(session: StatutorySession, *, kind: str, by: Person | None) -> AgendaVersion:
    """Issue the agenda as it stands; what is issued never changes.

    Raises:
        WrongState: there is no item on it, the kind does not follow what was issued before, an
            item stands under one that is not on it, or it is adopted before the session sits.
    """
    held = _open_agenda(session)
    last = held.agendas.order_by("-number").first()
    items = list(held.agenda_items.filter(state__in=LIVE).order_by("position", "pk"))
    _check_kind(held, kind, last)
    if not items:
        raise WrongState(_("No item is on the agenda yet. Include at least one first."))
    listed = [_frozen(one) for one in items]
    if last and last.items == listed and kind != KIND.ADOPTED:
        raise WrongState(
            _("Nothing has changed since version %(number)s; there is nothing to issue.")
            % {"number": last.number}
        )
    made = AgendaVersion.objects.create(
        session=held,
        number=last.number + 1 if last else 1,
        kind=kind,
        items=listed,
        issued_at=clock.now(),
        issued_by=by,
    )
    after = {"number": made.number, "kind": kind, "items": len(listed)}
    record("agenda issued", held, by=by, after=after)
    return made


def _check_kind(session: StatutorySession, kind: str, last: AgendaVersion | None) -> None:
    if kind not in KIND.values:
        raise NotGiven(_("An agenda is provisional, supplementary, revised or adopted."))
    if last is None and kind != KIND.PROVISIONAL:
        raise WrongState(_("The first agenda that is issued is the provisional one."))
    if last is not None and kind == KIND.PROVISIONAL:
        raise WrongState(
            _("A provisional agenda is issued already. Issue a supplementary or a revised one.")
        )
    if kind == KIND.ADOPTED and session.state != StatutorySession.State.OPEN:
        raise WrongState(_("The agenda is adopted by the session, once it sits."))


def _open_agenda(session: StatutorySession) -> StatutorySession:
    held = locked_session(session)
    require_not_closed(held)
    if is_adopted(held):
        raise WrongState(_("The agenda is adopted; its order and its numbers stay."))
    return held


def _renumber(order: list[AgendaItem]) -> int:
    numbers = numbered(order)
    changed = [one for one in order if one.number != numbers[one.pk]]
    for one in changed:  # first out of each other's way: a number is unique at every moment
        one.number = f"~{one.pk}"[:12]
    AgendaItem.objects.bulk_update(changed, ["number"])
    for one in changed:
        one.number = numbers[one.pk]
    AgendaItem.objects.bulk_update(changed, ["number"])
    return len(changed)


def _frozen(item: AgendaItem) -> dict[str, Any]:
    """An item as an issued agenda keeps it."""
    return {
        "key": item.pk,
        "number": item.number,
        "titles": item.titles,
        "note": item.note,
        "proposer": item.proposed_by_text,
        "question": item.question,
        "state": item.state,
    }
