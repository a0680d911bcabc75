"""The promise ledger: what became of each commitment, computed and never typed.

| what the terms say                    | delivered when                           | changed when                      |
|---------------------------------------|------------------------------------------|-----------------------------------|
| programme, format, country (days,     | the activity has its last actual day     | days or weeks held are not those  |
| weeks)                                | (or its first, in a closed edition)      | promised                          |
| programme, countries: n, besides      | the n-th country held an activity or     | –                                 |
|                                       | came to a common final                   |                                   |
| title (a series), city                | the city's title was decided             | –                                 |
| session (its address)                 | the session is closed                    | –                                 |
| restoration (a country)               | a restoration there was accepted         | –                                 |
| anything else, or nothing             | evidence says "this is what was promised"| –                                 |

Then, for all of them: delivered after the due date is *late* by so many days, and so is what
is not delivered though it fell due; delivered as promised is *kept*; not yet due is *open*.
Where neither the register nor any evidence shows a trace, a promise that fell due, or that is
older than two years without a date, is *unknown*. *Dropped* is what a person said with a
reason of something that was not delivered; whatever else a person said stands beside the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import prefetch_related_objects

from karvan.foundation import clock
from karvan.stages.agreements.models import Commitment

from .activities_promised import compare_activity
from .convened_promised import KEYS as CONVENED
from .convened_promised import Convened, compare_convened, convened_for
from .countries_promised import compare_countries
from .happenings import Happenings, happenings_for
from .lines import MARKS, Ledger, Line, Outcome
from .words_promised import compare_words

NEEDED = ("owner", "item__consultation", "obligation__agreement", "evidence", "fulfilments")


def ledger(commitments: Iterable[Commitment], *, as_of: date | None = None) -> Ledger:
    """What became of each of these commitments as of a day (today), in the order given.

    Words are in the active language. Cost: sixteen queries at most, however many lines.
    """
    listed = list(commitments)
    day = as_of or clock.today()
    prefetch_related_objects(listed, *NEEDED)
    seen, convened = happenings_for(listed), convened_for(listed)
    lines = tuple(_line(one, seen, convened, day) for one in listed)
    counts = {mark: sum(mark in line.marks for line in lines) for mark in MARKS}
    return Ledger(lines, counts, day)


def _line(commitment: Commitment, seen: Happenings, convened: Convened, day: date) -> Line:
    outcome = _compared(commitment, seen, convened, day)
    if commitment.state == Commitment.State.DROPPED and not outcome.is_delivered:
        outcome = Outcome(("dropped",), facts=outcome.facts, reason=commitment.state_reason)
    return Line(
        commitment=commitment,
        marks=outcome.marks,
        delivered_on=outcome.delivered_on,
        days_late=outcome.days_late,
        facts=outcome.facts,
        reason=outcome.reason,
        departures=outcome.departures,
    )


def _compared(commitment: Commitment, seen: Happenings, convened: Convened, day: date) -> Outcome:
    terms = commitment.terms
    if terms.get("programme") and isinstance(terms.get("countries"), int):
        return compare_countries(commitment, seen, day)
    if terms.get("programme") and (terms.get("format") or terms.get("country")):
        return compare_activity(commitment, seen, day)
    if any(terms.get(key) for key in CONVENED):
        return compare_convened(commitment, convened, day)
    return compare_words(commitment, day)
