"""Acts of peer review."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from ..bench_forms import AnswerForm, ReviewForm
from ..services.reviewing import answer_review, close_review, open_review
from .bench import show


@login_required
@require_POST
def review(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write down what a peer found."""
    found = access.dossier_to_review(request.user, edition, pk)
    form = ReviewForm(request.POST)
    if done(form, lambda **typed: open_review(found, by=request.user, **typed)):
        return redirect("dossiers:dossier", edition=edition, pk=pk)
    return show(request, found, status=422, review_form=form)


@login_required
@require_POST
def answer(request: Request, edition: str, pk: int, review: int) -> HttpResponse:
    """The team's answer."""
    found = access.dossier_to_edit(request.user, edition, pk)
    seen = access.review_of(found, review)
    form = AnswerForm(request.POST)
    if done(form, lambda **typed: answer_review(seen, by=request.user, **typed)):
        return redirect("dossiers:dossier", edition=edition, pk=pk)
    return show(request, found, status=422, answer_form=form, answered=seen.pk)


@login_required
@require_POST
def close(request: Request, edition: str, pk: int, review: int) -> HttpResponse:
    """Close a review."""
    found = access.dossier_to_review(request.user, edition, pk)
    seen = access.review_of(found, review)
    stated(request, lambda: close_review(seen, by=request.user), _("The review is closed."))
    return redirect("dossiers:dossier", edition=edition, pk=pk)
