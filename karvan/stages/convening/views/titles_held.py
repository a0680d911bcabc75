"""A title after it was given: what its host and the secretariat write of its year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import titles as access
from ..forms import titles_held as forms
from ..models import Title
from ..queries.title_register import region_names
from ..queries.title_register_pictures import is_ahead
from ..services import titles_held as services

# What is written of a title, by the last word of its address: the form and the act.
Written = tuple[type[django_forms.Form], Callable[..., Any]]
BY_HOSTS: dict[str, Written] = {
    "committee": (forms.CommitteeForm, services.name_committee),
    "events": (forms.EventForm, services.add_event),
    "report": (forms.ReportForm, services.file_closing_report),
}
BY_SECRETARIAT: dict[str, Written] = {
    "decree": (forms.DecreeForm, services.note_decree),
    "year": (forms.YearHeldForm, services.say_year_held),
    "place": (forms.PlaceForm, services.place_title),
    "handover": (forms.HandoverForm, services.hand_over),
}


@login_required
@require_GET
def held(request: Request, pk: int) -> HttpResponse:
    """The title's record."""
    return _show(request, access.title_for(request.user, pk))


@login_required
@require_POST
def keep(request: Request, pk: int, what: str) -> HttpResponse:
    """What the host writes: committee, an event, the closing report."""
    return _written(request, access.title_to_keep(request.user, pk), what, BY_HOSTS)


@login_required
@require_POST
def change(request: Request, pk: int, what: str) -> HttpResponse:
    """What the secretariat writes: decree, year held, place, handover."""
    return _written(request, access.title_to_run(request.user, pk), what, BY_SECRETARIAT)


@login_required
@require_POST
def remove_event(request: Request, pk: int, event: int) -> HttpResponse:
    """Take an event out of the programme."""
    found = access.event_to_keep(request.user, pk, event)
    stated(
        request,
        lambda: services.remove_event(found, by=request.user),
        _("The event is taken out of the programme."),
    )
    return redirect("convening:title_held", pk=pk)


@login_required
@require_GET
def report(request: Request, pk: int) -> HttpResponse:
    """The closing report, given out."""
    found = access.title_for(request.user, pk)
    if found.closing_report is None:
        raise Http404
    return serve(found.closing_report)


def _written(request: Request, found: Title, what: str, acts: dict[str, Written]) -> HttpResponse:
    if what not in acts:
        raise Http404
    kind, act = acts[what]
    given: dict[str, Any] = {"titles": access.later_titles(found)} if what == "handover" else {}
    form = kind(request.POST, request.FILES, **given)
    if done(form, lambda **typed: act(found, by=request.user, **typed)):
        return redirect("convening:title_held", pk=found.pk)
    return _show(request, found, **{f"{what}_form": form})


def _show(request: Request, found: Title, **bound: django_forms.Form) -> HttpResponse:
    members = "\n".join(f"{one['name']} | {one['office']}" for one in found.committee)
    context = {
        "title": found,
        "region": region_names(found.series).get(found.region, found.region),
        "is_ahead": is_ahead(found),
        "events": found.events.select_related("edition"),
        "taken_from": found.taken_from.all(),
        "runs": access.runs(request.user, found.scope),
        "may_keep": access.may_keep(request.user, found),
        "records": history_of(found),
        "committee_form": forms.CommitteeForm(initial={"members": members}),
        "events_form": forms.EventForm(auto_id="event_%s"),
        "report_form": forms.ReportForm(),
        "decree_form": forms.DecreeForm(
            initial={"decreed_on": found.decreed_on, "decree": found.decree}
        ),
        "year_form": forms.YearHeldForm(
            initial={"year_held": found.year_held or found.year, "reason": found.moved_reason}
        ),
        "place_form": forms.PlaceForm(
            initial={"latitude": found.latitude, "longitude": found.longitude}
        ),
        "handover_form": forms.HandoverForm(titles=access.later_titles(found)),
        **bound,
    }
    return render(request, "convening/titles/held.html", context, status=422 if bound else 200)
