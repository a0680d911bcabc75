"""Venues, their rooms, and which of them an edition uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language

from .. import queries
from ..errors import RoomsThere, WrongPlace
from ..models import Edition, Room, Venue
from ..rooms import Need, needs_of, rooms_in


@transaction.atomic
def add_venue(
    *,
    country: Country,
    names: Mapping[str, str],
    city: str,
    by: Person | None,
    address: str = "",
    party: Party | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Venue:
    """Write down a building. It can be used by every edition of its country."""
    venue = Venue.objects.create(
        country=country,
        names=dict(names),
        city=city,
        address=address,
        party=party,
        latitude=latitude,
        longitude=longitude,
    )
    after = {"country": country.code, "city": city, "names": dict(names)}
    record("venue added", venue, by=by, after=after)
    return venue


@transaction.atomic
def locate_venue(
    venue: Venue, *, latitude: Decimal, longitude: Decimal, by: Person | None
) -> Venue:
    """Say where on the map a building stands, in degrees north and east.

    Raises:
        WrongPlace: there is no such place on earth.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise WrongPlace(_("Latitude runs from -90 to 90, longitude from -180 to 180."))
    before = {"latitude": venue.latitude, "longitude": venue.longitude}
    venue.latitude, venue.longitude = latitude, longitude
    venue.save(update_fields=["latitude", "longitude"])
    after = {"latitude": latitude, "longitude": longitude}
    record("venue located", venue, by=by, before=before, after=after)
    return venue


@transaction.atomic
def add_room(
    venue: Venue,
    *,
    code: str,
    name: str,
    kinds: Sequence[str],
    seats: int,
    by: Person | None,
    equipment: Mapping[str, Any] | None = None,
) -> Room:
    """Write down a room of a venue: which kinds of the blueprint it serves as, and its seats.

    Raises:
        WrongPlace: the venue has a room of this code, or the room has no seat.
    """
    if venue.rooms.filter(code=code).exists():
        raise WrongPlace(_("The venue already has a room “%(code)s”.") % {"code": code})
    if seats < 1:
        raise WrongPlace(_("A room has at least one seat."))
    room = Room.objects.create(
        venue=venue,
        code=code,
        name=name,
        kinds=list(kinds),
        seats=seats,
        equipment=dict(equipment or {}),
    )
    record("room added", venue, by=by, after={"room": code, "seats": seats, "kinds": list(kinds)})
    return room


@transaction.atomic
def add_needed_rooms(edition: Edition, *, venue: Venue, by: Person | None) -> list[Room]:
    """Write down in a venue each room that the design asks for and the edition lacks.

    Their names, seats and kinds are the design's; a person puts them right afterwards.

    Raises:
        RoomsThere: the edition lacks none.
        WrongPlace: the venue lies in another country.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    use_venue(edition, venue=venue, by=by)
    needs = needs_of(queries.document_of(edition), rooms_in(queries.venues_of(edition)))
    made = [_needed_room(venue, need, by) for need in needs for _one in range(need.lacking)]
    if not made:
        raise RoomsThere(_("Every room that the design asks for is there already."))
    return made


def _needed_room(venue: Venue, need: Need, by: Person | None) -> Room:
    title = in_language(need.title) or need.kind
    taken = set(venue.rooms.values_list("code", flat=True))
    width = len(str(need.count))
    numbered = (f"{need.kind}{one:0{width}}" for one in range(1, 500))
    codes = [need.kind] if need.count == 1 else numbered
    code = next((one for one in codes if one not in taken), f"{need.kind}-{len(taken) + 1}")
    suffix = code.removeprefix(need.kind).lstrip("-")
    return add_room(
        venue,
        code=code[:20],
        name=f"{title} {suffix}".strip()[:80],
        kinds=[need.kind],
        seats=need.seats,
        by=by,
    )


@transaction.atomic
def use_venue(edition: Edition, *, venue: Venue, by: Person | None) -> Venue:
    """Let the edition use a venue of its country. A venue used already stays so.

    Raises:
        WrongPlace: the venue lies in another country.
    """
    if venue.country_id != edition.country_id:
        raise WrongPlace(
            _("%(venue)s lies in %(country)s.") % {"venue": venue, "country": venue.country}
        )
    if not edition.venues.filter(pk=venue.pk).exists():
        edition.venues.add(venue)
        record("venue used", edition, by=by, after={"venue": venue.pk, "city": venue.city})
    return venue


@transaction.atomic
def leave_venue(edition: Edition, *, venue: Venue, by: Person | None) -> None:
    """Let the edition do without a venue; the venue itself stays."""
    edition.venues.remove(venue)
    record("venue left", edition, by=by, before={"venue": venue.pk, "city": venue.city})
