"""Meetings: prepared, held, their minutes taken and confirmed by every side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record

from ..errors import MinutesAgreed, NotAtTheTable, WrongState
from ..models import Consultation, ConsultationParty, Delegate, Topic


@transaction.atomic
def prepare_consultation(
    *,
    code: str,
    titles: Mapping[str, str],
    starts_on: date,
    ends_on: date,
    parties: Sequence[Party],
    by: Person | None,
    place: str = "",
    country: Country | None = None,
    language: str = "en",
    date_precision: str = "day",
    source: str = "",
    scope: str = "",
) -> Consultation:
    """Write down that parties will meet; returns the meeting with its parties at the table.

    Raises:
        WrongState: fewer than two parties, or the meeting ends before it begins.
    """
    if len({party.pk for party in parties}) < 2:
        raise WrongState(_("A meeting needs at least two parties."))
    if ends_on < starts_on:
        raise WrongState(_("A meeting must begin before it ends."))
    if Consultation.objects.filter(code=code).exists():
        raise WrongState(_("There is already a meeting with the code “%(code)s”.") % {"code": code})
    meeting = Consultation.objects.create(
        code=code,
        titles=dict(titles),
        place=place,
        country=country,
        starts_on=starts_on,
        ends_on=ends_on,
        date_precision=date_precision,
        language=language,
        source=source,
        scope=scope,
    )
    ConsultationParty.objects.bulk_create(
        ConsultationParty(consultation=meeting, party=party) for party in parties
    )
    record(
        "prepared",
        meeting,
        by=by,
        after={"from": starts_on, "until": ends_on, "parties": [p.code for p in parties]},
    )
    return meeting


@transaction.atomic
def add_delegate(
    meeting: Consultation,
    *,
    party: Party,
    name: str,
    by: Person | None,
    capacity: str = "",
    is_head: bool = False,
    person: Person | None = None,
) -> Delegate:
    """Name who comes for a party.

    Raises:
        NotAtTheTable: the party does not take part in this meeting.
    """
    open_minutes(meeting)
    _at_the_table(meeting, party)
    delegate = Delegate.objects.create(
        consultation=meeting,
        party=party,
        person=person,
        name=name,
        capacity=capacity,
        is_head=is_head,
    )
    record("delegate named", meeting, by=by, after={"delegate": name, "party": party.code})
    return delegate


@transaction.atomic
def add_topic(
    meeting: Consultation, *, titles: Mapping[str, str], by: Person | None, briefing: str = ""
) -> Topic:
    """Put a point on the meeting's agenda, after those already there."""
    open_minutes(meeting)
    topic = Topic.objects.create(
        consultation=meeting,
        number=meeting.topics.count() + 1,
        titles=dict(titles),
        briefing=briefing,
    )
    record("topic added", meeting, by=by, after={"topic": str(topic)})
    return topic


@transaction.atomic
def hold_consultation(meeting: Consultation, *, by: Person | None) -> Consultation:
    """Say that the meeting took place, so that its minutes can be confirmed.

    Raises:
        WrongState: it was held before.
    """
    meeting = Consultation.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state != Consultation.State.PREPARED:
        raise WrongState(_("This meeting has already been held."))
    meeting.state = Consultation.State.HELD
    meeting.save(update_fields=["state"])
    record("held", meeting, by=by, before={"state": "prepared"}, after={"state": "held"})
    return meeting


@transaction.atomic
def confirm_minutes(meeting: Consultation, *, party: Party, by: Person) -> Consultation:
    """A party confirms the minutes; when the last one has, they are agreed and closed.

    Raises:
        WrongState: the meeting was not held yet, or there is nothing to confirm.
        NotAtTheTable: the party did not take part.
    """
    meeting = Consultation.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state != Consultation.State.HELD:
        raise WrongState(_("Only the minutes of a meeting that was held can be confirmed."))
    if not meeting.items.exists():
        raise WrongState(_("These minutes are empty: there is nothing to confirm."))
    seat = _at_the_table(meeting, party)
    seat.confirmed_at, seat.confirmed_by = clock.now(), by
    seat.save(update_fields=["confirmed_at", "confirmed_by"])
    if not meeting.parties.filter(confirmed_at__isnull=True).exists():
        meeting.state = Consultation.State.AGREED
        meeting.save(update_fields=["state"])
    after = {"party": party.code, "state": meeting.state}
    record("minutes confirmed", meeting, by=by, before={"state": "held"}, after=after)
    return meeting


def open_minutes(meeting: Consultation) -> None:
    """Refuse a change of what every side has confirmed."""
    if meeting.state == Consultation.State.AGREED:
        raise MinutesAgreed(
            _("Every side has confirmed these minutes; they can no longer be changed.")
        )


def _at_the_table(meeting: Consultation, party: Party) -> ConsultationParty:
    seat = meeting.parties.filter(party=party).first()
    if seat is None:
        raise NotAtTheTable(_("%(party)s does not take part in this meeting.") % {"party": party})
    return seat
