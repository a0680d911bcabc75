"""Screens of a track's chair: its abstracts with their reads, and what is proposed for each."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import symposium_reached as access
from ..forms.symposium import ProposeForm
from ..models import Track
from ..queries.symposium_chairs import chaired, is_blind, papers_to_chair
from ..services.symposium_proposing import propose_outcome, take_proposal
from ..symposium_states import MARKS


@login_required
@require_GET
def papers(request: Request, edition: str, activity: str, code: str) -> HttpResponse:
    """The abstracts of a track with their reads and what is proposed for each."""
    track = access.track_to_chair(request.user, edition, activity, code)
    seen = chaired(track, request.user, list(papers_to_chair(track, request.user)))
    rows = [(one, MARKS[one.paper.state]) for one in seen]
    return render(request, "convening/symposium_chair.html", {**_of(track), "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: Request, edition: str, activity: str, code: str, number: int) -> HttpResponse:
    """One abstract as the blind allows, and the chair's proposal."""
    may_write = request.method == "POST"
    track = access.track_to_chair(request.user, edition, activity, code, may_write=may_write)
    found = access.paper_to_chair(request.user, track, number)
    proposal = getattr(found, "proposal", None)
    initial = {"outcome": proposal.outcome, "reason": proposal.reason} if proposal else {}
    form = ProposeForm(request.POST or None, initial=initial)
    if done(form, lambda **typed: propose_outcome(found, by=request.user, **typed)):
        messages.success(
            request, _("Your proposal for paper %(number)s is kept.") % {"number": number}
        )
        return redirect("convening:chair_papers", edition=edition, activity=activity, code=code)
    context = {
        **_of(track),
        "one": chaired(track, request.user, [found])[0],
        "mark": MARKS[found.state],
        "may_propose": track.chair_id == request.user.pk and found.state == "submitted",
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "convening/symposium_chair_paper.html", context, status=status)


@login_required
@require_POST
def take(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Decide a paper as the chair of its track proposes."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    outcome = request.POST.get("outcome", "")
    stated(
        request,
        lambda: take_proposal(found, outcome=outcome, by=request.user),
        _("Decided as the chair of the track proposed."),
    )
    return redirect("convening:paper", edition=edition, activity=activity, number=number)


def _of(track: Track) -> dict[str, object]:
    return {
        "track": track,
        "activity": track.symposium.activity,
        "edition": track.symposium.activity.edition,
        "is_blind": is_blind(track),
    }
