"""Screens of meetings and their minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..forms import (
    ConfirmForm,
    ConsultationForm,
    DelegateForm,
    PromiseForm,
    TopicForm,
)
from ..models import Consultation
from ..standing import Standing, standings_of
from ..states import CONSULTATION_MARKS, state_word
from .filters import STATE_OF_CONSULTATION

COLUMNS = (
    Column("titles", gettext_lazy("Meeting"), kind="name", sort="code"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda m: CONSULTATION_MARKS[m.state],
        word=state_word,
        sort="state",
    ),
    Column("starts_on", gettext_lazy("From"), kind="date", sort="starts_on"),
    Column("place", gettext_lazy("Place"), sort="place"),
    Column("item_count", gettext_lazy("Items"), kind="number", sort="item_count"),
    Column("commitment_count", gettext_lazy("Commitments"), kind="number", sort="commitment_count"),
)


@login_required
@require_GET
def consultations(request: Request) -> HttpResponse:
    """The register of meetings."""
    access.may_read(request.user)
    register = Register(
        request,
        access.consultations_for(request.user),
        COLUMNS,
        name="consultations",
        caption=_("Meetings"),
        order=("-starts_on",),
        filters=[Filter(key, word, where) for key, word, where in STATE_OF_CONSULTATION],
        row_url=lambda meeting: reverse("agreements:consultation", args=[meeting.code]),
        empty_title=_("No meeting yet"),
        empty_text=_("A programme begins where two parties meet and agree."),
        empty_url=reverse("agreements:prepare") if access.is_keeper(request.user) else "",
        empty_label=_("Prepare a meeting"),
    )
    if register.wants_file:
        return register.file()
    context = {"register": register, "is_keeper": access.is_keeper(request.user)}
    return render(request, "agreements/consultations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def prepare(request: Request) -> HttpResponse:
    """Write down that parties will meet."""
    access.may_keep(request.user)
    form = ConsultationForm(request.POST or None, initial={"language": get_language()})
    meeting = done(form, lambda **typed: services.prepare_consultation(by=request.user, **typed))
    if meeting:
        return redirect("agreements:consultation", code=meeting.code)
    return render(request, "agreements/prepare.html", {"form": form})


@login_required
@require_GET
def consultation(request: Request, code: str) -> HttpResponse:
    """The record of one meeting."""
    return _meeting_page(request, access.consultation_for(request.user, code))


@login_required
@require_POST
def delegate(request: Request, code: str) -> HttpResponse:
    """Name a delegate."""
    meeting = access.consultation_to_run(request.user, code)
    form = DelegateForm(request.POST, parties=access.parties_to_confirm(request.user, meeting))
    if done(form, lambda **typed: services.add_delegate(meeting, by=request.user, **typed)):
        return redirect("agreements:consultation", code=code)
    return _meeting_page(request, meeting, delegate_form=form)


@login_required
@require_POST
def topic(request: Request, code: str) -> HttpResponse:
    """Put a point on the agenda."""
    meeting = access.consultation_to_run(request.user, code)
    form = TopicForm(request.POST)
    if done(form, lambda **typed: services.add_topic(meeting, by=request.user, **typed)):
        return redirect("agreements:consultation", code=code)
    return _meeting_page(request, meeting, topic_form=form)


@login_required
@require_POST
def hold(request: Request, code: str) -> HttpResponse:
    """Say that the meeting took place."""
    meeting = access.consultation_to_run(request.user, code)
    stated(request, lambda: services.hold_consultation(meeting, by=request.user))
    return redirect("agreements:minutes", code=code)


@login_required
@require_POST
def confirm(request: Request, code: str) -> HttpResponse:
    """Confirm the minutes for a party."""
    meeting = access.consultation_for(request.user, code)
    form = ConfirmForm(request.POST, parties=access.parties_to_confirm(request.user, meeting))
    if done(form, lambda **typed: services.confirm_minutes(meeting, by=request.user, **typed)):
        messages.success(request, _("The minutes are confirmed."))
        return redirect("agreements:consultation", code=code)
    return _meeting_page(request, meeting, confirm_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def promise_item(request: Request, code: str, number: int) -> HttpResponse:
    """Make a commitment of one sentence of the minutes."""
    item = access.item_to_promise(request.user, code, number)
    owners = access.owners_to_choose()
    form = PromiseForm(request.POST or None, owners=owners, initial={"titles": item.texts})
    made = done(form, lambda **typed: services.promise_from_item(item, by=request.user, **typed))
    if made:
        return redirect("agreements:commitment", code=made.code)
    back = reverse("agreements:consultation", args=[code])
    return render(request, "agreements/promise.html", {"source": item, "form": form, "back": back})


def _meeting_page(request: Request, meeting: Consultation, **forms: Any) -> HttpResponse:
    keeper = access.is_keeper(request.user)
    parties = access.parties_to_confirm(request.user, meeting)
    status = 422 if forms else 200
    context = {
        "meeting": meeting,
        "mark": CONSULTATION_MARKS[meeting.state],
        "parties": meeting.parties.select_related("party", "confirmed_by"),
        "delegates": meeting.delegates.select_related("party"),
        "topics": meeting.topics.all(),
        "items": meeting.items.prefetch_related("commitments__owner"),
        "is_keeper": keeper,
        "may_confirm": meeting.state == "held" and parties.exists(),
        "delegate_form": DelegateForm(parties=parties),
        "topic_form": TopicForm(),
        "confirm_form": ConfirmForm(parties=parties),
        "promises": queries.commitments_of_consultation(meeting),
        "briefing": _briefing(meeting) if meeting.state == "prepared" else None,
        "records": history_of(meeting),
        **forms,
    }
    return render(request, "agreements/consultation.html", context, status=status)


def _briefing(meeting: Consultation) -> list[Standing]:
    """What is open between the parties before they meet."""
    seats = meeting.parties.select_related("party")
    found = queries.promised_between(*(seat.party for seat in seats))
    return [one for one in standings_of(found, clock.today()) if one.is_open]
