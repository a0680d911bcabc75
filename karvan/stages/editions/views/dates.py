"""The screen of an edition's dates: proposed, planned, frozen, actual."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.people.access import RUNNERS
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.places.services import add_closed_period
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..adopting_forms import KeepClearForm, PlanAllForm
from ..forms import ActualForm, EarliestForm, PlanForm
from ..models import Activity, Edition
from ..schedule import ActivityDates, dates_of, first_proposed_day
from ..steps import path_of
from ..travelling import busy_of


@login_required
@require_GET
def dates(request: Request, edition: str) -> HttpResponse:
    """Each activity's dates in the country's own calendar."""
    return _page(request, access.edition_for(request.user, edition))


@login_required
@require_POST
def plan(request: Request, edition: str, activity: str) -> HttpResponse:
    """Plan an activity's first and last day."""
    found = _activity_to_run(request, edition, activity)
    form = PlanForm(request.POST)
    if done(form, lambda **typed: services.plan_dates(found, by=request.user, **typed)):
        return redirect("editions:dates", edition=edition)
    return _page(request, found.edition, wrong={activity: {"plan_form": form}})


@login_required
@require_POST
def plan_all(request: Request, edition: str) -> HttpResponse:
    """Plan every proposed date at once, as the page showed them."""
    found = access.edition_to_run(request.user, edition)
    form = PlanAllForm(request.POST, activities=list(queries.activities_of(found)))
    made = done(form, lambda **typed: services.plan_all_dates(found, by=request.user, **typed))
    if not made:
        messages.error(
            request, " ".join(map(str, form.non_field_errors())) or _("Propose the dates again.")
        )
    return redirect("editions:dates", edition=edition)


@login_required
@require_POST
def keep_clear(request: Request, edition: str) -> HttpResponse:
    """Keep days clear, such as examinations; the proposals then avoid them and say so."""
    found = access.edition_to_run(request.user, edition)
    form = KeepClearForm(request.POST, auto_id="clear_%s")
    made = done(
        form,
        lambda **typed: add_closed_period(
            found.country, scope=found.scope, by=request.user, **typed
        ),
    )
    if made:
        return redirect("editions:dates", edition=edition)
    return _page(request, found, clear_form=form)


@login_required
@require_POST
def freeze(request: Request, edition: str, activity: str) -> HttpResponse:
    """Freeze the planned dates."""
    found = _activity_to_run(request, edition, activity)
    stated(request, lambda: services.freeze_plan(found, by=request.user))
    return redirect("editions:dates", edition=edition)


@login_required
@require_POST
def record_actual(request: Request, edition: str, activity: str) -> HttpResponse:
    """Say when the activity was held, and why it differs from the plan."""
    found = _activity_to_run(request, edition, activity)
    form = ActualForm(request.POST)
    if done(form, lambda **typed: services.record_actual_dates(found, by=request.user, **typed)):
        return redirect("editions:dates", edition=edition)
    return _page(request, found.edition, wrong={activity: {"actual_form": form}})


def _activity_to_run(request: Request, edition: str, code: str) -> Activity:
    return access.activity_for(request.user, edition, code, RUNNERS)


def _page(
    request: Request,
    edition: Edition,
    wrong: dict[str, dict[str, Any]] | None = None,
    clear_form: KeepClearForm | None = None,
) -> HttpResponse:
    earliest = _earliest(request)
    context: dict[str, Any] = {
        "edition": edition,
        "path": path_of(edition, "dates"),
        "may_run": access.may_run(request.user, edition),
        "earliest_form": EarliestForm(initial={"earliest": earliest}),
        "periods": queries.closed_periods(edition),
        "clear_form": clear_form or KeepClearForm(auto_id="clear_%s"),
        "overlaps": queries.overlapping(edition),
    }
    try:
        listed = _listed(edition, earliest)
    except RuleBroken as broken:
        return render(request, "editions/dates.html", {**context, "broken": str(broken)})
    context["rows"] = [_row(one, (wrong or {}).get(one.activity.code, {})) for one in listed]
    context["proposed"] = [
        one for one in listed if one.proposal and one.proposal.start and not one.is_planned
    ]
    context["acts_first"] = bool(context["proposed"])
    status = 422 if wrong or clear_form else 200
    return render(request, "editions/dates.html", context, status=status)


def _listed(edition: Edition, earliest: date) -> list[ActivityDates]:
    activities = list(queries.activities_of(edition))
    calendar = calendar_of(edition.country, scope=edition.scope)
    busy = busy_of(edition, activities)
    return dates_of(activities, queries.document_of(edition), calendar, earliest, busy)


def _row(shown: ActivityDates, wrong: dict[str, Any]) -> dict[str, Any]:
    """One activity with its forms, those refused kept as they were typed."""
    activity = shown.activity
    planned = {"starts_on": activity.planned_starts_on, "ends_on": activity.planned_ends_on}
    actual = {
        "starts_on": activity.actual_starts_on or activity.planned_starts_on,
        "ends_on": activity.actual_ends_on,
        "reason": activity.change_reason,
    }
    prefix = activity.code
    return {
        "shown": shown,
        "activity": activity,
        "plan_form": PlanForm(initial=planned, auto_id=f"{prefix}_plan_%s"),
        "actual_form": ActualForm(initial=actual, auto_id=f"{prefix}_actual_%s"),
        **wrong,
    }


def _earliest(request: Request) -> date:
    """The day from which to propose: as asked, else far enough ahead for a call."""
    form = EarliestForm(request.GET)
    if form.is_valid():
        asked: date = form.cleaned_data["earliest"]
        return asked
    return first_proposed_day(clock.today())
