"""The week, its versions, and the acts that make and publish them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from .. import access, queries, services
from ..errors import DatesMissing, NoTimetablePossible
from ..feeds import Kind, feed_path
from ..forms import BuildForm
from ..models import Placement, Timetable
from ..services.days import open_days
from ..states import TIMETABLE_MARKS, mark_of
from ..weeks import week_firsts, week_of

DAYS_A_WEEK = 7


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
    placements = list(queries.placements_of(version)) if version else []
    choices = _choices(placements)
    chosen = _chosen(request, choices)
    firsts = week_firsts(activity)
    first = _week_asked(request, activity, firsts, placements)
    shown = [one for one in placements if _fits(one, chosen)]
    context: dict[str, Any] = {
        "activity": activity,
        "version": version,
        "mark": TIMETABLE_MARKS[version.state] if version else "open",
        "versions": queries.timetables_listed(activity) if sees_drafts else (),
        "week": week_of(activity, first, _in_week(shown, first, activity), version.closed_days)
        if version and first
        else None,
        "weeks": firsts if len(firsts) > 1 else (),
        "first": first,
        "choices": choices,
        "chosen": chosen,
        "sessions": queries.sessions_listed(activity) if not version else (),
        "may_run": access.may_run(request.user, activity),
        "feed": _feed(request, "activity", activity.pk),
        "records": history_of(version) if version and sees_drafts else None,
    }
    if version and context["may_run"] and version.state == Timetable.State.DRAFT:
        context["to_tell"] = services.people_to_tell(version)
    return render(request, "timetables/timetable.html", context)


def _number(request: Request) -> int | None:
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None


def _choices(placements: Iterable[Placement]) -> dict[str, list[tuple[str, str]]]:
    """What the week can be narrowed to: groups, rooms and trainers of this version."""
    listed = list(placements)
    groups = {p.session.group for p in listed if p.session.group}
    rooms = {p.room for p in listed if p.room}
    trainers = {t for p in listed for t in p.trainers.all()}
    return {
        "group": sorted((str(one.pk), str(one)) for one in groups),
        "room": sorted(((str(one.pk), str(one)) for one in rooms), key=lambda pair: pair[1]),
        "trainer": sorted(((str(one.pk), str(one)) for one in trainers), key=lambda pair: pair[1]),
    }


def _chosen(request: Request, choices: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    asked = {key: request.GET.get(key, "") for key in choices}
    return {
        key: value if value in {option for option, _words in choices[key]} else ""
        for key, value in asked.items()
    }


def _fits(placement: Placement, chosen: dict[str, str]) -> bool:
    group, room, trainer = chosen["group"], chosen["room"], chosen["trainer"]
    in_group = not group or str(placement.session.group_id) in (group, "None")
    in_room = not room or str(placement.room_id) == room
    with_trainer = not trainer or trainer in {str(t.pk) for t in placement.trainers.all()}
    return in_group and in_room and with_trainer


def _week_asked(
    request: Request, activity: Activity, firsts: list[date], placements: list[Placement]
) -> date | None:
    """The week the reader asked for, else the present one, else the first with sessions."""
    by_key = {first.isoformat(): first for first in firsts}
    asked = by_key.get(request.GET.get("week", ""))
    if asked or not firsts:
        return asked
    today = clock.today()
    present = [first for first in firsts if 0 <= (today - first).days < DAYS_A_WEEK]
    used = [first for first in firsts if _in_week(placements, first, activity)]
    return (present or used or firsts)[0]


def _in_week(placements: Iterable[Placement], first: date, activity: Activity) -> list[Placement]:
    zone = ZoneInfo(activity.edition.time_zone)
    return [
        one
        for one in placements
        if 0 <= (one.starts_at.astimezone(zone).date() - first).days < DAYS_A_WEEK
    ]


def _closed(activity: Activity) -> dict[date, str]:
    """The closed days between the activity's dates with their reasons; none without dates."""
    try:
        found = open_days(activity).closed
    except DatesMissing:
        return {}
    return {on: in_language(why) for on, why in found.items()}


def _feed(request: Request, kind: Kind, pk: int) -> str:
    return request.build_absolute_uri(feed_path(kind, pk, (get_language() or "en").split("-")[0]))


def _address(activity: Activity) -> str:
    return reverse("timetables:timetable", args=[activity.edition.slug, activity.code])
