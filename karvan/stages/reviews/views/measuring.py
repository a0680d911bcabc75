"""What the marks come to: how reviewers mark beside each other, and each application's reads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from karvan.foundation.ui.registers import Filter, Pick, Register
from karvan.foundation.web.requests import Request
from karvan.stages.calls.wording import worded

from .. import access, services
from ..leaning import leanings, scale_of, why_not_in_words
from ..models import ReviewRound
from ..queries import Standing, applications_read, needing_third, reviewers_listed, written_in
from ..reading_columns import columns_of
from ..words import language_in_words

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
        "why_not": why_not_in_words(
            found.why_not,
            services.LEAST_READS,
            services.LEAST_REVIEWERS,
            of=round.call.activity,
        ),
    }
    return render(request, "reviews/calibration.html", context)


@login_required
@require_GET
def applications(request: Request, edition: str, activity: str) -> HttpResponse:
    """Every application by its reading code: marks, reads, difference, and how far it is."""
    round = access.round_for(request.user, edition, activity)
    activity_of = round.call.activity
    register = Register(
        request,
        applications_read(round),
        columns_of(services.corrected_marks(round.call), activity_of),
        name=f"reading-{round.call.slug}",
        caption=worded(activity_of, "Applications by reading code"),
        order=("standing", "token"),
        filters=FILTERS,
        picks=[_languages(round)],
        empty_title=worded(activity_of, "No application yet"),
        empty_text=worded(activity_of, "Applications are listed here once they are submitted."),
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
