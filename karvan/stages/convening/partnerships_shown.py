"""How a partnership stands, as the screens say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation import clock

from .models import Partnership, PartnershipEvent

MARKS = {"asked": "waiting", "granted": "done", "refused": "dropped", "ended": "locked"}


def mark_of(partnership: Partnership) -> str:
    """The mark of a partnership; one whose time is over is locked before the worker says so."""
    return "locked" if is_over(partnership) else MARKS[partnership.state]


def word_of(partnership: Partnership) -> str:
    """The word for how it stands."""
    return _("Run out") if is_over(partnership) else str(partnership.get_state_display())


def is_over(partnership: Partnership) -> bool:
    """True where it is called in force and its last day is over."""
    ends_on = partnership.ends_on
    return partnership.state == "granted" and ends_on is not None and ends_on < clock.today()


def report_mark(partnership: Partnership) -> str:
    """The mark of the report due, "" where none is."""
    due = partnership.report_due_on
    if due is None or partnership.state not in ("granted", "ended"):
        return ""
    if partnership.report_received_on:
        return "done"
    return "late" if due < clock.today() else "open"


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """An event with the address of what it is here, and whether it lies outside the time."""

    event: PartnershipEvent
    name: str
    address: str
    is_outside: bool


def shown_events(partnership: Partnership, events: Any) -> list[ShownEvent]:
    """The events; ``name`` is of an address and "" for one that is only named here."""
    return [
        ShownEvent(one, *_address(one), not _within(partnership, one.starts_on)) for one in events
    ]


def _address(event: PartnershipEvent) -> tuple[str, str]:
    if event.edition is not None:
        return "edition", event.edition.slug
    if event.consultation is not None:
        return "consultation", event.consultation.code
    if event.session is not None:
        return "session", event.session.slug
    return "", ""


def _within(partnership: Partnership, day: date) -> bool:
    begun = partnership.starts_on is None or partnership.starts_on <= day
    return begun and (partnership.ends_on is None or day <= partnership.ends_on)
