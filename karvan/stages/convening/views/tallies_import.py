"""Roll calls are imported: two tables are read, shown with their doubts, and taken over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.models import StoredFile
from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import tallies_tasks
from ..access import reached
from ..access import tallies as access
from ..forms.tallies import TablesForm, TakeTablesForm
from ..models import Organ
from ..services import tallies as services
from ..services import tallies_importing as importing
from ..services.tallies_asking import doubt_states
from ..services.tallies_doubts import doubts_kept
from ..tallies_shown import IMPORT_MARKS, doubt_lines


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
        "is_large": not importing.is_small(first),
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
    if not importing.is_small(first):
        return _asked(request, body, form, first, second)
    taken = done(
        form,
        lambda **typed: services.take_roll_calls(
            body,
            services.read_tables(first, second),
            source=first.name,
            by=request.user,
            **typed,
        ),
    )
    if taken is None:
        return _refused(request, body, form, first, second)
    said = _("Votes taken over: %(votes)d. Already here: %(known)d.")
    messages.success(request, said % {"votes": taken.votes, "known": taken.known})
    return redirect("convening:tallies", organ)


@login_required
@require_GET
def taking(request: Request, organ: str, pk: int) -> HttpResponse:
    """How far large tables have been taken over, what was doubtful, and what came of them."""
    body = reached.organ_to_run(request.user, organ)
    one = access.import_of(body, pk)
    is_stuck = importing.is_stuck(one)
    context = {
        "organ": body,
        "imported": one,
        "mark": IMPORT_MARKS[one.state],
        "waits": one.waits and not is_stuck,
        "is_stuck": is_stuck,
        "may_ask_again": is_stuck or one.state == one.State.FAILED,
        "reason": in_language(one.reason),
        "doubts": doubt_lines(doubts_kept(one.doubts)),
    }
    return render(request, "convening/tallies_taking.html", context)


@login_required
@require_POST
def take_again(request: Request, organ: str, pk: int) -> HttpResponse:
    """Go on with tables whose import broke off or stands still."""
    body = reached.organ_to_run(request.user, organ)
    one = access.import_of(body, pk)
    again = stated(request, lambda: importing.ask_import_again(one, by=request.user))
    if again is not None:
        tallies_tasks.run_import.enqueue(one.pk)
    return redirect("convening:tallies_taking", organ, pk)


def _asked(
    request: Request, body: Organ, form: TakeTablesForm, votes: StoredFile, calls: StoredFile | None
) -> HttpResponse:
    """Leave large tables to the worker, once, and show how far it comes."""
    asked = done(
        form,
        lambda **typed: importing.ask_import(
            body, votes=votes, calls=calls, by=request.user, **typed
        ),
    )
    if asked is None:
        return _refused(request, body, form, votes, calls)
    one, is_new = asked
    if is_new:
        tallies_tasks.run_import.enqueue(one.pk)
    return redirect("convening:tallies_taking", body.code, one.pk)


def _refused(
    request: Request, body: Organ, form: TakeTablesForm, votes: StoredFile, calls: StoredFile | None
) -> HttpResponse:
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("convening:tallies_preview", body.code, votes.pk, calls.pk if calls else 0)
