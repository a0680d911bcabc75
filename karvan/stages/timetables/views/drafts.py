"""A draft from a version, locks in it, and throwing it away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, services


@login_required
@require_POST
def copy(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Open a new draft with everything where this version has it."""
    version = access.draft_to_run(request.user, edition, activity, number)
    draft = services.copy_as_draft(version, by=request.user)
    said = _("Version %(number)s is a draft now, as version %(from)s stands. Change it here.")
    messages.success(request, said % {"number": draft.number, "from": number})
    return _to_version(edition, activity, draft.number)


@login_required
@require_POST
def lock(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Lock or unlock the sessions named, or all of a day."""
    version = access.draft_to_run(request.user, edition, activity, number)
    placements = access.placements_named(
        version, request.POST.getlist("session"), request.POST.get("day", "")
    )
    is_locked = request.POST.get("locked") == "1"
    count = stated(
        request,
        lambda: services.lock_placements(placements, locked=is_locked, by=request.user),
    )
    if count is not None:
        said = ngettext("%(count)s session is locked.", "%(count)s sessions are locked.", count)
        if not is_locked:
            said = ngettext(
                "%(count)s session is unlocked.", "%(count)s sessions are unlocked.", count
            )
        messages.success(request, said % {"count": count})
    return _to_version(edition, activity, number, request.POST.get("back", ""))


@login_required
@require_POST
def throw_away(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Delete a draft."""
    draft = access.draft_to_run(request.user, edition, activity, number)
    said = _("Version %(number)s is thrown away.") % {"number": number}
    stated(request, lambda: services.throw_away(draft, by=request.user), said)
    return redirect("timetables:timetable", edition=edition, activity=activity)


def _to_version(edition: str, activity: str, number: int, back: str = "") -> HttpResponse:
    """The version's page, with the query it was left with if that is one."""
    query = back if back.startswith("?") else f"?version={number}"
    return redirect(reverse("timetables:timetable", args=[edition, activity]) + query)
