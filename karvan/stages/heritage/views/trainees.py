"""Hours under supervision: written by who learns, signed by who supervises, added up for all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import trainees as access
from ..forms.trainees import LEVELS, HoursForm, SigningForm
from ..models import RestorationProject
from ..projects_words import trade_word
from ..queries import trainees as queries
from ..services import trainees as services
from ..trainees_words import lacks_in_words, needed_in_words


@login_required
@require_http_methods(["GET", "POST"])
def hours(request: Request, code: str) -> HttpResponse:
    """The person's own hours, and a form for more; a supervisor is led to what waits."""
    project = access.project_with_hours(request.user, code)
    place = queries.own_place(request.user, project)
    if place is None:
        access.project_with_totals(request.user, code)
        return redirect("heritage:trainees", code)
    form = HoursForm(request.POST or None, project=project, initial={"on": clock.today()})
    if done(form, lambda **typed: services.log_hours(place, by=request.user, **typed)):
        stated(request, lambda: True, _("The hours wait for your supervisor's signature."))
        return redirect("heritage:hours", code)
    worked = queries.worked_by([place.pk]).get(place.pk, queries.Worked())
    assert project.activity is not None  # only projects with a course come here
    needed = queries.needed_of(project.activity)
    context = {
        "project": project,
        "form": form,
        "logs": list(queries.logs_of(place)),
        "worked": worked,
        "reached": worked.outputs(),
        "needed": needed,
        "needed_words": needed_in_words(needed),
        "has_enough": queries.has_enough(worked, needed),
        "levels": LEVELS,
    }
    return render(request, "heritage/hours.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_back(request: Request, code: str, pk: int) -> HttpResponse:
    """Take own hours back that nobody has signed."""
    log = access.own_log(request.user, code, pk)
    said = _("The hours are taken back.")
    stated(request, lambda: services.take_back_hours(log, by=request.user) or True, said)
    return redirect("heritage:hours", code)


@login_required
@require_http_methods(["GET", "POST"])
def signing(request: Request, code: str) -> HttpResponse:
    """What waits for the supervisor's signature: one or many lines, each with its level."""
    project = access.project_to_supervise(request.user, code)
    form = SigningForm(request.POST or None)
    signed = done(form, lambda levels: services.sign_hours(project, levels=levels, by=request.user))
    if signed:
        said = ngettext("Signed: %(many)s line.", "Signed: %(many)s lines.", len(signed))
        stated(request, lambda: True, said % {"many": len(signed)})
        return redirect("heritage:signing", code)
    chosen = form.chosen() if request.method == "POST" else {}
    context = {
        "project": project,
        "form": form,
        "lines": [
            {"row": one, "is_chosen": one.pk in chosen, "level": chosen.get(one.pk, 0)}
            for one in queries.waiting_for(request.user, project)
        ],
        "levels": LEVELS,
    }
    return render(request, "heritage/signing.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def trainees(request: Request, code: str) -> HttpResponse:
    """Everybody who learns on the project: hours, elements, levels, and what lacks."""
    project = access.project_with_totals(request.user, code)
    return render(request, "heritage/trainees.html", totals_context(project))


def totals_context(project: RestorationProject) -> dict[str, Any]:
    """The totals of a project's participants as the page shows them."""
    assert project.activity is not None  # only projects with a course come here
    lines = queries.totals_of(project)
    return {
        "project": project,
        "lines": [
            {
                **one,
                "lacking": lacks_in_words(one["lacks"]),
                "trade": trade_word(one["worked"].trade),
            }
            for one in lines
        ],
        "needed_words": needed_in_words(queries.needed_of(project.activity)),
        "enough": sum(one["has_enough"] for one in lines),
        "levels": LEVELS,
    }
