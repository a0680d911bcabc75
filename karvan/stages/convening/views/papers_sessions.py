"""Screens of a session: preparing one, its record, its facts, its opening and close."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..access.reached import organ_to_run
from ..forms.papers import SessionForm
from ..papers_pages import page_of, record_of
from ..queries.papers_guards import (
    convocation_due,
    convocation_late_days,
    missing_to_close,
    missing_to_convoke,
    missing_to_open,
)
from ..queries.papers_presence import present_sentence
from ..services import papers_sessions as services

MISSING = {
    "prepared": missing_to_convoke,
    "convoked": missing_to_open,
    "open": missing_to_close,
}


def _choices() -> dict[str, Any]:
    return {
        "hosts": access.hosts_to_choose(),
        "agreements": access.agreements_to_choose(),
        "countries": access.countries_to_choose(),
    }


@login_required
@require_http_methods(["GET", "POST"])
def new_session(request: Request, organ: str) -> HttpResponse:
    """Prepare a session."""
    found = organ_to_run(request.user, organ)
    form = SessionForm(request.POST or None, **_choices())
    made = done(form, lambda **typed: services.prepare_session(found, by=request.user, **typed))
    if made:
        return redirect("convening:session", organ=organ, session=made.slug)
    context = {"organ": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "convening/papers_session_new.html", context, status=status)


@login_required
@require_GET
def session(request: Request, organ: str, session: str) -> HttpResponse:
    """The record of one session: its facts, its parts, what is missing for its next step."""
    found = access.session_to_read(request.user, organ, session)
    missing = MISSING.get(found.state)
    context = page_of(
        found,
        request.user,
        **record_of(found, request.user),
        missing=missing(found) if missing else [],
        convocation_due=convocation_due(found),
        late_days=convocation_late_days(found),
        present=present_sentence(found) if found.state in ("open", "closed") else "",
        is_past=found.state == "prepared" and found.ends_on < clock.today(),
        records=history_of(found),
    )
    return render(request, "convening/papers_session.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_session(request: Request, organ: str, session: str) -> HttpResponse:
    """Write a session's facts anew."""
    found = access.session_to_keep(request.user, organ, session)
    form = SessionForm(request.POST or None, session=found, **_choices())
    if done(form, lambda **typed: services.change_session(found, by=request.user, **typed)):
        return redirect("convening:session", organ=organ, session=session)
    context = page_of(found, request.user, form=form)
    status = 422 if form.errors else 200
    return render(request, "convening/papers_session_facts.html", context, status=status)


@login_required
@require_POST
def open_session(request: Request, organ: str, session: str) -> HttpResponse:
    """The session sits from now on."""
    found = access.session_to_keep(request.user, organ, session)
    stated(
        request, lambda: services.open_session(found, by=request.user), _("The session is open.")
    )
    return redirect("convening:session", organ=organ, session=session)


@login_required
@require_POST
def session_held(request: Request, organ: str, session: str) -> HttpResponse:
    """A session of the past is entered as held."""
    found = access.session_to_keep(request.user, organ, session)
    stated(
        request,
        lambda: services.enter_as_held(found, by=request.user),
        _("The session is entered as held."),
    )
    return redirect("convening:session", organ=organ, session=session)


@login_required
@require_POST
def close_session(request: Request, organ: str, session: str) -> HttpResponse:
    """The session is over."""
    found = access.session_to_keep(request.user, organ, session)
    stated(
        request,
        lambda: services.close_session(found, by=request.user),
        _("The session is closed."),
    )
    return redirect("convening:session", organ=organ, session=session)
