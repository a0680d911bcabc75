"""Giving out reads, and moving them after reviewers stopped or came."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.ui import formats
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, services, tasks
from ..queries import applications_to_read, reads_to_move
from ..words import missing_in_words

MANY = 2_000  # applications; giving out the reads of so many takes some two seconds


@login_required
@require_POST
def assign(request: Request, edition: str, activity: str) -> HttpResponse:
    """Give out the reads that applications lack; the worker does it where there are many."""
    round = access.round_to_run(request.user, edition, activity)
    if applications_to_read(round.call).count() > MANY:
        tasks.assign_reads.enqueue(round.pk, request.user.pk)
        words = _("The reads are being given out; this page shows them once that is done.")
        messages.info(request, words)
        return redirect("reviews:round", edition=edition, activity=activity)
    given = stated(request, lambda: services.assign_reads(round, by=request.user))
    if given:
        said = ngettext("%(n)s read was given out.", "%(n)s reads were given out.", given.given)
        messages.success(request, said % {"n": formats.number(given.given)})
        _told(request, given.letters)
    return redirect("reviews:round", edition=edition, activity=activity)


@login_required
@require_http_methods(["GET", "POST"])
def rebalance(request: Request, edition: str, activity: str) -> HttpResponse:
    """What would move, and the button that moves it."""
    round = access.round_to_run(request.user, edition, activity)
    if request.method == "POST":
        digest = request.POST.get("digest", "")
        moved = stated(
            request, lambda: services.rebalance_reads(round, digest=digest, by=request.user)
        )
        if moved:
            said = ngettext("%(n)s read was moved.", "%(n)s reads were moved.", moved.added)
            messages.success(request, said % {"n": formats.number(moved.added)})
            _told(request, moved.letters)
            return redirect("reviews:round", edition=edition, activity=activity)
        return redirect("reviews:rebalance", edition=edition, activity=activity)
    shown = services.rebalancing_of(round) if round.state != "closed" else None
    context = {
        "round": round,
        "shown": shown,
        "to_move": reads_to_move(round),
        "missing": missing_in_words(shown.missing) if shown else [],
    }
    return render(request, "reviews/rebalance.html", context)


def _told(request: Request, letters: int) -> None:
    if letters:
        said = ngettext("%(n)s reviewer gets a letter.", "%(n)s reviewers get a letter.", letters)
        messages.success(request, said % {"n": formats.number(letters)})
