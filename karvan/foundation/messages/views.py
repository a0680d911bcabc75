"""The outbox: a register of letters, each a record with its text and its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from karvan.foundation.errors import RuleBroken
from karvan.foundation.people.models import Person
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import language_name
from karvan.foundation.ui.registers import Column, Filter, Register

from . import access, queries, services
from .models import Message

MARKS = {
    "held": "locked",
    "queued": "open",
    "sending": "in_progress",
    "sent": "done",
    "failed": "late",
    "uncertain": "unknown",
    "cancelled": "dropped",
}
COLUMNS = [
    Column("subject", _("Subject"), sort="subject"),
    # Sorted by what is shown: the order of hidden addresses would give them away.
    Column("to", _("To"), "shown_to", sort="shown_to"),
    Column(
        "state",
        _("State"),
        lambda letter: MARKS[letter.state],
        kind="state",
        sort="state",
        word=lambda letter: letter.get_state_display(),
    ),
    Column(
        "language", _("Language"), lambda letter: language_name(letter.language), sort="language"
    ),
    Column("written", _("Written"), "created_at", kind="moment", sort="created_at"),
    Column("sent", _("Sent"), "sent_at", kind="moment", sort="sent_at"),
    Column("scope", _("Where"), sort="scope", shown=False),
    Column("kind", _("Kind"), sort="kind", shown=False),
    Column(
        "problem",
        _("Problem"),
        lambda letter: "" if letter.is_withheld else letter.problem,
        shown=False,
    ),
]
FILTERS = [
    Filter("look", _("Need a look"), Q(state__in=["failed", "uncertain"])),
    Filter("held", _("Held"), Q(state="held")),
    Filter("waiting", _("Waiting"), Q(state__in=["queued", "sending"])),
    Filter("sent", _("Sent"), Q(state="sent")),
]


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All letters of what this person runs, newest first."""
    register = Register(
        request,
        access.letters_of(_person(request)),
        COLUMNS,
        name="letters",
        caption=_("Letters"),
        order=("-created_at",),
        filters=FILTERS,
        search=queries.found,
        row_url=lambda letter: reverse("letters:letter", args=[letter.pk]),
        empty_title=_("No letter has been written yet"),
        empty_text=_("Receipts, invitations and offers appear here as they are written."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "letters/outbox.html", {"register": register})


@login_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as its reader sees it, with what may still be done."""
    message = access.letter(_person(request), pk)
    return render(
        request,
        "letters/letter.html",
        {"letter": message, "mark": MARKS[message.state], "records": history_of(message)},
    )


@login_required
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it back."""
    return _act(request, pk, services.hold_message)


@login_required
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Release it, or send it once more when it failed or is uncertain."""
    held = access.letter(_person(request), pk).state == Message.State.HELD
    return _act(request, pk, services.release_held if held else services.send_again)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Never send it."""
    return _act(request, pk, services.cancel_message)


def _act(request: HttpRequest, pk: int, act: Callable[..., Any]) -> HttpResponse:
    person = _person(request)
    message = access.letter(person, pk)
    try:
        act(message, by=person)
    except RuleBroken as broken:
        notices.error(request, str(broken))
    return redirect("letters:letter", pk=message.pk)


def _person(request: HttpRequest) -> Person:
    """Who asks; ``login_required`` has let nobody else in."""
    assert isinstance(request.user, Person)
    return request.user
