"""The register of partnerships, and the record of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.requests import Request

from .. import partnerships_shown as shown
from ..access import partnerships as access
from ..forms.partnerships import (
    CriterionForm,
    EndForm,
    EventForm,
    GrantForm,
    RefuseForm,
    ReportForm,
)
from ..models import Partnership
from ..queries import partnerships as queries

COLUMNS = (
    Column("party", gettext_lazy("Party"), kind="name", sort="party__code"),
    Column("kind", gettext_lazy("Is"), value="get_kind_display", sort="kind"),
    Column(
        "of",
        gettext_lazy("Of"),
        kind="name",
        value=lambda one: one.forum or one.partner,
        sort="forum__code",
        detail=lambda one: str(one.partner) if one.forum else "",
    ),
    Column(
        "state",
        gettext_lazy("State"),
        kind="state",
        value=shown.mark_of,
        word=shown.word_of,
        sort="state",
    ),
    Column("starts_on", gettext_lazy("From"), kind="date", sort="starts_on"),
    Column("ends_on", gettext_lazy("Until"), kind="date", sort="ends_on"),
    Column(
        "instrument",
        gettext_lazy("By"),
        value=lambda one: str(one.agreement or one.instrument),
    ),
    Column("event_count", gettext_lazy("Events"), kind="number", sort="event_count"),
    Column(
        "report_due_on", gettext_lazy("Report due"), kind="date", sort="report_due_on", shown=False
    ),
)


@login_required
@require_GET
def register(request: Request) -> HttpResponse:
    """Who is what to whom."""
    access.may_read(request.user)
    keeps = access.keeps(request.user)
    listed = Register(
        request,
        access.partnerships_for(request.user),
        COLUMNS,
        name="partnerships",
        caption=_("Partnerships"),
        order=("party__code", "starts_on"),
        filters=_filters(),
        picks=[Pick("kind", _("Is"), Partnership.Kind.choices, "kind")],
        search=queries.found_by_words,
        row_url=lambda one: reverse("convening:partnership", args=[one.pk]),
        empty_title=_("No partnership yet"),
        empty_text=_(
            "Each says who is partner, patron or observer of whom or of which forum, by which "
            "instrument, and what stands under it."
        ),
        empty_url=reverse("convening:partnership_ask") if keeps else "",
        empty_label=_("Enter a request"),
    )
    if listed.wants_file:
        return listed.file()
    context = {"register": listed, "is_keeper": keeps}
    return render(request, "convening/partnerships.html", context)


@login_required
@require_GET
def record(request: Request, pk: int) -> HttpResponse:
    """One partnership."""
    return partnership_page(request, access.partnership_for(request.user, pk))


def partnership_page(request: Request, one: Partnership, **forms: Any) -> HttpResponse:
    """The record with its forms; 422 where one of them was sent and is wrong."""
    keeps = access.keeps(request.user, one.scope)
    events = shown.shown_events(one, queries.events_of(one))
    context = {
        "partnership": one,
        "mark": shown.mark_of(one),
        "word": shown.word_of(one),
        "is_over": shown.is_over(one),
        "report_mark": shown.report_mark(one),
        "criteria": [
            (number, said, CriterionForm(initial={"number": number}, prefix=""))
            for number, said in enumerate(one.criteria, start=1)
        ],
        "events": events,
        "is_keeper": keeps,
        "grant_form": GrantForm(choices=_instruments(request)),
        "refuse_form": RefuseForm(),
        "end_form": EndForm(initial={"ends_on": clock.today()}),
        "report_form": ReportForm(initial={"received_on": clock.today()}),
        "event_form": EventForm(choices=access.events_to_choose()),
        "records": history_of(one),
        **forms,
    }
    return render(request, "convening/partnership.html", context, status=422 if forms else 200)


def _filters() -> list[Filter]:
    today = clock.today()
    return [
        Filter("late", _("Report overdue"), queries.report_overdue(today)),
        Filter("over", _("Run out"), queries.run_out(today)),
        Filter("soon", _("End soon"), queries.ending_soon(today)),
        Filter("asked", _("Asked for"), queries.asked()),
        Filter("standing", _("In force"), queries.in_force(today)),
    ]


def _instruments(request: Request) -> dict[str, Any]:
    return {"agreement": access.agreements_to_choose(request.user)}
