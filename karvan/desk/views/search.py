"""Search: names, codes, numbers and commands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request

from ..queries.search import find

LONGEST = 100


@login_required
@require_safe
def search(request: Request) -> HttpResponse:
    """What fits the words, by kind; straight to it when it is one single thing and asked by ``go``."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = find(request.user, words) if words else []
    if "go" in request.GET and len(found) == 1 and len(found[0].hits) == 1:
        return redirect(found[0].hits[0].url)
    return render(request, "desk/search.html", {"words": words, "found": found})
