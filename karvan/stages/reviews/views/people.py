"""Reviewers of a round, and what they must not read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.people.access import READERS, RUNNERS
from karvan.foundation.texts import language_name
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
from ..blind import reading_code
from ..forms import ConflictForm, ReviewerForm
from ..models import Conflict, ReviewRound
from ..queries import conflicts_listed, reviewers_listed

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
)
CONFLICTS = (
    Column("reviewer", gettext_lazy("Reviewer"), kind="name", value="reviewer.person"),
    Column("application", gettext_lazy("Application"), value=lambda c: reading_code(c.application)),
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
    form = ReviewerForm(request.POST or None, initial={"languages": round.call.languages})
    if done(form, lambda **typed: _invited(round, request, typed)):
        return redirect("reviews:reviewers", edition=edition, activity=activity)
    status = 422 if form.errors else 200
    context = {"form": form, "round": round}
    return render(request, "reviews/add_reviewer.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def conflicts(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of conflicts, and a form for one that the coordinator knows of."""
    kinds = READERS if request.method == "GET" else RUNNERS
    round = access.round_for(request.user, edition, activity, kinds)
    listed = list(reviewers_listed(round))
    form = ConflictForm(request.POST or None, reviewers=listed)
    if done(form, lambda **typed: _declared(form, round, request, typed)):
        return redirect("reviews:conflicts", edition=edition, activity=activity)
    register = Register(
        request,
        conflicts_listed(round),
        CONFLICTS,
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


def _invited(round: ReviewRound, request: Request, typed: dict[str, Any]) -> object:
    typed["fields"] = typed.pop("fields_known")
    return services.invite_reviewer(round, by=request.user, **typed)


def _declared(
    form: ConflictForm, round: ReviewRound, request: Request, typed: dict[str, Any]
) -> Conflict | None:
    application = access.application_of(round, typed.pop("number"))
    if application is None:
        form.add_error("number", _("There is no application with this number in this call."))
        return None
    reviewer = access.reviewer_of(round, typed.pop("reviewer"))
    return services.declare_conflict(
        reviewer, application_id=application.pk, by=request.user, **typed
    )
