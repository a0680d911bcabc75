"""The one page of ventures that needs no sign-in: the answer to a follow-up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from karvan.foundation.web.posting import done

from .. import access, services
from ..forms import FollowUpForm


@never_cache
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """What became of the venture, in its members' own words."""
    found = access.follow_up_by_token(token)
    form = FollowUpForm(request.POST or None)
    answered = done(
        form, lambda **typed: services.answer_follow_up(found, answers=form.answers(), by=None)
    )
    if answered:
        return redirect("ventures:follow_up", token=token)
    context = {"follow_up": found, "venture": found.venture, "form": form}
    return render(request, "ventures/follow_up.html", context, status=422 if form.errors else 200)
