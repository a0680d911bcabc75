"""Screens of the convocation: who is written to, the act, and the letters on paper."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation import clock
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..papers_pages import page_of
from ..papers_printed import convocation_paper
from ..queries.papers_guards import convocation_due, convocation_late_days, missing_to_convoke
from ..services.papers_convocation import addressees_of, convoke_session


@login_required
@require_http_methods(["GET", "POST"])
def convocation(request: Request, organ: str, session: str) -> HttpResponse:
    """Who would get a letter and who needs paper; posting writes the letters."""
    found = access.session_to_keep(request.user, organ, session)
    if request.method == "POST":
        listed = stated(request, lambda: convoke_session(found, by=request.user))
        if listed is not None:
            unreached = sum(not one.persons for one in listed)
            said = _("The members are convoked. On paper: %(count)d.") % {"count": unreached}
            messages.success(request, said)
            return redirect("convening:session", organ=organ, session=session)
        return redirect("convening:convocation", organ=organ, session=session)
    listed = addressees_of(found)
    context = page_of(
        found,
        request.user,
        reached=[one for one in listed if one.persons],
        unreached=[one.member for one in listed if not one.persons],
        letters=sum(len(one.persons) for one in listed),
        missing=missing_to_convoke(found) if found.state == "prepared" else [],
        due=convocation_due(found),
        late_days=convocation_late_days(found),
    )
    return render(request, "convening/papers_convocation.html", context)


@login_required
@require_GET
def convocation_sheet(request: Request, organ: str, session: str) -> HttpResponse:
    """The convocation to be printed: when, where, on what, and whom it goes to."""
    found = access.session_to_keep(request.user, organ, session)
    context = page_of(
        found,
        request.user,
        addressees=addressees_of(found),
        agenda=found.agendas.order_by("-number").first(),
    )
    return render(request, "convening/papers_convocation_sheet.html", context)


@login_required
@require_GET
def convocation_pdf(request: Request, organ: str, session: str) -> HttpResponse:
    """The letters as PDF, one page a member; ``?only=paper`` those nobody gets by e-mail."""
    found = access.session_to_keep(request.user, organ, session)
    listed = addressees_of(found)
    if request.GET.get("only") == "paper":
        listed = [one for one in listed if not one.persons]
    data = convocation_paper(
        found,
        listed,
        found.agendas.order_by("-number").first(),
        language=(get_language() or "en").split("-")[0],
        made_at=found.convoked_at or clock.now(),
    )
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-convocation.pdf"'
    return answer
