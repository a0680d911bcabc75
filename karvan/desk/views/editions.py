"""An edition is called off in every stage at once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import CancelForm
from ..queries.cancelling import consequences_of


@login_required
@require_http_methods(["GET", "POST"])
def cancel_edition(request: Request, edition: str) -> HttpResponse:
    """Say first what will happen and to how many; a post with ``sure`` does it."""
    found = access.edition_to_cancel(request.user, edition)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and "sure" in request.POST:
        act = done(form, lambda **typed: services.cancel_edition(found, by=request.user, **typed))
        if act:
            messages.success(request, _("The edition is cancelled."))
            return redirect("editions:edition", edition=found.slug)
    context = {
        "edition": found,
        "is_over": found.state in services.OVER,
        "form": form,
        "will": consequences_of(found, by=request.user),
    }
    wrong = request.method == "POST" and "sure" in request.POST
    return render(request, "desk/cancel_edition.html", context, status=422 if wrong else 200)
