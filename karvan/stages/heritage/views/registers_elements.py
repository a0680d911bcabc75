"""Screens of the parts of a monument: the tree, one part, how parts are moved."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import reached
from ..access import registers as access
from ..forms.registers import ElementForm
from ..queries import registers as queries
from ..services import registers_elements as services

WAYS = ("up", "down", "in", "out")


@login_required
@require_http_methods(["GET", "POST"])
def elements(request: Request, register: str, pk: int) -> HttpResponse:
    """The tree of a monument's parts; who keeps the register adds one here."""
    if request.method == "POST":
        found = reached.monument_to_keep(request.user, register, pk)
    else:
        found = reached.monument_for(request.user, register, pk)
    form = ElementForm(request.POST or None, monument=found)
    made = done(form, lambda **typed: services.add_element(found, by=request.user, **typed))
    if made:
        return redirect(f"{reverse('heritage:elements', args=[register, pk])}#part-{made.pk}")
    context = {
        "form": form,
        "monument": found,
        "register": found.register,
        "tree": queries.tree_of(found),
        "keeps": reached.keeps(request.user, found.scope),
        "moved": request.GET.get("moved", ""),
    }
    return render(request, "heritage/elements.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def element(request: Request, register: str, pk: int, element: int) -> HttpResponse:
    """Describe a part anew, or hang it elsewhere."""
    found = reached.monument_to_keep(request.user, register, pk)
    one = access.element_of(found, element)
    form = ElementForm(request.POST or None, monument=found, element=one)
    kept = done(form, lambda **typed: services.change_element(one, by=request.user, **typed))
    if kept:
        return redirect(f"{reverse('heritage:elements', args=[register, pk])}#part-{one.pk}")
    context = {
        "form": form,
        "monument": found,
        "register": found.register,
        "element": one,
        "records": history_of(one),
    }
    return render(request, "heritage/element.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def element_move(request: Request, register: str, pk: int, element: int) -> HttpResponse:
    """Move a part; the page opens again with the keyboard on it."""
    found = reached.monument_to_keep(request.user, register, pk)
    one = access.element_of(found, element)
    way = request.POST.get("way", "")
    if way in WAYS:
        stated(request, lambda: services.move_element(one, way=way, by=request.user))  # type: ignore[arg-type]
    address = reverse("heritage:elements", args=[register, pk])
    return redirect(f"{address}?moved={one.pk}-{way}#part-{one.pk}")


@login_required
@require_POST
def element_remove(request: Request, register: str, pk: int, element: int) -> HttpResponse:
    """Take out a part with all that lie under it."""
    found = reached.monument_to_keep(request.user, register, pk)
    one = access.element_of(found, element)
    said = _("The part is taken out.")
    stated(request, lambda: services.remove_element(one, by=request.user) or True, said)
    return redirect("heritage:elements", register, pk)
