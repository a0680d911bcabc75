"""Appeals: the applicant's page of the decision, the register, one record, and how it is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.calls.views.tokens import secret_page, who

from .. import access, services
from ..appealing_time import appeal_until
from ..appeals import free_places, had_a_part
from ..committee_forms import AppealForm, DecideForm, PlaceForm
from ..letters import (
    criteria_shown,
    is_corrected,
    mark_in_words,
    what_would_have_changed,
)
from ..models import Appeal, Decision
from ..naming import code_of, is_blind, name_of, text_of
from ..reasons import reason_of
from ..room import outcome_state
from .filters import APPEALS

MARKS = {"filed": "waiting", "upheld": "kept", "rejected": "dropped", "withdrawn": "dropped"}


@secret_page
@require_http_methods(["GET", "POST"])
def own_decision(request: Request, token: str) -> HttpResponse:
    """One's own decision: the mark, why, and the appeal; its token is the key."""
    found = access.own_decision(token)
    form = AppealForm(request.POST if "file" in request.POST else None)
    if "withdraw" in request.POST and hasattr(found, "appeal"):
        stated(request, lambda: services.withdraw_appeal(found.appeal, by=who(request)))
        return redirect(request.path)
    if "file" in request.POST and done(
        form, lambda text: services.file_appeal(found, text=text, by=who(request))
    ):
        messages.success(request, _("Your appeal is filed. The answer comes by letter."))
        return redirect(request.path)
    status = 422 if form.errors else 200
    return render(request, "selection/own_decision.html", _of_decision(found, form), status=status)


@login_required
@require_GET
def appeals(request: Request, edition: str, activity: str) -> HttpResponse:
    """The appeals against a call's decisions."""
    call = access.call_for(request.user, edition, activity)
    register = Register(
        request,
        access.appeals_for(call),
        COLUMNS,
        name=f"appeals-{call.slug}",
        caption=_("Appeals"),
        filters=[Filter(key, words, where) for key, words, where in APPEALS],
        row_url=lambda one: reverse("selection:appeal", args=[edition, activity, one.pk]),
        empty_title=_("No appeal"),
        empty_text=_("Applicants appeal on the page that their letter leads to."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "selection/appeals.html", {"register": register, "call": call})


@login_required
@require_GET
def appeal(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """The record of one appeal."""
    call = access.call_for(request.user, edition, activity)
    found = access.appeal_for(call, pk)
    return _record(request, found)


@login_required
@require_POST
def decide_appeal(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Uphold or reject an appeal."""
    call = access.call_to_run(request.user, edition, activity)
    found = access.appeal_for(call, pk)
    form = DecideForm(request.POST)
    upholds = request.POST.get("decision") == "uphold"
    if not done(
        form,
        lambda answer: services.decide_appeal(
            found, uphold=upholds, answer=answer, by=request.user
        ),
    ):
        return _record(request, found, decide_form=form)
    return redirect("selection:appeal", edition=edition, activity=activity, pk=pk)


@login_required
@require_POST
def offer_on_appeal(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Offer a place to somebody whose appeal was upheld."""
    call = access.call_to_run(request.user, edition, activity)
    found = access.appeal_for(call, pk)
    form = PlaceForm(request.POST)
    made = done(form, lambda **typed: services.offer_on_appeal(found, **typed, by=request.user))
    if not made:
        return _record(request, found, place_form=form)
    messages.success(request, _("A place is offered; the letter is on its way."))
    return redirect("selection:appeal", edition=edition, activity=activity, pk=pk)


def _code(appeal: Appeal) -> str:
    return code_of(appeal.decision.application, appeal.decision.run)


def _name(appeal: Appeal) -> str:
    one = appeal.decision
    return "" if is_blind(one.run) else name_of(one.application, one.run)


COLUMNS = (
    Column("code", gettext_lazy("Application"), value=_code),
    Column("name", gettext_lazy("Name"), kind="name", value=_name),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda one: MARKS[one.state],
        word=lambda one: one.get_state_display(),
        sort="state",
    ),
    Column("filed_at", gettext_lazy("Filed"), kind="moment", sort="filed_at"),
    Column("decide_by", gettext_lazy("Decide by"), kind="date", sort="decide_by"),
    Column("decided_at", gettext_lazy("Decided"), kind="moment", sort="decided_at"),
)


def _of_decision(found: Decision, form: AppealForm) -> dict[str, Any]:
    call = found.run.call
    appeal: Appeal | None = getattr(found, "appeal", None)
    return {
        "decision": found,
        "application": found.application,
        "activity": call.activity,
        "programme": call.activity.edition.programme.titles,
        "offer": getattr(found.application, "offer", None),
        "mark": mark_in_words(found),
        "is_corrected": is_corrected(found),
        "reason": reason_of(found, found.run),
        "changed_by": what_would_have_changed(found),
        "criteria": criteria_shown(found),
        "outcome": outcome_state(found),
        "until": appeal_until(found),
        "appeal": appeal,
        "appeal_mark": MARKS[appeal.state] if appeal else "",
        "why_not": "" if appeal else services.why_no_appeal(found),
        "form": form,
    }


def _record(
    request: Request,
    found: Appeal,
    *,
    decide_form: DecideForm | None = None,
    place_form: PlaceForm | None = None,
) -> HttpResponse:
    one, call = found.decision, found.decision.run.call
    context = {
        "appeal": found,
        "call": call,
        "run": one.run,
        "code": code_of(one.application, one.run),
        "name": name_of(one.application, one.run),
        "is_blind": is_blind(one.run),
        "text": text_of(found.text, one.application, one.run),
        "mark": MARKS[found.state],
        "reason": reason_of(one, one.run),
        "given": mark_in_words(one),
        "is_corrected": is_corrected(one),
        "criteria": criteria_shown(one),
        "offer": getattr(one.application, "offer", None),
        "free": max(0, free_places(one.run)),
        "may_run": access.may_run(request.user, call),
        "had_a_part": had_a_part(request.user, found),
        "decide_form": decide_form or DecideForm(),
        "place_form": place_form or PlaceForm(),
        "records": history_of(found),
    }
    refused = any(form and form.errors for form in (decide_form, place_form))
    return render(request, "selection/appeal.html", context, status=422 if refused else 200)
