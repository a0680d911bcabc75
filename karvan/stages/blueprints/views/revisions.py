"""What a draft said at each saving, and the choice where two people changed the same part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
from ..document import differences, human_title
from ..forms import ChoicesForm
from ..models import Revision
from ..queries import revisions_of, settled_numbers
from .drafts import after_saving


@login_required
@require_GET
def revisions(request: Request, code: str) -> HttpResponse:
    """All that was saved, newest first."""
    found = access.draft_to_edit(request.user, code)
    listed = list(revisions_of(found))
    context = {
        "draft": found,
        "programme": found.programme,
        "revisions": listed,
        "present": next((one.number for one in listed if not one.is_set_aside), 0),
        "settled": settled_numbers(found),
    }
    return render(request, "blueprints/revisions.html", context)


@login_required
@require_GET
def revision(request: Request, code: str, number: int) -> HttpResponse:
    """One revision: what it changed, and its text."""
    found = access.revision_to_read(request.user, code, number)
    began = found.blueprint.revisions.filter(number=found.began_from or 0).first()
    context = {
        "draft": found.blueprint,
        "programme": found.blueprint.programme,
        "revision": found,
        "began": began,
        "differences": differences(began.data, found.data) if began else (),
        "text": bytes(found.source).decode("utf-8", "replace"),
    }
    return render(request, "blueprints/revision.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: Request, code: str, number: int) -> HttpResponse:
    """Choose, part by part, between what the draft says and what was set aside."""
    found = access.revision_to_read(request.user, code, number)
    try:
        disputed = services.disputed(found.blueprint, number)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("blueprints:revisions", code=code)
    parts = [(one.path, _titled(found, one.path)) for one in disputed.parts]
    form = ChoicesForm(
        request.POST or None, parts=parts, initial={"base_revision": disputed.present.number}
    )
    saved = done(
        form,
        lambda **typed: services.settle_revision(
            found.blueprint, revision=number, by=request.user, **typed
        ),
    )
    if saved:
        return after_saving(request, code, saved, "")
    return _settle_page(request, found, disputed, form)


def _settle_page(
    request: Request, found: Revision, disputed: services.Disputed, form: ChoicesForm
) -> HttpResponse:
    fields = [form[f"choice_{place}"] for place in range(len(disputed.parts))]
    context: dict[str, Any] = {
        "draft": found.blueprint,
        "programme": found.blueprint.programme,
        "disputed": disputed,
        "form": form,
        "parts": list(zip(disputed.parts, fields, strict=True)),
        "base_revision": disputed.present.number,
    }
    return render(request, "blueprints/settle.html", context, status=422 if form.errors else 200)


def _titled(found: Revision, path: str) -> str:
    return human_title(found.data, path) if path else _("The whole draft")
