"""What a person's desk is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise

from karvan.foundation import clock

CLOSE_DAYS = 7  # a date this near is worth a sentence
SHOWN = 3  # rows of one kind that get a sentence each; more are told in one
MOST = 50  # rows of one kind that are read at all


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs a person: a sentence with one act.

    key:    unique on a desk, so that two roles do not say the same thing twice.
    due:    a day or a moment, None where there is none.
    zone:   the time zone of its place, whose clock a moment is told by.
    url:    where the act is done.
    """

    key: str
    sentence: str
    act: str | Promise
    url: str
    due: date | None = None
    is_late: bool = False
    zone: str | None = None

    @property
    def day(self) -> date | None:
        """The day it is due on, at the clock of its place."""
        if isinstance(self.due, datetime):
            return timezone.localtime(self.due, ZoneInfo(self.zone) if self.zone else None).date()
        return self.due


def named(text: Any) -> str:
    """A name kept apart from the direction of the sentence around it."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def is_past(due: date | None) -> bool:
    """True for a day before today or a moment before now."""
    if due is None:
        return False
    return due < clock.now() if isinstance(due, datetime) else due < clock.today()


def in_order(needs: Sequence[Need]) -> list[Need]:
    """Late ones first, then by day; what has no day comes last. Each key once."""
    once = {one.key: one for one in reversed(needs)}
    far = date.max
    return sorted(once.values(), key=lambda one: (not one.is_late, one.day or far, one.key))
