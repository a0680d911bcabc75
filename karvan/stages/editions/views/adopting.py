"""The first and the last screen of adopting; those between are pages of the edition itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..adopting_forms import AdoptForm, ChooseForm, FinishForm
from ..errors import AlreadyAdopted, EditionThere, NotYours
from ..left_open import not_carried
from ..models import Edition
from ..schedule import first_proposed_day
from ..steps import path_of


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request: Request) -> HttpResponse:
    """Begin an edition: first which programme and where, then under which code, how and with whom."""
    blueprints = access.blueprints_to_adopt(request.user)
    choice = ChooseForm(request.POST or request.GET or None, blueprints=blueprints)
    if not choice.is_bound or not choice.is_valid():
        typed = request.POST
        begun = access.edition_begun(
            request.user, typed.get("blueprint", ""), typed.get("code", "")
        )
        return _choose_page(request, choice, begun)
    chosen = choice.cleaned_data
    return _begin_page(request, chosen["blueprint"], chosen["country"], chosen["code"])


@login_required
@require_GET
def review(request: Request, edition: str) -> HttpResponse:
    """All that was chosen, what is still open, and the button that finishes."""
    found = access.edition_to_run(request.user, edition)
    return _review_page(request, found)


@login_required
@require_POST
def finish(request: Request, edition: str) -> HttpResponse:
    """Say that the edition is set up, and write to those who are invited."""
    found = access.edition_to_run(request.user, edition)
    form = _finish_form(found, request.POST)
    if done(form, lambda **typed: services.finish_adoption(found, by=request.user, **typed)):
        return redirect("editions:edition", edition=edition)
    return _review_page(request, found, form)


def _choose_page(request: Request, choice: ChooseForm, begun: Edition | None) -> HttpResponse:
    """Where one begins; a second click on the same form comes here with what the first one made."""
    context = {
        "form": choice,
        "begun": begun,
        "waiting": access.waiting_for(request.user),
        "is_staff": access.may_adopt_freely(request.user),
    }
    status = 422 if choice.errors else 200
    return render(request, "editions/adopt.html", context, status=status)


def _begin_page(request: Request, blueprint: Any, country: Any, code: str) -> HttpResponse:
    form = _adopt_form(request, blueprint, country, code)
    there: list[Edition] = []

    def begin(**typed: Any) -> Edition:
        scope = f"{blueprint.programme.code}/{typed['code']}"
        if not access.may_adopt(request.user, scope):
            raise NotYours(_("You are not named to coordinate %(scope)s.") % {"scope": scope})
        try:
            return services.adopt_blueprint(blueprint, country=country, by=request.user, **typed)
        except (AlreadyAdopted, EditionThere) as refused:
            there.append(refused.edition)
            raise

    made = done(form, begin)
    if made:
        return redirect("editions:partners", edition=made.slug)
    context = {"form": form, "blueprint": blueprint, "country": country}
    context |= _there(request, there, form)
    return render(request, "editions/begin.html", context, status=422 if form.errors else 200)


def _adopt_form(request: Request, blueprint: Any, country: Any, code: str) -> AdoptForm:
    first_day = first_proposed_day(clock.today())
    return AdoptForm(
        request.POST or None,
        blueprint=blueprint,
        country=country,
        parties=access.parties_to_choose(),
        initial={
            "code": code or queries.proposed_code(blueprint.programme, country, first_day),
        },
    )


def _there(request: Request, found: list[Edition], form: AdoptForm) -> dict[str, Any]:
    """The edition that stands in the way, if the person may see it, and whether another may begin."""
    readable = [one for one in found if access.may_run(request.user, one)]
    is_asked = any(one.code != form.data.get("code") for one in found)
    return {
        "there": readable[0] if readable else None,
        "asks_why": is_asked or bool(form.data.get("despite")),
    }


def _finish_form(edition: Edition, data: Any = None) -> FinishForm:
    return FinishForm(
        data,
        letters=queries.invitations_waiting(edition).count(),
        has_problems=bool(queries.contradictions(edition)),
    )


def _review_page(
    request: Request, edition: Edition, form: FinishForm | None = None
) -> HttpResponse:
    activities = list(queries.activities_of(edition))
    carried = not_carried(edition)
    context = {
        "edition": edition,
        "path": path_of(edition, "review"),
        "activities": activities,
        "partners": queries.partners_of(edition),
        "venues": queries.venues_of(edition),
        "departure_count": queries.standing_departures(edition).count(),
        "problems": queries.contradictions(edition),
        "has_dates": all(one.planned_starts_on for one in activities),
        "to_settle": [one for one in carried if one.is_to_settle],
        "elsewhere": [one for one in carried if not one.is_to_settle],
        "letters": queries.invitations_waiting(edition).count(),
        "form": form or _finish_form(edition),
    }
    status = 422 if form and form.errors else 200
    return render(request, "editions/review.html", context, status=status)
