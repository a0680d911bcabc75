"""Screens of votes: the register, how a question is put, the room in which it is voted."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import delegations_of, runs, session_for
from ..forms.hall_votes import CountForm, ObjectionForm, VoidForm, VoteForm
from ..hall_marks import mark_of_vote, word_of_vote
from ..hall_words import counts_words, option_word, quorum_words, reckoning_words
from ..models import VoteEvent
from ..queries.hall_entitled import drawn_of
from ..queries.hall_pages import called_in, entered_in, so_far, votes_of
from ..queries.hall_quorum import accredited, members_on, quorum_at
from ..services import hall_votes
from ..services.hall_closing import TELLERS, is_counted_by_tellers

COLUMNS = (
    Column("titles", gettext_lazy("Question"), kind="name", detail=lambda one: one.identifier),
    Column("method", pgettext_lazy("vote", "Method"), value="get_method_display", sort="method"),
    Column(
        "result",
        gettext_lazy("Result"),
        kind="state",
        value=mark_of_vote,
        word=word_of_vote,
        sort="result",
    ),
    Column("counts", pgettext_lazy("vote", "Counts"), value=counts_words),
    Column("opened_at", gettext_lazy("Opened"), kind="moment", sort="opened_at"),
)


@login_required
@require_GET
def votes(request: Request, organ: str, session: str) -> HttpResponse:
    """The votes of a session."""
    found = session_for(request.user, organ, session)
    register = Register(
        request,
        votes_of(found),
        COLUMNS,
        name="votes",
        caption=_("Votes"),
        order=("opened_at",),
        filters=[
            Filter("adopted", pgettext("vote", "Adopted"), Q(result="adopted")),
            Filter("rejected", pgettext("vote", "Rejected"), Q(result="rejected")),
        ],
        row_url=lambda one: reverse("convening:vote", args=[organ, session, one.pk]),
        empty_title=_("No vote yet"),
        empty_text=_("A question is put to the vote in an open sitting that has its quorum."),
    )
    if register.wants_file:
        return register.file()
    context = {"session": found, "register": register, "is_run": runs(request.user, found)}
    return render(request, "convening/hall_votes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def put(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """Put a question to the vote; ``?motion=`` names the motion it is about."""
    sitting = access.sitting_to_run(request.user, organ, session, number)
    motion = access.motion_to_put(sitting, request.GET.get("motion", ""))
    quorum = quorum_at(sitting, clock.now())
    majorities = sitting.session.organ.majorities
    kind = motion.item.question if motion and motion.item else "default"
    requirement = majorities.get(kind) or majorities.get("default", "simple")
    form = VoteForm(
        request.POST or None,
        members=members_on(sitting.session.organ, quorum.at.date()),
        has_motion=motion is not None,
        initial={
            "method": "consensus" if requirement == "consensus" else "roll_call",
            "requirement": requirement,
            "begins_with": drawn_of(sitting),
        },
    )
    act = hall_votes.open_vote
    made = done(form, lambda **typed: act(sitting, motion=motion, by=request.user, **typed))
    if made:
        return redirect("convening:vote", organ, session, made.pk)
    context = {"session": sitting.session, "sitting": sitting, "motion": motion, "form": form, "quorum": quorum, "quorum_words": quorum_words(quorum)}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "convening/hall_put.html", context, status=status)


@login_required
@require_GET
def vote(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """The room of one vote."""
    return show(request, access.vote_for(request.user, organ, session, pk))


def show(request: Request, event: VoteEvent, status: int = 200, **forms: Any) -> HttpResponse:
    """The room of a vote, with a form as it was sent where it was refused."""
    is_run = runs(request.user, event.session)
    is_open = event.result == VoteEvent.Result.OPEN
    context = {
        "session": event.session,
        "event": event,
        "mark": mark_of_vote(event),
        "is_run": is_run,
        "is_open": is_open,
        "is_delegate": is_open and delegations_of(request.user, event.session).exists(),
        "reckoning": reckoning_words(event),
        "counts": [(option_word(key, event), count) for key, count in _counts(event)],
        "candidates": [one for one in event.options if one != "abstain"] if event.is_election else (),
        "resolution": event.resolutions.first(),
        "records": history_of(event),
        **_quorum(event),
        **(_leading(event) if is_run and is_open else {}),
        **_named(event),
        **forms,
    }  # fmt: skip
    return render(request, "convening/hall_vote.html", context, status=status)


def _counts(event: VoteEvent) -> list[tuple[str, int]]:
    shown = so_far(event).items() if event.result == "open" else event.counts.items()
    return [(key, count) for key, count in shown if key != "cast"]


def _quorum(event: VoteEvent) -> dict[str, Any]:
    if event.sitting is None:
        return {}
    event.sitting.session = event.session
    quorum = quorum_at(event.sitting, event.closed_at or clock.now())
    return {"quorum": quorum, "quorum_words": quorum_words(quorum)}


def _named(event: VoteEvent) -> dict[str, Any]:
    """Who voted what, in the order of the call; nobody's vote in a secret ballot."""
    if event.sitting is None:
        return {"entered": [(option_word(key, event), names) for key, names in entered_in(event)]}
    if event.method not in ("roll_call", "consensus"):
        return {"cast": event.casts.count() if event.is_electronic else None}
    seats = called_in(event)
    waiting = [one for one in seats if one.is_present and not one.option]
    return {
        "seats": [(one, option_word(one.option) if one.option else "") for one in seats],
        "next": waiting[0] if waiting and event.method == "roll_call" else None,
        "waiting": len(waiting),
    }


def _leading(event: VoteEvent) -> dict[str, Any]:
    """The forms of those who lead the vote."""
    by_tellers = is_counted_by_tellers(event)
    forms = [(one, CountForm(event=event, teller=one)) for one in TELLERS] if by_tellers else ()
    objectors = accredited(event.session).select_related("membership")
    return {
        "count_forms": forms,
        "objection_form": ObjectionForm(delegations=objectors),
        "void_form": VoidForm(),
        "choices": [("y", "yes"), ("n", "no"), ("a", "abstain")],
    }


def title_of(event: VoteEvent) -> str:
    """The question in the reader's language."""
    return in_language(event.titles)
