"""Screens of teams and ventures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import MeetingForm, MentorForm, TeamForm, VentureForm
from ..milestones import steps_of
from .filters import WITH_VENTURE

COLUMNS = (
    Column("name", gettext_lazy("Team"), kind="name", sort="name"),
    Column("code", gettext_lazy("Code"), sort="code"),
    Column(
        "venture",
        gettext_lazy("Venture"),
        kind="name",
        value=lambda t: getattr(t, "venture", None),
        sort="venture__name",
    ),
    Column("members", gettext_lazy("Members"), kind="number", sort="members"),
    Column("admitted_to", gettext_lazy("Admitted to"), kind="name", sort="admitted_to"),
)


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The register of an edition's teams and their ventures."""
    found = access.edition_with_teams(request.user, edition)
    runs = holds(request.user, RUNNERS, found.scope)
    register = Register(
        request,
        access.teams_for(request.user, found),
        COLUMNS,
        name="teams",
        caption=_("Teams"),
        order=("code",),
        filters=[Filter(key, word, where) for key, word, where in WITH_VENTURE],
        row_url=lambda team: (
            reverse("ventures:venture", args=[team.venture.pk])
            if getattr(team, "venture", None)
            else (reverse("ventures:register", args=[edition, team.pk]) if runs else "")
        ),
        empty_title=_("No team yet"),
        empty_text=_(
            "Teams are formed of participants; each team's project gets a record of its own."
        ),
        empty_url=reverse("ventures:form_team", args=[edition]) if runs else "",
        empty_label=_("Form a team"),
    )
    if register.wants_file:
        return register.file()
    is_mentor = access.mentors_of(found).filter(pk=request.user.pk).exists()
    context = {"edition": found, "register": register, "runs": runs, "is_mentor": is_mentor}
    return render(request, "ventures/edition.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def form_team(request: Request, edition: str) -> HttpResponse:
    """Put participants into a team."""
    found = access.edition_to_run(request.user, edition)
    free = access.participants_without_team(found)
    form = TeamForm(request.POST or None, free=free)
    team = done(form, lambda **typed: services.form_team(found, by=request.user, **typed))
    if team:
        return redirect("ventures:register", edition=edition, team=team.pk)
    return render(request, "ventures/form_team.html", {"edition": found, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def register(request: Request, edition: str, team: int) -> HttpResponse:
    """Give a team's project its record."""
    found = access.edition_to_run(request.user, edition)
    group = get_object_or_404(access.teams_for(request.user, found), pk=team)
    form = VentureForm(request.POST or None, initial={"name": group.name})
    made = done(form, lambda **typed: services.register_venture(group, by=request.user, **typed))
    if made:
        return redirect("ventures:venture", pk=made.pk)
    return render(
        request, "ventures/register.html", {"edition": found, "team": group, "form": form}
    )


@login_required
@require_GET
def venture(request: Request, pk: int) -> HttpResponse:
    """The record of one venture."""
    found = access.venture_for(request.user, pk)
    runs = holds(request.user, RUNNERS, found.scope)
    context = {
        "venture": found,
        "edition": found.team.edition,
        "steps": steps_of(found),
        "members": found.team.memberships.select_related("enrolment__person"),
        "mentorships": found.mentorships.select_related("mentor").prefetch_related("meetings"),
        "follow_ups": found.follow_ups.all(),
        "is_member": access.is_member(request.user, found),
        "may_verify": access.may_verify(request.user, found),
        "mentor_form": MentorForm(mentors=access.mentors_of(found.team.edition)) if runs else None,
        "records": history_of(found),
    }
    return render(request, "ventures/venture.html", context)


@login_required
@require_POST
def mentor(request: Request, pk: int) -> HttpResponse:
    """Let a mentor stand by a venture."""
    found = access.venture_to_run(request.user, pk)
    form = MentorForm(request.POST, mentors=access.mentors_of(found.team.edition))
    if done(form, lambda **typed: services.assign_mentor(found, by=request.user, **typed)):
        return redirect("ventures:venture", pk=pk)
    return render(request, "ventures/mentor.html", {"venture": found, "form": form}, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def mentoring(request: Request, pk: int) -> HttpResponse:
    """The mentor's own page with a venture: meetings so far and the next note."""
    mentorship = access.mentorship_of(request.user, pk)
    form = MeetingForm(request.POST or None)
    if done(form, lambda **typed: services.note_mentoring(mentorship, by=request.user, **typed)):
        return redirect("ventures:mentoring", pk=pk)
    context = {
        "mentorship": mentorship,
        "venture": mentorship.venture,
        "meetings": mentorship.meetings.all(),
        "form": form,
    }
    return render(request, "ventures/mentoring.html", context)


@login_required
@require_POST
def plan_follow_ups(request: Request, edition: str) -> HttpResponse:
    """Plan what the edition's ventures are asked later."""
    found = access.edition_to_run(request.user, edition)
    said = _("The ventures are asked 3, 6, 12 and 24 months after the last day.")
    stated(request, lambda: services.plan_edition(found, by=request.user), said)
    return redirect("ventures:edition", edition=edition)
