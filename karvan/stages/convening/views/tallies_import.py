"""Roll calls are imported: two tables are read, shown with their doubts, and taken over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import tallies_tasks
from ..access import reached
from ..access import tallies as access
from ..forms.tallies import TablesForm, TakeTablesForm
from ..services import tallies as services
from ..services.tallies_asking import doubt_states
from ..tallies_shown import doubt_lines

# More votes than this are taken by the worker: nobody waits for a page that long.
AT_ONCE = 60_000


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: Request, organ: str) -> HttpResponse:
    """Choose the tables; they are read and shown, and nothing changes yet."""
    body = reached.organ_to_run(request.user, organ)
    form = TablesForm(request.POST or None, request.FILES or None)
    kept = done(form, lambda **typed: services.keep_tables(body, by=request.user, **typed))
    if kept:
        votes, calls = kept
        return redirect("convening:tallies_preview", organ, votes.pk, calls.pk if calls else 0)
    status = 422 if form.is_bound else 200
    context = {"organ": body, "form": form}
    return render(request, "convening/tallies_import.html", context, status=status)


@login_required
@require_GET
def preview(request: Request, organ: str, votes: int, calls: int) -> HttpResponse:
    """What the tables say, what is doubtful, and what would be made of them."""
    body = reached.organ_to_run(request.user, organ)
    first = access.table_of(body, votes)
    second = access.table_of(body, calls) if calls else None
    reading = services.read_tables(first, second)
    doubt_states(body, reading)
    context = {
        "organ": body,
        "votes": first,
        "calls": second,
        "reading": reading,
        "total": len(reading.votes_call),
        "sessions": len({call.session for call in reading.calls if call.session}),
        "doubts": doubt_lines(reading.doubts),
        "first": reading.calls[:5],
        "is_large": len(reading.votes_call) > AT_ONCE,
        "form": TakeTablesForm(
            initial={
                "requirement": body.majorities.get("default", "simple"),
                "language": get_language(),
            }
        ),
    }
    return render(request, "convening/tallies_preview.html", context)


@login_required
@require_POST
def take(request: Request, organ: str, votes: int, calls: int) -> HttpResponse:
    """Take the tables over: at once, or by the worker where they are large."""
    body = reached.organ_to_run(request.user, organ)
    first = access.table_of(body, votes)
    second = access.table_of(body, calls) if calls else None
    form = TakeTablesForm(request.POST)
    reading = services.read_tables(first, second)
    if form.is_valid() and len(reading.votes_call) > AT_ONCE:
        typed = form.cleaned_data
        tallies_tasks.take_tables.enqueue(body.pk, first.pk, calls, typed, request.user.pk)
        messages.success(
            request, _("The votes are being taken over; they appear here when it is done.")
        )
        return redirect("convening:tallies", organ)
    taken = done(
        form,
        lambda **typed: services.take_roll_calls(
            body, reading, source=first.name, by=request.user, **typed
        ),
    )
    if taken is None:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("convening:tallies_preview", organ, votes, calls)
    said = _("Votes taken over: %(votes)d. Already here: %(known)d.")
    messages.success(request, said % {"votes": taken.votes, "known": taken.known})
    return redirect("convening:tallies", organ)
