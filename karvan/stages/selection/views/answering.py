"""The page on which somebody accepts a place, reached by the link in the letter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from karvan.foundation import clock
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, services


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: Request, token: str) -> HttpResponse:
    """The offer of one application; its token is the key, no account is needed."""
    found = access.own_offer(token)
    by = request.user if request.user.is_authenticated else None
    if request.method == "POST":
        answer = request.POST.get("answer")
        if answer == "accept":
            stated(request, lambda: services.accept_offer(found, by=by))
        elif answer == "decline":
            stated(request, lambda: services.decline_offer(found, by=by))
        return redirect(request.path)
    return render(
        request,
        "selection/offer.html",
        {
            "offer": found,
            "activity": found.run.call.activity,
            "programme": found.run.call.activity.edition.programme.titles,
            "is_open": found.state == "offered" and clock.now() <= found.expires_at,
        },
    )
