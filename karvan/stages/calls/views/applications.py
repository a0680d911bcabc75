"""The desk's side of applications: the register, one record, those that may be one person's."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import language_name
from karvan.foundation.ui.marks import when
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.requests import Request

from .. import access, queries
from ..answers import answers_file, answers_shown
from ..asking import form_of
from ..models import Application, Call
from ..states import APPLICATION_MARKS, STATE_SENTENCES, sent_word
from ..wording import worded


@login_required
@require_GET
def applications(request: Request, edition: str, activity: str) -> HttpResponse:
    """The register of what was sent; as a file with all answers."""
    call = access.call_for(request.user, edition, activity)
    register = _register(request, call)
    if register.wants_file:
        rows = register.filtered.defer(None).iterator(chunk_size=500)
        return answers_file(call, rows, kind=request.GET["format"])
    context = {"call": call, "activity": call.activity, "register": register}
    return render(request, "calls/applications.html", context)


@login_required
@require_GET
def application_record(request: Request, edition: str, activity: str, number: str) -> HttpResponse:
    """One application: facts, answers by section, files, members, history."""
    shown = access.application_for(request.user, edition, activity, number)
    context = {
        "application": shown,
        "call": shown.call,
        "activity": shown.call.activity,
        "zone": shown.call.activity.edition.time_zone,
        "mark": APPLICATION_MARKS[shown.state],
        "word": sent_word(shown),
        "sections": answers_shown(form_of(shown.call), shown),
        "members": shown.members.all(),
        "nominations": shown.nominations.select_related("party"),
        "records": history_of(shown),
    }
    return render(request, "calls/application.html", context)


@login_required
@require_GET
def file(request: Request, edition: str, activity: str, number: str, question: str) -> HttpResponse:
    """A file sent with an application."""
    of = access.application_for(request.user, edition, activity, number)
    return serve(access.own_file(of, question))


@login_required
@require_GET
def duplicates(request: Request, edition: str, activity: str) -> HttpResponse:
    """Applications that may be one person's, side by side."""
    call = access.call_for(request.user, edition, activity)
    context = {
        "call": call,
        "activity": call.activity,
        "zone": call.activity.edition.time_zone,
        "groups": queries.twin_groups(call),
        "marks": APPLICATION_MARKS,
    }
    return render(request, "calls/duplicates.html", context)


def _register(request: Request, call: Call) -> Register:
    place = [call.activity.edition.slug, call.activity.code]
    languages = [(code, name) for code, name in settings.LANGUAGES if code in call.languages]
    states = [s for s in Application.State if s != Application.State.DRAFT]
    return Register(
        request,
        queries.received_applications(call),
        _columns(call),
        name="applications",
        caption=worded(call.activity, "Applications to %(call)s", call=call.activity),
        order=("-submitted_at",),
        filters=[
            *(
                Filter(str(state), worded(call.activity, STATE_SENTENCES[state]), Q(state=state))
                for state in states
            ),
            Filter("twins", _("Perhaps twice"), queries.twins(call) & Q(state__in=queries.SENT)),
        ],
        picks=[Pick("language", _("Language"), languages, "language")],
        search=queries.search_applications,
        row_url=lambda row: reverse("calls:application_record", args=[*place, row.number]),
        empty_title=worded(call.activity, "No application yet"),
        empty_text=worded(
            call.activity,
            "Applications stand here as soon as they are sent; drafts are not shown.",
        ),
        empty_url=reverse("calls:record", args=place),
        empty_label=_("To the call"),
    )


def _columns(call: Call) -> list[Column]:
    """The columns, with times at the clock of the edition's place."""
    zone = call.activity.edition.time_zone
    return [
        Column("number", _("Number"), sort="number"),
        Column("full_name", _("Name"), kind="name", sort="search_key"),
        Column(
            "state",
            _("State"),
            kind="state",
            value=lambda a: APPLICATION_MARKS[a.state],
            word=sent_word,
            sort="state",
        ),
        Column(
            "sent",
            worded(call.activity, "Sent"),
            lambda a: when(a.submitted_at, zone),
            sort="submitted_at",
        ),
        Column("language", _("Language"), lambda a: language_name(a.language), sort="language"),
        Column("team_size", _("Persons"), kind="number", sort="team_size"),
        Column("email", _("E-mail"), sort="email", shown=False),
    ]
