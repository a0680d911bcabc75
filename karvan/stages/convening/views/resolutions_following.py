"""What follows from paragraphs, and the list of those from which nothing does."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import runs, session_for
from ..forms.resolutions import FollowForm, NoFollowForm
from ..models import ResolutionParagraph
from ..queries.resolutions_pages import not_followed_up
from ..services.resolutions_following import follow_up, say_no_follow_up


@login_required
@require_http_methods(["GET", "POST"])
def follow(request: Request, organ: str, session: str, pk: int, paragraph: int) -> HttpResponse:
    """Make a commitment of a paragraph."""
    found = access.paragraph_to_follow(request.user, organ, session, pk, paragraph)
    form = FollowForm(request.POST or None, initial={"owner": found.owner, "due_on": found.due_on})
    made = done(form, lambda **typed: follow_up(found, by=request.user, **typed))
    if made:
        stated(request, lambda: made, _("The paragraph is commitment %(code)s.") % {"code": made.code})  # fmt: skip
        return redirect("convening:resolution", organ, session, pk)
    return _page(request, found, 422 if form.errors else 200, form=form)


@login_required
@require_POST
def leave(request: Request, organ: str, session: str, pk: int, paragraph: int) -> HttpResponse:
    """Say why nothing follows from a paragraph."""
    found = access.paragraph_to_follow(request.user, organ, session, pk, paragraph)
    form = NoFollowForm(request.POST)
    if done(form, lambda reason: say_no_follow_up(found, reason=reason, by=request.user)):
        return redirect("convening:not_followed_up", organ, session)
    return _page(request, found, 422, leave_form=form)


@login_required
@require_GET
def waiting(request: Request, organ: str, session: str) -> HttpResponse:
    """The operative paragraphs that nobody has taken on."""
    found = session_for(request.user, organ, session)
    context = {
        "session": found,
        "paragraphs": not_followed_up(found),
        "is_run": runs(request.user, found),
    }
    return render(request, "convening/resolutions_waiting.html", context)


def _page(request: Request, found: ResolutionParagraph, status: int, **forms: Any) -> HttpResponse:
    context = {
        "session": found.resolution.session,
        "resolution": found.resolution,
        "paragraph": found,
        "form": FollowForm(initial={"owner": found.owner, "due_on": found.due_on}),
        "leave_form": NoFollowForm(initial={"reason": found.no_follow_up}),
        **forms,
    }
    return render(request, "convening/resolutions_follow.html", context, status=status)
