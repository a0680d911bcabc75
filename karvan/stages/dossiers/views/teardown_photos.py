"""Photographs of steps: sent by a form or by a telephone's queue, shown, described, deleted."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access
from .. import teardown_queries as queries
from ..errors import NotGiven
from ..models import Dossier, StepPhoto
from ..services import photos as services
from ..services.teardown_shown import photo_shown
from ..teardown_forms import PhotoWordsForm, key_of
from .teardown import refusal, wants_json

WORKER = Path(__file__).parents[1] / "worker" / "teardown-worker.js"


@login_required
@require_POST
def step_photos(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """Take photographs of a step: several from a form, one with its key from a queue."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.step_in(dossier, step)
    uploads = request.FILES.getlist("photo")
    if wants_json(request):
        try:
            if len(uploads) != 1:
                return JsonResponse({"reason": _("No photograph came with this.")}, status=422)
            key = key_of(request.POST.get("key", ""))
            photo = services.add_photo(found, upload=uploads[0], by=request.user, key=key)
        except RuleBroken as broken:
            return refusal(broken)
        return _photo_answer(request, dossier, photo)
    for upload in uploads:
        stated(request, lambda one=upload: services.add_photo(found, upload=one, by=request.user))  # type: ignore[misc]
    if not uploads:
        stated(request, _nothing_chosen)
    return redirect(f"{reverse('dossiers:teardown', args=[edition, pk])}#step-{step}")


@login_required
@require_GET
def photo_file(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """The photograph itself."""
    dossier = access.dossier_for(request.user, edition, pk)
    return serve(queries.photo_file_in(dossier, photo, small=False), inline=True)


@login_required
@require_GET
def photo_thumb(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """The photograph's small copy."""
    dossier = access.dossier_for(request.user, edition, pk)
    return serve(queries.photo_file_in(dossier, photo, small=True), inline=True)


@login_required
@require_POST
def photo_words(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """Say what a photograph shows."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.photo_in(dossier, photo)
    form = PhotoWordsForm(request.POST)
    if form.is_valid():
        said = _("What the photograph shows is kept.")
        stated(
            request,
            lambda: services.describe_photo(found, by=request.user, **form.cleaned_data),
            said,
        )
    return redirect("dossiers:photo", edition, pk, photo)


@login_required
@require_POST
def photo_delete(request: Request, edition: str, pk: int, photo: int) -> HttpResponse:
    """Take a photograph out of its step."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.photo_in(dossier, photo)
    said = _("The photograph is deleted.")
    stated(request, lambda: services.delete_photo(found, by=request.user) or True, said)
    return redirect("dossiers:step", edition, pk, found.step_id)


@login_required
@require_safe
def teardown_worker(request: Request, edition: str, pk: int) -> HttpResponse:
    """The script that keeps this teardown's page for when there is no network."""
    access.dossier_for(request.user, edition, pk)
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _photo_answer(request: Request, dossier: Dossier, photo: StepPhoto) -> JsonResponse:
    """A photograph taken from the queue, as the page shows it."""
    found = queries.photo_in(dossier, photo.pk)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "shot": photo_shown(found, found.step),
        "may_edit": True,
    }
    html = render_to_string("dossiers/teardown_photo.html", context, request=request)
    return JsonResponse({"key": str(photo.key), "id": photo.pk, "html": html})


def _nothing_chosen() -> None:
    raise NotGiven(_("Choose a photograph first."))
