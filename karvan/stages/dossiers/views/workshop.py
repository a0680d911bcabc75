"""The room of a workshop: all teams at a glance, duties by day, marks and results."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from ..bench_forms import MarkForm
from ..errors import NotGiven
from ..models import Dossier, WorkshopMark
from ..services.judging import give_workshop_mark, take_results
from ..services.turns import change_turn, plan_turns
from ..workshop_pages import room_page


@login_required
@require_GET
def workshop(request: Request, edition: str, code: str) -> HttpResponse:
    """All dossiers of a workshop, as who teaches in it needs them."""
    found = access.workshop_to_teach(request.user, edition, code)
    return render(request, "dossiers/workshop.html", room_page(request.user, found))


@login_required
@require_POST
def plan(request: Request, edition: str, code: str) -> HttpResponse:
    """Give the duties out for all teams and days that have none."""
    found = access.workshop_to_teach(request.user, edition, code)
    given = stated(request, lambda: plan_turns(found, by=request.user))
    if given is not None:
        words = ngettext("%(n)s duty is given out.", "%(n)s duties are given out.", given)
        stated(request, lambda: given, words % {"n": given})
    return redirect("dossiers:workshop", edition=edition, code=code)


@login_required
@require_POST
def turn(request: Request, edition: str, pk: int) -> HttpResponse:
    """Let another member have a duty on a day."""
    found = access.dossier_to_teach(request.user, edition, pk)
    stated(request, lambda: _turned(request, found))
    return redirect("dossiers:workshop", edition=edition, code=found.activity.code)


def _turned(request: Request, found: Dossier) -> object:
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        pk = int(request.POST.get("member", ""))
    except ValueError:
        raise NotGiven(_("Say which day and who.")) from None
    member = access.member_of(found, pk)
    duty = request.POST.get("duty", "")
    return change_turn(found, on=on, duty=duty, member=member, by=request.user)


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: Request, edition: str, pk: int, part: str) -> HttpResponse:
    """Mark the measurement exercise, or the logbook and what peers say."""
    found = access.dossier_to_assess(request.user, edition, pk)
    if part not in WorkshopMark.Part.values:
        raise Http404
    known = found.workshop_marks.filter(part=part).first()
    form = MarkForm(request.POST or None, initial={"percent": known.percent if known else None})
    act = give_workshop_mark
    if done(form, lambda **typed: act(found, part=part, by=request.user, **typed)):
        return redirect("dossiers:workshop", edition=edition, code=found.activity.code)
    context = {
        "dossier": found,
        "edition": found.activity.edition,
        "form": form,
        "part": dict(WorkshopMark.Part.choices)[part],
    }
    return render(
        request, "dossiers/workshop_mark.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def results(request: Request, edition: str, code: str) -> HttpResponse:
    """Take the results of every team over to its members."""
    found = access.workshop_to_teach(request.user, edition, code)
    written = 0
    for one in access.dossiers_to_judge(request.user, found):
        written += stated(request, partial(take_results, one, by=request.user)) or 0
    words = ngettext("%(n)s result is taken over.", "%(n)s results are taken over.", written)
    stated(request, lambda: written, words % {"n": written})
    return redirect("dossiers:workshop", edition=edition, code=code)
