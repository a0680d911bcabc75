"""An author's own paper, by the secret address of the abstract. No account is needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.web.posting import stated

from ..access import symposium_reached as access
from ..queries.programme_published import placement_of
from ..services.symposium_deciding import withdraw_paper
from ..symposium_states import MARKS, word_of


@never_cache
@require_GET
def own_paper(request: HttpRequest, token: str) -> HttpResponse:
    """Where the paper stands: its decision, when and where it is given, how to take it back."""
    paper = access.paper_by_token(token)
    told = paper.told_at is not None or paper.state == "withdrawn"
    context = {
        "paper": paper,
        "token": token,
        "activity": paper.symposium.activity,
        "zone": paper.symposium.activity.edition.time_zone,
        "told": told,
        "mark": MARKS[paper.state] if told else "waiting",
        "word": word_of(paper) if told else _("Being read"),
        "given": placement_of(paper),
    }
    return render(request, "convening/symposium_own.html", context)


@require_POST
def withdraw_own(request: HttpRequest, token: str) -> HttpResponse:
    """Take the own paper back."""
    paper = access.paper_by_token(token)
    reason = request.POST.get("reason", "")[:2000]
    if stated(request, lambda: withdraw_paper(paper, reason=reason)):
        messages.success(request, _("Your paper was taken back."))
    return redirect("convening:own_paper", token=token)
