"""The programme as everybody reads it, once its timetable is published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..access import symposium_reached as access
from ..queries.programme_published import days_of, held_in, placement_of


@require_GET
def programme(request: HttpRequest, edition: str, activity: str) -> HttpResponse:
    """Sessions by day and time, with room, chair and papers."""
    symposium, version = access.published(edition, activity)
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "edition": symposium.activity.edition,
        "programme": symposium.activity.edition.titles,
        "zone": symposium.activity.edition.time_zone,
        "version": version,
        "days": days_of(symposium, held_in(symposium, version)),
        "attends": access.attends(request.user, symposium),
    }
    return render(request, "convening/programme.html", context)


@require_GET
def paper(request: HttpRequest, edition: str, activity: str, number: int) -> HttpResponse:
    """One paper of the programme: abstract, authors, when and where."""
    symposium, _version = access.published(edition, activity)
    found = access.public_paper(symposium, number)
    context = {
        "symposium": symposium,
        "activity": symposium.activity,
        "edition": symposium.activity.edition,
        "programme": symposium.activity.edition.titles,
        "zone": symposium.activity.edition.time_zone,
        "paper": found,
        "given": placement_of(found),
    }
    return render(request, "convening/programme_paper.html", context)
