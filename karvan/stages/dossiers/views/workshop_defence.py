"""The screen on which a defence is assessed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access
from ..bench_forms import DefenceForm
from ..results import scheme_of
from ..services.judging import mark_defence
from ..workshop_pages import defence_page, rubric_in_words


@login_required
@require_http_methods(["GET", "POST"])
def defence(request: Request, edition: str, pk: int) -> HttpResponse:
    """Mark a defence; others' anchors are shown once one's own are given."""
    found = access.dossier_to_assess(request.user, edition, pk)
    rubric = scheme_of(found.activity).rubric
    own = found.defence_marks.filter(assessor=request.user).first()
    form = DefenceForm(
        request.POST or None,
        rubric=rubric_in_words(rubric),
        initial={**own.marks, "comment": own.comment} if own else None,
    )
    act = mark_defence
    if done(
        form,
        lambda **typed: act(found, marks=form.marks(), comment=typed["comment"], by=request.user),
    ):
        return redirect("dossiers:defence", edition=edition, pk=pk)
    context = {
        "form": form,
        "shows_form": own is None or bool(form.errors),
        **defence_page(found, rubric, own),
    }
    return render(
        request, "dossiers/workshop_defence.html", context, status=422 if form.errors else 200
    )
