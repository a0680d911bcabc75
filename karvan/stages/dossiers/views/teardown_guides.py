"""Guides of other places taken over, and the teardown given out as a guide."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import store_upload
from karvan.foundation.ui.sheets import render_sheet
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from .. import teardown_queries as queries
from ..models import Dossier
from ..services import omanual as services
from ..services.omanual_doubts import doubt_words
from ..services.teardown_sheet import teardown_sheet
from ..teardown_guide_forms import GuideChosenForm, GuideFileForm

KINDS = ("json", "design")  # XML is kept as a design file: bytes that are only read


@login_required
@require_safe
def teardown_export(request: Request, edition: str, pk: int, kind: str) -> HttpResponse:
    """The teardown as oManual XML or JSON."""
    dossier = access.dossier_for(request.user, edition, pk)
    steps = list(queries.steps_of(dossier))

    def address(photo: Any) -> str:
        path = reverse("dossiers:photo_file", args=[edition, pk, photo.pk])
        return request.build_absolute_uri(path)

    if kind not in ("xml", "json"):
        raise Http404
    write = services.guide_xml if kind == "xml" else services.guide_json
    answer = HttpResponse(
        write(dossier, steps, address=address), content_type=f"application/{kind}; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{dossier.code}-teardown.{kind}"'
    return answer


@login_required
@require_safe
def teardown_paper(request: Request, edition: str, pk: int) -> HttpResponse:
    """The teardown as PDF, in the language of the page."""
    dossier = access.dossier_for(request.user, edition, pk)
    sheet = teardown_sheet(dossier, queries.steps_of(dossier))
    answer = HttpResponse(render_sheet(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{dossier.code}-teardown.pdf"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def teardown_import(request: Request, edition: str, pk: int) -> HttpResponse:
    """Read a guide's file and show what would be taken over, with every doubt."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = GuideFileForm(request.POST or None, request.FILES or None)
    stored = done(
        form,
        lambda file: store_upload(file, kinds=KINDS, scope=dossier.scope, by=request.user),
    )
    guides: list[Any] = done(form, lambda **_typed: services.guides_in(stored)) if stored else []
    if not guides:
        context = {"dossier": dossier, "edition": dossier.activity.edition, "form": form}
        status = 422 if form.errors else 200
        return render(request, "dossiers/teardown_import.html", context, status=status)
    return _preview(request, dossier, stored, guides)


@login_required
@require_POST
def teardown_take(request: Request, edition: str, pk: int) -> HttpResponse:
    """Take one guide of a file over, once it was looked at."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = GuideChosenForm(request.POST)
    if not form.is_valid():
        return redirect("dossiers:teardown_import", edition, pk)
    typed = form.cleaned_data
    stored = queries.guide_file_in(dossier, typed["file"], by=request.user)
    if request.POST.get("look"):
        try:
            return _preview(request, dossier, stored, services.guides_in(stored), typed)
        except RuleBroken:
            raise Http404 from None
    steps = stated(
        request,
        lambda: services.import_guide(
            dossier,
            stored=stored,
            number=typed["number"],
            direction=typed["direction"],
            by=request.user,
        ),
    )
    if steps is not None:
        said = ngettext(
            "%(many)s step is taken over.", "%(many)s steps are taken over.", len(steps)
        )
        stated(request, lambda: True, said % {"many": len(steps)})
    return redirect("dossiers:teardown", edition, pk)


def _preview(
    request: Request,
    dossier: Dossier,
    stored: StoredFile,
    guides: list[Any],
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    number = min(max((typed or {}).get("number", 1), 1), len(guides))
    guide = guides[number - 1]
    start = {"file": stored.pk, "number": number, "direction": (typed or {}).get("direction")}
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "guide": guide,
        "many": len(guides),
        "doubts": [doubt_words(one) for one in guide.doubts],
        "chosen": GuideChosenForm(initial=start, many=len(guides)),
        "stored": stored,
    }
    return render(request, "dossiers/teardown_preview.html", context)
