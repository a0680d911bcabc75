"""Two versions side by side, part by part: on a page, on paper, as a file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karvan.foundation.ui.registers import Column
from karvan.foundation.ui.registers.export import KINDS, file
from karvan.foundation.web.requests import Request

from .. import access
from ..comparison import ComparedRow, compared
from ..forms import CompareForm
from ..history import notes_of
from ..models import Blueprint
from ..queries import versions_between


@login_required
@require_GET
def compare(request: Request, code: str) -> HttpResponse:
    """Two versions: each part that differs with both values, in words, and why."""
    programme = access.programme_for(request.user, code)
    numbers = [one.number for one in access.versions_for(request.user, programme)]
    form = CompareForm(request.GET or None, numbers=numbers)
    context: dict[str, Any] = {"programme": programme, "form": form, "has_two": len(numbers) > 1}
    if not form.is_valid():
        return render(request, "blueprints/compare.html", context)
    before = access.blueprint_for(request.user, code, form.cleaned_data["before"])
    after = access.blueprint_for(request.user, code, form.cleaned_data["after"])
    groups = compared(before.data, after.data, notes_of(versions_between(before, after)))
    rows = [row for group in groups for row in group.rows]
    if request.GET.get("file") in KINDS:
        name = f"{code}-v{before.number}-v{after.number}"
        return file(request.GET["file"], name=name, columns=_columns(before, after), rows=rows)
    query = f"before={before.number}&after={after.number}"
    context |= {"before": before, "after": after, "groups": groups, "count": len(rows)}
    context |= {"query": query, "compared": True}
    template = "compare_print" if "print" in request.GET else "compare"
    return render(request, f"blueprints/{template}.html", context)


def _columns(before: Blueprint, after: Blueprint) -> tuple[Column, ...]:
    def version(number: int) -> str:
        return _("Version %(number)s") % {"number": number}

    def text(name: str, title: str) -> Column:
        return Column(name, title, value=lambda row: str(getattr(row, name)))

    return (
        text("group", _("Where")),
        text("part", _("Part")),
        Column("kind", _("What"), value=_kind),
        Column("before", version(before.number), value=lambda row: row.before_words),
        Column("after", version(after.number), value=lambda row: row.after_words),
        text("words", _("In words")),
        text("why", _("Why")),
        text("path", _("Address")),
    )


def _kind(row: ComparedRow) -> str:
    return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[row.kind]
