"""A promise in words only: shown with its evidence, and judged by nothing but that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment, Evidence

from .lines import Fact, Outcome

# After so long without a due date and without a trace nobody can call a promise open.
FORGOTTEN_AFTER = timedelta(days=731)


def compare_words(commitment: Commitment, day: date, *, known: Sequence[Fact] = ()) -> Outcome:
    """Kept when evidence delivers it; else open, late or, without any trace, unknown.

    ``known`` are facts that another comparison found and that deliver nothing.
    """
    evidence = evidence_until(commitment, day)
    facts = (*known, *map(fact_of, evidence))
    delivering = [one for one in evidence if one.delivers]
    if delivering:
        return _delivered(commitment, delivering, facts)
    return not_delivered(commitment, day, facts)


def evidence_until(commitment: Commitment, day: date) -> list[Evidence]:
    """The evidence known by a day: undated pieces last."""
    listed = [one for one in commitment.evidence.all() if (one.happened_on or day) <= day]
    return sorted(listed, key=lambda one: (one.happened_on or date.max, one.pk))


def fact_of(evidence: Evidence) -> Fact:
    """A piece of evidence as a fact."""
    return Fact(
        in_language(evidence.texts),
        evidence.happened_on,
        evidence.source,
        evidence.commitment,
        evidence.date_note,
    )


def delivered_marks(
    commitment: Commitment, on: date | None, first: str = "kept"
) -> tuple[tuple[str, ...], int | None]:
    """The marks of something delivered on a day, and by how many days it was late.

    Without one of the two dates nobody can say whether it was in time: None.
    """
    if on is None or commitment.due_on is None:
        return (first,), None
    days = max(0, (on - commitment.due_on).days)
    return ((first, "late") if days else (first,)), days


def not_delivered(
    commitment: Commitment, day: date, facts: tuple[Fact, ...], reason: str = ""
) -> Outcome:
    """Open until its date; past it late by so many days, or unknown without any trace."""
    due = commitment.due_on
    is_over = due < day if due else commitment.promised_on + FORGOTTEN_AFTER < day
    if is_over and not facts:
        return Outcome(("unknown",), reason=_("There is no trace of it."))
    if due and due < day:
        return Outcome(("late",), days_late=(day - due).days, facts=facts, reason=reason)
    return Outcome(("open",), facts=facts, reason=reason)


def _delivered(
    commitment: Commitment, delivering: list[Evidence], facts: tuple[Fact, ...]
) -> Outcome:
    on = delivering[0].happened_on
    marks, days = delivered_marks(commitment, on)
    undated = _("On which day is not known, so neither is whether it was in time.")
    return Outcome(marks, on, days, facts, "" if on or not commitment.due_on else undated)
