"""Screens of juries."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import JuryForm, PitchForm
from ..models import Jury
from ..rubrics import pitch_rubric


@login_required
@require_GET
def juries(request: Request) -> HttpResponse:
    """The juries a person sits on or runs."""
    listed = access.juries_for(request.user)
    return render(request, "ventures/juries.html", {"juries": listed})


@login_required
@require_GET
def jury(request: Request, pk: int) -> HttpResponse:
    """One jury: whom it hears, the person's own marks, and the ranking once it has closed."""
    found = access.jury_for(request.user, pk)
    runs = holds(request.user, RUNNERS, found.scope)
    own = {mark.venture_id: mark for mark in found.marks.filter(juror=request.user)}
    heard = [(venture, own.get(venture.pk)) for venture in access.ventures_before(found)]
    closed = found.state == Jury.State.CLOSED
    context = {
        "jury": found,
        "heard": heard,
        "runs": runs,
        "sits": found.members.filter(pk=request.user.pk).exists(),
        "members": found.members.all(),
        "ranking": services.ranking(found) if closed or runs else [],
        "records": history_of(found),
    }
    return render(request, "ventures/jury.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: Request, pk: int, venture: int) -> HttpResponse:
    """Mark one pitch."""
    found, pitched = access.pitch_to_mark(request.user, pk, venture)
    before = found.marks.filter(juror=request.user, venture=pitched).first()
    rubric = _with_labels(found.rubric)
    form = PitchForm(request.POST or None, rubric=rubric, initial=before.marks if before else None)
    act = services.mark_pitch
    if done(form, lambda **marks: act(found, venture=pitched, marks=marks, by=request.user)):
        return redirect("ventures:jury", pk=pk)
    context = {"jury": found, "venture": pitched, "form": form}
    return render(request, "ventures/mark.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close a jury; its best teams are admitted or sent on."""
    found = access.jury_to_run(request.user, pk)
    course = None
    if found.activity is not None:
        course = found.activity.edition.activities.filter(
            position__gt=found.activity.position
        ).first()
    said = _("The jury is closed and its ranking stands.")
    stated(request, lambda: services.close_jury(found, by=request.user, admits_to=course), said)
    return redirect("ventures:jury", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def seat_jury(request: Request, edition: str) -> HttpResponse:
    """Seat a jury for an activity of an edition."""
    found = access.edition_to_run(request.user, edition)
    form = JuryForm(
        request.POST or None,
        activities=found.activities.order_by("position"),
        jurors=access.jurors_of(found),
    )
    seated = done(
        form,
        lambda **typed: services.seat_jury(
            rubric=pitch_rubric(typed["activity"]), by=request.user, **typed
        ),
    )
    if seated:
        return redirect("ventures:jury", pk=seated.pk)
    context = {"edition": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ventures/seat_jury.html", context, status=status)


def _with_labels(rubric: dict) -> dict:  # type: ignore[type-arg]
    criteria = [
        {**one, "label": in_language(one.get("title", one["code"]))}
        for one in rubric.get("criteria", [])
    ]
    return {**rubric, "criteria": criteria}
