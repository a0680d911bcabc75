"""What of a timetable the reader asked to see: week, day, side by side, a group, room or trainer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from ..models import Placement
from ..weeks import Week, side_by_side, week_firsts

DAYS_A_WEEK = 7
SIDES = ("group", "room", "trainer")

Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Asked:
    """What was asked for, as far as it is there.

    by:     what stands side by side: "group", "room", "trainer", or "" for the days of a week.
    on:     the day of the columns; None where the week is shown.
    chosen: the group, room and trainer the page is narrowed to, "" for all.
    """

    firsts: list[date]
    first: date | None
    on: date | None
    by: str
    choices: Choices
    chosen: dict[str, str]
    version: str
    zone: ZoneInfo

    def fits(self, placement: Placement) -> bool:
        """True if the placement is of the chosen group, room and trainer."""
        return all(
            not value or value in keys_of(side, placement, self.choices)
            for side, value in self.chosen.items()
        )

    def in_week(self, placements: Iterable[Placement]) -> list[Placement]:
        """Those of the week shown."""
        return [p for p in placements if self.first and _is_in_week(p, self.first, self.zone)]

    def shown(self, week: Week, hours: tuple[int, int] | None) -> Week:
        """The week itself, or its day with columns side by side."""
        if self.on is None:
            return week
        columns = self.choices.get(self.by, [("", "")])
        narrowed = self.chosen.get(self.by)
        return side_by_side(
            week,
            self.on,
            [one for one in columns if not narrowed or one[0] == narrowed],
            lambda placement: keys_of(self.by, placement, self.choices),
            self.zone,
            hours,
        )

    def query(self, **other: str) -> str:
        """The page's own query with some of it changed."""
        now = {
            "version": self.version,
            "week": self.first.isoformat() if self.first else "",
            "day": self.on.isoformat() if self.on else "",
            "by": self.by,
            **self.chosen,
            **other,
        }
        return "?" + urlencode({key: value for key, value in now.items() if value})

    def ways(self) -> list[tuple[str, str, bool]]:
        """Links to everything, or to a day by group, room or trainer: (query, words, is shown)."""
        words = {"group": _("by group"), "room": _("by room"), "trainer": _("by trainer")}
        found = [(self.query(by="", day=""), _("everything"), not self.by and self.on is None)]
        for side in SIDES:
            if len(self.choices[side]) > 1:
                found.append((self.query(by=side), words[side], self.by == side))
        return found if len(found) > 1 else []

    def days(self, week: Week) -> list[tuple[str, date | None, bool]]:
        """Links to the whole week and to each of its days: (query, day, is shown)."""
        found: list[tuple[str, date | None, bool]] = [
            (self.query(day="", by=""), None, self.on is None)
        ]
        found += [
            (self.query(day=day.on.isoformat()), day.on, day.on == self.on) for day in week.days
        ]
        return found if len(week.days) > 1 else []


def asked(request: Request, activity: Activity, placements: list[Placement]) -> Asked:
    """Read the address; what is not there is as if it had not been asked for."""
    choices = _choices(placements)
    zone = ZoneInfo(activity.edition.time_zone)
    firsts = week_firsts(activity)
    first = _week_asked(request.GET.get("week", ""), firsts, placements, zone)
    by = request.GET.get("by", "")
    by = by if by in SIDES and choices[by] else ""
    given = {side: request.GET.get(side, "") for side in SIDES}
    chosen = {
        side: value if value in {key for key, _words in choices[side]} else ""
        for side, value in given.items()
    }
    return Asked(
        firsts=firsts,
        first=first,
        on=_day_asked(request.GET.get("day", ""), by, first, placements, zone),
        by=by,
        choices=choices,
        chosen=chosen,
        version=request.GET.get("version", ""),
        zone=zone,
    )


def keys_of(side: str, placement: Placement, choices: Choices) -> set[str]:
    """The groups, rooms or trainers of a placement; what is for all is for every group."""
    if side == "group":
        own = placement.session.group_id
        return {str(own)} if own else {key for key, _words in choices["group"]}
    if side == "room":
        return {str(placement.room_id)}
    if side == "trainer":
        return {str(trainer.pk) for trainer in placement.trainers.all()}
    return {""}


def _choices(placements: Iterable[Placement]) -> Choices:
    """What the week can be narrowed to: groups, rooms and trainers of this version."""
    listed = list(placements)
    groups = {p.session.group for p in listed if p.session.group}
    rooms = {p.room for p in listed if p.room}
    trainers = {t for p in listed for t in p.trainers.all()}
    return {
        "group": [(str(one.pk), str(one)) for one in sorted(groups, key=lambda one: one.code)],
        "room": sorted(((str(one.pk), str(one)) for one in rooms), key=lambda pair: pair[1]),
        "trainer": sorted(((str(one.pk), str(one)) for one in trainers), key=lambda pair: pair[1]),
    }


def _week_asked(
    key: str, firsts: list[date], placements: list[Placement], zone: ZoneInfo
) -> date | None:
    """The week the reader asked for, else the present one, else the first with sessions."""
    wanted = {first.isoformat(): first for first in firsts}.get(key)
    if wanted or not firsts:
        return wanted
    today = clock.today()
    present = [first for first in firsts if 0 <= (today - first).days < DAYS_A_WEEK]
    used = [first for first in firsts if any(_is_in_week(p, first, zone) for p in placements)]
    return (present or used or firsts)[0]


def _day_asked(
    key: str, by: str, first: date | None, placements: list[Placement], zone: ZoneInfo
) -> date | None:
    """The day asked for if it is of the week; side by side, else the week's first with sessions."""
    if first is None:
        return None
    try:
        on = date.fromisoformat(key)
    except ValueError:
        on = None
    if on and 0 <= (on - first).days < DAYS_A_WEEK:
        return on
    if not by:
        return None
    held = [p.starts_at.astimezone(zone).date() for p in placements if _is_in_week(p, first, zone)]
    return min(held, default=None)


def _is_in_week(placement: Placement, first: date, zone: ZoneInfo) -> bool:
    return 0 <= (placement.starts_at.astimezone(zone).date() - first).days < DAYS_A_WEEK
