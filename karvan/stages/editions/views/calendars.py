"""The screen of an edition's calendar: what is known of its days, and every way to correct it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.places import services as places
from karvan.foundation.places.queries import overrides_in
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..calendar_forms import (
    HolidayForm,
    HoursForm,
    PeriodForm,
    PlaceForm,
    ScopedForm,
    WeekForm,
    WithdrawForm,
)
from ..calendar_page import month_after
from ..calendar_sheet import sheet_of
from ..models import Edition


@login_required
@require_GET
def calendar(request: Request, edition: str) -> HttpResponse:
    """The country's calendar as it holds for this edition."""
    return _page(request, access.edition_for(request.user, edition))


@login_required
@require_POST
def set_week(request: Request, edition: str) -> HttpResponse:
    """Say which days are worked."""
    return _said(request, edition, WeekForm, places.set_working_week, "week_form")


@login_required
@require_POST
def set_hours(request: Request, edition: str) -> HttpResponse:
    """Say from when to when people work."""
    return _said(request, edition, HoursForm, places.set_working_hours, "hours_form")


@login_required
@require_POST
def note_holiday(request: Request, edition: str) -> HttpResponse:
    """Confirm a holiday, add one or take one away."""
    return _said(request, edition, HolidayForm, places.note_holiday, "holiday_form")


@login_required
@require_POST
def add_period(request: Request, edition: str) -> HttpResponse:
    """Keep a period clear, such as examinations."""
    return _said(request, edition, PeriodForm, places.add_closed_period, "period_form")


@login_required
@require_POST
def remove_period(request: Request, edition: str, period: int) -> HttpResponse:
    """Let the days of a period be used again."""
    found, row = access.closed_period_for(request.user, edition, period)
    return _withdrawn(request, found, places.remove_closed_period, row)


@login_required
@require_POST
def remove_week(request: Request, edition: str, week: int) -> HttpResponse:
    """Take the edition's own week away."""
    found, row = access.own_week_for(request.user, edition, week)
    return _withdrawn(request, found, places.remove_working_week, row)


@login_required
@require_POST
def remove_hours(request: Request, edition: str, hours: int) -> HttpResponse:
    """Take the edition's own hours away."""
    found, row = access.own_hours_for(request.user, edition, hours)
    return _withdrawn(request, found, places.remove_working_hours, row)


@login_required
@require_POST
def locate_venue(request: Request, edition: str, venue: int) -> HttpResponse:
    """Say where on the map a venue stands."""
    found, building = access.venue_for(request.user, edition, venue)
    form = PlaceForm(request.POST, auto_id=f"place{venue}_%s")
    if done(form, lambda **typed: services.locate_venue(building, by=request.user, **typed)):
        return redirect("editions:calendar", edition=edition)
    return _page(request, found, wrong_place=(building.pk, form))


def _said(
    request: Request,
    slug: str,
    kind: type[ScopedForm],
    act: Callable[..., Any],
    name: str,
) -> HttpResponse:
    """One fact of the calendar, said by a form that stays as typed when it is refused."""
    edition = access.edition_to_run(request.user, slug)
    may_country = access.may_speak_for_country(request.user)
    form = kind(request.POST, scope=edition.scope, may_country=may_country, auto_id=f"{name}_%s")
    if done(form, lambda **typed: act(edition.country, by=request.user, **typed)):
        typed = form.cleaned_data
        return _back(edition, typed.get("on") or typed.get("starts_on") or typed.get("valid_from"))
    return _page(request, edition, **{name: form})


def _withdrawn(
    request: Request, edition: Edition, act: Callable[..., Any], row: Any
) -> HttpResponse:
    form = WithdrawForm(request.POST, auto_id=f"{row._meta.model_name}{row.pk}_%s")

    def withdraw(**typed: Any) -> bool:
        act(row, by=request.user, **typed)
        return True

    if done(form, withdraw):
        return _back(edition, None)
    return _page(request, edition, wrong_withdrawal=(row, form))


def _back(edition: Edition, on: date | None) -> HttpResponseRedirect:
    """To the calendar, at the month of what was said."""
    address = reverse("editions:calendar", args=[edition.slug])
    return HttpResponseRedirect(f"{address}?start={on:%Y-%m}" if on else address)


def _page(request: Request, edition: Edition, **given: Any) -> HttpResponse:
    may_run = access.may_run(request.user, edition)
    venues = queries.venues_of(edition)
    sheet = sheet_of(edition, list(queries.activities_of(edition)), venues, request.GET, given)
    said = {"scope": edition.scope, "may_country": access.may_speak_for_country(request.user)}
    kinds: dict[str, type[forms.Form]] = {
        "week_form": WeekForm,
        "hours_form": HoursForm,
        "holiday_form": HolidayForm,
        "period_form": PeriodForm,
    }
    asked = {"holiday_form": {"on": sheet.asked_day}}
    empty = {
        name: kind(**said, initial=asked.get(name), auto_id=f"{name}_%s")  # type: ignore[arg-type]
        for name, kind in kinds.items()
        if name not in given
    }
    context = {
        "edition": edition,
        "sheet": sheet,
        "may_run": may_run and edition.state not in (Edition.State.CLOSED, Edition.State.CANCELLED),
        "records": overrides_in(edition.scope),
        "earlier": month_after(sheet.first, -sheet.count),
        "later": month_after(sheet.first, sheet.count),
        **empty,
        **given,
    }
    return render(request, "editions/calendar.html", context, status=422 if given else 200)
