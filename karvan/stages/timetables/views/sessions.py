"""The record of a session; moving it in a draft; calling it off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from .. import access, queries, services
from ..forms import CancelForm, MoveForm, PreferredForm, TeachingForm
from ..models import Placement, Session

MOST_FREE = 40


@login_required
@require_GET
def session(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """When and where a session is held, with whom, and what it needs."""
    return _page(request, access.session_for(request.user, edition, activity, pk))


@login_required
@require_http_methods(["GET", "POST"])
def move(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Hold it at another time or in another room of a draft, or say why not.

    A script that asks for JSON is told in JSON.
    """
    held = access.session_to_run(request.user, edition, activity, pk)
    placement = access.placement_to_move(request.user, held, version_asked(request))
    there = placement.starts_at.astimezone(ZoneInfo(held.activity.edition.time_zone))
    form = MoveForm(
        request.POST or None,
        rooms=list(queries.rooms_of(held.activity.edition)),
        time_zone=held.activity.edition.time_zone,
        initial={"on": there.date(), "at": there.strftime("%H:%M"), "room": placement.room_id},
    )
    is_moved = done(
        form, lambda **typed: services.move_placement(placement, by=request.user, **typed)
    )
    if request.headers.get("Accept") == "application/json" and request.method == "POST":
        return _told(request, held, form)
    if is_moved:
        return redirect("timetables:session", edition=edition, activity=activity, pk=pk)
    context = {
        "session": held,
        "activity": held.activity,
        "placement": placement,
        "form": form,
        "free": _free(placement, there.date()),
    }
    return render(request, "timetables/move.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def places(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """As JSON: every start of a week in every suitable room, with why the session cannot be there."""
    held = access.session_to_run(request.user, edition, activity, pk)
    placement = access.placement_to_move(request.user, held, version_asked(request))
    try:
        first = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return JsonResponse({"problem": _("No such week.")}, status=422)
    last = first + timedelta(days=6)
    try:
        found = services.where_it_may_go(placement, first=first, last=last)
    except RuleBroken as broken:
        return JsonResponse({"problem": str(broken)}, status=409)
    said = {why: n for n, why in enumerate(dict.fromkeys(w for one in found for w in one.why_not))}
    return JsonResponse(
        {
            "rooms": {str(one.room.pk): str(one.room) for one in found if one.room},
            "reasons": list(said),
            "places": [
                [
                    one.on.isoformat(),
                    one.minute,
                    str(one.room.pk) if one.room else "",
                    [said[why] for why in one.why_not],
                ]
                for one in found
            ],
        }
    )


@login_required
@require_http_methods(["GET", "POST"])
def teaching(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Who teaches it in a draft: those who are free first, and why the others are not."""
    held = access.session_to_run(request.user, edition, activity, pk)
    placement = access.placement_to_move(request.user, held, version_asked(request))
    form = TeachingForm(
        request.POST or None,
        choices=stated(request, lambda: services.trainers_for(placement)) or {},
        titles=titles_of(held.activity),
        present=placement,
    )
    if done(form, lambda roles: services.change_trainers(placement, roles=roles, by=request.user)):
        messages.success(request, _("The session has the trainers you chose."))
        return redirect(f"{page_of(held)}?version={placement.timetable.number}")
    context = {"session": held, "activity": held.activity, "placement": placement, "form": form}
    return render(request, "timetables/teaching.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def cancel(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Call a session off."""
    held = access.session_to_run(request.user, edition, activity, pk)
    form = CancelForm(request.POST)
    if done(form, lambda reason: services.cancel_session(held, reason=reason, by=request.user)):
        return redirect("timetables:session", edition=edition, activity=activity, pk=pk)
    return _page(request, held, cancel_form=form)


@login_required
@require_POST
def preferred(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Say when a session had better begin."""
    held = access.session_to_run(request.user, edition, activity, pk)
    form = PreferredForm(request.POST, preferred=held.preferred)
    if done(
        form, lambda preferred: services.prefer_starts(held, preferred=preferred, by=request.user)
    ):
        messages.success(request, _("Noted. Improve the timetable for it to be heeded."))
        return redirect(page_of(held))
    return _page(request, held, preferred_form=form)


def _page(request: Request, held: Session, **forms: Any) -> HttpResponse:
    sees_drafts = access.may_see_drafts(request.user, held.activity)
    placements = list(
        queries.placements_listed().filter(session=held).order_by("-timetable__number")
    )
    number = version_asked(request)
    drafts = [p for p in placements if p.timetable.state == "draft"]
    shown = [p for p in placements if sees_drafts or p.timetable.state == "published"]
    context = {
        "session": held,
        "activity": held.activity,
        "placements": shown,
        "in_force": next((p for p in placements if p.timetable.state == "published"), None),
        "draft": next((p for p in drafts if number in (None, p.timetable.number)), None),
        "may_run": access.may_run(request.user, held.activity),
        "needs": _needs(held),
        "cancel_form": CancelForm(),
        "preferred_form": PreferredForm(preferred=held.preferred),
        "records": history_of(held) if sees_drafts else None,
        "untimed": _("no time yet"),
        **forms,
    }
    return render(request, "timetables/session.html", context, status=422 if forms else 200)


def version_asked(request: Request) -> int | None:
    """The number of the version in the address, or None."""
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None


def page_of(held: Session) -> str:
    """The address of a session's page."""
    activity = held.activity
    return reverse("timetables:session", args=[activity.edition.slug, activity.code, held.pk])


def titles_of(activity: Activity) -> dict[str, str]:
    """The titles of the design's rooms and roles by their codes."""
    part = activity_document(activity)
    rows = [*part.get("rooms", ()), *part.get("trainer_roles", ())]
    return {row["code"]: in_language(row.get("title")) or row["code"] for row in rows}


def _told(request: Request, held: Session, form: MoveForm) -> JsonResponse:
    """What came of a move, for a script: the reasons where it was refused."""
    if form.errors:
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"problem": problem}, status=409)
    messages.success(request, _("“%(session)s” is moved.") % {"session": held})
    return JsonResponse({"moved": held.pk})


def _free(placement: Placement, on: date) -> list[tuple[str, dict[str, str]]]:
    """The free places of a day, as (words, what the form would send), for pages without scripts."""
    if placement.is_locked:
        return []
    try:
        found = services.where_it_may_go(placement, first=on, last=on)
    except RuleBroken:
        return []
    free = [one for one in found if not one.why_not][:MOST_FREE]
    return [
        (
            f"{one.at}, {one.room}" if one.room else one.at,
            {"on": on.isoformat(), "at": one.at, "room": str(one.room.pk) if one.room else ""},
        )
        for one in free
    ]


def _needs(held: Session) -> list[tuple[int, str]]:
    """What the session asks for, as (how many, title in the design); one room of its kind."""
    titles = titles_of(held.activity)
    wanted = {**({held.room_kind: 1} if held.room_kind else {}), **held.trainer_roles}
    return [
        *((many, titles.get(code, code)) for code, many in wanted.items()),
        *((many, item) for item, many in held.equipment.items()),
    ]
