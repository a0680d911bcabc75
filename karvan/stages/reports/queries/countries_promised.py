"""A promise of so many countries: which of them held it, and when the last one needed did."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Edition

from .happenings import Happenings
from .lines import Fact, Outcome
from .words_promised import delivered_marks, evidence_until, fact_of, not_delivered


def compare_countries(commitment: Commitment, seen: Happenings, day: date) -> Outcome:
    """Kept on the day on which the n-th country was reached; late against its date.

    A country counts from the first day on which one of its editions held an activity, or
    sent ventures to a common final, after the promise was made. Evidence is only news here:
    that one country held it does not keep a promise of ten.
    """
    wanted = int(commitment.terms["countries"])
    reached = _reached(commitment, seen, day)
    news = tuple(map(fact_of, evidence_until(commitment, day)))
    facts = (*reached, *news)
    if len(reached) >= wanted > 0:
        on = reached[wanted - 1].on
        marks, days = delivered_marks(commitment, on)
        return Outcome(marks, on, days, facts, _counted(len(reached), wanted))
    known = facts or tuple(_adopted(commitment, seen))
    return not_delivered(commitment, day, known, _counted(len(reached), wanted))


def _reached(commitment: Commitment, seen: Happenings, day: date) -> list[Fact]:
    """One fact a country, by the day on which it first counted."""
    besides = commitment.terms.get("besides") or []
    first: dict[str, Fact] = {}
    for edition in seen.of_programme(commitment.terms["programme"]):
        fact = _first_held(edition, seen)
        if fact is None or fact.on is None or edition.country_id in besides:
            continue
        if not commitment.promised_on <= fact.on <= day:
            continue
        known = first.get(edition.country_id)
        if known is None or known.on is None or fact.on < known.on:
            first[edition.country_id] = fact
    return sorted(first.values(), key=lambda fact: (fact.on or date.max, fact.source))


def _first_held(edition: Edition, seen: Happenings) -> Fact | None:
    held = [
        (day, str(activity))
        for activity in edition.activities.all()
        if (day := activity.actual_ends_on or activity.actual_starts_on)
    ]
    final = seen.finals.get(edition.pk)
    if final is not None:
        held.append((final.starts_on, str(final)))
    if not held:
        return None
    on, what = min(held)
    words = _("%(country)s: %(what)s") % {"country": edition.country, "what": what}
    return Fact(words, on, edition.code, edition)


def _adopted(commitment: Commitment, seen: Happenings) -> list[Fact]:
    """Editions that were adopted and have held nothing yet: a trace, no delivery."""
    besides = commitment.terms.get("besides") or []
    return [
        Fact(
            _("%(country)s has adopted the programme") % {"country": edition.country},
            edition.adopted_at.date() if edition.adopted_at else None,
            edition.code,
            edition,
        )
        for edition in seen.of_programme(commitment.terms["programme"])
        if edition.country_id not in besides
    ]


def _counted(reached: int, wanted: int) -> str:
    return _("%(reached)s of %(wanted)s countries") % {
        "reached": formats.number(reached),
        "wanted": formats.number(wanted),
    }
