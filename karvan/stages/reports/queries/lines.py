"""What the promise ledger says: its lines, the facts behind them, and their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats
from karvan.foundation.ui.states import state_of
from karvan.stages.agreements.models import Commitment

#: Every mark a line can hold, in the order in which counts are shown.
MARKS = ("kept", "changed", "late", "open", "unknown", "dropped")
# What a person says that means no more than "we have not come to an end yet".
UNDECIDED = ("open", "in_progress")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the register or a piece of evidence shows.

    on:        the day of it, the last one where it took several, ``first`` being the first;
               None where the day is not known, then ``date_note`` says why.
    source:    where this is known from: an edition's code, or what the evidence names.
    subject:   the row it is about, to be opened.
    """

    words: str
    on: date | None
    source: str
    subject: models.Model | None = None
    date_note: str = ""
    first: date | None = None

    @property
    def is_longer(self) -> bool:
        """True where it took more than one day."""
        return self.first is not None and self.first != self.on


@dataclass(frozen=True, slots=True)
class Change:
    """What was held otherwise than promised: ``before`` → ``after``, and why."""

    part: str
    before: Any
    after: Any
    reason: str
    on: date | None = None

    @property
    def words(self) -> str:
        """ "days: 3 → 2"."""
        return _("%(part)s: %(before)s → %(after)s") % {
            "part": self.part,
            "before": "–" if self.before is None else self.before,
            "after": "–" if self.after is None else self.after,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comparison of terms with the register came to."""

    marks: tuple[str, ...]
    delivered_on: date | None = None
    days_late: int | None = None
    facts: tuple[Fact, ...] = ()
    reason: str = ""
    departures: tuple[Change, ...] = ()

    @property
    def is_delivered(self) -> bool:
        """True where the thing promised is there, as promised or otherwise."""
        return "kept" in self.marks or ("changed" in self.marks and self.delivered_on is not None)


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment, and what became of it.

    marks:     one or two of ``MARKS``; "late" always stands last.
    days_late: from the due date to the delivery, or to the day of asking; 0 in time;
               None where a date is missing on either side.
    """

    commitment: Commitment
    marks: tuple[str, ...]
    delivered_on: date | None
    days_late: int | None
    facts: tuple[Fact, ...]
    reason: str
    departures: tuple[Change, ...]

    @property
    def words(self) -> str:
        """ "kept, 304 days late"."""
        return ", ".join(mark_in_words(mark, self.days_late) for mark in self.marks)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each mark with its words."""
        return tuple((mark, mark_in_words(mark, self.days_late)) for mark in self.marks)

    @property
    def said(self) -> str:
        """What a person said of it, where that is not what the register shows; else ""."""
        state = self.commitment.state
        undecided = state in UNDECIDED and ("open" in self.marks or state == "open")
        if undecided or state in self.marks:
            return ""
        return str(self.commitment.get_state_display())

    @property
    def is_on_time(self) -> bool:
        """True where it was kept, as promised and by its date."""
        return "kept" in self.marks and self.days_late == 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines in the order asked for; ``counts`` says how many lines hold each mark.

    A line may hold two marks, so the counts may sum to more than the lines.
    """

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    as_of: date

    @property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """The counts in the order of ``MARKS``, for a picture."""
        return tuple((mark, self.counts[mark]) for mark in MARKS)


def mark_in_words(mark: str, days_late: int | None) -> str:
    """The word of a mark in the reader's language; lateness with by how much."""
    if mark == "late" and days_late:
        return ngettext("%(days)s day late", "%(days)s days late", days_late) % {
            "days": formats.number(days_late)
        }
    return str(state_of(mark).word)
