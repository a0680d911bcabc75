"""The record of a session; moving it in a draft; calling it off."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.editions.queries import activity_document

from .. import access, queries, services
from ..forms import CancelForm, MoveForm
from ..models import Session


@login_required
@require_GET
def session(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """When and where a session is held, with whom, and what it needs."""
    return _page(request, access.session_for(request.user, edition, activity, pk))


@login_required
@require_http_methods(["GET", "POST"])
def move(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Hold it at another time or in another room of the newest draft, or say why not."""
    held = access.session_to_run(request.user, edition, activity, pk)
    placement = access.placement_to_move(request.user, held)
    there = placement.starts_at.astimezone(ZoneInfo(held.activity.edition.time_zone))
    form = MoveForm(
        request.POST or None,
        rooms=list(queries.rooms_of(held.activity.edition)),
        time_zone=held.activity.edition.time_zone,
        initial={"on": there.date(), "at": there.strftime("%H:%M"), "room": placement.room_id},
    )
    if done(form, lambda **typed: services.move_placement(placement, by=request.user, **typed)):
        return redirect("timetables:session", edition=edition, activity=activity, pk=pk)
    context = {"session": held, "activity": held.activity, "placement": placement, "form": form}
    return render(request, "timetables/move.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def cancel(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Call a session off."""
    held = access.session_to_run(request.user, edition, activity, pk)
    form = CancelForm(request.POST)
    if done(form, lambda reason: services.cancel_session(held, reason=reason, by=request.user)):
        return redirect("timetables:session", edition=edition, activity=activity, pk=pk)
    return _page(request, held, cancel_form=form)


def _page(request: Request, held: Session, **forms: Any) -> HttpResponse:
    sees_drafts = access.may_see_drafts(request.user, held.activity)
    placements = list(
        queries.placements_listed().filter(session=held).order_by("-timetable__number")
    )
    shown = [p for p in placements if sees_drafts or p.timetable.state == "published"]
    context = {
        "session": held,
        "activity": held.activity,
        "placements": shown,
        "in_force": next((p for p in placements if p.timetable.state == "published"), None),
        "has_draft": any(p.timetable.state == "draft" for p in placements),
        "may_run": access.may_run(request.user, held.activity),
        "needs": _needs(held),
        "cancel_form": CancelForm(),
        "records": history_of(held) if sees_drafts else None,
        "untimed": _("no time yet"),
        **forms,
    }
    return render(request, "timetables/session.html", context, status=422 if forms else 200)


def _needs(held: Session) -> list[tuple[int, str]]:
    """What the session asks for, as (how many, title in the design); one room of its kind."""
    part = activity_document(held.activity)
    rows = [*part.get("rooms", ()), *part.get("trainer_roles", ())]
    titles = {row["code"]: in_language(row.get("title")) or row["code"] for row in rows}
    wanted = {**({held.room_kind: 1} if held.room_kind else {}), **held.trainer_roles}
    return [
        *((many, titles.get(code, code)) for code, many in wanted.items()),
        *((many, item) for item, many in held.equipment.items()),
    ]
