"""A programme as conference apps read it: the frab/pentabarf schedule as XML and as JSON.

Written to what ConfClerk and EventFahrplan need of it, which is more than the schemas ask:
a guid and a number that stay with a session for ever, room names used once, times with
their offset, the end of each day, and ``abstract`` and ``track`` even where they are empty.
Source: https://c3voc.de/wiki/schedule.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as etree  # written here, never read
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.texts import fold, in_language
from karvan.stages.editions.models import Activity, Room

from .feeds import language_here, uid_of
from .models import Placement, Timetable

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "karvan:timetables")  # never to change: guids hang on it
GENERATOR = "Karvan"
QUARTER = "00:15"
SHORTEST = 4  # letters of an acronym
TYPES = {"xml": "application/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML may hold these


@dataclass(frozen=True)
class Talk:
    """One session as apps know it. ``persons`` are (number, guid, name) of those who teach."""

    guid: str
    number: int
    slug: str
    title: str
    group: str
    kind: str
    language: str
    room: str
    starts_at: datetime
    minutes: int
    persons: tuple[tuple[int, str, str], ...]
    url: str
    track: str = ""
    abstract: str = ""

    @property
    def duration(self) -> str:
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"


@dataclass(frozen=True)
class Part:
    """One of several things held within a session, such as a paper, or what is told of it whole.

    ``key`` names it for ever; ``number`` is one that no session has. ``begins`` is in minutes
    after the session; ``minutes`` 0 is all of it. ``persons`` are (number, name).
    """

    key: str
    number: int
    title: str
    url: str
    kind: str = ""
    track: str = ""
    abstract: str = ""
    language: str = ""
    begins: int = 0
    minutes: int = 0
    persons: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Day:
    """One day, from midnight to midnight there, with the talks of each room by time."""

    index: int
    on: date
    starts_at: datetime
    ends_at: datetime
    rooms: dict[str, tuple[Talk, ...]]


@dataclass(frozen=True)
class Programme:
    """An activity's sessions for an app."""

    title: str
    acronym: str
    version: str
    zone: str
    url: str
    days: tuple[Day, ...]
    rooms: tuple[tuple[str, str], ...]  # name and guid


def programme_of(
    activity: Activity,
    version: Timetable | None,
    placements: Iterable[Placement],
    *,
    parts: Mapping[int, Sequence[Part]] = MappingProxyType({}),
    url: str = "",
) -> Programme:
    """What is held in one version, in the active language; one empty day where nothing is.

    ``parts`` are by session; a session that has some is told by them.
    """
    held = [one for one in placements if not one.session.is_cancelled]
    names = _room_names(one.room for one in held)
    zone = ZoneInfo(activity.edition.time_zone)
    by_day: dict[date, list[Talk]] = {}
    for one in sorted(held, key=lambda p: (p.starts_at, p.session_id)):
        whole = _talk(one, names.get(one.room_id, _("no room")), zone)
        listed = parts.get(one.session_id, ())
        for talk in [_told(whole, part) for part in listed] or [whole]:
            by_day.setdefault(talk.starts_at.date(), []).append(talk)
    if not by_day:
        by_day[activity.starts_on or clock.today()] = []
    return Programme(
        title=f"{activity.edition} · {activity}",
        acronym=_acronym(activity),
        version=str(version.number) if version else "0",
        zone=activity.edition.time_zone,
        url=url or _address("timetables:timetable", activity.edition.slug, activity.code),
        days=tuple(_day(at, on, by_day[on], zone) for at, on in enumerate(sorted(by_day), 1)),
        rooms=tuple((name, _guid("room", pk)) for pk, name in sorted(names.items())),
    )


def as_xml(programme: Programme) -> bytes:
    """The programme as schedule.xml, valid by the schema of c3voc."""
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name=GENERATOR)
    _put(root, "version", programme.version)
    conference = etree.SubElement(root, "conference")
    days = programme.days
    for name, value in (
        ("title", programme.title),
        ("acronym", programme.acronym),
        ("start", days[0].on.isoformat()),
        ("end", days[-1].on.isoformat()),
        ("days", str(len(days))),
        ("timeslot_duration", QUARTER),
        ("base_url", f"{settings.SITE_ADDRESS}/"),
        ("url", programme.url),
        ("time_zone_name", programme.zone),
    ):
        _put(conference, name, value)
    guids = dict(programme.rooms)
    for day in days:
        inside = etree.SubElement(
            root,
            "day",
            index=str(day.index),
            date=day.on.isoformat(),
            start=day.starts_at.isoformat(),
            end=day.ends_at.isoformat(),
        )
        for name, talks in day.rooms.items():
            room = etree.SubElement(inside, "room", name=_writable(name))
            if name in guids:
                room.set("guid", guids[name])
            for talk in talks:
                _put_talk(room, talk)
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def as_json(programme: Programme) -> bytes:
    """The programme as schedule.json, valid by the schema of c3voc."""
    days = programme.days
    conference = {
        "title": programme.title,
        "acronym": programme.acronym,
        "start": days[0].on.isoformat(),
        "end": days[-1].on.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": QUARTER,
        "time_zone_name": programme.zone,
        "url": programme.url,
        "rooms": [{"name": name, "guid": guid} for name, guid in programme.rooms],
        "days": [
            {
                "index": day.index,
                "date": day.on.isoformat(),
                "day_start": day.starts_at.isoformat(),
                "day_end": day.ends_at.isoformat(),
                "rooms": {
                    name: [_talk_json(talk) for talk in talks] for name, talks in day.rooms.items()
                },
            }
            for day in days
        ],
    }
    document = {
        "generator": {"name": GENERATOR},
        "schedule": {
            "version": programme.version,
            "base_url": f"{settings.SITE_ADDRESS}/",
            "conference": conference,
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


WRITERS: dict[str, Callable[[Programme], bytes]] = {"xml": as_xml, "json": as_json}


def _talk(placement: Placement, room: str, zone: ZoneInfo) -> Talk:
    session = placement.session
    activity = session.activity
    spoken = (session.group.languages if session.group else None) or activity.edition.languages
    return Talk(
        guid=str(uuid.uuid5(NAMES, uid_of(placement))),
        number=placement.session_id,
        slug=f"{_acronym(activity)}-session_{placement.session_id}",
        title=str(session),
        group=str(session.group) if session.group else "",
        kind=session.kind,
        language=str(spoken[0]) if spoken else language_here(),
        room=room,
        starts_at=placement.starts_at.astimezone(zone),
        minutes=int((placement.ends_at - placement.starts_at).total_seconds()) // 60,
        persons=tuple(
            (one.pk, _guid("trainer", one.pk), str(one)) for one in placement.trainers.all()
        ),
        url=_address("timetables:session", activity.edition.slug, activity.code, session.pk),
    )


def _told(whole: Talk, part: Part) -> Talk:
    """A part as a talk of its own, where and when its session has it."""
    return replace(
        whole,
        guid=_guid(part.key, part.number),
        number=part.number,
        slug=f"{whole.slug}-{part.number}",
        title=part.title,
        kind=part.kind or whole.kind,
        language=part.language or whole.language,
        starts_at=whole.starts_at + timedelta(minutes=part.begins),
        minutes=part.minutes or whole.minutes,
        persons=tuple((pk, _guid("person", pk), name) for pk, name in part.persons),
        url=part.url,
        track=part.track,
        abstract=part.abstract,
    )


def _day(index: int, on: date, talks: list[Talk], zone: ZoneInfo) -> Day:
    rooms: dict[str, list[Talk]] = {}
    for talk in talks:
        rooms.setdefault(talk.room, []).append(talk)
    return Day(
        index,
        on,
        datetime.combine(on, time.min, zone),
        datetime.combine(on + timedelta(days=1), time.min, zone),
        {name: tuple(rooms[name]) for name in sorted(rooms)},
    )


def _room_names(rooms: Iterable[Room | None]) -> dict[int | None, str]:
    """Room → a name no other room here has: its own, with the venue or the code where it must."""
    listed = {room.pk: room for room in rooms if room}
    tries: tuple[Callable[[Room], str], ...] = (
        str,
        lambda room: f"{room}, {in_language(room.venue.names)}",
        lambda room: f"{room}, {in_language(room.venue.names)}, {room.code} {room.pk}",
    )
    names: dict[int | None, str] = {}
    for named in tries:
        wanted = {pk: named(room) for pk, room in listed.items() if pk not in names}
        said = list(wanted.values())
        names |= {pk: name for pk, name in wanted.items() if said.count(name) == 1}
    return names


def _acronym(activity: Activity) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", fold(f"{activity.edition.slug} {activity.code}")).strip("_")
    return plain if len(plain) >= SHORTEST else f"{plain}_programme"


def _guid(kind: str, pk: int | None) -> str:
    return str(uuid.uuid5(NAMES, f"{kind}:{pk}"))


def _address(name: str, *arguments: Any) -> str:
    return settings.SITE_ADDRESS + reverse(name, args=arguments)


def _put_talk(room: etree.Element, talk: Talk) -> None:
    event = etree.SubElement(room, "event", id=str(talk.number), guid=talk.guid)
    for name, value in (
        ("room", talk.room),
        ("title", talk.title),
        ("subtitle", talk.group),
        ("type", talk.kind),
        ("date", talk.starts_at.isoformat()),
        ("start", f"{talk.starts_at:%H:%M}"),
        ("duration", talk.duration),
        ("abstract", talk.abstract),
        ("slug", talk.slug),
        ("track", talk.track or talk.group),
    ):
        _put(event, name, value)
    persons = etree.SubElement(event, "persons")
    for number, guid, name in talk.persons:
        _put(persons, "person", name, id=str(number), guid=guid)
    _put(event, "language", talk.language)
    _put(event, "description", "")
    recording = etree.SubElement(event, "recording")
    _put(recording, "license", "")
    _put(recording, "optout", "true")
    etree.SubElement(event, "links")
    _put(event, "url", talk.url)


def _talk_json(talk: Talk) -> dict[str, Any]:
    return {
        "guid": talk.guid,
        "id": talk.number,
        "slug": talk.slug,
        "url": talk.url,
        "title": talk.title,
        "subtitle": talk.group,
        "track": talk.track or talk.group,
        "type": talk.kind,
        "language": talk.language,
        "room": talk.room,
        "date": talk.starts_at.isoformat(),
        "start": f"{talk.starts_at:%H:%M}",
        "duration": talk.duration,
        "abstract": talk.abstract,
        "description": "",
        "do_not_record": True,
        "persons": [{"id": n, "guid": guid, "name": name} for n, guid, name in talk.persons],
        "links": [],
    }


def _put(parent: etree.Element, name: str, value: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = _writable(value)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
