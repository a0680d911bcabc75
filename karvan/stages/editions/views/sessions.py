"""The sessions of an activity in an edition: added, taken from the library, moved, taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.document import REMOVED

from .. import access, queries, services
from ..forms import ReasonForm
from ..session_forms import LibraryForm, MoveSessionForm, NewSessionForm
from ..sessions import part_of, session_of, sessions_to_take, spans_of


@login_required
@require_GET
def sessions(request: Request, edition: str, activity: str) -> HttpResponse:
    """The sessions of an activity as they stand here, by day or week."""
    found = access.activity_for(request.user, edition, activity)
    document = queries.departed_document(found.edition)
    context = {
        "edition": found.edition,
        "activity": found,
        "spans": spans_of(document, activity, queries.supplied(found.edition)),
        "may_run": access.may_run(request.user, found.edition),
    }
    return render(request, "editions/sessions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def session(request: Request, edition: str, activity: str, session: str) -> HttpResponse:
    """One session: move it to another day, or take it away, with a reason."""
    found = access.activity_to_run(request.user, edition, activity)
    document = queries.departed_document(found.edition)
    shown = session_of(document, activity, session)
    is_move = request.POST.get("act") == "move"
    posted = request.POST or None
    move = MoveSessionForm(
        posted if is_move else None,
        activity=part_of(document, activity),
        initial={"place": shown.place},
    )
    leave = ReasonForm(None if is_move else posted)
    path = f"activities.{activity}.sessions.{session}"

    def moved(*, place: int, reason: str) -> object:
        at = f"{path}.{shown.key}"
        return services.depart(found.edition, path=at, after=place, reason=reason, by=request.user)

    def left(*, reason: str) -> object:
        return services.depart(
            found.edition, path=path, after=REMOVED, reason=reason, by=request.user
        )

    if posted and done(move if is_move else leave, moved if is_move else left):
        return redirect("editions:sessions", edition=edition, activity=activity)
    context = {"edition": found.edition, "activity": found, "one": shown, "move": move}
    status = 422 if move.errors or leave.errors else 200
    return render(request, "editions/session.html", {**context, "leave": leave}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def new_session(request: Request, edition: str, activity: str) -> HttpResponse:
    """Add a session of the edition's own."""
    found = access.activity_to_run(request.user, edition, activity)
    part = part_of(queries.departed_document(found.edition), activity)
    form = NewSessionForm(request.POST or None, activity=part)
    add = services.add_session
    if done(form, lambda **t: add(found.edition, activity=activity, by=request.user, **t)):
        return redirect("editions:sessions", edition=edition, activity=activity)
    context = {"edition": found.edition, "activity": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "editions/new_session.html", context, status=status)


@login_required
@require_GET
def session_library(request: Request, edition: str, activity: str) -> HttpResponse:
    """The sessions of all published blueprints, found by words, kind and length."""
    found = access.activity_to_run(request.user, edition, activity)
    form = LibraryForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    context = {
        "edition": found.edition,
        "activity": found,
        "form": form,
        "listed": sessions_to_take(access.versions_to_take_from(), asked),
    }
    return render(request, "editions/session_library.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def take_session(
    request: Request, edition: str, activity: str, version: int, of: str, session: str
) -> HttpResponse:
    """Copy one session of a published blueprint into this activity."""
    found = access.activity_to_run(request.user, edition, activity)
    source = access.version_to_take_from(version)
    shown = session_of(source.data, of, session)
    part = part_of(queries.departed_document(found.edition), activity)
    form = MoveSessionForm(request.POST or None, activity=part)
    named: dict[str, Any] = {
        "activity": activity,
        "version": source,
        "of": of,
        "session": session,
    }
    take = services.take_session
    taken = done(form, lambda **t: take(found.edition, by=request.user, **named, **t))
    if taken:
        if taken.left_out:
            words = _("Not carried over, since this activity has none of it: %(names)s")
            messages.warning(request, words % {"names": ", ".join(taken.left_out)})
        return redirect("editions:sessions", edition=edition, activity=activity)
    context = {"edition": found.edition, "activity": found, "one": shown, "form": form}
    status = 422 if form.errors else 200
    return render(
        request, "editions/take_session.html", {**context, "source": source}, status=status
    )
