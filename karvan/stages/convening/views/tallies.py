"""Screens of votes tallied: by organ, by session, by member; one vote; who votes alike."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.ui.registers.export import file as register_file
from karvan.foundation.web.requests import Request

from .. import tallies_popolo
from .. import tallies_shown as shown
from ..access import reached
from ..access import tallies as access
from ..models import Organ
from ..queries import tallies as queries
from ..tallies_shown import TallyRow
from .tallies_columns import MEMBER_VOTES, SESSION_VOTES, VOTE_FILTERS, found_by_words


@login_required
@require_GET
def organ(request: Request, organ: str) -> HttpResponse:
    """All votes of an organ: in all, by session and by member; each also as a file."""
    body = reached.organ_for(request.user, organ)
    found = queries.tallies_of(body)
    sessions = [
        TallyRow(one, found.sessions[one.pk], _session_url(body, one.slug))
        for one in queries.sessions_of(body)
        if one.pk in found.sessions
    ]
    members = [
        TallyRow(one, found.members[one.pk], _member_url(body, one.code))
        for one in queries.members_of(body)
        if one.pk in found.members
    ]
    asked = request.GET.get("by", "")
    if asked in ("member", "session", "both"):
        return _file(body, asked, sessions, members, found)
    order = request.GET.get("order", "")
    context = {
        "organ": body,
        "whole": found.whole,
        "sessions": sessions,
        "members": shown.in_order(members, order),
        "heads": shown.heads(order, "members"),
        "may_import": access.may_import(request.user, body),
        "imports": [
            (one, shown.IMPORT_MARKS[one.state])
            for one in access.imports_unfinished(request.user, body)
        ],
    }
    return render(request, "convening/tallies.html", context)


@login_required
@require_GET
def session(request: Request, organ: str, session: str) -> HttpResponse:
    """The votes of one session, and how each member voted in it."""
    sat = access.tallied_session(request.user, organ, session)
    register = Register(
        request,
        queries.votes_in(sat),
        SESSION_VOTES,
        name=f"votes-{sat.slug}",
        caption=_("Votes"),
        order=("opened_at",),
        filters=[Filter(key, word, where) for key, word, where in VOTE_FILTERS],
        search=found_by_words,
        row_url=lambda vote: _vote_url(sat.organ, session, vote.pk),
        empty_title=_("No vote yet"),
        empty_text=_("Each vote of the session will stand here once it is closed."),
    )
    if register.wants_file:
        return register.file()
    order, rows = request.GET.get("order", ""), _in_session(sat)
    context = {
        "session": sat,
        "register": register,
        "members": shown.in_order(rows, order),
        "heads": shown.heads(order, "members"),
    }
    return render(request, "convening/tallies_session.html", context)


@login_required
@require_GET
def member(request: Request, organ: str, code: str) -> HttpResponse:
    """How one member has voted: by session, and vote by vote."""
    one = access.tallied_member(request.user, organ, code)
    register = Register(
        request,
        queries.votes_of(one),
        MEMBER_VOTES,
        name=f"votes-of-{one.code}",
        caption=_("Votes"),
        order=("-event__opened_at",),
        picks=[],
        row_url=lambda vote: _vote_url(one.organ, vote.event.session.slug, vote.event_id),
        empty_title=_("No vote yet"),
    )
    if register.wants_file:
        return register.file()
    found = queries.tallies_of_member(one)
    rows = [
        TallyRow(sat, found.sessions[sat.pk], _session_url(one.organ, sat.slug))
        for sat in queries.sessions_of(one.organ)
        if sat.pk in found.sessions
    ]
    context = {"member": one, "whole": found.whole, "sessions": rows, "register": register}
    return render(request, "convening/tallies_member.html", context)


@login_required
@require_GET
def alike(request: Request, organ: str, code: str) -> HttpResponse:
    """Who votes like this member, and who does not."""
    one = access.tallied_member(request.user, organ, code)
    rows = queries.alike_to(one)
    most = max((row.together for row in rows), default=0)
    context = {
        "member": one,
        "rows": [row for row in rows if row.together * 10 >= most],
        "few": [row for row in rows if row.together * 10 < most],
    }
    return render(request, "convening/tallies_alike.html", context)


@login_required
@require_GET
def vote(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """One vote: the question, the counts, and who voted what."""
    event = access.tallied_vote(request.user, organ, session, pk)
    sides: dict[str, list[Any]] = {}
    for one in queries.single_votes(event):
        sides.setdefault(one.option, []).append(one.membership)
    words = dict(shown.OPTION_WORDS)
    context = {
        "vote": event,
        "session": event.session,
        "counts": [(words.get(key, key), value) for key, value in event.counts.items()],
        "sides": [(words.get(key, key), listed) for key, listed in sides.items()],
        "mark": shown.RESULT_MARKS[event.result],
    }
    return render(request, "convening/tallies_vote.html", context)


@login_required
@require_GET
def popolo(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """One vote as Popolo JSON."""
    event = access.tallied_vote(request.user, organ, session, pk)
    return JsonResponse(
        tallies_popolo.vote_event(event), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


def _in_session(sat: Any) -> list[TallyRow]:
    found = queries.tallies_of_session(sat)
    return [
        TallyRow(one, found.members[one.pk], _member_url(sat.organ, one.code))
        for one in queries.members_of(sat.organ)
        if one.pk in found.members
    ]


def _file(
    body: Organ,
    by: str,
    sessions: list[TallyRow],
    members: list[TallyRow],
    found: queries.Tallies,
) -> HttpResponse:
    if by == "both":
        at = {row.of.pk: row.of for row in sessions}
        of = {row.of.pk: row.of for row in members}
        rows = [
            TallyRow(of[member], tally, also=at[session])
            for (session, member), tally in sorted(
                found.both.items(), key=lambda one: (of[one[0][1]].code, at[one[0][0]].starts_on)
            )
        ]
        columns: tuple[Column, ...] = (*shown.BOTH, *shown.FIGURES)
    else:
        rows = members if by == "member" else sessions
        columns = (*(shown.MEMBER if by == "member" else shown.SESSION), *shown.FIGURES)
    name = gettext_lazy("tally")
    return register_file("csv", name=f"{name}-{body.code}-{by}", columns=columns, rows=rows)


def _session_url(body: Organ, slug: str) -> str:
    return reverse("convening:tallies_session", args=[body.code, slug])


def _member_url(body: Organ, code: str) -> str:
    return reverse("convening:tallies_member", args=[body.code, code])


def _vote_url(body: Organ, session: str, pk: int) -> str:
    return reverse("convening:tallies_vote", args=[body.code, session, pk])
