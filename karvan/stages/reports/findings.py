"""What the board's pictures show, in a sentence or two: their text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from .queries.board import BoardRow
from .queries.rollout import (
    CANCELLED,
    HELD,
    LATE,
    NO_DATES,
    NO_RECORD,
    PLANNED,
    UNDER_WAY,
    Phase,
    first_day,
    phase_of,
    short_title,
)


def rollout_finding(rows: Sequence[BoardRow], today: date) -> str:
    """How many editions in how many countries, how many in each phase, what began latest, what is next."""
    phases = [phase_of(row, today) for row in rows]
    sentences = [_counted(rows), _by_phase(phases), _slipped(rows), _next(rows, phases)]
    return " ".join(sentence for sentence in sentences if sentence)


def _counted(rows: Sequence[BoardRow]) -> str:
    countries = len({row.edition.country_id for row in rows})
    return _("%(editions)s in %(countries)s.") % {
        "editions": ngettext("%(n)s edition", "%(n)s editions", len(rows))
        % {"n": formats.number(len(rows))},
        "countries": ngettext("%(n)s country", "%(n)s countries", countries)
        % {"n": formats.number(countries)},
    }


def _by_phase(phases: Sequence[Phase]) -> str:
    """ "4 were held, 1 is under way, 6 are planned, of 8 there is no record." """
    said = [
        _phase_words(phase, phases.count(phase))
        for phase in (HELD, UNDER_WAY, PLANNED, LATE, NO_DATES, NO_RECORD, CANCELLED)
        if phase in phases
    ]
    return _("%(counts)s.") % {"counts": formats.in_a_row(said)} if said else ""


def _phase_words(phase: Phase, count: int) -> str:
    words = {
        HELD.state: ngettext("%(n)s was held", "%(n)s were held", count),
        UNDER_WAY.state: ngettext("%(n)s is under way", "%(n)s are under way", count),
        PLANNED.state: ngettext("%(n)s is planned", "%(n)s are planned", count),
        LATE.state: ngettext("%(n)s is late", "%(n)s are late", count),
        NO_DATES.state: ngettext("%(n)s has no dates yet", "%(n)s have no dates yet", count),
        NO_RECORD.state: ngettext(
            "of %(n)s there is no record", "of %(n)s there is no record", count
        ),
        CANCELLED.state: ngettext("%(n)s was cancelled", "%(n)s were cancelled", count),
    }
    return words[phase.state] % {"n": formats.number(count)}


def _slipped(rows: Sequence[BoardRow]) -> str:
    """The activity that began latest after its planned day."""
    slips = [
        ((one.actual_starts_on - one.planned_starts_on).days, row, one)
        for row in rows
        for one in row.activities
        if one.actual_starts_on and one.planned_starts_on
    ]
    if not slips:
        return ""
    days, row, activity = max(slips, key=lambda slip: slip[0])
    if days <= 0:
        return _("None began later than planned.")
    return ngettext(
        "The longest delay was %(n)s day: %(activity)s, %(country)s.",
        "The longest delay was %(n)s days: %(activity)s, %(country)s.",
        days,
    ) % {
        "n": formats.number(days),
        "activity": short_title(activity, row),
        "country": row.edition.country,
    }


def _next(rows: Sequence[BoardRow], phases: Sequence[Phase]) -> str:
    """The planned edition that begins first."""
    coming = [
        (day, row)
        for row, phase in zip(rows, phases, strict=True)
        if phase == PLANNED and (day := first_day(row))
    ]
    if not coming:
        return ""
    day, row = min(coming, key=lambda one: (one[0], one[1].edition.scope))
    return _("Next: %(country)s on %(day)s.") % {
        "country": row.edition.country,
        "day": formats.date_in_words(day),
    }
