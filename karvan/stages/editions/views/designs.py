"""Screens of an edition's design: what it may change, and what it has changed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.document import REMOVED, Level, human_title, lock_of

from .. import access, queries, services
from ..design import departure_words, differing_under, open_parts, parts_under, present_value
from ..forms import DepartForm
from ..models import Departure
from ..steps import path_of


@login_required
@require_GET
def parts(request: Request, edition: str) -> HttpResponse:
    """What the country may change, with its value and its lock; with ``?under=`` what is inside a part."""
    found = access.edition_for(request.user, edition)
    document = queries.document_of(found)
    departed = queries.supplied(found)
    under = request.GET.get("under", "")
    listed = parts_under(document, under, departed) if under else open_parts(document, departed)
    context = {
        "edition": found,
        "path": path_of(found, "parts"),
        "under": under,
        "under_title": human_title(document, under) if under else "",
        "parts": listed,
        "waiting": [one for one in listed if one.is_waiting],
        "problems": queries.contradictions(found),
        "differing": differing_under(found.blueprint.data, document, under) if under else [],
        "activities": [] if under else queries.activities_of(found),
        "written": present_value(document, under) if under else None,
        "may_run": access.may_run(request.user, found),
    }
    return render(request, "editions/parts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, edition: str) -> HttpResponse:
    """Depart from the blueprint at one part, named by ``?path=``."""
    found = access.edition_to_run(request.user, edition)
    path = request.GET.get("path", "")
    document = queries.as_written(found, queries.document_of(found))
    value = present_value(document, path) if path else REMOVED
    if value is REMOVED:
        raise Http404
    lock = lock_of(document, path)
    form = DepartForm(
        request.POST or None, value=value, lock=lock, may_go=_may_go(document, path, lock.level)
    )
    if done(form, lambda **typed: services.depart(found, path=path, by=request.user, **typed)):
        return redirect("editions:parts", edition=edition)
    context = {
        "edition": found,
        "address": path,
        "part_title": human_title(document, path),
        "value": value,
        "lock": lock,
        "own": present_value(found.blueprint.data, path),
        "departed": path in queries.supplied(found),
        "differing": differing_under(found.blueprint.data, queries.departed_document(found), path),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "editions/change.html", context, status=status)


@login_required
@require_GET
def departures(request: Request, edition: str) -> HttpResponse:
    """Each departure in words: what, from what to what, when, by whom, why, by which lock."""
    found = access.edition_for(request.user, edition)
    register = Register(
        request,
        queries.departures_listed(found),
        _columns(found.blueprint.data),
        name=f"departures-{found.slug}",
        caption=_("Departures"),
        order=("-made_at",),
        filters=[
            Filter("standing", _("In force"), Q(superseded_at__isnull=True)),
            Filter("superseded", _("Superseded"), Q(superseded_at__isnull=False)),
        ],
        empty_title=_("No departure"),
        empty_text=_("This edition is held as its blueprint was designed."),
    )
    if register.wants_file:
        return register.file()
    context = {
        "edition": found,
        "register": register,
        "may_run": access.may_run(request.user, found),
        "parts_url": reverse("editions:parts", args=[edition]),
    }
    return render(request, "editions/departures.html", context)


def _columns(data: dict[str, Any]) -> tuple[Column, ...]:
    return (
        Column(
            "part",
            _("Departure"),
            value=lambda one: departure_words(data, one),
            detail=lambda one: one.path,
        ),
        Column("reason", _("Reason"), sort="reason"),
        Column("level", _("Allowed by"), value=_level, sort="level"),
        Column("cause", _("Cause"), value=_cause, sort="cause", shown=False),
        Column("made_at", _("When"), kind="moment", sort="made_at"),
        Column(
            "made_by", _("By whom"), kind="name", value=lambda one: one.made_by or _("the platform")
        ),
        Column(
            "state",
            _("State"),
            kind="state",
            value=lambda one: "dropped" if one.superseded_at else "changed",
            word=lambda one: _("superseded") if one.superseded_at else _("in force"),
            sort="superseded_at",
        ),
    )


def _level(departure: Departure) -> str:
    words = {
        "bounded": _("a bounded part"),
        "free": _("a free part"),
        "to_supply": _("a part to be supplied"),
        "held": _("no lock: it had been held"),
    }
    return words[departure.level]


def _cause(departure: Departure) -> str:
    """The country's own, kept from an earlier version, or what had been held."""
    version = departure.version
    if version is None:
        return str(departure.get_cause_display())
    return _("%(cause)s, version %(version)s") % {
        "cause": departure.get_cause_display(),
        "version": version,
    }


def _may_go(document: dict[str, Any], path: str, level: Level) -> bool:
    """Whether an item of a free list may be taken away."""
    above = path.rpartition(".")[0]
    return level is Level.FREE and isinstance(present_value(document, above), list)
