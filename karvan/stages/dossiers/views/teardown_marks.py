"""One photograph at its full size, with its marks to draw, type and take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.requests import Request

from .. import access
from .. import teardown_queries as queries
from ..models import StepPhoto
from ..services import annotating as services
from ..services.teardown_shown import photo_shown
from ..teardown_forms import PhotoWordsForm
from ..teardown_mark_forms import MarkSet


@login_required
@require_http_methods(["GET", "POST"])
def photo(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """A photograph with its marks; whoever may change the dossier can mark it."""
    dossier = access.dossier_for(request.user, edition, pk)
    may_edit = access.may_edit(request.user, dossier)
    found = queries.photo_in(dossier, photo)
    if request.method == "POST":
        dossier = access.dossier_to_edit(request.user, edition, pk)
    rows = MarkSet(request.POST or None, photo=found, marks=queries.marks_of(found))
    wrong = _kept(request, found, rows) if request.method == "POST" else []
    if request.method == "POST" and not wrong:
        return redirect("dossiers:photo", edition, pk, photo)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "step": found.step,
        "shot": photo_shown(found, found.step),
        "rows": rows,
        "wrong": wrong,
        "words": PhotoWordsForm(initial={n: getattr(found, n) for n in PhotoWordsForm.base_fields}),
        "may_edit": may_edit,
    }
    return render(request, "dossiers/teardown_marks.html", context, status=422 if wrong else 200)


def _kept(request: Request, found: StepPhoto, rows: Any) -> list[str]:
    """Keep the marks; what has to be put right instead, if anything."""
    if not rows.is_valid():
        return [*rows.wrong(), *(str(one) for one in rows.non_form_errors())]
    try:
        marks = services.annotate_photo(found, by=request.user, **rows.said())
    except RuleBroken as broken:
        return [str(broken)]
    said = ngettext("%(many)s mark is kept.", "%(many)s marks are kept.", len(marks))
    messages.success(request, said % {"many": len(marks)} if marks else _("No mark is left."))
    return []
