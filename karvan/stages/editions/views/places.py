"""The screen of places and quotas: the numbers a country sets first, and what it must supply."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.document import human_title

from .. import access, queries, services
from ..adopting_forms import NumbersForm
from ..models import Edition
from ..numbers import ToSupply, numbers_of, to_supply
from ..steps import path_of


@login_required
@require_http_methods(["GET", "POST"])
def places(request: Request, edition: str) -> HttpResponse:
    """Places, teams and quotas of every activity, each within its limits, with one reason for all."""
    if request.method == "GET":
        return _page(request, access.edition_for(request.user, edition))
    found = access.edition_to_run(request.user, edition)
    form = _form(found, request.POST)
    made = done(form, lambda **typed: (services.set_numbers(found, by=request.user, **typed),))
    if made is None:
        return _page(request, found, form)
    count = len(made[0])
    words = ngettext("%(count)d number was changed.", "%(count)d numbers were changed.", count)
    messages.success(request, words % {"count": count})
    return redirect("editions:places", edition=edition)


def _form(edition: Edition, data: Any = None) -> NumbersForm:
    document = queries.document_of(edition)
    return NumbersForm(data, listed=numbers_of(document, edition.blueprint.data))


def _page(request: Request, edition: Edition, form: NumbersForm | None = None) -> HttpResponse:
    document = queries.document_of(edition)
    listed = to_supply(document, queries.supplied(edition))
    shown = form or _form(edition)
    context = {
        "edition": edition,
        "path": path_of(edition, "places"),
        "form": shown,
        "groups": shown.groups(),
        "may_run": access.may_run(request.user, edition),
        "problems": queries.contradictions(edition),
        "parts": _listed(document, [one for one in listed if not _is_measure(one)]),
        "measures": _listed(document, [one for one in listed if _is_measure(one)]),
    }
    status = 422 if form and form.errors else 200
    return render(request, "editions/places.html", context, status=status)


def _is_measure(one: ToSupply) -> bool:
    return one.path.startswith("indicators.")


def _listed(document: dict[str, Any], parts: list[ToSupply]) -> list[dict[str, Any]]:
    return [{"part": one, "title": human_title(document, one.path)} for one in parts]
