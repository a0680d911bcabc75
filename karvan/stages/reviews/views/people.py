"""Reviewers of a round, and what they must not read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import READERS, RUNNERS
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import language_name
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.calls.wording import worded

from .. import access, services
from ..blind import reading_code
from ..forms import ConflictForm, LoadForm, ReviewerForm, StopForm
from ..models import Conflict, ReviewRound
from ..queries import conflicts_listed, languages_to_read, reviewers_listed
from .placing import done_at_field

REVIEWERS = (
    Column("person", gettext_lazy("Reviewer"), kind="name", sort="person__full_name"),
    Column(
        "languages",
        gettext_lazy("Reads in"),
        value=lambda r: ", ".join(language_name(code) for code in r.languages),
    ),
    Column("institution", gettext_lazy("Institution"), sort="institution"),
    Column("given", gettext_lazy("Given"), kind="number", sort="given"),
    Column("done", gettext_lazy("Done"), kind="number", sort="done"),
    Column("load_high", gettext_lazy("At most"), kind="number", sort="load_high"),
    Column("conflict_count", gettext_lazy("Conflicts"), kind="number", sort="conflict_count"),
    Column(
        "is_active",
        gettext_lazy("Reads"),
        kind="state",
        value=lambda r: "in_progress" if r.is_active else "dropped",
        word=lambda r: pgettext("reviewer", "reads") if r.is_active else _("stopped"),
        sort="is_active",
    ),
)
REVIEWER_FILTERS = (
    Filter("reading", gettext_lazy("Reads"), Q(is_active=True)),
    Filter("stopped", gettext_lazy("Stopped"), Q(is_active=False)),
)
CONFLICTS = (
    Column("reviewer", gettext_lazy("Reviewer"), kind="name", value="reviewer.person"),
    Column("number", gettext_lazy("Number"), value="application.number"),
    Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
    Column("note", gettext_lazy("Note")),
)


@login_required
@require_GET
def reviewers(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of a round's reviewers."""
    round = access.round_for(request.user, edition, activity)
    register = Register(
        request,
        reviewers_listed(round),
        REVIEWERS,
        name="reviewers",
        caption=_("Reviewers"),
        order=("person__full_name",),
        filters=REVIEWER_FILTERS,
        row_url=lambda one: reverse("reviews:reviewer", args=[edition, activity, one.pk]),
        empty_title=_("No reviewer yet"),
        empty_text=_("Add the people who will read, then give out the reads."),
    )
    if register.wants_file:
        return register.file()
    context = {
        "register": register,
        "round": round,
        "may_run": access.may_run(request.user, round),
    }
    return render(request, "reviews/reviewers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_reviewer(request: Request, edition: str, activity: str) -> HttpResponse:
    """Name somebody who will read."""
    round = access.round_to_run(request.user, edition, activity)
    form = ReviewerForm(
        request.POST or None,
        offered=languages_to_read(round.call),
        initial={"languages": round.call.languages, "load_high": round.load_each},
        activity=round.call.activity,
    )
    if done_at_field(form, lambda **typed: _invited(round, request, typed)):
        return redirect("reviews:reviewers", edition=edition, activity=activity)
    status = 422 if form.errors else 200
    context = {"form": form, "round": round}
    return render(request, "reviews/add_reviewer.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def reviewer(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """One reviewer: languages, loads, and how to stop or go on."""
    kinds = READERS if request.method == "GET" else RUNNERS
    round = access.round_for(request.user, edition, activity, kinds)
    found = access.reviewer_of(round, pk)
    form = LoadForm(
        request.POST or None, offered=languages_to_read(round.call), initial=vars(found)
    )
    if done_at_field(
        form, lambda **typed: services.change_reviewer(found, by=request.user, **typed)
    ):
        messages.success(request, _("Kept."))
        return redirect("reviews:reviewer", edition=edition, activity=activity, pk=pk)
    return _reviewer(request, round, pk, form, StopForm())


@login_required
@require_POST
def stop(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Somebody stops reading: then what would move is shown."""
    round = access.round_to_run(request.user, edition, activity)
    found = access.reviewer_of(round, pk)
    form = StopForm(request.POST)
    if not done_at_field(
        form, lambda **typed: services.stop_reviewer(found, by=request.user, **typed)
    ):
        loads = LoadForm(offered=languages_to_read(round.call), initial=vars(found))
        return _reviewer(request, round, pk, loads, form)
    return redirect("reviews:rebalance", edition=edition, activity=activity)


@login_required
@require_POST
def resume(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Somebody who stopped reads again."""
    round = access.round_to_run(request.user, edition, activity)
    found = access.reviewer_of(round, pk)
    stated(request, lambda: services.resume_reviewer(found, by=request.user))
    return redirect("reviews:reviewer", edition=edition, activity=activity, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def conflicts(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of conflicts, and a form for one that the coordinator knows of."""
    kinds = READERS if request.method == "GET" else RUNNERS
    round = access.round_for(request.user, edition, activity, kinds)
    listed = list(reviewers_listed(round))
    form = ConflictForm(request.POST or None, reviewers=listed, activity=round.call.activity)
    if done(form, lambda **typed: _declared(form, round, request, typed)):
        return redirect("reviews:conflicts", edition=edition, activity=activity)
    register = Register(
        request,
        conflicts_listed(round),
        _conflict_columns(round),
        name="conflicts",
        caption=_("Conflicts"),
        empty_title=_("No conflict is known"),
        empty_text=_("Reviewers declare them; the same institution is found by itself."),
    )
    if register.wants_file:
        return register.file()
    may_run = access.may_run(request.user, round)
    context = {"register": register, "round": round, "form": form, "may_run": may_run}
    return render(request, "reviews/conflicts.html", context, status=422 if form.errors else 200)


def _conflict_columns(round: ReviewRound) -> list[Column]:
    """With the number of what is read where the reading is not blind."""
    reviewer, *others = (one for one in CONFLICTS if one.key != "number" or not round.is_blind)
    named = worded(round.call.activity, "Application")
    code = Column("application", named, value=lambda c: reading_code(c.application))
    return [reviewer, code, *others]


def _reviewer(
    request: Request, round: ReviewRound, pk: int, form: LoadForm, stop_form: StopForm
) -> HttpResponse:
    found = reviewers_listed(round).get(pk=pk)
    context = {
        "round": round,
        "reviewer": found,
        "form": form,
        "stop_form": stop_form,
        "left": found.given - found.done,
        "records": history_of(found),
        "may_run": access.may_run(request.user, round),
    }
    status = 422 if form.errors or stop_form.errors else 200
    return render(request, "reviews/reviewer.html", context, status=status)


def _invited(round: ReviewRound, request: Request, typed: dict[str, Any]) -> object:
    typed["fields"] = typed.pop("fields_known")
    return services.invite_reviewer(round, by=request.user, **typed)


def _no_such(round: ReviewRound) -> str:
    return worded(round.call.activity, "There is no application with this number in this call.")


def _declared(
    form: ConflictForm, round: ReviewRound, request: Request, typed: dict[str, Any]
) -> Conflict | None:
    application = access.application_of(round, typed.pop("number"))
    if application is None:
        form.add_error("number", _no_such(round))
        return None
    reviewer = access.reviewer_of(round, typed.pop("reviewer"))
    return services.declare_conflict(
        reviewer, application_id=application.pk, by=request.user, **typed
    )
