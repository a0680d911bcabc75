"""What those who lead a vote do in it: write votes down, enter counts, close it, declare it void."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..forms.hall_votes import CountForm, ObjectionForm, VoidForm
from ..queries.hall_quorum import accredited
from ..services import hall_casting, hall_closing, hall_votes
from .hall_votes import show


@login_required
@require_POST
def call(request: Request, organ: str, session: str, pk: int, delegation: int) -> HttpResponse:
    """Write down what a delegation that was called answered."""
    event = access.vote_to_run(request.user, organ, session, pk)
    one = access.delegation_of_vote(event, delegation)
    option = request.POST.get("option", "")
    act = hall_casting.give_vote
    stated(request, lambda: act(event, one, option=option, by=request.user))
    return redirect(f"{reverse('convening:vote', args=[organ, session, pk])}#called")


@login_required
@require_POST
def take_back(request: Request, organ: str, session: str, pk: int, delegation: int) -> HttpResponse:
    """Take back what was heard wrongly."""
    event = access.vote_to_run(request.user, organ, session, pk)
    one = access.delegation_of_vote(event, delegation)
    stated(request, lambda: hall_casting.take_back_vote(event, one, by=request.user))
    return redirect(f"{reverse('convening:vote', args=[organ, session, pk])}#called")


@login_required
@require_POST
def object_to(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Write down who objects to a consensus."""
    event = access.vote_to_run(request.user, organ, session, pk)
    form = ObjectionForm(request.POST, delegations=accredited(event.session))
    act = hall_casting.give_vote
    if done(
        form,
        lambda delegation: act(event, delegation, option="objection", by=request.user),
    ):
        return redirect("convening:vote", organ, session, pk)
    return show(request, event, status=422, objection_form=form)


@login_required
@require_POST
def count(request: Request, organ: str, session: str, pk: int, teller: str) -> HttpResponse:
    """Enter what one teller counted."""
    event = access.vote_to_run(request.user, organ, session, pk)
    if teller not in hall_closing.TELLERS:
        raise Http404
    form = CountForm(request.POST, event=event, teller=teller)
    act = hall_closing.enter_count
    if done(form, lambda **_typed: act(event, teller=teller, counts=form.counts, by=request.user)):
        return redirect("convening:vote", organ, session, pk)
    forms = [
        (one, form if one == teller else CountForm(event=event, teller=one))
        for one in hall_closing.TELLERS
    ]
    return show(request, event, status=422, count_forms=forms)


@login_required
@require_POST
def close(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Close the vote; what it decides is done."""
    event = access.vote_to_run(request.user, organ, session, pk)
    closed = stated(request, lambda: hall_closing.close_vote(event, by=request.user))
    made = closed.resolutions.first() if closed else None
    if made:
        stated(request, lambda: made, _("Adopted as %(number)s.") % {"number": made.number})
    return redirect("convening:vote", organ, session, pk)


@login_required
@require_POST
def void(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Declare the vote void, with a reason."""
    event = access.vote_to_run(request.user, organ, session, pk)
    form = VoidForm(request.POST)
    if done(form, lambda reason: hall_votes.void_vote(event, reason=reason, by=request.user)):
        return redirect("convening:vote", organ, session, pk)
    return show(request, event, status=422, void_form=form)


@login_required
@require_POST
def next_round(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Open the next round of an election."""
    event = access.vote_to_run(request.user, organ, session, pk)
    made = stated(request, lambda: hall_votes.open_next_round(event, by=request.user))
    return redirect("convening:vote", organ, session, made.pk if made else pk)
