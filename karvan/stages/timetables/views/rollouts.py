"""A programme's years of a travelling team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.places.models import Country
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..models import Rollout, RolloutStop
from ..rollout_forms import NewYearForm, PlanForm, StopForm
from ..rollout_pictures import route_of, year_of
from ..rollout_reasons import reasons_of
from ..rollout_windows import windows_of


@login_required
@require_GET
def rollouts(request: Request, programme: str) -> HttpResponse:
    """Every version of the years, newest first."""
    held = access.programme_with_rollouts(request.user, programme)
    context = {
        "programme": held,
        "rollouts": queries.rollouts_listed(held),
        "may_run": access.may_order(request.user, held),
    }
    return render(request, "timetables/rollouts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_rollout(request: Request, programme: str) -> HttpResponse:
    """Begin a year: which days, which editions."""
    held = access.programme_to_order(request.user, programme)
    today = clock.today()
    form = NewYearForm(
        request.POST or None,
        homes=_homes(),
        listed=list(queries.editions_on_the_way(held)),
        initial={
            "day_from": today.replace(year=today.year + 1, month=1, day=1),
            "day_to": today.replace(year=today.year + 1, month=12, day=31),
        },
    )
    made = done(form, lambda **typed: services.draft_rollout(held, by=request.user, **typed))
    if made:
        return redirect("timetables:rollout", programme=programme, number=made.number)
    context = {"programme": held, "form": form}
    status = 422 if form.errors else 200
    return render(request, "timetables/rollout_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def rollout(request: Request, programme: str, number: int) -> HttpResponse:
    """One version: its stops, its pictures, and why it cannot be ordered."""
    if request.method == "POST":
        return _change(request, access.rollout_to_order(request.user, programme, number))
    one = access.rollout_for(request.user, programme, number)
    stops = list(queries.stops_of(one))
    forms = _forms(one, stops) if _may_change(request, one) else None
    return _page(request, one, stops, forms)


@login_required
@require_POST
def agree_rollout(request: Request, programme: str, number: int) -> HttpResponse:
    """Make a draft the plan that holds."""
    one = access.rollout_to_order(request.user, programme, number)
    stated(
        request,
        lambda: services.agree_rollout(one, by=request.user),
        _("Version %(number)s is agreed.") % {"number": number},
    )
    return redirect("timetables:rollout", programme=programme, number=number)


@login_required
@require_POST
def copy_rollout(request: Request, programme: str, number: int) -> HttpResponse:
    """A new draft from any version."""
    one = access.rollout_to_order(request.user, programme, number)
    made = services.copy_rollout(one, by=request.user)
    return redirect("timetables:rollout", programme=programme, number=made.number)


def _change(request: Request, one: Rollout) -> HttpResponse:
    """Save what was typed, and order the year if that was asked."""
    stops = list(queries.stops_of(one))
    plan, rows = _forms(one, stops, request.POST)
    if not all([plan.is_valid(), *(row.is_valid() for row in rows)]):
        return _page(request, one, stops, (plan, rows), status=422)
    typed = {row.stop.pk: row.cleaned_data for row in rows}
    try:
        services.change_rollout(one, settings=plan.settings(), stops=typed, by=request.user)
        if "order" in request.POST or "mend" in request.POST:
            found = services.order_year(one, by=request.user, keep="mend" in request.POST)
            _state_outcome(request, found)
    except RuleBroken as broken:
        plan.add_error(None, str(broken))
        return _page(request, one, stops, (plan, rows), status=422)
    return redirect("timetables:rollout", programme=one.programme.code, number=one.number)


def _state_outcome(request: Request, found: Rollout) -> None:
    if found.reasons:
        messages.error(request, _("There is no such year. What stands in the way is listed."))
    else:
        messages.success(request, _("The year is ordered. Nobody is told until it is agreed."))


def _page(
    request: Request,
    one: Rollout,
    stops: list[RolloutStop],
    forms: tuple[PlanForm, list[StopForm]] | None,
    status: int = 200,
) -> HttpResponse:
    """The page; rows of the table stand in the order of the way."""
    windows = {
        stop.edition.code: windows_of(stop.edition, one.day_from, one.day_to) for stop in stops
    }
    plan, rows = forms or (None, [])
    context: dict[str, Any] = {
        "programme": one.programme,
        "rollout": one,
        "stops": stops,
        "plan": plan,
        "rows": rows,
        "wrong": any(row.errors for row in rows),
        "is_ordered": any(stop.starts_on for stop in stops),
        "may_run": access.may_order(request.user, one.programme),
        "reasons": reasons_of(one, stops, windows),
        "year": year_of(one, stops, windows, clock.today()),
        "route": route_of(one, stops, clock.today()),
    }
    return render(request, "timetables/rollout.html", context, status=status)


def _may_change(request: Request, one: Rollout) -> bool:
    return one.state == Rollout.State.DRAFT and access.may_order(request.user, one.programme)


def _forms(
    one: Rollout, stops: list[RolloutStop], typed: Any = None
) -> tuple[PlanForm, list[StopForm]]:
    plan = PlanForm(typed, homes=_homes(), rollout=one)
    return plan, [StopForm(typed, stop=stop, prefix=f"s{stop.pk}") for stop in stops]


def _homes() -> QuerySet[Country]:
    return access.homes_to_choose()
