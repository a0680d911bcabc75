"""Screens of a symposium: those of an edition, one with its numbers, how papers are given."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import symposium_reached as access
from ..forms.symposium import SettingsForm, TrackForm
from ..queries.symposium_marks import by_country, by_track
from ..queries.symposium_progress import progress_of
from ..services.symposium_opening import change_track, open_symposium, set_up_symposium


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The symposia of an edition, and activities whose symposium has not begun."""
    found = access.edition_for(request.user, edition)
    listed = access.activities_in(request.user, found)
    context = {"edition": found, "activities": listed}
    return render(request, "convening/symposium_edition.html", context)


@login_required
@require_POST
def open_one(request: Request, edition: str, activity: str) -> HttpResponse:
    """Begin the symposium of an activity, or look for tracks its form has got since."""
    held = access.activity_to_open(request.user, edition, activity)
    if not stated(request, lambda: open_symposium(held, by=request.user)):
        return redirect("convening:edition", edition=edition)
    return redirect("convening:symposium", edition=edition, activity=activity)


@login_required
@require_GET
def record(request: Request, edition: str, activity: str) -> HttpResponse:
    """One symposium: how far it is, papers by track and country, its history."""
    symposium = access.symposium_for(request.user, edition, activity)
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "edition": symposium.activity.edition,
        "progress": progress_of(symposium),
        "tracks": by_track(symposium),
        "countries": by_country(symposium),
        "may_run": access.runs(request.user, symposium),
        "records": history_of(symposium),
    }
    return render(request, "convening/symposium.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: Request, edition: str, activity: str) -> HttpResponse:
    """How long talks and sessions are, how many side by side, until when people wish."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    form = SettingsForm(request.POST or None, of=symposium)
    if done(form, lambda **typed: set_up_symposium(symposium, by=request.user, **typed)):
        messages.success(request, _("Kept. Sessions made from now on follow it."))
        return redirect("convening:symposium", edition=edition, activity=activity)
    context = {"symposium": symposium, "activity": symposium.activity, "form": form}
    return render(
        request, "convening/symposium_settings.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def track(request: Request, edition: str, activity: str, code: str) -> HttpResponse:
    """The name of a track and who presides over it."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.track_in(symposium, code)
    form = TrackForm(request.POST or None, of=found)
    if done(form, lambda **typed: change_track(found, by=request.user, **typed)):
        return redirect("convening:symposium", edition=edition, activity=activity)
    context = {"symposium": symposium, "activity": symposium.activity, "form": form, "track": found}
    return render(
        request, "convening/symposium_track.html", context, status=422 if form.errors else 200
    )
