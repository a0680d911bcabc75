"""What the hall sees on the wall, and the page a delegate votes on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation import clock
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import session_for
from ..hall_words import option_word, quorum_words, reckoning_words
from ..models import Delegation, StatutorySession, VoteEvent
from ..queries.hall_entitled import why_no_vote, with_credentials
from ..queries.hall_pages import called_in, open_vote_of, so_far
from ..queries.hall_quorum import quorum_at
from ..services import hall_casting


@login_required
@require_GET
def screen(request: Request, organ: str, session: str) -> HttpResponse:
    """The question for the whole hall: it follows what is put to the vote."""
    found = session_for(request.user, organ, session)
    sitting = access.open_sitting_of(found)
    event = open_vote_of(found) or access.last_vote_of(sitting)
    context: dict[str, Any] = {"session": found, "sitting": sitting, "event": event}
    if sitting:
        quorum = quorum_at(sitting, clock.now())
        context |= {"quorum": quorum, "quorum_words": quorum_words(quorum)}
    if event:
        context |= _asked(event)
    return render(request, "convening/hall_screen.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ballot(request: Request, organ: str, session: str) -> HttpResponse:
    """A delegate's page: the question that is put now, two buttons, and that it was counted."""
    found, delegation = access.own_delegation(request.user, organ, session)
    event = open_vote_of(found)
    if event and not event.is_electronic:
        event = None
    if request.method == "POST":
        _vote(request, event, delegation)
        return redirect("convening:ballot", organ, session)
    context = {"session": found, "delegation": delegation, "event": event}
    if event:
        context |= _paper(event, found, delegation)
    return render(request, "convening/hall_ballot.html", context)


def _vote(request: Request, event: VoteEvent | None, delegation: Delegation) -> None:
    """The vote that was sent, if it is about the question that is still open."""
    asked, option = request.POST.get("event", ""), request.POST.get("option", "")
    if event is None or asked != str(event.pk):
        stated(request, hall_casting.refuse_late)
        return
    act = (
        hall_casting.cast_ballot
        if event.method == VoteEvent.Method.SECRET
        else hall_casting.give_vote
    )
    stated(
        request,
        lambda: act(event, delegation, option=option, by=request.user),
        _("Your vote is counted."),
    )


def _paper(event: VoteEvent, session: StatutorySession, delegation: Delegation) -> dict[str, Any]:
    fresh = with_credentials(session).get(pk=delegation.pk)
    given = event.single_votes.filter(membership=fresh.membership_id).first()
    has_cast = event.casts.filter(membership=fresh.membership_id).exists()
    return {
        "options": [(one, option_word(one, event)) for one in event.options],
        "refusal": why_no_vote(fresh),
        "has_voted": given is not None or has_cast,
        "voted": option_word(given.option, event) if given else "",
    }


def _asked(event: VoteEvent) -> dict[str, Any]:
    languages = [one for one in event.session.organ.working_languages if event.titles.get(one)]
    counts = so_far(event)
    waiting = None
    if event.result == "open" and event.method == "roll_call":
        waiting = next((s for s in called_in(event) if s.is_present and not s.option), None)
    return {
        "languages": (languages or list(event.titles))[:2],
        "counts": [
            (key, option_word(key, event), count) for key, count in counts.items() if key != "cast"
        ],
        "cast": counts.get("cast"),
        "is_open": event.result == "open",
        "next": waiting,
        "reckoning": reckoning_words(event),
        "resolution": event.resolutions.first(),
    }
