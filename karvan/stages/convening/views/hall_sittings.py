"""Screens of sittings: the register of a session, one sitting, how it is planned, opened, closed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import delegations_of, runs, session_for, session_to_run
from ..forms.hall_sittings import ChangeSittingForm, MomentForm, SittingForm
from ..hall_marks import state_of_sitting, word_of_sitting
from ..hall_words import quorum_words
from ..models import Sitting, StatutorySession
from ..queries.hall_pages import marks_of, open_vote_of, votes_of
from ..queries.hall_quorum import quorum_at, turns_of
from ..services import hall_sittings as services

COLUMNS = (
    Column(
        "number",
        gettext_lazy("Sitting"),
        kind="number",
        sort="number",
        detail=lambda one: in_language(one.titles),
    ),
    Column(
        "state", gettext_lazy("State"), kind="state", value=state_of_sitting, word=word_of_sitting
    ),
    Column("planned_start", gettext_lazy("Planned from"), kind="moment", sort="planned_start"),
    Column("opened_at", gettext_lazy("Opened"), kind="moment", sort="opened_at"),
    Column("closed_at", gettext_lazy("Closed"), kind="moment", sort="closed_at"),
    Column("chair", gettext_lazy("Chair"), kind="name"),
)


@login_required
@require_GET
def sittings(request: Request, organ: str, session: str) -> HttpResponse:
    """The sittings of a session."""
    found = session_for(request.user, organ, session)
    is_run = runs(request.user, found)
    register = Register(
        request,
        found.sittings.select_related("chair"),
        COLUMNS,
        name="sittings",
        caption=_("Sittings"),
        order=("number",),
        row_url=lambda one: reverse("convening:sitting", args=[organ, session, one.number]),
        empty_title=_("No sitting yet"),
        empty_text=_("A sitting has a time, a chair, a rapporteur and items of the agenda."),
        empty_url=reverse("convening:plan_sitting", args=[organ, session]) if is_run else "",
        empty_label=_("Plan a sitting"),
    )
    if register.wants_file:
        return register.file()
    context = {
        "session": found,
        "register": register,
        "is_run": is_run,
        "open_vote": open_vote_of(found),
        "is_delegate": delegations_of(request.user, found).exists(),
    }
    return render(request, "convening/hall_sittings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: Request, organ: str, session: str) -> HttpResponse:
    """Plan the next sitting."""
    found = session_to_run(request.user, organ, session)
    form = SittingForm(request.POST or None, session=found)
    made = done(form, lambda **typed: services.plan_sitting(found, by=request.user, **typed))
    if made:
        return redirect("convening:sitting", organ, session, made.number)
    context = {"session": found, "form": form, "title": _("Plan a sitting")}
    return render(request, "convening/hall_plan.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """Change what a sitting is planned to be, and its notes."""
    found = access.sitting_to_run(request.user, organ, session, number)
    names = ("titles", "planned_start", "planned_end", "chair", "rapporteur", "notes")
    initial = {name: getattr(found, name) for name in names} | {"items": found.items.all()}
    form = ChangeSittingForm(request.POST or None, session=found.session, initial=initial)
    if done(form, lambda **typed: services.change_sitting(found, by=request.user, **typed)):
        return redirect("convening:sitting", organ, session, number)
    title = _("Change sitting %(number)s") % {"number": number}
    context = {"session": found.session, "sitting": found, "form": form, "title": title}
    return render(request, "convening/hall_plan.html", context, status=_status(form))


@login_required
@require_GET
def sitting(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """The record of one sitting, with its quorum now or at a moment asked for."""
    found = access.sitting_for(request.user, organ, session, number)
    zone = found.session.time_zone
    asked = MomentForm(request.GET if "at" in request.GET else None, zone=zone)
    moment = asked.cleaned_data["at"] if asked.is_valid() else found.closed_at or clock.now()
    quorum = quorum_at(found, moment)
    context = {
        **_of(found),
        "is_run": runs(request.user, found.session),
        "moment_form": asked,
        "quorum": quorum,
        "quorum_words": quorum_words(quorum),
        "marks": marks_of(found),
        "turns": turns_of(found),
        "items": found.items.all(),
        "votes": votes_of(found.session).filter(sitting=found),
        "records": history_of(found),
    }
    return render(request, "convening/hall_sitting.html", context, status=_status(asked))


@login_required
@require_POST
def open_it(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """Open the sitting."""
    found = access.sitting_to_run(request.user, organ, session, number)
    if stated(request, lambda: services.open_sitting(found, by=request.user)):
        return redirect("convening:roll", organ, session, number)
    return redirect("convening:sitting", organ, session, number)


@login_required
@require_POST
def close_it(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """Close the sitting."""
    found = access.sitting_to_run(request.user, organ, session, number)
    act = lambda: services.close_sitting(found, by=request.user)  # noqa: E731
    stated(request, act, _("Sitting %(number)s is closed.") % {"number": number})
    return redirect("convening:sitting", organ, session, number)


def _of(sitting: Sitting) -> dict[str, Any]:
    session: StatutorySession = sitting.session
    return {
        "session": session,
        "sitting": sitting,
        "mark": state_of_sitting(sitting),
        "word": word_of_sitting(sitting),
    }


def _status(form: Any) -> int:
    return 422 if form.errors else 200
