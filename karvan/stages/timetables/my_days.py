"""One person's sessions by day, and what the latest version changed about each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Placement
from .queries import versions_before

NEW, TIME, ROOM, TRAINERS = _("new"), _("new time"), _("new room"), _("other trainers")


@dataclass(frozen=True)
class Entry:
    """One session on the page. ``sign`` is another whenever its time, room or trainers are."""

    placement: Placement
    mark: str | Promise
    sign: str


@dataclass(frozen=True)
class MyDay:
    """What a person has on one day."""

    on: date
    is_today: bool
    entries: tuple[Entry, ...]


def marks_of(placements: Iterable[Placement]) -> dict[int, str | Promise]:
    """Placement → what the version in force changed against the one before it. Three queries.

    Nothing is marked by the first version, in which all is new.
    """
    listed = list(placements)
    before, activities = versions_before(listed)
    found: dict[int, str | Promise] = {}
    for one in listed:
        if one.timetable.activity_id not in activities:
            continue
        mark = _mark(one, before.get(one.session_id))
        if mark:
            found[one.pk] = mark
    return found


def by_day(
    placements: Iterable[Placement], marks: Mapping[int, str | Promise], now: datetime
) -> list[MyDay]:
    """Placements by the day on which they are held there."""
    days: dict[date, list[Placement]] = {}
    for one in placements:
        days.setdefault(day_of(one), []).append(one)
    return [
        MyDay(
            on,
            any(on == today_at(one, now) for one in listed),
            tuple(Entry(one, marks.get(one.pk, ""), _sign(one)) for one in listed),
        )
        for on, listed in days.items()
    ]


def day_of(placement: Placement) -> date:
    """The day of a session where it is held."""
    return placement.starts_at.astimezone(_zone(placement)).date()


def today_at(placement: Placement, now: datetime) -> date:
    """What day it is where the session is held."""
    return now.astimezone(_zone(placement)).date()


def _zone(placement: Placement) -> ZoneInfo:
    return ZoneInfo(placement.session.activity.edition.time_zone)


def _mark(now: Placement, before: Placement | None) -> str | Promise:
    if now.session.is_cancelled:
        return ""  # which the page says besides
    if before is None:
        return NEW
    if (now.starts_at, now.ends_at) != (before.starts_at, before.ends_at):
        return TIME
    if now.room_id != before.room_id:
        return ROOM
    teach = {one.pk for one in now.trainers.all()}
    return TRAINERS if teach != {one.pk for one in before.trainers.all()} else ""


def _sign(placement: Placement) -> str:
    trainers = sorted(one.pk for one in placement.trainers.all())
    whole = (
        placement.starts_at.isoformat(),
        placement.ends_at.isoformat(),
        placement.room_id,
        trainers,
        placement.session.is_cancelled,
    )
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]
