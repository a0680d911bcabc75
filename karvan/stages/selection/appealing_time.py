"""Until when a decision may be appealed, in working days of the country."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.places.queries import calendar_of
from karvan.stages.calls.models import Call
from karvan.stages.editions.queries import activity_document

from .models import Decision, Offer

LETTERS = ("selection/offer", "selection/waiting", "selection/declined")
DAYS_TO_DECIDE = 10  # working days from the day an appeal was filed


def appeal_days(call: Call) -> int:
    """Working days within which the design lets applicants appeal; 0 where it has no appeal."""
    selection = activity_document(call.activity).get("selection") or {}
    return int(selection.get("appeal_days") or 0)


def letter_key(kind: str, decision: Decision) -> str:
    """The key of the letter that tells one applicant how it ended."""
    return f"{kind}:{decision.application_id}"


def told_at(decision: Decision) -> datetime | None:
    """When the applicant was told: the letter's time, else that of the run's first offer.

    Not before the run was signed: an earlier run that was set aside may have told something
    else. None before anybody was told. Two queries.
    """
    keys = [letter_key(kind, decision) for kind in LETTERS]
    written = Message.objects.filter(key__in=keys).order_by("created_at")
    first = written.values_list("created_at", flat=True).first()
    sent = Offer.objects.filter(run_id=decision.run_id).order_by("offered_at")
    found = first or sent.values_list("offered_at", flat=True).first()
    signed_at = decision.run.signed_at
    return max(found, signed_at) if found and signed_at else found


def appeal_until(decision: Decision, told: datetime | None = None) -> date | None:
    """The last day on which an appeal may come; None where there is none, or nobody was told.

    The days are counted from the day after the letter, by the country's calendar with the
    edition's own week and holidays.

    Raises:
        NoWorkingWeek: none is written down for the country; it is never guessed.
    """
    days = appeal_days(decision.run.call)
    told = told or told_at(decision)
    if not days or told is None:
        return None
    return working_days_after(decision.run.call, local_day(decision.run.call, told), days)


def working_days_after(call: Call, day: date, count: int) -> date:
    """The last of the first ``count`` working days after a day, where the call's edition is held."""
    edition = call.activity.edition
    calendar = calendar_of(edition.country_id, scope=edition.scope)
    return calendar.working_days(day + timedelta(days=1), count)[-1]


def local_day(call: Call, moment: datetime | None = None) -> date:
    """The day of a moment, or today, at the clock of the call's edition."""
    zone = ZoneInfo(call.activity.edition.time_zone)
    return (moment or clock.now()).astimezone(zone).date()
