"""The desk: what needs this person now."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request
from karvan.stages.editions.states import EDITION_MARKS

from ..access import editions_under_way, parties_spoken_for
from ..queries.needs import needs_of

FIRST = 3
LISTED = 20


@login_required
@require_safe
def home(request: Request) -> HttpResponse:
    """At most three things that need this person, each with one act; then the rest by day, then the editions."""
    needs = needs_of(request.user)
    rest = sorted(needs[FIRST:], key=lambda one: (one.day is None, one.day))
    days = [(day, list(those)) for day, those in groupby(rest, key=lambda one: one.day)]
    editions = [
        (one, EDITION_MARKS[one.state]) for one in editions_under_way(request.user)[:LISTED]
    ]
    context = {"first": needs[:FIRST], "days": days, "editions": editions}
    context["parties"] = parties_spoken_for(request.user)
    return render(request, "desk/home.html", context)
