"""Acts that move, stop and close a dossier, and change its team."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from ..bench_forms import JoinForm, ReasonForm
from ..models import Dossier
from ..services.starting import add_member, remove_member
from ..services.states import choose_path, move_dossier, withdraw_dossier
from ..services.stopping import resume_dossier, stop_dossier
from .bench import show

# A release has a page of its own, where its licences are said.
MOVED_HERE = ("cleared", "teardown", "documented", "redesign", "verified")


@login_required
@require_POST
def move(request: Request, edition: str, pk: int, to: str) -> HttpResponse:
    """Bring a dossier to its next state."""
    if to not in MOVED_HERE:
        raise Http404
    found = access.dossier_to_move(request.user, edition, pk, to)
    said = _("The dossier is now: %(state)s.") % {"state": dict(Dossier.State.choices)[to]}
    stated(request, lambda: move_dossier(found, to=to, by=request.user), said)
    return redirect("dossiers:dossier", edition=edition, pk=pk)


@login_required
@require_POST
def withdraw(request: Request, edition: str, pk: int) -> HttpResponse:
    """Close a dossier without a release."""
    found = access.dossier_to_teach(request.user, edition, pk)
    form = ReasonForm(request.POST, prefix="withdraw")
    if done(form, lambda **typed: withdraw_dossier(found, by=request.user, **typed)):
        return redirect("dossiers:dossier", edition=edition, pk=pk)
    return show(request, found, status=422, withdraw_form=form)


@login_required
@require_POST
def path(request: Request, edition: str, pk: int) -> HttpResponse:
    """Say whether the dossier goes on to a redesign."""
    found = access.dossier_to_edit(request.user, edition, pk)
    goes_on = request.POST.get("redesigns") == "yes"
    stated(request, lambda: choose_path(found, redesigns=goes_on, by=request.user))
    return redirect("dossiers:dossier", edition=edition, pk=pk)


@login_required
@require_POST
def stop(request: Request, edition: str, pk: int) -> HttpResponse:
    """Stop the bench at once."""
    found = access.dossier_to_stop(request.user, edition, pk)
    form = ReasonForm(request.POST, prefix="stop")
    if done(form, lambda **typed: stop_dossier(found, by=request.user, **typed)):
        return redirect("dossiers:dossier", edition=edition, pk=pk)
    return show(request, found, status=422, stop_form=form)


@login_required
@require_POST
def resume(request: Request, edition: str, pk: int) -> HttpResponse:
    """Let a stopped bench go on."""
    found = access.dossier_to_stop(request.user, edition, pk)
    form = ReasonForm(request.POST, prefix="stop")
    if done(form, lambda **typed: resume_dossier(found, by=request.user, **typed)):
        return redirect("dossiers:dossier", edition=edition, pk=pk)
    return show(request, found, status=422, stop_form=form)


@login_required
@require_POST
def join(request: Request, edition: str, pk: int) -> HttpResponse:
    """Let a participant join the team."""
    found = access.dossier_to_teach(request.user, edition, pk)
    form = JoinForm(request.POST, free=access.free_enrolments(found.activity))
    if done(form, lambda **typed: add_member(found, by=request.user, **typed)):
        return redirect("dossiers:dossier", edition=edition, pk=pk)
    return show(request, found, status=422, join_form=form)


@login_required
@require_POST
def leave(request: Request, edition: str, pk: int, member: int) -> HttpResponse:
    """Let a member leave the team."""
    found = access.dossier_to_teach(request.user, edition, pk)
    who = access.member_of(found, member)
    stated(request, lambda: remove_member(who, by=request.user))
    return redirect("dossiers:dossier", edition=edition, pk=pk)
