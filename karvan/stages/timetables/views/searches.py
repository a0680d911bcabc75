"""Building, improving and repairing: what is asked, how far it is, what was found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from .. import access, found, queries, services, tasks
from ..errors import DatesMissing
from ..models import Search, Timetable
from ..search_forms import SHORT_WORK, BuildForm, SearchForm
from ..services.days import open_days
from ..states import SEARCH_MARKS

SHOWN = 5


@login_required
@require_http_methods(["GET", "POST"])
def build(request: Request, edition: str, activity: str) -> HttpResponse:
    """Build a version; where there is none, say why and what would help."""
    held = access.activity_to_run(request.user, edition, activity)
    closed, has_holidays = _days(held)
    form = BuildForm(request.POST or None, closed=closed, has_holidays=has_holidays)
    context: dict[str, Any] = {"activity": held, "form": form, "reasons": ()}
    if form.is_valid():
        search = _asked(request, held, Search.Kind.BUILD, form)
        if search and search.state != Search.State.NONE:
            return _onwards(search)
        if search:
            context["reasons"] = found.reasons_said(search)
            form.add_error(None, _("No timetable keeps every rule. The reasons are below."))
    context["searches"] = searches_shown(held)
    return render(request, "timetables/build.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def improve(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Look for a cheaper timetable from where a version stands."""
    version = access.draft_to_run(request.user, edition, activity, number)
    form = SearchForm(request.POST or None)
    if form.is_valid():
        search = _asked(request, version.activity, Search.Kind.IMPROVE, form, version)
        if search:
            return redirect(_address(search))
    context = {"activity": version.activity, "version": version, "form": form}
    return render(request, "timetables/improve.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def repair(request: Request, edition: str, activity: str) -> HttpResponse:
    """Look for the smallest changes after what was noted."""
    held = access.activity_to_run(request.user, edition, activity)
    base = queries.published_timetable(held) or queries.newest_timetable(held)
    form = SearchForm({"seed": 1})
    search = _asked(request, held, Search.Kind.REPAIR, form, base)
    if search is None:
        messages.error(request, " ".join(str(one) for one in form.non_field_errors()))
        return redirect("timetables:disruptions", edition=edition, activity=activity)
    return redirect(_address(search))


@login_required
@require_GET
def search(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """How far a search is, or what it found."""
    one = access.search_to_run(request.user, edition, activity, pk)
    waits = one.state in (Search.State.ASKED, Search.State.RUNNING)
    is_stuck = services.is_stuck(one)
    context = {
        "activity": one.activity,
        "search": one,
        "mark": SEARCH_MARKS[one.state],
        "waits": waits and not is_stuck,
        "is_stuck": is_stuck,
        "may_ask_again": is_stuck or one.state == Search.State.FAILED,
        "answers": found.answers_in_words(one),
        "goals": list(found.goals_compared(one)),
        "totals": found.totals(one),
        "reasons": found.reasons_said(one),
    }
    return render(request, "timetables/search.html", context)


@login_required
@require_POST
def search_again(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Run a search that broke off or is stuck once more."""
    one = access.search_to_run(request.user, edition, activity, pk)
    again = stated(request, lambda: services.ask_again(one, by=request.user))
    if again is not None:
        _run(again)
    return redirect(_address(one))


@login_required
@require_POST
def search_take(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Make one answer of a repair a draft."""
    one = access.search_to_run(request.user, edition, activity, pk)
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0
    made = stated(request, lambda: services.take_answer(one, number, by=request.user))
    if made is None:
        return redirect(_address(one))
    said = _("Version %(number)s is a draft. Look at it, then publish it; nobody is told before.")
    messages.success(request, said % {"number": made.number})
    return redirect(_version(made))


def searches_shown(activity: Activity) -> list[tuple[Search, str]]:
    """The last few searches of an activity, each with its mark."""
    return [(one, SEARCH_MARKS[one.state]) for one in queries.searches_listed(activity)[:SHOWN]]


def _asked(
    request: Request,
    activity: Activity,
    kind: str,
    form: SearchForm,
    base: Timetable | None = None,
) -> Search | None:
    """The search asked for, run already if it is a small one; None with an error on the form."""

    def ask(**_typed: Any) -> Search:
        return services.ask_search(
            activity, kind=kind, base=base, typed=form.values(), by=request.user
        )

    asked: Search | None = done(form, ask)
    return _run(asked) if asked else None


def _run(one: Search) -> Search:
    """Run it while the person waits, or leave it to the worker."""
    if services.is_small(one.activity) and one.typed["work"] <= SHORT_WORK:
        return services.run_search(one)
    tasks.run_search.enqueue(one.pk)
    return one


def _onwards(one: Search) -> HttpResponse:
    return redirect(_version(one.made) if one.made else _address(one))


def _days(activity: Activity) -> tuple[dict[date, str], bool]:
    """The closed days between the activity's dates, and whether holidays are on file."""
    try:
        opened = open_days(activity)
    except DatesMissing:
        return {}, True
    closed = {on: in_language(why) for on, why in opened.closed.items()}
    return closed, not opened.unknown_years


def _address(one: Search) -> str:
    activity = one.activity
    return reverse("timetables:search", args=[activity.edition.slug, activity.code, one.pk])


def _version(made: Timetable) -> str:
    activity = made.activity
    address = reverse("timetables:timetable", args=[activity.edition.slug, activity.code])
    return f"{address}?version={made.number}"
