"""Screens of one version: read, print, publish, take the source."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
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
    return _version_page(request, access.blueprint_for(request.user, code, number))


@login_required
@require_GET
def print_blueprint(request: Request, code: str, number: int) -> HttpResponse:
    """The same design on paper."""
    version = access.blueprint_for(request.user, code, number)
    context = {"blueprint": version, "document": shown(version.data), "is_print": True}
    return render(request, "blueprints/print.html", context)


@login_required
@require_POST
def publish(request: Request, code: str, number: int) -> HttpResponse:
    """Make the draft a version."""
    draft = access.blueprint_to_publish(request.user, code, number)
    form = PublishForm(request.POST, silent=silent(draft))
    if done(form, lambda **typed: services.publish_blueprint(draft, by=request.user, **typed)):
        return redirect("blueprints:blueprint", code=code, number=number)
    return _version_page(request, draft, publish_form=form)


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


def _version_page(request: Request, version: Blueprint, **forms: Any) -> HttpResponse:
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
        "before": version_before(version),
        "size": len(version.source),
        "title": _("Version %(number)s") % {"number": version.number},
        "records": history_of(version),
        **forms,
    }
    return render(request, "blueprints/blueprint.html", context, status=422 if forms else 200)
