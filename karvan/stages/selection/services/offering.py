"""Offers and letters: each once, each in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record, record_many
from karvan.foundation.ui import formats

from ..appealing_time import appeal_days, letter_key, local_day, working_days_after
from ..errors import WrongState
from ..letters import decision_in_words
from ..models import Decision, Offer, SelectionRun
from ..queries import decisions_listed

LETTERS = {
    Decision.Outcome.WAITING: "selection/waiting",
    Decision.Outcome.DECLINED: "selection/declined",
}


@dataclass(frozen=True, slots=True)
class SentOffers:
    """What one sending did. ``without_address`` are numbers of applications nobody can write to."""

    offers: int
    letters: int
    without_address: tuple[str, ...]


@transaction.atomic
def send_offers(run: SelectionRun, *, days_to_answer: int, by: Person | None) -> SentOffers:
    """Offer every selected application its place and write to everybody in the run.

    The place is held until the end of the last day in the edition's time zone. Safe to
    run again: who has an offer or a letter gets no second one.

    Raises:
        WrongState: the run is not signed, or there is no day to answer.

    Cost: one row an offer and three writes a letter.
    """
    run = (
        SelectionRun.objects.select_for_update(of=("self",))
        .select_related("call__activity__edition")
        .get(pk=run.pk)
    )
    if run.state != SelectionRun.State.SIGNED:
        raise WrongState(_("Offers are sent only once the selection is signed."))
    if days_to_answer < 1:
        raise WrongState(_("Give at least one day to answer."))
    decisions = list(decisions_listed(run).select_related("application__person"))
    made = _missing_offers(run, decisions, days_to_answer)
    letters, silent = 0, []
    appeal = last_day_to_appeal(run)
    offers = {one.application_id: one for one in run.offers.all()}
    for decision in decisions:
        decision.run = run  # else each would read the run again, with its document
        if not address_of(decision):
            silent.append(str(decision.application))
        else:
            offer = offers.get(decision.application_id)
            letters += write_decision(decision, offer, appeal_until=appeal, by=by)
    if made:
        record_many(
            [Act("offered place", one, after={"until": one.expires_at}) for one in made], by=by
        )
        record("sent offers", run, by=by, after={"offers": len(made), "letters": letters})
    return SentOffers(len(made), letters, tuple(silent))


def last_moment(run: SelectionRun, days: int) -> datetime:
    """The end of the last day to answer, ``days`` from today, in the edition's time zone."""
    zone = ZoneInfo(run.call.activity.edition.time_zone)
    last: date = clock.now().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(last, time(23, 59, 59), tzinfo=zone)


def last_day_to_appeal(run: SelectionRun) -> date | None:
    """Until when decisions told today may be appealed; None where the design has no appeal.

    Raises:
        NoWorkingWeek: none is written down for the country.
    """
    days = appeal_days(run.call)
    return working_days_after(run.call, local_day(run.call), days) if days else None


def write_decision(
    decision: Decision,
    offer: Offer | None,
    *,
    appeal_until: date | None = None,
    on_appeal: bool = False,
    by: Person | None,
) -> int:
    """Write to one applicant how it ended and why, and until when to appeal.

    Returns 1, or 0 where nobody can be written to.
    """
    application = decision.application
    to = address_of(decision)
    if not to:
        return 0
    language = application.language
    kind = "selection/offer" if offer else LETTERS.get(Decision.Outcome(decision.outcome))
    if kind is None:
        return 0
    with translation.override(language):
        reasons = decision_in_words(decision, offer)
        until = _until(offer, language)
        last = formats.date_in_words(appeal_until, language) if appeal_until else ""
    context: Mapping[str, Any] = {
        "application": application,
        "activity": decision.run.call.activity,
        "decision": decision,
        "offer": offer,
        "until": until,
        "reasons": reasons,
        "appeal_until": last,
        "on_appeal": on_appeal,
    }
    write_message(
        kind,
        to=to,
        key=letter_key(kind, decision),
        context=context,
        language=language,
        scope=decision.run.scope,
        by=by,
    )
    return 1


def _missing_offers(run: SelectionRun, decisions: list[Decision], days: int) -> list[Offer]:
    have = set(
        Offer.objects.filter(application__call=run.call).values_list("application_id", flat=True)
    )
    until, now = last_moment(run, days), clock.now()
    wanted = [
        Offer(run=run, application=one.application, offered_at=now, expires_at=until)
        for one in decisions
        if one.outcome == Decision.Outcome.SELECTED and one.application_id not in have
    ]
    return Offer.objects.bulk_create(wanted, batch_size=500)


def address_of(decision: Decision) -> Person | str:
    """Where to write: the account's address, else the one on the application, else ""."""
    person = decision.application.person
    return person if person and person.email else decision.application.email


def _until(offer: Offer | None, language: str) -> str:
    if offer is None:
        return ""
    zone = offer.run.call.activity.edition.time_zone
    return formats.datetime_in_words(offer.expires_at, language, zone=zone)
