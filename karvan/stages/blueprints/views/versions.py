"""Screens of one version: read, print, take the source."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.requests import Request

from .. import access, queries
from ..document import is_malformed
from ..examined import examined
from ..forms import PublishForm
from ..history import silent, version_before
from ..models import Blueprint
from ..shown import shown


@login_required
@require_GET
def blueprint(request: Request, code: str, number: int) -> HttpResponse:
    """The record of one version: the whole design."""
    return version_page(request, access.blueprint_for(request.user, code, number))


@login_required
@require_GET
def print_blueprint(request: Request, code: str, number: int) -> HttpResponse:
    """The same design on paper."""
    version = access.blueprint_for(request.user, code, number)
    context = {"blueprint": version, "document": shown(version.data), "is_print": True}
    return render(request, "blueprints/print.html", context)


@login_required
@require_GET
def source(request: Request, code: str, number: int) -> HttpResponse:
    """The YAML as it was imported, byte for byte."""
    version = access.blueprint_for(request.user, code, number)
    answer = HttpResponse(bytes(version.source), content_type="application/yaml; charset=utf-8")
    name = f"{code.lower()}-v{number}.yaml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = f'"{version.sha256}"'
    return answer


def version_page(request: Request, version: Blueprint, **forms: Any) -> HttpResponse:
    """The page of one version; the desk shows it again when publishing is refused."""
    is_draft = version.state == Blueprint.State.DRAFT
    read = examined(bytes(version.source), version.programme.code) if is_draft else None
    problems = read.problems if read else ()
    may_run = access.may_run(request.user, version.programme)
    context = {
        "blueprint": version,
        # A draft may be of a shape that nobody can lay out yet.
        "document": None if problems and is_malformed(version.data) else shown(version.data),
        "is_draft": is_draft,
        "problems": problems,
        "may_run": may_run,
        "may_publish": is_draft and may_run and not problems,
        "publish_form": PublishForm(silent=silent(version), initial={"note": version.note})
        if is_draft
        else None,
        "offered_to": queries.editions_under_way(version.programme) if is_draft else 0,
        "before": version_before(version),
        "size": len(version.source),
        "title": _("Version %(number)s") % {"number": version.number},
        "records": history_of(version),
        **forms,
    }
    return render(request, "blueprints/blueprint.html", context, status=422 if forms else 200)
