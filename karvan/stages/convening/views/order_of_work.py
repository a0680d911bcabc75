"""The screen on which all sittings of a session are laid out at once, looked at, and planned."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from karvan.foundation.ui.formats import number
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access.reached import session_to_run
from ..forms.order_of_work import OrderOfWorkForm
from ..services.order_of_work import keeps_prayer, lay_out_work, plan_work, replaced


@login_required
@require_http_methods(["GET", "POST"])
def order_of_work(request: Request, organ: str, session: str) -> HttpResponse:
    """Lay out the items of the agenda in sittings; with ``act=plan`` also plan them."""
    found = session_to_run(request.user, organ, session)
    form = OrderOfWorkForm(request.POST or None, session=found)
    laid = done(form, lambda **_typed: lay_out_work(found, **form.asked()))
    if laid and request.POST.get("act") == "plan":
        said = ngettext(
            "%(count)s sitting is planned.", "%(count)s sittings are planned.", len(laid)
        ) % {"count": number(len(laid))}
        if stated(request, lambda: plan_work(found, laid, by=request.user), said):
            return redirect("convening:sittings", organ, session)
    context = {
        "session": found,
        "form": form,
        "laid": laid,
        "replaced": replaced(found).count(),
        "keeps_prayer": keeps_prayer(found),
    }
    status = 422 if form.errors else 200
    return render(request, "convening/order_of_work.html", context, status=status)
