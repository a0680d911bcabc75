"""How a promise stands by what is written of it: its date, its evidence, and what was said.

| what is written                                    | it is                                  |
|----------------------------------------------------|----------------------------------------|
| evidence that delivers, by the due date or undated | kept                                   |
| evidence that delivers, after the due date         | kept, and late by so many days         |
| somebody said with a reason: changed or dropped    | changed or dropped                     |
| somebody said: kept                                | kept                                   |
| due date over, some trace of it                    | late by so many days                   |
| due date over, or two years without one, no trace  | unknown                                |
| else                                               | open                                   |

What was held for a promise is known to a later stage, which says so when it starts
(``judge_by``); the rules for promises in words are the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvan.foundation.ui.states import state_of

from .models import Commitment, Evidence

#: Every mark a promise can have, in the order in which they are counted.
MARKS = ("kept", "changed", "late", "open", "unknown", "dropped")
# After so long without a due date and without a trace nobody can call a promise open.
FORGOTTEN_AFTER = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a promise as of a day.

    marks:     one or two of ``MARKS``; "late" stands last.
    days_late: from the due date to the delivery or the day of asking; None where not late.
    """

    commitment: Commitment
    marks: tuple[str, ...]
    days_late: int | None = None
    delivered_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str | Promise = ""  # said in the language in which it is read

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each mark with its words: ("late", "late by 12 days")."""
        return tuple((mark, self._in_words(mark)) for mark in self.marks)

    @property
    def is_open(self) -> bool:
        """True where something is still to be done."""
        return "kept" not in self.marks and bool({"open", "late", "unknown"} & set(self.marks))

    def _in_words(self, mark: str) -> str:
        if mark == "late" and self.days_late:
            words = ngettext("late by %(days)d day", "late by %(days)d days", self.days_late)
            return words % {"days": self.days_late}
        return str(state_of(mark).word)


def standing_of(commitment: Commitment, day: date) -> Standing:
    """How one promise stands; its evidence should be fetched with it."""
    evidence = tuple(one for one in commitment.evidence.all() if (one.happened_on or day) <= day)
    delivering = [one for one in evidence if one.delivers]
    if delivering:
        return _delivered(commitment, delivering, evidence)
    said = commitment.state
    if said in ("changed", "dropped"):
        return Standing(commitment, (said,), evidence=evidence, reason=commitment.state_reason)
    if said == "kept":
        return Standing(commitment, ("kept",), evidence=evidence, reason=_("So it was said."))
    due = commitment.due_on
    is_over = due < day if due else commitment.promised_on + FORGOTTEN_AFTER < day
    if is_over and not evidence:
        return Standing(commitment, ("unknown",), reason=_("There is no trace of it."))
    if due and due < day:
        return Standing(commitment, ("late",), days_late=(day - due).days, evidence=evidence)
    return Standing(commitment, ("open",), evidence=evidence)


Judge = Callable[[list[Commitment], date], list[Standing]]
_judges: list[Judge] = []


def judge_by(judge: Judge) -> None:
    """From now on promises are judged by ``judge``, which knows what was held for them.

    A stage that comes later calls this when it starts: it asks its own rows, and no row of
    this stage has to know them.
    """
    _judges[:] = [judge]


def standings_of(commitments: Iterable[Commitment], day: date) -> list[Standing]:
    """How each of these promises stands as of a day, in the order given and in the active
    language."""
    listed = list(commitments)
    return _judges[0](listed, day) if _judges else [standing_of(one, day) for one in listed]


def counted(standings: Iterable[Standing]) -> dict[str, int]:
    """How many have each mark; a promise kept late counts as kept and as late."""
    listed = list(standings)
    return {mark: sum(mark in one.marks for one in listed) for mark in MARKS}


def _delivered(
    commitment: Commitment, delivering: list[Evidence], evidence: tuple[Evidence, ...]
) -> Standing:
    days = [one.happened_on for one in delivering if one.happened_on]
    on = min(days) if days else None
    late = (on - commitment.due_on).days if on and commitment.due_on else 0
    undated = _("On which day is not known, so neither is whether it was in time.")
    return Standing(
        commitment,
        ("kept", "late") if late > 0 else ("kept",),
        days_late=late if late > 0 else None,
        delivered_on=on,
        evidence=evidence,
        reason="" if on or not commitment.due_on else undated,
    )
