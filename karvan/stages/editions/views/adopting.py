"""The first and the last screen of adopting; those between are pages of the edition itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..errors import NotYours
from ..forms import AdoptForm, FinishForm
from ..models import Edition
from ..steps import path_of


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request: Request) -> HttpResponse:
    """Begin an edition: the editions that wait for this person, or a free choice."""
    blueprints = access.blueprints_to_adopt(request.user)
    asked = {key: request.GET[key] for key in ("blueprint", "code") if key in request.GET}
    form = AdoptForm(
        request.POST or None,
        blueprints=blueprints,
        parties=access.parties_to_choose(),
        initial={**asked, "country": asked.get("code", "")[:2]},
    )

    def begin(**typed: Any) -> Edition:
        scope = f"{typed['blueprint'].programme.code}/{typed['code']}"
        if not access.may_adopt(request.user, scope):
            raise NotYours(_("You are not named to coordinate %(scope)s.") % {"scope": scope})
        return services.adopt_blueprint(by=request.user, **typed)

    made = done(form, begin)
    if made:
        return redirect("editions:partners", edition=made.slug)
    context = {
        "form": form,
        "waiting": access.waiting_for(request.user),
        "is_chosen": bool(asked) or form.is_bound,
        "is_staff": access.may_adopt_freely(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "editions/adopt.html", context, status=status)


@login_required
@require_GET
def review(request: Request, edition: str) -> HttpResponse:
    """All that was chosen, what does not fit, and the button that finishes."""
    found = access.edition_to_run(request.user, edition)
    return _review_page(request, found, FinishForm())


@login_required
@require_POST
def finish(request: Request, edition: str) -> HttpResponse:
    """Say that the edition is set up."""
    found = access.edition_to_run(request.user, edition)
    form = FinishForm(request.POST)
    if done(form, lambda **typed: services.finish_adoption(found, by=request.user, **typed)):
        return redirect("editions:edition", edition=edition)
    return _review_page(request, found, form)


def _review_page(request: Request, edition: Edition, form: FinishForm) -> HttpResponse:
    activities = list(queries.activities_of(edition))
    context = {
        "edition": edition,
        "path": path_of(edition, "review"),
        "activities": activities,
        "partners": queries.partners_of(edition),
        "venues": queries.venues_of(edition),
        "departure_count": queries.standing_departures(edition).count(),
        "problems": queries.contradictions(edition),
        "has_dates": all(one.planned_starts_on for one in activities),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "editions/review.html", context, status=status)
