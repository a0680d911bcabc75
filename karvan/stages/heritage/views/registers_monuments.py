"""Screens of one monument: its record, how it is entered and described, its legal statuses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import reached
from ..access import registers as access
from ..forms.registers import MonumentForm, StatusForm
from ..models import Monument
from ..queries import gallery as pictures
from ..queries import registers as queries
from ..reading.lists import entry_text
from ..services import registers_monuments as services
from ..services.registers_geojson import linked_art
from .registers_table import SHAPES, condition_word, years_in_words


@login_required
@require_GET
def monument(request: Request, register: str, pk: int) -> HttpResponse:
    """The record of one monument."""
    found = reached.monument_for(request.user, register, pk)
    if request.GET.get("format") == "json":
        address = request.build_absolute_uri(request.path)
        exact = reached.keeps(request.user, found.scope)
        return linked_art(found, address=address, texts=found.texts, exact=exact)
    return render(request, "heritage/monument.html", page_of(request, found))


def page_of(request: Request, found: Monument) -> dict[str, Any]:
    """What the record of a monument shows."""
    return {
        "monument": found,
        "register": found.register,
        "keeps": reached.keeps(request.user, found.scope),
        "shape": SHAPES.get(found.condition, "unknown"),
        "condition": condition_word(found) or _("not surveyed yet"),
        "years": years_in_words(found),
        "lists": [entry_text(one) for one in found.lists],
        "tree": queries.tree_of(found),
        "photos": list(pictures.photos_of(found)[: pictures.FIRST_FEW]),
        "photo_count": pictures.photos_of(found).count(),
        "statuses": list(found.statuses.all()),
        "raw": list(found.raw.get("cells", {}).items()),
        "raw_line": found.raw.get("line"),
        "records": history_of(found),
    }


@login_required
@require_http_methods(["GET", "POST"])
def monument_new(request: Request, register: str) -> HttpResponse:
    """Enter a monument."""
    into = reached.register_to_keep(request.user, register)
    form = MonumentForm(request.POST or None, initial={"country": into.country_id})
    made = done(form, lambda **typed: services.enter_monument(into, by=request.user, **typed))
    if made:
        return redirect("heritage:monument", register, made.pk)
    context = {"form": form, "register": into}
    return render(
        request, "heritage/monument_form.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def monument_change(request: Request, register: str, pk: int) -> HttpResponse:
    """Describe a monument anew."""
    found = reached.monument_to_keep(request.user, register, pk)
    form = MonumentForm(request.POST or None, monument=found)
    kept = done(form, lambda **typed: services.change_monument(found, by=request.user, **typed))
    if kept:
        messages.success(request, _("The monument is described anew."))
        return redirect("heritage:monument", register, pk)
    context = {"form": form, "register": found.register, "monument": found}
    return render(
        request, "heritage/monument_form.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def status_new(request: Request, register: str, pk: int) -> HttpResponse:
    """Write a legal status."""
    found = reached.monument_to_keep(request.user, register, pk)
    form = StatusForm(request.POST or None)
    made = done(form, lambda **typed: services.write_status(found, by=request.user, **typed))
    if made:
        return redirect(f"{reverse('heritage:monument', args=[register, pk])}#statuses")
    context = {"form": form, "register": found.register, "monument": found}
    return render(request, "heritage/status_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def status_change(request: Request, register: str, pk: int, status: int) -> HttpResponse:
    """Write a legal status anew."""
    found = reached.monument_to_keep(request.user, register, pk)
    one = access.status_of(found, status)
    initial = {name: getattr(one, name) for name in StatusForm.base_fields}
    form = StatusForm(request.POST or None, initial=initial)
    kept = done(
        form, lambda **typed: services.write_status(found, status=one, by=request.user, **typed)
    )
    if kept:
        return redirect(f"{reverse('heritage:monument', args=[register, pk])}#statuses")
    context = {"form": form, "register": found.register, "monument": found, "status": one}
    return render(request, "heritage/status_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def status_remove(request: Request, register: str, pk: int, status: int) -> HttpResponse:
    """Take out a legal status."""
    found = reached.monument_to_keep(request.user, register, pk)
    one = access.status_of(found, status)
    said = _("The legal status is taken out.")
    stated(request, lambda: services.remove_status(found, status=one, by=request.user), said)
    return redirect(f"{reverse('heritage:monument', args=[register, pk])}#statuses")
