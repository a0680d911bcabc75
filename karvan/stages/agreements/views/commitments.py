"""Screens of commitments."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import DueForm, EvidenceForm, StateForm
from ..models import Commitment
from ..states import state_word

COLUMNS = (
    Column(
        "titles", gettext_lazy("Commitment"), kind="name", sort="code", detail=lambda c: c.source
    ),
    Column(
        "state",
        gettext_lazy("Said to be"),
        kind="state",
        value="state",
        word=state_word,
        sort="state",
    ),
    Column("owner", gettext_lazy("Owner"), kind="name", sort="owner__code"),
    Column("promised_on", gettext_lazy("Promised"), kind="date", sort="promised_on"),
    Column("due_on", gettext_lazy("Due"), kind="date", sort="due_on"),
)


def found_by_words(rows: QuerySet[Commitment], words: str) -> QuerySet[Commitment]:
    """Commitments whose code or title in any language holds the words."""
    return rows.filter(Q(code__icontains=words) | Q(titles__icontains=words))


@login_required
@require_GET
def commitments(request: Request) -> HttpResponse:
    """The register of commitments."""
    access.may_read(request.user)
    late = Q(state__in=["open", "in_progress"], due_on__lt=clock.today())
    register = Register(
        request,
        access.commitments_for(request.user),
        COLUMNS,
        name="commitments",
        caption=_("Commitments"),
        order=("due_on",),
        filters=[
            Filter("late", _("Past their date"), late),
            Filter("open", _("Open"), Q(state__in=["open", "in_progress"])),
            Filter("mine", _("Mine"), Q(responsible=request.user)),
        ],
        search=found_by_words,
        row_url=lambda commitment: reverse("agreements:commitment", args=[commitment.code]),
        empty_title=_("No commitment yet"),
        empty_text=_(
            "A commitment is made from a sentence of the minutes or a clause of an agreement."
        ),
    )
    if register.wants_file:
        return register.file()
    return render(request, "agreements/commitments.html", {"register": register})


@login_required
@require_GET
def commitment(request: Request, code: str) -> HttpResponse:
    """The record of one commitment."""
    return _commitment_page(request, access.commitment_for(request.user, code))


@login_required
@require_POST
def evidence(request: Request, code: str) -> HttpResponse:
    """Add a dated fact with its source."""
    promise = access.commitment_to_follow(request.user, code)
    form = EvidenceForm(request.POST)
    if done(form, lambda **typed: services.add_evidence(promise, by=request.user, **typed)):
        return redirect("agreements:commitment", code=code)
    return _commitment_page(request, promise, evidence_form=form)


@login_required
@require_POST
def state(request: Request, code: str) -> HttpResponse:
    """Say how the commitment stands."""
    promise = access.commitment_to_follow(request.user, code)
    form = StateForm(request.POST)
    if done(form, lambda **typed: services.say_state(promise, by=request.user, **typed)):
        return redirect("agreements:commitment", code=code)
    return _commitment_page(request, promise, state_form=form)


@login_required
@require_POST
def change_due(request: Request, code: str) -> HttpResponse:
    """Give the commitment another due date, with a reason."""
    promise = access.commitment_to_follow(request.user, code)
    form = DueForm(request.POST)
    if done(form, lambda **typed: services.change_due_date(promise, by=request.user, **typed)):
        return redirect("agreements:commitment", code=code)
    return _commitment_page(request, promise, due_form=form)


def _commitment_page(request: Request, promise: Commitment, **forms: Any) -> HttpResponse:
    context = {
        "commitment": promise,
        "evidence": promise.evidence.select_related("added_by"),
        "co_owners": promise.co_owners.all(),
        "may_follow": access.may_follow(request.user, promise),
        "evidence_form": EvidenceForm(),
        "state_form": StateForm(initial={"state": promise.state}),
        "due_form": DueForm(initial={"due_on": promise.due_on}),
        "records": history_of(promise),
        **forms,
    }
    return render(request, "agreements/commitment.html", context, status=422 if forms else 200)
