"""Screens of agendas as a whole: numbering, issuing, what differs, and what is printed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.texts import languages
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..forms.papers_items import IssueForm
from ..papers_pages import page_of
from ..papers_printed import agenda_paper
from ..queries import papers_agendas as queries
from ..services import papers_issuing as services


@login_required
@require_POST
def number_anew(request: Request, organ: str, session: str) -> HttpResponse:
    """Number all items by their places."""
    found = access.session_to_keep(request.user, organ, session)
    changed = stated(request, lambda: services.number_items_anew(found, by=request.user))
    if changed is not None:
        messages.success(request, _("Numbers changed: %(count)d.") % {"count": changed})
    return redirect("convening:agenda", organ=organ, session=session)


@login_required
@require_POST
def issue(request: Request, organ: str, session: str) -> HttpResponse:
    """Issue the agenda as it stands."""
    found = access.session_to_keep(request.user, organ, session)
    form = IssueForm(request.POST)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    made = stated(request, lambda: services.issue_agenda(found, kind=kind, by=request.user))
    if made:
        said = _("Agenda %(number)d is issued: %(kind)s.")
        values = {"number": made.number, "kind": made.get_kind_display()}
        messages.success(request, said % values)
    return redirect("convening:agenda", organ=organ, session=session)


@login_required
@require_GET
def differences(request: Request, organ: str, session: str) -> HttpResponse:
    """Where two issued agendas differ; by default the last two."""
    found = access.session_to_read(request.user, organ, session)
    issued = list(found.agendas.order_by("number"))
    earlier, later = queries.pair_asked(issued, request.GET)
    shown = queries.differences(earlier, later) if earlier and later else []
    context = page_of(
        found, request.user, issued=issued, earlier=earlier, later=later, differences=shown
    )
    return render(request, "convening/papers_differences.html", context)


@login_required
@require_GET
def sheet(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """An agenda as it was issued, in two languages side by side, to be printed."""
    made = access.agenda_in(request.user, organ, session, number)
    first, other = _pair(request)
    context = page_of(
        made.session, request.user, agenda=made, first=first, other=other, codes=languages()
    )
    return render(request, "convening/papers_agenda_sheet.html", context)


@login_required
@require_GET
def pdf(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """An agenda as PDF in the language of the page and another."""
    made = access.agenda_in(request.user, organ, session, number)
    first, other = _pair(request)
    data = agenda_paper(made, first=first, other=other)
    answer = HttpResponse(data, content_type="application/pdf")
    name = f"{made.session.slug}-agenda-{made.number}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_GET
def order(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """The order of the day: the items of one sitting, with their papers, to be printed."""
    sitting = access.sitting_in(request.user, organ, session, number)
    documents = access.documents_for(request.user, sitting.session).order_by("symbol")
    rows = queries.order_of(sitting, documents.filter(issued_at__isnull=False))
    context = page_of(sitting.session, request.user, sitting=sitting, rows=rows)
    return render(request, "convening/papers_order.html", context)


def _pair(request: Request) -> tuple[str, str]:
    """The language of the page, and the one to set beside it."""
    first = (get_language() or "en").split("-")[0]
    asked = request.GET.get("beside", "")
    return first, asked if asked in languages() else ("ar" if first != "ar" else "en")
