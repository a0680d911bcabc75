"""Screens of the programme's sessions: added, changed, papers moved; the chair's sheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import symposium_reached as access
from ..forms.programme import PlaceForm, SessionForm
from ..queries.programme_published import session_sheet
from ..services.programme_sessions import (
    add_session,
    change_session,
    drop_session,
    place_paper,
    say_presented,
    shift_paper,
)


def _room(edition: str, activity: str, at: str = "") -> HttpResponse:
    """Back to the room, at one of its sessions."""
    url = reverse("convening:programme_room", args=[edition, activity])
    return redirect(f"{url}#{at}" if at else url)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, edition: str, activity: str) -> HttpResponse:
    """Add a keynote, a panel or another session."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    form = SessionForm(request.POST or None, of=symposium)
    made = done(form, lambda **typed: add_session(symposium, by=request.user, **typed))
    if made:
        return _room(edition, activity, made.code)
    context = {"symposium": symposium, "activity": symposium.activity, "form": form}
    return render(
        request, "convening/programme_session.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def session(request: Request, edition: str, activity: str, code: str) -> HttpResponse:
    """Change a session."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.session_in(symposium, code)
    form = SessionForm(request.POST or None, of=symposium, session=found)
    if done(form, lambda **typed: change_session(found, by=request.user, **typed)):
        return _room(edition, activity, code)
    context = {"symposium": symposium, "activity": symposium.activity, "form": form}
    context["session"] = found
    return render(
        request, "convening/programme_session.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def drop(request: Request, edition: str, activity: str, code: str) -> HttpResponse:
    """Take a session out of the programme."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.session_in(symposium, code)
    stated(request, lambda: drop_session(found, by=request.user))
    return _room(edition, activity)


@login_required
@require_POST
def place(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Move a paper to another session, or out of the programme."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    form = PlaceForm(request.POST, of=symposium)
    if form.is_valid():
        stated(request, lambda: place_paper(found, by=request.user, **form.cleaned_data))
    return _room(edition, activity, f"paper-{number}")


@login_required
@require_POST
def shift(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Give a paper one place earlier or later in its session."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    step = -1 if request.POST.get("step") == "-1" else 1
    stated(request, lambda: shift_paper(found, step=step, by=request.user))
    return _room(edition, activity, f"paper-{number}")


@login_required
@require_GET
def sheet(request: Request, edition: str, activity: str, code: str) -> HttpResponse:
    """What whoever presides needs on paper: who speaks when, and how to say the names."""
    found = access.session_to_chair(request.user, edition, activity, code)
    context = {
        "session": found,
        "activity": found.symposium.activity,
        "edition": found.symposium.activity.edition,
        "may_write": found.chair_id == request.user.pk
        or access.runs(request.user, found.symposium),
        **session_sheet(found),
    }
    return render(request, "convening/programme_sheet.html", context)


@login_required
@require_POST
def presented(
    request: Request, edition: str, activity: str, code: str, number: int
) -> HttpResponse:
    """Whoever presides says whether a paper was given."""
    found = access.session_to_chair(request.user, edition, activity, code, may_write=True)
    paper = access.paper_in(found.symposium, number)
    was_given = request.POST.get("presented") == "yes"
    stated(request, lambda: say_presented(paper, presented=was_given, by=request.user))
    return redirect("convening:chair_sheet", edition=edition, activity=activity, code=code)
