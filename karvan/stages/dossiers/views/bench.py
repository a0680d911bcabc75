"""Screens of dossiers: the register of an edition, how one is started, its record."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access
from ..bench_forms import JoinForm, ReasonForm, ReviewForm, StartForm
from ..bench_marks import shape_of, word_of
from ..bench_pages import record_page
from ..bench_queries import Progress, progress_of
from ..models import Dossier
from ..queries import with_team
from ..services.starting import start_dossier, team_size
from .bench_filters import FILTERS


def _columns(progress: dict[int, Progress]) -> tuple[Column, ...]:
    return (
        Column("title", gettext_lazy("Dossier"), kind="name", sort="title"),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("device", gettext_lazy("Kind of device"), value=lambda one: one.device_type),
        Column(
            "team",
            gettext_lazy("Team"),
            value=lambda one: ", ".join(str(member) for member in one.members.all()),
        ),
        Column(
            "state", gettext_lazy("State"), kind="state", value=shape_of, word=word_of, sort="state"
        ),
        Column(
            "score",
            gettext_lazy("Score"),
            kind="number",
            value=lambda one: progress[one.pk].completeness.score,
        ),
        Column(
            "changed",
            gettext_lazy("Last changed"),
            kind="moment",
            value=lambda one: progress[one.pk].changed_at,
        ),
    )


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The register of an edition's dossiers, and its workshops."""
    found, workshops = access.edition_workshops(request.user, edition)
    rows = with_team(access.dossiers_of(request.user, found))
    startable = list(access.workshops_to_start_in(request.user, found))
    register = Register(
        request,
        rows,
        _columns(progress_of(rows)),
        name="dossiers",
        caption=_("Dossiers"),
        order=("activity__position", "code"),
        filters=[Filter(*one) for one in FILTERS],
        picks=[
            Pick(
                "workshop",
                _("Workshop"),
                [(one.code, str(one)) for one in workshops],
                "activity__code",
            )
        ],
        row_url=lambda one: reverse("dossiers:dossier", args=[edition, one.pk]),
        empty_title=_("No dossier yet"),
        empty_text=_(
            "Each team of a workshop keeps one: what its device is, how it comes apart, what it becomes."
        ),
    )
    if register.wants_file:
        return register.file()
    context = {"edition": found, "register": register, "workshops": startable}
    return render(request, "dossiers/edition.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: Request, edition: str, code: str) -> HttpResponse:
    """Start the dossier of a team."""
    workshop = access.workshop_to_teach(request.user, edition, code)
    size = team_size(workshop)
    form = StartForm(
        request.POST or None,
        free=access.free_enrolments(workshop),
        size=(size["min"], size["max"]),
        initial={"language": (get_language() or "en").split("-")[0]},
    )
    made = done(form, lambda **typed: start_dossier(workshop, by=request.user, **typed))
    if made:
        return redirect("dossiers:dossier", edition=edition, pk=made.pk)
    context = {"workshop": workshop, "edition": workshop.edition, "form": form}
    return render(request, "dossiers/start.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def dossier(request: Request, edition: str, pk: int) -> HttpResponse:
    """The record of one dossier."""
    return show(request, access.dossier_for(request.user, edition, pk))


def show(request: Request, found: Dossier, status: int = 200, **forms: Any) -> HttpResponse:
    """The record, with the forms as they were sent where one of them was refused."""
    context = {
        "dossier": found,
        "edition": found.activity.edition,
        "records": history_of(found),
        "stop_form": ReasonForm(prefix="stop"),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "review_form": ReviewForm(),
        "join_form": JoinForm(free=access.free_enrolments(found.activity)),
        **record_page(request.user, found),
        **forms,
    }
    return render(request, "dossiers/dossier.html", context, status=status)
