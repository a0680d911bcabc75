"""My sessions: a page that a phone keeps, so that it opens without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from karvan.foundation import clock
from karvan.foundation.web.requests import Request

from .. import feeds, my_days, queries
from ..subscribing import absolute

WORKER = Path(__file__).parents[1] / "worker" / "my-day-worker.js"
PAPER, INK = "#fbfaf7", "#0e6a7d"  # behind the page while it opens, and the bar above it


@login_required
@require_GET
@never_cache  # what a phone keeps of it, the worker keeps
def mine(request: Request) -> HttpResponse:
    """The reader's own sessions by day, today's first, with what the latest version changed."""
    now = clock.now()
    placements = list(queries.placements_for(request.user))
    coming = [one for one in placements if my_days.day_of(one) >= my_days.today_at(one, now)]
    past = [one for one in placements if my_days.day_of(one) < my_days.today_at(one, now)]
    marks = my_days.marks_of(placements)
    context: dict[str, Any] = {
        "coming": my_days.by_day(coming, marks, now),
        "past": my_days.by_day(past, marks, now),
        "new": sum(1 for one in coming if one.pk in marks),
        "now": now,
        "feed": absolute(request, "person", request.user.pk),
    }
    return render(request, "timetables/mine.html", context)


@require_safe
def manifest(request: Request) -> HttpResponse:
    """What puts the page on a phone's home screen. It names nobody."""
    content = {
        "name": _("My sessions"),
        "short_name": _("My sessions"),
        "lang": feeds.language_here(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "id": "/timetable/mine/",
        "start_url": reverse("timetables:mine"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": INK,
        "icons": [{"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def worker(request: Request) -> HttpResponse:
    """The script that keeps the page. At the root, so that it sees whoever signs out anywhere."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/"
    return answer
