"""The week, its versions, and the acts that make and publish them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from .. import access, queries, services
from ..models import Placement, Timetable
from ..states import TIMETABLE_MARKS, mark_of
from ..subscribing import feed_links
from ..weeks import Pauses, week_of
from .narrowing import DAYS_A_WEEK, Asked, asked


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The edition's activities with the state of their timetables; the one there is, at once."""
    held = access.edition_for(request.user, edition)
    activities = list(
        queries.activities_with_timetables(held).filter(access.sees_activities(request.user, held))
    )
    if len(activities) == 1:
        return redirect("timetables:timetable", edition=edition, activity=activities[0].code)
    rows = [(one, mark_of(list(one.timetables.all()))) for one in activities]
    return render(request, "timetables/edition.html", {"edition": held, "rows": rows})


@login_required
@require_GET
def timetable(request: Request, edition: str, activity: str) -> HttpResponse:
    """One week of one version, for everybody, a group, a room or a trainer."""
    return _page(request, access.activity_for(request.user, edition, activity))


@login_required
@require_POST
def lay_out(request: Request, edition: str, activity: str) -> HttpResponse:
    """Make the sessions as the design says."""
    held = access.activity_to_run(request.user, edition, activity)
    made = stated(request, lambda: services.lay_out_sessions(held, by=request.user))
    if made is not None:
        said = ngettext(
            "%(count)s session is laid out.", "%(count)s sessions are laid out.", len(made)
        )
        messages.success(request, said % {"count": len(made)})
    return redirect("timetables:timetable", edition=edition, activity=activity)


@login_required
@require_POST
def publish(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Put a draft in force."""
    draft = access.draft_to_run(request.user, edition, activity, number)
    said = _("Version %(number)s is in force.") % {"number": number}
    stated(request, lambda: services.publish_timetable(draft, by=request.user), said)
    return redirect("timetables:timetable", edition=edition, activity=activity)


def _page(request: Request, activity: Activity) -> HttpResponse:
    version = access.timetable_for(request.user, activity, _number(request))
    sees_drafts = access.may_see_drafts(request.user, activity)
    may_run = access.may_run(request.user, activity)
    placements = list(queries.placements_of(version)) if version else []
    context: dict[str, Any] = {
        "activity": activity,
        "version": version,
        "mark": TIMETABLE_MARKS[version.state] if version else "open",
        "versions": queries.timetables_listed(activity) if sees_drafts else (),
        "sessions": queries.sessions_listed(activity) if not version else (),
        "may_run": may_run,
        "records": history_of(version) if version and sees_drafts else None,
    }
    wanted = asked(request, activity, placements) if version else None
    context["feeds"] = feed_links(request, activity, wanted.chosen if wanted else {})
    is_draft = version is not None and version.state == Timetable.State.DRAFT
    if version and wanted:
        may_move = context["may_move"] = may_run and is_draft
        context |= _shown(wanted, version, placements, may_move)
    if version and is_draft and sees_drafts:
        context["differences"] = services.differences(version, placements)
    if version and is_draft and may_run:
        context["to_tell"] = services.people_to_tell(version)
    return render(request, "timetables/timetable.html", context)


def _shown(
    wanted: Asked, version: Timetable, placements: list[Placement], may_move: bool
) -> dict[str, Any]:
    """The week or day asked for, and the ways to others."""
    found: dict[str, Any] = {
        "asked": wanted,
        "weeks": wanted.firsts if len(wanted.firsts) > 1 else (),
        "first": wanted.first,
        "choices": wanted.choices,
        "chosen": wanted.chosen,
    }
    if wanted.first is None:
        return found
    listed = wanted.in_week(p for p in placements if wanted.fits(p))
    pauses, hours = _closed_hours(version, wanted.first)
    hours = hours if may_move else None
    week = week_of(version.activity, wanted.first, listed, version.closed_days, pauses, hours)
    shown = wanted.shown(week, hours)
    return {
        **found,
        "week": shown,
        "days": wanted.days(week),
        "ways": wanted.ways(),
        "lock_days": [
            day.on for day in week.days if day.placements and wanted.on in (None, day.on)
        ],
    }


def _closed_hours(version: Timetable, first: date) -> tuple[Pauses, tuple[int, int] | None]:
    """The closed stretches of the days, and the open hours of a week; none where none are known."""
    try:
        setting = services.Setting(version)
    except RuleBroken:
        return {}, None
    last = first + timedelta(days=DAYS_A_WEEK - 1)
    return setting.pauses(), setting.hours_between(first, last)


def _number(request: Request) -> int | None:
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
