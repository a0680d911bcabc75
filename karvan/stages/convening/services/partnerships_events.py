"""Events that stand under a partnership: ours are linked, others are named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import Consultation
from karvan.stages.editions.models import Edition

from ..errors import NotGiven, WrongState
from ..models import Partnership, PartnershipEvent, StatutorySession

Ours = Edition | Consultation | StatutorySession


@transaction.atomic
def put_event_under(
    partnership: Partnership,
    *,
    by: Person | None,
    names: Mapping[str, str] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    place: str = "",
    edition: Edition | None = None,
    consultation: Consultation | None = None,
    session: StatutorySession | None = None,
    source: str = "",
) -> PartnershipEvent:
    """Say that an event stands under a partnership; returns it.

    Of an event of ours name, dates and place are its own where none are given.

    Raises:
        WrongState: the partnership was never in force, the event is there already, or it ends
            before it begins.
        NotGiven: an event that is not ours has no name, no date or no source; or two of ours.
    """
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.state not in (Partnership.State.GRANTED, Partnership.State.ENDED):
        raise WrongState(_("Events stand only under a partnership that is or was in force."))
    ours = [one for one in (edition, consultation, session) if one is not None]
    if len(ours) > 1:
        raise NotGiven(_("Choose one edition, one meeting or one session, not several."))
    names = dict(names or {})
    if ours:
        names = names or _names_of(ours[0])
        starts_on = starts_on or getattr(ours[0], "starts_on", None)
        ends_on = ends_on or getattr(ours[0], "ends_on", None)
        place = place or str(getattr(ours[0], "place", "") or getattr(ours[0], "city", ""))
        _not_there(partnership, edition, consultation, session)
    if not names or starts_on is None:
        raise NotGiven(_("An event needs a name and the day it begins."))
    if not ours and not source.strip():
        raise NotGiven(_("Say where this event is known from."))
    if ends_on and ends_on < starts_on:
        raise WrongState(_("An event must begin before it ends."))
    event = PartnershipEvent.objects.create(
        partnership=partnership,
        names=names,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place[:150],
        edition=edition,
        consultation=consultation,
        session=session,
        source=source.strip(),
    )
    after = {"names": names, "from": starts_on, "until": ends_on}
    record("event put under partnership", partnership, by=by, after=after)
    return event


@transaction.atomic
def take_event_off(event: PartnershipEvent, *, by: Person | None) -> None:
    """Say that an event does not stand under its partnership after all."""
    before = {"names": event.names, "from": event.starts_on}
    record("event taken off partnership", event.partnership, by=by, before=before)
    event.delete()


def _names_of(ours: Ours) -> dict[str, str]:
    found = getattr(ours, "titles", None) or {"en": str(ours)}
    return dict(found)


def _not_there(
    partnership: Partnership,
    edition: Edition | None,
    consultation: Consultation | None,
    session: StatutorySession | None,
) -> None:
    if partnership.events.filter(
        edition=edition, consultation=consultation, session=session
    ).exists():
        raise WrongState(_("This event stands under the partnership already."))
