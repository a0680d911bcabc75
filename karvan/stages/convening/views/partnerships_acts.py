"""Acts on a partnership: asked for, judged, granted, refused, ended, reported, events."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import partnerships as access
from ..forms.partnerships import (
    AskForm,
    CriterionForm,
    EndForm,
    EventForm,
    GrantForm,
    RefuseForm,
    ReportForm,
)
from ..services import partnerships as services
from ..services import partnerships_events as events
from .partnerships import partnership_page


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Enter the request of a party."""
    access.may_keep(request.user)
    given = {name: request.GET[name] for name in ("party", "partner") if name in request.GET}
    form = AskForm(request.POST or None, initial=given, choices=access.sides_to_choose())
    made = done(form, lambda **typed: services.ask_partnership(by=request.user, **typed))
    if made:
        return redirect("convening:partnership", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "convening/partnership_ask.html", {"form": form}, status=status)


@login_required
@require_POST
def judge(request: Request, pk: int) -> HttpResponse:
    """Say whether a criterion is met."""
    one = access.partnership_to_run(request.user, pk)
    form = CriterionForm(request.POST)
    if done(form, lambda **typed: services.judge_criterion(one, by=request.user, **typed)):
        return redirect("convening:partnership", pk=pk)
    return partnership_page(request, one, criterion_form=form)


@login_required
@require_POST
def grant(request: Request, pk: int) -> HttpResponse:
    """Grant what was asked for."""
    one = access.partnership_to_run(request.user, pk)
    choices = {"agreement": access.agreements_to_choose(request.user)}
    form = GrantForm(request.POST, choices=choices)
    if done(form, lambda **typed: services.grant_partnership(one, by=request.user, **typed)):
        messages.success(request, _("The partnership is granted."))
        return redirect("convening:partnership", pk=pk)
    return partnership_page(request, one, grant_form=form)


@login_required
@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Refuse what was asked for."""
    one = access.partnership_to_run(request.user, pk)
    form = RefuseForm(request.POST)
    if done(form, lambda **typed: services.refuse_partnership(one, by=request.user, **typed)):
        return redirect("convening:partnership", pk=pk)
    return partnership_page(request, one, refuse_form=form)


@login_required
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """End a partnership."""
    one = access.partnership_to_run(request.user, pk)
    form = EndForm(request.POST)
    if done(form, lambda **typed: services.end_partnership(one, by=request.user, **typed)):
        return redirect("convening:partnership", pk=pk)
    return partnership_page(request, one, end_form=form)


@login_required
@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """Write down that the report came."""
    one = access.partnership_to_run(request.user, pk)
    form = ReportForm(request.POST)
    if done(form, lambda **typed: services.take_report(one, by=request.user, **typed)):
        return redirect("convening:partnership", pk=pk)
    return partnership_page(request, one, report_form=form)


@login_required
@require_POST
def event(request: Request, pk: int) -> HttpResponse:
    """Put an event under a partnership."""
    one = access.partnership_to_run(request.user, pk)
    form = EventForm(request.POST, choices=access.events_to_choose())
    if done(form, lambda **typed: events.put_event_under(one, by=request.user, **typed)):
        return redirect("convening:partnership", pk=pk)
    return partnership_page(request, one, event_form=form)


@login_required
@require_POST
def remove_event(request: Request, pk: int, event: int) -> HttpResponse:
    """Take an event off a partnership."""
    found = access.event_to_run(request.user, pk, event)
    said = _("The event no longer stands under the partnership.")
    stated(request, lambda: events.take_event_off(found, by=request.user) or True, said)
    return redirect("convening:partnership", pk=pk)
