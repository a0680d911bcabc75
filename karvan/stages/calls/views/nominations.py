"""Whom partners put forward, each partner seeing its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..forms import NominationForm
from ..states import NOMINATION_MARKS, state_word
from ..wording import worded

COLUMNS = (
    Column("name", gettext_lazy("Name"), kind="name", sort="name"),
    Column("party", gettext_lazy("Put forward by"), "party.names", kind="name", sort="party"),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=lambda n: NOMINATION_MARKS[n.state],
        word=state_word,
        sort="state",
    ),
    Column("made_at", gettext_lazy("On"), kind="date", sort="made_at"),
    Column("email", gettext_lazy("E-mail"), sort="email"),
    Column("note", gettext_lazy("Why this person")),
)


@login_required
@require_GET
def nominations(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of nominations."""
    call = access.call_for(request.user, edition, activity, access.NOMINATORS)
    place = [edition, activity]
    register = Register(
        request,
        access.nominations_for(request.user, call),
        COLUMNS,
        name="nominations",
        caption=_("Nominations"),
        order=("-made_at",),
        row_url=lambda row: reverse("calls:nomination", args=[*place, row.pk]),
        empty_title=_("Nobody is nominated yet"),
        empty_text=worded(
            call.activity,
            "A partner with reserved places puts people forward here; they then apply.",
        ),
        empty_url=reverse("calls:nominate", args=place) if call.state == "published" else "",
        empty_label=_("Nominate a person"),
    )
    if register.wants_file:
        return register.file()
    context = {"call": call, "activity": call.activity, "register": register}
    return render(request, "calls/nominations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def nominate(request: Request, edition: str, activity: str) -> HttpResponse:
    """Put a person forward."""
    call = access.call_for(request.user, edition, activity, access.NOMINATORS)
    parties = access.parties_to_nominate_for(request.user, call)
    form = NominationForm(request.POST or None, parties=parties)
    if done(form, lambda **typed: services.nominate(call, by=request.user, **typed)):
        return redirect("calls:nominations", edition=edition, activity=activity)
    context = {
        "call": call,
        "activity": call.activity,
        "form": form,
        "seats": queries.seats_of(call, parties),
    }
    return render(request, "calls/nominate.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def nomination(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """One nomination with its history."""
    call = access.call_for(request.user, edition, activity, access.NOMINATORS)
    shown = access.nomination_for(request.user, call, pk)
    context = {
        "nomination": shown,
        "call": call,
        "activity": call.activity,
        "mark": NOMINATION_MARKS[shown.state],
        "may_withdraw": access.may_withdraw(request.user, shown),
        "is_reader": access.may_read(request.user, call.scope),
        "records": history_of(shown),
    }
    return render(request, "calls/nomination.html", context)


@login_required
@require_POST
def withdraw_nomination(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Take a nomination back."""
    kept = access.nomination_to_withdraw(request.user, edition, activity, pk)
    stated(
        request,
        lambda: services.withdraw_nomination(kept, by=request.user),
        _("The nomination is withdrawn; its place is free again."),
    )
    return redirect("calls:nominations", edition=edition, activity=activity)
