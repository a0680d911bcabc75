"""Calendars to subscribe to: signed addresses, and the events behind them.

A session has one UID for ever. Its SEQUENCE grows whenever a later version moves it or
calls it off; what was called off stays in the calendar as cancelled. LAST-MODIFIED is when
it last changed, so a feed nobody changed is the same bytes whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language
from icalendar import Calendar, Event

from karvan.foundation.texts import in_language

from .models import Placement, Timetable
from .queries import when_called_off

# New numbers here revoke every address given out before.
SALT, DATED_SALT = "timetables.feed.2", "timetables.feed.1"
Kind = Literal["activity", "group", "room", "person"]
KINDS: tuple[Kind, ...] = ("activity", "group", "room", "person")
TITLE_LIMIT = 200
FRESH = timedelta(hours=1)  # how often a calendar is asked to look again


def token_of(kind: Kind, pk: int, language: str = "en") -> str:
    """The signed part of a feed's address; it names what the feed is of, and its language.

    The same feed has the same address whenever it is asked for.
    """
    return signing.Signer(salt=SALT).sign_object([kind, pk, language])


def read_token(token: str) -> tuple[Kind, int, str] | None:
    """What a token names, or None for one that nobody here has signed."""
    try:
        kind, pk, language = _unsigned(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        return None
    return kind, int(pk), str(language)


def _unsigned(token: str) -> Any:
    """The token's content; also of those given out while addresses held the time of signing."""
    try:
        return signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return signing.loads(token, salt=DATED_SALT)


def feed_path(kind: Kind, pk: int, language: str = "en") -> str:
    """The path of a feed: "/feeds/….ics"."""
    return reverse("timetable_feed", kwargs={"token": token_of(kind, pk, language)})


def language_here() -> str:
    """The code of the reader's language, as feeds are signed with."""
    return (get_language() or "en").split("-")[0]


def calendar_bytes(
    name: str, placements: Iterable[Placement], told: Mapping[int, str] = MappingProxyType({})
) -> bytes:
    """An iCalendar file of these placements, of which only the newest of each session counts.

    ``told`` says by session what is held in it, instead of who teaches there.

    ``placements`` may hold several versions; see ``events_of``. Times carry their zone,
    which is spelled out in a VTIMEZONE. The same placements give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Karvan//Timetables//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name[:TITLE_LIMIT])
    calendar.add("x-wr-calname", name[:TITLE_LIMIT])
    calendar.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", FRESH, parameters={"value": "DURATION"})
    events = events_of(placements, told)
    for event in events:
        calendar.add_component(event)
    if events:
        starts = [event.decoded("dtstart").year for event in events]
        # Whole years, so that the zone is spelled out alike for all that is held in them.
        calendar.add_missing_timezones(date(min(starts) - 1, 1, 1), date(max(starts) + 2, 1, 1))
    return bytes(calendar.to_ical())


def events_of(
    placements: Iterable[Placement], told: Mapping[int, str] = MappingProxyType({})
) -> list[Event]:
    """One event a session, by time: its place in the version in force, or its last one, cancelled.

    Two queries besides those of ``placements``.
    """
    versions: dict[int, list[Placement]] = {}
    for placement in placements:
        versions.setdefault(placement.session_id, []).append(placement)
    for known in versions.values():
        known.sort(key=lambda p: p.timetable.number)
    newest = sorted((known[-1] for known in versions.values()), key=lambda p: (p.starts_at, p.pk))
    gone = when_called_off([one for one in newest if is_called_off(one)])
    return [
        _event(one, _changed_at(versions[one.session_id], gone), told.get(one.session_id, ""))
        for one in newest
    ]


def uid_of(placement: Placement) -> str:
    """The session's name in every calendar, whatever becomes of it."""
    return f"session-{placement.session_id}@{placement.session.activity.edition.slug}.karvan"


def is_called_off(placement: Placement) -> bool:
    """True if the session was cancelled, or the version in force holds it no more."""
    superseded = placement.timetable.state == Timetable.State.SUPERSEDED
    return placement.session.is_cancelled or superseded


def _changed_at(versions: list[Placement], gone: dict[int, datetime]) -> datetime:
    """When the session came to be as the newest of its versions, in their order, has it."""
    newest = versions[-1]
    since = newest
    for earlier in reversed(versions):
        if earlier.sequence != newest.sequence:
            break
        since = earlier
    return gone.get(newest.session_id) or since.timetable.published_at or since.timetable.made_at


def _event(placement: Placement, changed_at: datetime, told: str = "") -> Event:
    session = placement.session
    zone = ZoneInfo(session.activity.edition.time_zone)
    event = Event()
    event.add("uid", uid_of(placement))
    event.add("summary", _summary(placement))
    event.add("dtstart", placement.starts_at.astimezone(zone))
    event.add("dtend", placement.ends_at.astimezone(zone))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    called_off = is_called_off(placement)
    event.add("sequence", placement.sequence + (1 if called_off else 0))
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    if called_off:
        event.add("transp", "TRANSPARENT")
    if placement.room:
        venue = placement.room.venue
        event.add("location", f"{placement.room}, {in_language(venue.names)}, {venue.city}")
    said = told or ", ".join(str(trainer) for trainer in placement.trainers.all())
    if said:
        event.add("description", said)
    event.add("url", settings.SITE_ADDRESS + _page_of(placement))
    return event


def _page_of(placement: Placement) -> str:
    activity = placement.session.activity
    place = [activity.edition.slug, activity.code, placement.session_id]
    return reverse("timetables:session", args=place)


def _summary(placement: Placement) -> str:
    session = placement.session
    return f"{session} ({session.group})" if session.group else str(session)
