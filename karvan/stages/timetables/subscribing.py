"""Which addresses a reader of a timetable can subscribe to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from . import access, feeds


@dataclass(frozen=True)
class FeedLink:
    """An address to give to a calendar or to an app."""

    title: str
    url: str


def feed_links(request: Request, activity: Activity, chosen: Mapping[str, str]) -> list[FeedLink]:
    """What can be subscribed to on a timetable page: the chosen group and room, all, and apps.

    ``chosen`` has the keys of rows under "group" and "room", "" where nothing is chosen. A room's
    calendar also holds what other activities hold there, so it is for those who read the whole
    activity. An address that is not there on this site is left out. At most two queries.
    """
    links = []
    group = access.group_of(activity, _key(chosen.get("group")))
    if group is not None:
        said = _("Sessions of %(group)s") % {"group": group}
        links.append(FeedLink(said, absolute(request, "group", group.pk)))
    room = access.room_of(activity, _key(chosen.get("room")))
    if room is not None and access.may_see_drafts(request.user, activity):
        said = _("All that is held in %(room)s") % {"room": room}
        links.append(FeedLink(said, absolute(request, "room", room.pk)))
    whole = _("The whole timetable")
    links.append(FeedLink(whole, absolute(request, "activity", activity.pk)))
    for kind in ("xml", "json"):
        path = _schedule_path(activity, kind)
        if path:
            said = _("For the apps of conferences: %(file)s") % {"file": f"schedule.{kind}"}
            links.append(FeedLink(said, request.build_absolute_uri(path)))
    return links


def absolute(request: Request, kind: feeds.Kind, pk: int) -> str:
    """The whole address of a feed in the reader's language."""
    return request.build_absolute_uri(feeds.feed_path(kind, pk, feeds.language_here()))


def _schedule_path(activity: Activity, kind: str) -> str:
    token = feeds.token_of("activity", activity.pk, feeds.language_here())
    try:
        return reverse(f"timetable_schedule_{kind}", kwargs={"token": token})
    except NoReverseMatch:
        return ""


def _key(typed: str | None) -> int | None:
    return (
        int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
    )
