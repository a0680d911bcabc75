"""Screens of a body's members: the register, one member, its status and successor."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import organs as access
from ..access import papers as papers_access
from ..access.reached import organ_to_run
from ..forms.organs import MemberForm, StatusForm, SuccessionForm
from ..models import Membership
from ..organs_words import member_mark, member_word
from ..services import organs_members as services

COLUMNS = (
    Column("names", gettext_lazy("Member"), kind="name", sort="code"),
    Column("code", gettext_lazy("Code"), sort="code"),
    Column(
        "status",
        gettext_lazy("Status"),
        kind="state",
        value=member_mark,
        word=member_word,
        sort="status",
        detail=lambda one: one.status_reason,
    ),
    Column("party", gettext_lazy("Who speaks for it"), kind="name", value="party.names"),
    Column("starts_on", gettext_lazy("Since"), kind="date", sort="starts_on"),
    Column("ends_on", gettext_lazy("Until"), kind="date", sort="ends_on", shown=False),
)
FILTERS = (
    Filter("members", gettext_lazy("Members"), Q(status="member", ends_on__isnull=True)),
    Filter("suspended", gettext_lazy("Suspended"), Q(status="suspended", ends_on__isnull=True)),
    Filter(
        "others",
        gettext_lazy("Observers and associates"),
        Q(status__in=["observer", "associate"], ends_on__isnull=True),
    ),
    Filter("unreached", gettext_lazy("Nobody speaks for it"), Q(party__isnull=True)),
    Filter("former", gettext_lazy("Former"), Q(ends_on__isnull=False)),
)


def _found(rows: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    return rows.filter(Q(code__iexact=words) | Q(names__icontains=words))


@login_required
@require_GET
def members(request: Request, organ: str) -> HttpResponse:
    """The register of a body's members."""
    found = access.organ_to_read(request.user, organ)
    may_run = access.may_run(request.user, found)
    register = Register(
        request,
        found.memberships.select_related("party"),
        COLUMNS,
        name="members",
        caption=_("Members"),
        order=("code",),
        filters=FILTERS,
        search=_found,
        row_url=lambda one: reverse("convening:member", args=[organ, one.pk]),
        empty_title=_("No member yet"),
        empty_text=_("Add them one by one, or take them over from a table."),
        empty_url=reverse("convening:members_import", args=[organ]) if may_run else "",
        empty_label=_("Take members over from a table"),
    )
    if register.wants_file:
        return register.file()
    context = {"organ": found, "register": register, "may_run": may_run}
    return render(request, "convening/organs_members.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_member(request: Request, organ: str) -> HttpResponse:
    """Add a member."""
    found = organ_to_run(request.user, organ)
    form = MemberForm(request.POST or None, parties=papers_access.hosts_to_choose())
    made = done(form, lambda **typed: services.add_member(found, by=request.user, **typed))
    if made:
        return redirect("convening:member", organ=organ, pk=made.pk)
    context = {"organ": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "convening/organs_member_new.html", context, status=status)


@login_required
@require_GET
def member(request: Request, organ: str, pk: int) -> HttpResponse:
    """The record of one member: status, names, who went before and came after."""
    return _page(request, access.member_for(request.user, organ, pk))


@login_required
@require_POST
def change_member(request: Request, organ: str, pk: int) -> HttpResponse:
    """Write a member's names, spokesman and dates anew."""
    found = access.member_to_run(request.user, organ, pk)
    form = MemberForm(request.POST, parties=papers_access.hosts_to_choose(), member=found)
    if done(form, lambda **typed: services.change_member(found, by=request.user, **typed)):
        return redirect("convening:member", organ=organ, pk=pk)
    return _page(request, found, change_form=form)


@login_required
@require_POST
def member_status(request: Request, organ: str, pk: int) -> HttpResponse:
    """Suspend a member, let it back in, make it an observer."""
    found = access.member_to_run(request.user, organ, pk)
    form = StatusForm(request.POST)
    if done(form, lambda **typed: services.set_member_status(found, by=request.user, **typed)):
        return redirect("convening:member", organ=organ, pk=pk)
    return _page(request, found, status_form=form)


@login_required
@require_POST
def succeed_member(request: Request, organ: str, pk: int) -> HttpResponse:
    """A state goes on under another name."""
    found = access.member_to_run(request.user, organ, pk)
    form = SuccessionForm(request.POST)
    made = done(form, lambda **typed: services.succeed_member(found, by=request.user, **typed))
    if made:
        return redirect("convening:member", organ=organ, pk=made.pk)
    return _page(request, found, succession_form=form)


def _page(request: Request, found: Membership, **forms: Any) -> HttpResponse:
    context = {
        "organ": found.organ,
        "member": found,
        "mark": member_mark(found),
        "word": member_word(found),
        "predecessors": found.predecessors.all(),
        "delegations": found.delegations.select_related("session").order_by("-session__starts_on"),
        "may_run": access.may_run(request.user, found.organ),
        "change_form": MemberForm(parties=papers_access.hosts_to_choose(), member=found),
        "status_form": StatusForm(initial={"status": found.status}),
        "succession_form": SuccessionForm(),
        "records": history_of(found),
        **forms,
    }
    status = 422 if forms else 200
    return render(request, "convening/organs_member.html", context, status=status)
