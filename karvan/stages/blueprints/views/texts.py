"""The whole draft as YAML: the same checks and the same differences, before it is saved."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.requests import Request

from .. import access, services
from ..document import DocumentProblems, differences
from ..examined import decoded, examined
from ..forms import TextForm
from ..history import version_before
from ..models import Blueprint
from .drafts import after_saving, base_of


@login_required
@require_http_methods(["GET", "POST"])
def draft_text(request: Request, code: str) -> HttpResponse:
    """Write the draft as text; ``check`` shows its problems and differences and saves nothing."""
    found = access.draft_to_edit(request.user, code)
    initial = {"source": decoded(bytes(found.source)), **base_of(found)}
    form = TextForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return _page(request, found, form)
    if "check" in request.POST:
        return _page(request, found, form, source=form.cleaned_data["source"])
    try:
        saved = services.edit_text(found, by=request.user, **form.cleaned_data)
    except DocumentProblems as refused:
        return _page(request, found, form, problems=refused.problems, status=422)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, found, form)
    return after_saving(request, code, saved, "")


def _page(
    request: Request,
    found: Blueprint,
    form: TextForm,
    *,
    source: bytes | None = None,
    problems: Any = (),
    status: int = 200,
) -> HttpResponse:
    before = version_before(found)
    context: dict[str, Any] = {"draft": found, "programme": found.programme, "form": form}
    context |= {"before": before, "problems": problems, "is_checked": source is not None}
    try:
        read = examined(bytes(found.source) if source is None else source, found.programme.code)
    except DocumentProblems as refused:
        context |= {"problems": refused.problems, "is_checked": False}
        return render(request, "blueprints/draft_text.html", context, status=422)
    if status == 200:
        context["problems"] = read.problems
    if source is not None:
        context["typed"] = differences(found.data, read.data)
        context["since"] = differences(before.data, read.data) if before else ()
    return render(
        request, "blueprints/draft_text.html", context, status=422 if form.errors else status
    )
