"""Letters about partnerships that end and reports that are due, each written once."""

from __future__ import annotations

from datetime import timedelta

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.stages.agreements.queries import keepers_of, speakers_of

from ..models import Partnership
from ..queries.partnerships import ending_soon, partnerships_listed

DAYS_BEFORE_REPORT = 30


def write_partnership_letters(*, by: Person | None = None) -> int:
    """Write to the officers before a partnership ends, and to them and to those who speak for
    the party when its report is due soon or overdue. Returns how many letters. Safe to run again.
    """
    today = clock.today()
    written = 0
    for one in partnerships_listed().filter(ending_soon(today)):
        for keeper in keepers_of(one.scope):
            written += _write("ending", one, keeper, str(one.ends_on), by)
    awaited = partnerships_listed().filter(
        state__in=["granted", "ended"],
        report_received_on__isnull=True,
        report_due_on__lte=today + timedelta(days=DAYS_BEFORE_REPORT),
    )
    for one in awaited:
        assert one.report_due_on is not None
        kind = "report_late" if one.report_due_on < today else "report_due"
        for person in (*keepers_of(one.scope), *speakers_of(one.party)):
            written += _write(kind, one, person, str(one.report_due_on), by)
    return written


def _write(kind: str, one: Partnership, to: Person, day: str, by: Person | None) -> int:
    write_message(
        f"convening/partnership_{kind}",
        to=to,
        key=f"partnership-{kind}:{one.pk}:{day}:{to.pk}",
        context={"partnership": one},
        scope=one.scope,
        by=by,
    )
    return 1
