"""Agendas as they were issued, and where two of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import AgendaItem, AgendaVersion, SessionDocument, Sitting, StatutorySession
from .papers_numbers import sort_key

ITEM_MARKS = {
    "proposed": "draft",
    "included": "open",
    "deferred": "waiting",
    "withdrawn": "dropped",
    "closed": "done",
}
_COMPARED = ("number", "titles", "note", "proposer", "question", "state")
FIELDS: dict[str, Promise] = {
    "number": _("number"),
    "titles": _("title"),
    "note": _("explanatory note"),
    "proposer": _("proposed by"),
    "question": _("kind of question"),
    "state": _("state"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One item in two agendas: ``change`` is "new", "gone", "changed" or "same".

    ``fields`` are the (word, before, after) that differ.
    """

    change: str
    item: Mapping[str, Any]
    fields: tuple[tuple[Promise, Any, Any], ...] = ()

    @property
    def mark(self) -> str:
        return {"new": "in_progress", "gone": "dropped", "changed": "changed"}.get(
            self.change, "kept"
        )

    @property
    def word(self) -> str:
        return str(CHANGES[self.change])


CHANGES: dict[str, Promise] = {
    "new": _("new"),
    "gone": _("no longer on it"),
    "changed": _("changed"),
    "same": _("as before"),
}


def differences(earlier: AgendaVersion, later: AgendaVersion) -> list[Difference]:
    """Each item of either agenda, in the order of numbers, with what became of it."""
    before = {one["key"]: one for one in earlier.items}
    after = {one["key"]: one for one in later.items}
    found = [Difference("gone", one) for key, one in before.items() if key not in after]
    for key, one in after.items():
        if key not in before:
            found.append(Difference("new", one))
            continue
        fields = tuple(
            (FIELDS[name], before[key].get(name), one.get(name))
            for name in _COMPARED
            if before[key].get(name) != one.get(name)
        )
        found.append(Difference("changed" if fields else "same", one, fields))
    return sorted(found, key=lambda one: sort_key(one.item["number"]))


def items_listed(session: StatutorySession) -> QuerySet[AgendaItem]:
    """The session's items in their order, each with how many papers it has; one query."""
    return session.agenda_items.annotate(paper_count=Count("documents")).order_by("position", "pk")


def kind_to_issue(session: StatutorySession, issued: Sequence[AgendaVersion]) -> str:
    """The kind of agenda that is most likely to be issued next."""
    if not issued:
        return "provisional"
    return "adopted" if session.state == "open" else "revised"


def pair_asked(
    issued: Sequence[AgendaVersion], asked: Mapping[str, str]
) -> tuple[AgendaVersion | None, AgendaVersion | None]:
    """The two agendas an address asks for by "from" and "to", else the last two; None if not there."""
    numbers = {str(one.number): one for one in issued}
    last = issued[-1] if issued else None
    before = issued[-2] if len(issued) > 1 else None
    return numbers.get(asked.get("from", ""), before), numbers.get(asked.get("to", ""), last)


def order_of(
    sitting: Sitting, documents: Iterable[SessionDocument]
) -> list[tuple[AgendaItem, list[SessionDocument]]]:
    """The items of a sitting in the agenda's order, each with its papers; two queries."""
    by_item: dict[int, list[SessionDocument]] = {}
    for document in documents:
        by_item.setdefault(document.item_id or 0, []).append(document)
    items = sitting.items.order_by("position", "pk")
    return [(one, by_item.get(one.pk, [])) for one in items]
