"""Screens of a programme: the committee's room, wishes, and one's own programme."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import symposium_reached as access
from ..forms.programme import WishForm
from ..queries.programme_published import held_in, mine_of
from ..queries.programme_room import room_of
from ..queries.programme_wishes import offered_to, wished_by
from ..services.programme_laying import lay_out_programme
from ..services.programme_sessions import make_sessions
from ..services.symposium_wishes import wish_papers


@login_required
@require_GET
def room(request: Request, edition: str, activity: str) -> HttpResponse:
    """The programme being made: sessions with their papers, what waits, clashes of each version."""
    symposium = access.symposium_for(request.user, edition, activity)
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "edition": symposium.activity.edition,
        "may_run": access.runs(request.user, symposium),
        **room_of(symposium),
    }
    return render(request, "convening/programme_room.html", context)


@login_required
@require_POST
def make(request: Request, edition: str, activity: str) -> HttpResponse:
    """Put accepted papers into sessions."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    put = stated(request, lambda: make_sessions(symposium, by=request.user))
    if put is not None:
        said = ngettext("Put into a session: %(n)s paper.", "Put into sessions: %(n)s papers.", put)  # fmt: skip
        messages.success(request, said % {"n": put})
    return redirect("convening:programme_room", edition=edition, activity=activity)


@login_required
@require_POST
def lay_out(request: Request, edition: str, activity: str) -> HttpResponse:
    """Tell the timetable of the programme, who speaks, and what people wish."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    laid = stated(request, lambda: lay_out_programme(symposium, by=request.user))
    if laid is None:
        return redirect("convening:programme_room", edition=edition, activity=activity)
    said = _("The timetable has %(sessions)s sessions, %(speakers)s people who speak, and the wishes of %(wishes)s people. Build it here.")  # fmt: skip
    messages.success(
        request,
        said % {"sessions": laid.sessions, "speakers": laid.speakers, "wishes": laid.wishes},
    )
    return redirect("timetables:timetable", edition=edition, activity=activity)


@login_required
@require_http_methods(["GET", "POST"])
def wishes(request: Request, edition: str, activity: str) -> HttpResponse:
    """Say which papers one wants to hear."""
    enrolment = access.own_enrolment(request.user, edition, activity)
    symposium = access.symposium_of(enrolment)
    by_track, offered = offered_to(symposium)
    form = WishForm(request.POST if request.method == "POST" else None, offered=offered)
    many = done(form, lambda papers: (wish_papers(enrolment, papers=papers, by=request.user),))
    if many:
        said = ngettext("You wish to hear %(n)s paper.", "You wish to hear %(n)s papers.", many[0])
        messages.success(request, said % {"n": many[0]})
        return redirect("convening:wishes", edition=edition, activity=activity)
    typed = {int(key) for key in request.POST.getlist("papers") if key.isdecimal()}
    until = symposium.wishes_until
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "tracks": by_track,
        "form": form,
        "wished": typed if form.is_bound else wished_by(enrolment),
        "is_over": until is not None and clock.now() > until,
    }
    return render(
        request, "convening/programme_wishes.html", context, status=422 if form.errors else 200
    )


@login_required
@require_GET
def mine(request: Request, edition: str, activity: str) -> HttpResponse:
    """One's own programme: what one wished to hear, when, and what is held at the same time."""
    enrolment = access.own_enrolment(request.user, edition, activity)
    symposium, version = access.published(edition, activity)
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "edition": symposium.activity.edition,
        "mine": mine_of(enrolment, held_in(symposium, version)),
    }
    return render(request, "convening/programme_mine.html", context)
