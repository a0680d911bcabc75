"""The promises of two parties, judged by what the register shows."""

from __future__ import annotations

from datetime import date

from karvan.stages.agreements.models import Commitment
from karvan.stages.agreements.standing import Standing

from .ledger import ledger
from .lines import Line
from .words_promised import evidence_until


def judge(commitments: list[Commitment], day: date) -> list[Standing]:
    """How each stands as of a day, by the ledger, in the active language.

    Cost: that of the ledger, however many there are.
    """
    return [_standing(line, day) for line in ledger(commitments, as_of=day).lines]


def _standing(line: Line, day: date) -> Standing:
    return Standing(
        line.commitment,
        line.marks,
        days_late=line.days_late or None,
        delivered_on=line.delivered_on,
        evidence=tuple(evidence_until(line.commitment, day)),
        reason=_why(line),
    )


def _why(line: Line) -> str:
    """What the register shows besides the evidence, what changed, and why."""
    shown = [fact.words for fact in line.facts if fact.subject != line.commitment]
    changed = [change.words for change in line.departures]
    return " · ".join(filter(None, (*shown[:2], *changed, line.reason)))
