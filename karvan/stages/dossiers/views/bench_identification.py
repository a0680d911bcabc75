"""Screens of section 1: the very device, its code, its labels, its papers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, emdn
from ..bench_forms import LabelForm, UnitForm
from ..models import Dossier
from ..services.identifying import FIELDS, add_label, describe_unit, remove_label


@login_required
@require_http_methods(["GET", "POST"])
def identification(request: Request, edition: str, pk: int) -> HttpResponse:
    """Read and write down what the device is."""
    if request.method == "GET":
        found = access.dossier_for(request.user, edition, pk)
        return _page(request, found, UnitForm(initial=_initial(found)), LabelForm())
    found = access.dossier_to_edit(request.user, edition, pk)
    form = UnitForm(request.POST, request.FILES)
    if done(form, lambda **typed: describe_unit(found, by=request.user, **typed)):
        stated(request, lambda: None, _("The device is written down."))
        return redirect("dossiers:identification", edition=edition, pk=pk)
    return _page(request, found, form, LabelForm(), status=422)


@login_required
@require_POST
def choose_emdn(request: Request, edition: str, pk: int) -> HttpResponse:
    """Take one of the codes that a search found."""
    found = access.dossier_to_edit(request.user, edition, pk)
    code = request.POST.get("emdn", "")
    said = _("The EMDN code is now %(code)s.") % {"code": code}
    stated(request, lambda: describe_unit(found, emdn=code, by=request.user), said)
    return redirect("dossiers:identification", edition=edition, pk=pk)


@login_required
@require_POST
def label(request: Request, edition: str, pk: int) -> HttpResponse:
    """Add a photograph of a label."""
    found = access.dossier_to_edit(request.user, edition, pk)
    form = LabelForm(request.POST, request.FILES)
    if done(form, lambda **typed: add_label(found, by=request.user, **typed)):
        return redirect("dossiers:identification", edition=edition, pk=pk)
    return _page(request, found, UnitForm(initial=_initial(found)), form, status=422)


@login_required
@require_GET
def label_file(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """The photograph of a label."""
    found = access.dossier_for(request.user, edition, pk)
    return serve(access.label_photo_of(found, photo).file, inline=True)


@login_required
@require_POST
def drop_label(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """Take a photograph of a label out."""
    found = access.dossier_to_edit(request.user, edition, pk)
    shown = access.label_photo_of(found, photo)
    stated(request, lambda: remove_label(shown, by=request.user), _("The photograph is taken out."))
    return redirect("dossiers:identification", edition=edition, pk=pk)


@login_required
@require_GET
def paper(request: Request, edition: str, pk: int, which: str) -> HttpResponse:
    """The owner's permission or the decontamination certificate."""
    return serve(access.paper_of(access.dossier_for(request.user, edition, pk), which))


def _initial(found: Dossier) -> dict[str, object]:
    unit = getattr(found, "unit", None)
    return model_to_dict(unit, fields=FIELDS) if unit else {}


def _page(
    request: Request, found: Dossier, form: UnitForm, label_form: LabelForm, status: int = 200
) -> HttpResponse:
    unit = getattr(found, "unit", None)
    asked = request.GET.get("q", "").strip()
    context = {
        "dossier": found,
        "edition": found.activity.edition,
        "unit": unit,
        "form": form,
        "label_form": label_form,
        "labels": unit.label_photos.select_related("file") if unit else [],
        "may_edit": access.may_edit(request.user, found),
        "asked": asked,
        "hits": emdn.search(asked),
        "code": emdn.found(unit.emdn) if unit and unit.emdn else None,
    }
    return render(request, "dossiers/identification.html", context, status=status)
