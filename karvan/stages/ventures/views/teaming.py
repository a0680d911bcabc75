"""The screen on which teams are proposed and taken."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..wish_forms import TakenForm, TeamsForm


@login_required
@require_GET
def propose_teams(request: Request, edition: str) -> HttpResponse:
    """Balanced teams of those who have none. Writes nothing."""
    found = access.edition_to_run(request.user, edition)
    activities = access.activities_to_team(found)
    asked = "seed" in request.GET
    form = TeamsForm(
        request.GET if asked else None,
        initial=queries.teams_asked(found, activities.first()),
        activities=activities,
    )
    proposal = done(form, lambda **typed: services.propose_teams(**typed)) if asked else None
    values = {**request.GET.dict(), "sha256": proposal.sha256} if proposal else {}
    waiting = [(one, queries.without_team(one).count()) for one in activities]
    context = {
        "edition": found,
        "form": form,
        "proposal": proposal,
        "values": values,
        "waiting": waiting,
    }
    return render(request, "ventures/propose_teams.html", context)


@login_required
@require_POST
def take_teams(request: Request, edition: str) -> HttpResponse:
    """Form the teams that were shown."""
    found = access.edition_to_run(request.user, edition)
    form = TeamsForm(request.POST, activities=access.activities_to_team(found))
    shown = TakenForm(request.POST)
    if not (form.is_valid() and shown.is_valid()):
        messages.error(request, _("Propose teams first."))
        return redirect("ventures:propose_teams", edition=edition)
    given = {**form.cleaned_data, **shown.cleaned_data}
    said = _("The teams are formed. Give each team's project its record.")
    made = stated(request, lambda: services.take_teams(by=request.user, **given), said)
    return redirect("ventures:edition" if made else "ventures:propose_teams", edition=edition)
