"""The edition's design as a text: read, weighed, and taken as departures."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.document import REMOVED, human_title
from karvan.stages.blueprints.document.writing import in_lines

from .. import access, queries, services
from ..design import differing_under, part_to_write
from ..forms import DesignForm
from ..models import Edition


@login_required
@require_http_methods(["GET", "POST"])
def design(request: Request, edition: str) -> HttpResponse:
    """The whole design as YAML, or with ``?under=`` one part: look, check what differs, save."""
    found = access.edition_to_run(request.user, edition)
    under = request.GET.get("under", "")
    present = queries.as_written(found, queries.departed_document(found))
    part = part_to_write(present, under)
    if part is REMOVED:
        raise Http404
    first = {"source": in_lines(part), "base": queries.design_token(found)}
    form = DesignForm(request.POST or None, initial=first, lines=first["source"].count("\n"))
    if request.POST.get("act") == "save" and _taken(request, found, under, form):
        return redirect(f"{reverse('editions:parts', args=[edition])}?under={under}")
    context = {
        "edition": found,
        "under": under,
        "title": human_title(present, under) if under else _("The whole design"),
        "form": form,
        "differing": differing_under(found.blueprint.data, present, under),
        "settled": _settled(request),
        "weighed": _weighed(request, found, under, form),
        "is_check": request.POST.get("act") == "check",
    }
    status = 422 if form.errors else 200
    return render(request, "editions/design.html", context, status=status)


def _taken(request: Request, edition: Edition, under: str, form: DesignForm) -> bool:
    """True once the text has become departures, which the next page then says."""
    made = done(
        form,
        lambda **typed: services.depart_by_text(
            edition, under=under, by=request.user, settled=_settled(request), **typed
        ),
    )
    if made:
        words = ngettext(
            "%(count)s departure was written.", "%(count)s departures were written.", len(made)
        )
        messages.success(request, words % {"count": len(made)})
    return bool(made)


def _weighed(
    request: Request, edition: Edition, under: str, form: DesignForm
) -> services.Weighed | None:
    """What the text sent would do; None where none was sent, or none that can be weighed."""
    if request.method != "POST":
        return None
    if request.POST.get("act") != "save":
        form.errors.pop("reason", None)  # a look needs none
    typed = {key: request.POST.get(key, "") for key in ("source", "base")}
    try:
        return services.weigh_text(edition, under=under, settled=_settled(request), **typed)
    except RuleBroken as broken:
        if not form.errors:
            form.add_error(None, str(broken))
        return None


def _settled(request: Request) -> dict[str, str]:
    """What was chosen where two people changed one part: "stands:PATH" → "mine" or "theirs"."""
    return {
        key.removeprefix("stands:"): value
        for key, value in request.POST.items()
        if key.startswith("stands:") and isinstance(value, str)
    }
