"""The week, its versions, and the acts that make and publish them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from .. import access, queries, services
from ..errors import DatesMissing, NoTimetablePossible
from ..forms import BuildForm
from ..models import Placement, Timetable
from ..services.days import open_days
from ..states import TIMETABLE_MARKS, mark_of
from ..subscribing import feed_links
from ..weeks import week_of
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
@require_http_methods(["GET", "POST"])
def build(request: Request, edition: str, activity: str) -> HttpResponse:
    """Build a version; where there is none, say why and what would help."""
    held = access.activity_to_run(request.user, edition, activity)
    form = BuildForm(request.POST or None, closed=_closed(held))
    context: dict[str, Any] = {"activity": held, "form": form, "reasons": ()}
    if form.is_valid():
        made = _built(request, held, form, context)
        if made:
            return redirect(f"{_address(held)}?version={made.number}")
    return render(request, "timetables/build.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def publish(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Put a draft in force."""
    draft = access.draft_to_run(request.user, edition, activity, number)
    said = _("Version %(number)s is in force.") % {"number": number}
    stated(request, lambda: services.publish_timetable(draft, by=request.user), said)
    return redirect("timetables:timetable", edition=edition, activity=activity)


def _built(
    request: Request, activity: Activity, form: BuildForm, context: dict[str, Any]
) -> Timetable | None:
    """The new draft; or None, with what stands in the way put on the form and the page."""
    try:
        return services.build_timetable(activity, by=request.user, **form.values())
    except NoTimetablePossible as impossible:
        context["reasons"] = impossible.reasons
        form.add_error(None, _("No timetable keeps every rule. The reasons are below."))
    except RuleBroken as broken:
        form.add_error(None, str(broken))
    return None


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
    setting = services.Setting(version)
    listed = wanted.in_week(p for p in placements if wanted.fits(p))
    last = wanted.first + timedelta(days=DAYS_A_WEEK - 1)
    hours = setting.hours_between(wanted.first, last) if may_move else None
    week = week_of(
        version.activity, wanted.first, listed, version.closed_days, setting.pauses(), hours
    )
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


def _number(request: Request) -> int | None:
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None


def _closed(activity: Activity) -> dict[date, str]:
    """The closed days between the activity's dates with their reasons; none without dates."""
    try:
        found = open_days(activity).closed
    except DatesMissing:
        return {}
    return {on: in_language(why) for on, why in found.items()}


def _address(activity: Activity) -> str:
    return reverse("timetables:timetable", args=[activity.edition.slug, activity.code])
