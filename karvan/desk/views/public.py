"""Pages for anybody: the first page, and one a programme."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from karvan.foundation import clock
from karvan.foundation.web.requests import Request

from .. import access
from ..queries import public as queries


@require_safe
def public_home(request: Request) -> HttpResponse:
    """What Karvan is, the open calls, the programmes and where they were held."""
    now = clock.now()
    context = {
        "calls": queries.calls_now(now),
        "now": now,
        "programmes": queries.programmes_held(),
    }
    return render(request, "desk/public_home.html", context)


@require_safe
def programme(request: Request, code: str) -> HttpResponse:
    """A programme: what it is, where and when it was held, its figures and finals."""
    found = access.public_programme(code)
    editions = queries.editions_held(found)
    context = {
        "programme": found.titles,
        "found": found,
        "partners": queries.partners_of(found),
        "editions": editions,
        "figures": queries.figures_of(found, editions),
        "finals": queries.finals_of(found),
        "band": SafeString(queries.band_of(found, editions)),
    }
    return render(request, "desk/programme.html", context)
