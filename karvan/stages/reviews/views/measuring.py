"""What the marks come to: how reviewers mark beside each other, and each application's reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.requests import Request

from .. import access, services
from ..blind import reading_code
from ..leaning import leanings, scale_of, why_not_in_words
from ..models import ReviewRound
from ..queries import Standing, applications_read, needing_third, reviewers_listed, written_in
from ..states import STANDING_MARKS, STANDING_WORDS
from ..words import in_points, language_in_words

FILTERS = (
    Filter("needs-third", gettext_lazy("Needs a third read"), Q(standing=Standing.NEEDS)),
    Filter("lacks", gettext_lazy("Lacks reads"), Q(standing=Standing.LACKS)),
    Filter("third", gettext_lazy("Third read asked"), Q(standing=Standing.ASKED)),
    Filter("disputed", gettext_lazy("Disputed"), Q(standing=Standing.DISPUTED)),
    Filter("full", gettext_lazy("Read in full"), Q(standing=Standing.FULL)),
)


@login_required
@require_GET
def calibration(request: Request, edition: str, activity: str) -> HttpResponse:
    """How strict or lenient each reviewer is, and whether marks are corrected for it."""
    round = access.round_for(request.user, edition, activity)
    found = services.calibration_of(round)
    context = {
        "round": round,
        "leanings": leanings(reviewers_listed(round), found.reviewers),
        "scale": scale_of(found.reviewers.values()) / 100,
        "is_corrected": found.is_corrected,
        "corrected": sum(mark.is_corrected for mark in found.marks.values()),
        "applications": len(found.marks),
        "parts": found.parts,
        "centre": found.centre / 100,
        "why_not": why_not_in_words(found.why_not, services.LEAST_READS, services.LEAST_REVIEWERS),
    }
    return render(request, "reviews/calibration.html", context)


@login_required
@require_GET
def applications(request: Request, edition: str, activity: str) -> HttpResponse:
    """Every application by its reading code: marks, reads, difference, and how far it is."""
    round = access.round_for(request.user, edition, activity)
    register = Register(
        request,
        applications_read(round),
        _columns(round),
        name=f"reading-{round.call.slug}",
        caption=_("Applications by reading code"),
        order=("standing", "token"),
        filters=FILTERS,
        picks=[_languages(round)],
        empty_title=_("No application yet"),
        empty_text=_("Applications are listed here once they are submitted."),
    )
    if register.wants_file:
        return register.file()
    context = {
        "register": register,
        "round": round,
        "third": needing_third(round).count(),
        "may_run": access.may_run(request.user, round),
        "calibration": services.calibration_of(round),
    }
    return render(request, "reviews/applications.html", context)


def _languages(round: ReviewRound) -> Pick:
    options = [(code, language_in_words(code)) for code in written_in(round.call)]
    return Pick("language", _("Language"), options, "language")


def _columns(round: ReviewRound) -> list[Column]:
    """By reading code only; marks in points of 100, half a tenth rounded up."""
    marks = services.corrected_marks(round.call)

    def of_mark(name: str) -> Callable[[Any], float | None]:
        return lambda row: in_points(getattr(marks.get(row.pk), name, None))

    return [
        Column("code", gettext_lazy("Application"), value=reading_code),
        Column(
            "standing",
            gettext_lazy("State"),
            kind="state",
            value=lambda row: STANDING_MARKS[row.standing],
            word=lambda row: STANDING_WORDS[row.standing],
            sort="standing",
        ),
        Column("finished", gettext_lazy("Reads done"), kind="number", sort="finished"),
        Column("given", gettext_lazy("Reads given"), kind="number", sort="given"),
        Column(
            "mean",
            gettext_lazy("Mean as given"),
            kind="number",
            value=lambda row: in_points(row.mean),
            sort="mean",
        ),
        Column("corrected", gettext_lazy("Corrected"), kind="number", value=of_mark("corrected")),
        Column("chance", gettext_lazy("Give or take"), kind="number", value=of_mark("deviation")),
        Column(
            "apart",
            gettext_lazy("Apart"),
            kind="number",
            value=lambda row: in_points(row.apart),
            sort="apart",
        ),
        Column(
            "language",
            gettext_lazy("Language"),
            value=lambda row: language_in_words(row.language),
            sort="language",
        ),
    ]
