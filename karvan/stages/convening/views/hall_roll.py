"""The roll: who is in the hall, marked one by one or all at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..hall_words import quorum_words
from ..models import Sitting
from ..queries.hall_pages import Seat, roll_of
from ..queries.hall_quorum import quorum_at
from ..services import hall_sittings as services


@login_required
@require_http_methods(["GET", "POST"])
def roll(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """Take the roll of a sitting."""
    found = access.sitting_to_run(request.user, organ, session, number)
    seats = roll_of(found)
    if request.method != "POST":
        return render(request, "convening/hall_roll.html", _page(found, seats))
    chosen = set(request.POST.getlist("present"))
    present = [seat.delegation for seat in seats if str(seat.delegation.pk) in chosen]
    try:
        changed = services.take_roll(found, present=present, by=request.user)
    except RuleBroken as broken:
        typed = [Seat(seat.delegation, seat.delegation in present, seat.refusal) for seat in seats]
        context = {**_page(found, typed), "refusal": str(broken)}
        return render(request, "convening/hall_roll.html", context, status=422)
    messages.success(request, _("The roll is taken. Changed: %(count)s.") % {"count": changed})
    return redirect("convening:roll", organ, session, number)


@login_required
@require_POST
def mark(request: Request, organ: str, session: str, number: int, delegation: int) -> HttpResponse:
    """One delegation came in or went out; answers with the foot of the roll."""
    found = access.sitting_to_run(request.user, organ, session, number)
    one = access.delegation_to_mark(found, delegation)
    is_present = str(one.pk) in request.POST.getlist("present")
    refusal = ""
    try:
        services.mark_in_hall(found, one, is_present=is_present, by=request.user)
    except RuleBroken as broken:
        refusal = str(broken)
    if request.htmx:
        context = {**_foot(found), "refusal": refusal}
        return render(request, "convening/parts/hall_roll_foot.html", context)
    if refusal:
        messages.error(request, refusal)
    return redirect("convening:roll", organ, session, number)


def _page(sitting: Sitting, seats: list[Seat]) -> dict[str, Any]:
    return {**_foot(sitting), "seats": seats, "is_open": bool(sitting.opened_at)}


def _foot(sitting: Sitting) -> dict[str, Any]:
    quorum = quorum_at(sitting, clock.now())
    return {
        "sitting": sitting,
        "session": sitting.session,
        "quorum": quorum,
        "quorum_words": quorum_words(quorum),
    }
