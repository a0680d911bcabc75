"""Screens of bodies: the register, one body with its rules, setting one up."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import organs as access
from ..access import papers as papers_access
from ..access.reached import organ_to_run
from ..forms.organs import OrganForm
from ..organs_words import SESSION_MARKS, majorities_said, quorum_said
from ..services import organs as services

COLUMNS = (
    Column("names", gettext_lazy("Organ"), kind="name", sort="code"),
    Column("abbreviation", gettext_lazy("In symbols"), sort="abbreviation"),
    Column("party", gettext_lazy("Body of"), kind="name", value="party.names"),
    Column("member_count", gettext_lazy("Members"), kind="number", sort="member_count"),
    Column(
        "session_count",
        pgettext_lazy("of an organ", "Sessions"),
        kind="number",
        sort="session_count",
    ),
)


@login_required
@require_GET
def organs(request: Request) -> HttpResponse:
    """The register of bodies that sit."""
    rows = access.organs_listed(request.user).select_related("party")
    may_set_up = access.may_set_up(request.user)
    register = Register(
        request,
        rows,
        COLUMNS,
        name="organs",
        caption=_("Organs"),
        order=("code",),
        row_url=lambda one: reverse("convening:organ", args=[one.code]),
        empty_title=_("No organ yet"),
        empty_text=_("A conference or a council is set up with its rules before it sits."),
        empty_url=reverse("convening:new_organ") if may_set_up else "",
        empty_label=_("Set up an organ"),
    )
    if register.wants_file:
        return register.file()
    coming = [(one, SESSION_MARKS[one.state]) for one in access.sessions_coming(request.user)]
    context = {"register": register, "may_set_up": may_set_up, "coming": coming}
    return render(request, "convening/organs.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_organ(request: Request) -> HttpResponse:
    """Set up a body with its rules."""
    access.require_may_set_up(request.user)
    form = OrganForm(request.POST or None, parties=papers_access.hosts_to_choose())
    made = done(form, lambda **typed: services.create_organ(by=request.user, **typed))
    if made:
        return redirect("convening:organ", organ=made.code)
    context = {"form": form}
    return render(request, "convening/organs_new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def organ(request: Request, organ: str) -> HttpResponse:
    """The record of one body: its rules, its sessions, its members in figures."""
    found = access.organ_to_read(request.user, organ)
    sessions = [(one, SESSION_MARKS[one.state]) for one in access.sessions_of(request.user, found)]
    context = {
        "organ": found,
        "sessions": sessions,
        "majorities": majorities_said(found),
        "quorum": quorum_said(found),
        "members": found.memberships.filter(ends_on__isnull=True).count(),
        "suspended": found.memberships.filter(status="suspended", ends_on__isnull=True),
        "may_run": access.may_run(request.user, found),
        "records": history_of(found),
    }
    return render(request, "convening/organs_one.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_organ(request: Request, organ: str) -> HttpResponse:
    """Write a body's rules anew."""
    found = organ_to_run(request.user, organ)
    form = OrganForm(request.POST or None, parties=papers_access.hosts_to_choose(), organ=found)
    if done(form, lambda **typed: services.change_organ(found, by=request.user, **typed)):
        return redirect("convening:organ", organ=organ)
    context = {"organ": found, "form": form}
    return render(
        request, "convening/organs_change.html", context, status=422 if form.errors else 200
    )
