"""The desk's side of a call: prepare it, publish it, move its deadline, extend it, cancel it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.formats import zone_in_words
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity

from .. import access, queries, services
from ..forms import CallForm, DeadlineForm, ExtensionForm, ReasonForm
from ..models import Call
from ..states import call_mark


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The calls of an edition, activity by activity."""
    of, now = access.edition_to_visit(request.user, edition), clock.now()
    calls = {call.activity_id: call for call in queries.calls_of(of)}
    lines = []
    for activity in of.activities.all():
        call = calls.get(activity.pk)
        mark, word = call_mark(call, now) if call else ("unknown", _("No call"))
        lines.append({"activity": activity, "call": call, "mark": mark, "word": word})
    context = {"edition": of, "lines": lines, "is_reader": access.may_read(request.user, of.scope)}
    return render(request, "calls/edition.html", context)


@login_required
@require_GET
def record(request: Request, edition: str, activity: str) -> HttpResponse:
    """The record of one call; before there is one, how to begin."""
    of = access.activity_for(request.user, edition, activity)
    call = access.call_or_none(of)
    if call is None:
        may_run = access.may_run(request.user, of.scope)
        context = {"activity": of, "edition": of.edition, "may_run": may_run}
        return render(request, "calls/no_call.html", context)
    return _call_page(request, call)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: Request, edition: str, activity: str) -> HttpResponse:
    """Prepare a call, or change it while it is a draft."""
    of = access.activity_for(request.user, edition, activity, RUNNERS)
    with timezone.override(ZoneInfo(of.edition.time_zone)):
        form = CallForm(request.POST or None, initial=_begun(of, access.call_or_none(of)))
        made = done(form, lambda **typed: services.draft_call(of, by=request.user, **typed))
        if made:
            return redirect("calls:record", edition=edition, activity=activity)
        context = {
            "form": form,
            "activity": of,
            "edition": of.edition,
            "place": zone_in_words(of.edition.time_zone),
        }
        return render(request, "calls/draft.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def publish(request: Request, edition: str, activity: str) -> HttpResponse:
    """Open the call to everybody."""
    call = access.call_for(request.user, edition, activity, RUNNERS)
    stated(
        request,
        lambda: services.publish_call(call, by=request.user),
        _("The call is published."),
    )
    return redirect("calls:record", edition=edition, activity=activity)


@login_required
@require_POST
def move(request: Request, edition: str, activity: str) -> HttpResponse:
    """Give everybody more time."""
    call = access.call_for(request.user, edition, activity, RUNNERS)
    with timezone.override(ZoneInfo(call.activity.edition.time_zone)):
        form = DeadlineForm(request.POST)
        if done(form, lambda **typed: services.move_deadline(call, by=request.user, **typed)):
            return redirect("calls:record", edition=edition, activity=activity)
        return _call_page(request, call, move_form=form)


@login_required
@require_POST
def extend(request: Request, edition: str, activity: str) -> HttpResponse:
    """Make a code with which one person may send later."""
    call = access.call_for(request.user, edition, activity, RUNNERS)
    with timezone.override(ZoneInfo(call.activity.edition.time_zone)):
        form = ExtensionForm(request.POST)
        if done(form, lambda **typed: services.extend_for_one(call, by=request.user, **typed)):
            return redirect("calls:record", edition=edition, activity=activity)
        return _call_page(request, call, extension_form=form)


@login_required
@require_POST
def cancel(request: Request, edition: str, activity: str) -> HttpResponse:
    """Call it off, and tell everybody who applied."""
    call = access.call_for(request.user, edition, activity, RUNNERS)
    form = ReasonForm(request.POST)
    if done(form, lambda **typed: services.cancel_call(call, by=request.user, **typed)):
        return redirect("calls:record", edition=edition, activity=activity)
    return _call_page(request, call, cancel_form=form)


def _call_page(request: Request, call: Call, **forms: Any) -> HttpResponse:
    now = clock.now()
    mark, word = call_mark(call, now)
    context = {
        "call": call,
        "activity": call.activity,
        "edition": call.activity.edition,
        "zone": call.activity.edition.time_zone,
        "mark": mark,
        "word": word,
        "is_over": now >= call.closes_at,
        "funnel": queries.funnel(call),
        "extensions": call.extensions.select_related("application"),
        "may_run": access.may_run(request.user, call.scope),
        "place": zone_in_words(call.activity.edition.time_zone),
        "move_form": DeadlineForm(),
        "extension_form": ExtensionForm(),
        "cancel_form": ReasonForm(),
        "records": history_of(call),
        **forms,
    }
    return render(request, "calls/record.html", context, status=422 if forms else 200)


def _begun(activity: Activity, call: Call | None) -> dict[str, Any]:
    """What the form starts with: the draft, else a month from tomorrow at the place's midnight."""
    fields = ("titles", "texts", "opens_at", "advertised_deadline", "closes_at", "places")
    if call:
        return {field: getattr(call, field) for field in (*fields, "languages")}
    day = timezone.localtime(clock.now()).date() + timedelta(days=1)
    opens = timezone.make_aware(datetime.combine(day, time(9)))
    deadline = timezone.make_aware(datetime.combine(day + timedelta(days=30), time(18)))
    return {
        "titles": activity.titles,
        "opens_at": opens,
        "advertised_deadline": deadline,
        "closes_at": deadline + timedelta(hours=6),
        "places": activity.places,
        "languages": activity.edition.languages,
    }
