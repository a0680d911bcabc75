"""The round of a call: its record, its acts and its marks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.calls.wording import worded

from .. import access, services
from ..blind import reading_code
from ..forms import OpenForm
from ..given_out import given_out_in_words, lacking_in_words
from ..models import ReviewRound
from ..queries import (
    disputed,
    idle_reviewers,
    last_given_out,
    marks_listed,
    needing_third,
    progress,
    reads_to_move,
    reviewers_listed,
)
from ..states import ROUND_MARKS
from ..words import disputed_shown, reviewers_shown
from .placing import done_at_field


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The reading of every activity of an edition."""
    found, activities = access.edition_to_review(request.user, edition)
    listed = list(activities)
    if len(listed) == 1:
        return redirect("reviews:round", edition=edition, activity=listed[0].code)
    return render(request, "reviews/edition.html", {"edition": found, "activities": listed})


@login_required
@require_GET
def round_record(request: Request, edition: str, activity: str) -> HttpResponse:
    """The record of one round, or the invitation to prepare it."""
    call = access.call_for(request.user, edition, activity)
    return _record(request, access.round_of(call), call, OpenForm())


@login_required
@require_POST
def prepare(request: Request, edition: str, activity: str) -> HttpResponse:
    """Begin the reading of a call."""
    call = access.call_to_run(request.user, edition, activity)
    stated(request, lambda: services.prepare_round(call, by=request.user))
    return redirect("reviews:round", edition=edition, activity=activity)


@login_required
@require_POST
def open_reading(request: Request, edition: str, activity: str) -> HttpResponse:
    """Let the reviewers read."""
    round = access.round_to_run(request.user, edition, activity)
    form = OpenForm(request.POST)
    if not done_at_field(
        form, lambda **typed: services.open_round(round, by=request.user, **typed)
    ):
        return _record(request, round, round.call, form)
    return redirect("reviews:round", edition=edition, activity=activity)


@login_required
@require_POST
def close(request: Request, edition: str, activity: str) -> HttpResponse:
    """End the reading."""
    round = access.round_to_run(request.user, edition, activity)
    stated(request, lambda: services.close_round(round, by=request.user), _("Reading is closed."))
    return redirect("reviews:round", edition=edition, activity=activity)


@login_required
@require_GET
def marks(request: Request, edition: str, activity: str) -> HttpResponse:
    """The marks of a round by reading code: nobody's name stands in it."""
    round = access.round_for(request.user, edition, activity)
    register = Register(
        request,
        marks_listed(round),
        _columns(round),
        name=f"marks-{round.call.slug}",
        caption=_("Marks"),
        order=("assignment__application__token", "pk"),
        empty_title=_("No mark yet"),
        empty_text=_("Marks are listed here as reviews are finished."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "reviews/marks.html", {"register": register, "round": round})


def _columns(round: ReviewRound) -> list[Column]:
    """Reading code, reader's number, total and one column a criterion."""
    criteria = [
        Column(
            f"c-{criterion['code']}",
            in_language(criterion["title"]),
            kind="number",
            value=f"marks.{criterion['code']}",
        )
        for criterion in round.rubric["criteria"]
    ]
    code = worded(round.call.activity, "Application")
    return [
        Column("code", code, value=lambda r: reading_code(r.assignment.application)),
        Column("reader", gettext_lazy("Reviewer"), kind="number", value="assignment.reviewer_id"),
        Column(
            "total",
            gettext_lazy("Total of 100"),
            kind="number",
            value=lambda r: r.total / 100,
            sort="total",
        ),
        *criteria,
        Column("third", gettext_lazy("Third read"), kind="flag", value="assignment.is_third_read"),
    ]


def _record(
    request: Request, round: ReviewRound | None, call: object, form: OpenForm
) -> HttpResponse:
    context = {"call": call, "round": round, "open_form": form}
    if round is None:
        context["may_run"] = access.may_run(request.user, call)  # type: ignore[arg-type]
        return render(request, "reviews/round.html", context)
    told = progress(round)
    lacking = bool(told.missing) and round.state != ReviewRound.State.CLOSED
    last = last_given_out(round)
    context |= {
        "may_run": access.may_run(request.user, round),
        "state": ROUND_MARKS[round.state],
        "progress": told,
        "reviewers": reviewers_shown(reviewers_listed(round)),
        "missing": lacking_in_words(last, round.call.activity) if lacking else [],
        "third": needing_third(round).count(),
        "given_out": given_out_in_words(last, round.call.activity),
        "idle": idle_reviewers(round),
        "to_move": reads_to_move(round),
        "disputed": disputed_shown(disputed(round)),
        "records": history_of(round),
    }
    status = 422 if form.errors else 200
    return render(request, "reviews/round.html", context, status=status)
