"""Screens of the teardown: its steps in their order, and one step to write."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from .. import teardown_queries as queries
from ..models import Dossier
from ..services import photos
from ..services import teardown as services
from ..services.teardown_said import balance_of
from ..services.teardown_shown import shown
from ..teardown_forms import QuickStepForm, StepForm


@login_required
@require_safe
def teardown(request: Request, edition: str, pk: int) -> HttpResponse:
    """All steps with their photographs, and the quick form for the next one."""
    dossier = access.dossier_for(request.user, edition, pk)
    return _teardown_page(request, dossier, QuickStepForm())


@login_required
@require_POST
def step_quick(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write the next step in a few words, with its photographs; also from a telephone's queue."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = QuickStepForm(request.POST)
    step = done(
        form,
        lambda **typed: services.add_step(
            dossier, said=form.said(), by=request.user, key=typed["key"]
        ),
    )
    if wants_json(request):
        return _step_answer(request, dossier, step.pk) if step else refusal(form)
    if step is None:
        return _teardown_page(request, dossier, form, status=422)
    for upload in request.FILES.getlist("photo"):
        stated(request, lambda one=upload: photos.add_photo(step, upload=one, by=request.user))  # type: ignore[misc]
    return redirect(f"{reverse('dossiers:teardown', args=[edition, pk])}#step-{step.pk}")


@login_required
@require_http_methods(["GET", "POST"])
def step_new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write a step with all it can say."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = StepForm(request.POST or None, dossier=dossier)
    step = done(form, lambda **typed: services.add_step(dossier, said=form.said(), by=request.user))
    if step:
        return redirect("dossiers:step", edition, pk, step.pk)
    context = {"dossier": dossier, "edition": dossier.activity.edition, "form": form}
    return render(
        request, "dossiers/teardown_write.html", context, status=422 if form.is_wrong else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def step(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """One step: what it says, its photographs, and the acts on it."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.step_in(dossier, step)
    form = StepForm(request.POST or None, dossier=dossier, step=found)
    changed = done(
        form,
        lambda **typed: services.change_step(
            found, said=form.said(), by=request.user, seen=typed["seen"]
        ),
    )
    if changed:
        return redirect(f"{reverse('dossiers:teardown', args=[edition, pk])}#step-{step}")
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "form": form,
        "one": shown(found),
        "may_edit": True,
    }
    return render(
        request, "dossiers/teardown_write.html", context, status=422 if form.is_wrong else 200
    )


@login_required
@require_POST
def step_move(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """Move a step one place up or down."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.step_in(dossier, step)
    places = -1 if request.POST.get("places") == "up" else 1
    stated(request, lambda: services.move_step(found, places=places, by=request.user))
    return redirect(f"{reverse('dossiers:teardown', args=[edition, pk])}#step-{step}")


@login_required
@require_POST
def step_delete(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """Delete a step."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.step_in(dossier, step)
    said = _("Step %(number)s is deleted.") % {"number": found.order}
    stated(request, lambda: services.delete_step(found, by=request.user) or True, said)
    return redirect("dossiers:teardown", edition, pk)


def wants_json(request: Request) -> bool:
    """True if a telephone's queue asks, and not a person's form."""
    return request.headers.get("accept", "").startswith("application/json")


def refusal(broken: RuleBroken | Any) -> JsonResponse:
    """Why something was not taken, in words for the queue to show."""
    if isinstance(broken, RuleBroken):
        return JsonResponse({"reason": str(broken)}, status=422)
    said = [str(error) for errors in broken.errors.values() for error in errors]
    return JsonResponse({"reason": " ".join(said)}, status=422)


def _step_answer(request: Request, dossier: Dossier, step: int) -> JsonResponse:
    """A step taken from the queue, as the page shows it, and where its photographs go."""
    one = shown(queries.step_in(dossier, step))
    slug = dossier.activity.edition.slug
    context = {"dossier": dossier, "edition": dossier.activity.edition, "one": one}
    html = render_to_string(
        "dossiers/teardown_step.html", {**context, "may_edit": True}, request=request
    )
    photos_url = reverse("dossiers:step_photos", args=[slug, dossier.pk, step])
    return JsonResponse({"key": str(one.step.key), "id": step, "photos": photos_url, "html": html})


def _teardown_page(
    request: Request, dossier: Dossier, form: QuickStepForm, status: int = 200
) -> HttpResponse:
    steps = list(queries.steps_of(dossier))
    balance = balance_of(steps)
    context: dict[str, Any] = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "steps": [shown(one) for one in steps],
        "balance": balance,
        "unexplained": [one for one in balance if not one.is_explained],
        "minutes": sum(one.minutes or 0 for one in steps),
        "without_picture": sum(1 for one in steps if not one.photos.all()),
        "form": form,
        "may_edit": access.may_edit(request.user, dossier),
        "is_cleared": dossier.state != Dossier.State.DRAFT,
    }
    return render(request, "dossiers/teardown.html", context, status=status)
