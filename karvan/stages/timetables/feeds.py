"""Calendars to subscribe to: signed addresses, and the events behind them.

A session has one UID for ever. Its SEQUENCE grows whenever a later version moves it or
calls it off; what was called off stays in the calendar as cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.urls import reverse
from icalendar import Calendar, Event

from karvan.foundation.texts import in_language

from .models import Placement, Timetable

SALT = "timetables.feed.1"  # a new number here revokes every address given out before
Kind = Literal["activity", "group", "room", "person"]
KINDS: tuple[Kind, ...] = ("activity", "group", "room", "person")
TITLE_LIMIT = 200


def token_of(kind: Kind, pk: int, language: str = "en") -> str:
    """The signed part of a feed's address; it names what the feed is of, and its language."""
    return signing.dumps([kind, pk, language], salt=SALT)


def read_token(token: str) -> tuple[Kind, int, str] | None:
    """What a token names, or None for one that nobody here has signed."""
    try:
        kind, pk, language = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        return None
    return kind, int(pk), str(language)


def feed_path(kind: Kind, pk: int, language: str = "en") -> str:
    """The path of a feed: "/feeds/….ics"."""
    return reverse("timetable_feed", kwargs={"token": token_of(kind, pk, language)})


def calendar_bytes(name: str, placements: Iterable[Placement]) -> bytes:
    """An iCalendar file of these placements, of which only the newest of each session counts.

    ``placements`` may hold several versions; see ``events_of``. Times carry their zone,
    which is spelled out in a VTIMEZONE. The same placements give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Karvan//Timetables//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name[:TITLE_LIMIT])
    for event in events_of(placements):
        calendar.add_component(event)
    if calendar.events:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def events_of(placements: Iterable[Placement]) -> list[Event]:
    """One event a session, by time: its place in the version in force, or its last one, cancelled."""
    newest: dict[int, Placement] = {}
    for placement in placements:
        known = newest.get(placement.session_id)
        if known is None or placement.timetable.number > known.timetable.number:
            newest[placement.session_id] = placement
    return [_event(one) for one in sorted(newest.values(), key=lambda p: (p.starts_at, p.pk))]


def uid_of(placement: Placement) -> str:
    """The session's name in every calendar, whatever becomes of it."""
    return f"session-{placement.session_id}@{placement.session.activity.edition.slug}.karvan"


def is_called_off(placement: Placement) -> bool:
    """True if the session was cancelled, or the version in force holds it no more."""
    superseded = placement.timetable.state == Timetable.State.SUPERSEDED
    return placement.session.is_cancelled or superseded


def _event(placement: Placement) -> Event:
    session = placement.session
    zone = ZoneInfo(session.activity.edition.time_zone)
    event = Event()
    event.add("uid", uid_of(placement))
    event.add("summary", _summary(placement))
    event.add("dtstart", placement.starts_at.astimezone(zone))
    event.add("dtend", placement.ends_at.astimezone(zone))
    event.add("dtstamp", _stamp(placement))
    called_off = is_called_off(placement)
    event.add("sequence", placement.sequence + (1 if called_off else 0))
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    if placement.room:
        venue = placement.room.venue
        event.add("location", f"{placement.room}, {in_language(venue.names)}, {venue.city}")
    trainers = ", ".join(str(trainer) for trainer in placement.trainers.all())
    if trainers:
        event.add("description", trainers)
    return event


def _summary(placement: Placement) -> str:
    session = placement.session
    return f"{session} ({session.group})" if session.group else str(session)


def _stamp(placement: Placement) -> datetime:
    return placement.timetable.published_at or placement.timetable.made_at
