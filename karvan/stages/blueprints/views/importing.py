"""The screen on which a YAML text becomes a draft, or is refused with all its problems."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.requests import Request

from .. import access, services
from ..document import DocumentProblems, Problem
from ..forms import ImportForm
from ..models import Programme


@login_required
@require_http_methods(["GET", "POST"])
def import_draft(request: Request, code: str) -> HttpResponse:
    """Import a blueprint as the programme's draft; a refused text stays on the page."""
    programme = access.programme_to_run(request.user, code)
    form = ImportForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _page(request, programme, form, ())
    try:
        draft = services.import_blueprint(programme, by=request.user, **form.cleaned_data)
    except DocumentProblems as refused:
        kept = _kept(request.POST, form.cleaned_data["source"])
        return _page(request, programme, kept, refused.problems)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, programme, form, ())
    return redirect("blueprints:blueprint", code=code, number=draft.number)


def _page(
    request: Request, programme: Programme, form: ImportForm, problems: tuple[Problem, ...]
) -> HttpResponse:
    lines = str(form["text"].value() or "").split("\n")
    listed = [{"problem": one, "text": _line(lines, one.line)} for one in problems]
    context = {"programme": programme, "form": form, "problems": listed}
    wrong = problems or form.errors
    return render(request, "blueprints/import.html", context, status=422 if wrong else 200)


def _kept(posted: Any, source: bytes) -> ImportForm:
    """The form with the refused text in it, also when it came as a file, to be mended there."""
    text = source.decode("utf-8", "replace")
    return ImportForm(initial={"text": text, "note": posted.get("note", "")})


def _line(lines: list[str], number: int | None) -> str:
    """The line a problem speaks of, cut short; "" where there is none."""
    if number is None or not 0 < number <= len(lines):
        return ""
    text = lines[number - 1].strip()
    return text if len(text) <= 120 else f"{text[:119]}…"
