"""The promise ledger: on the screen, side by side on paper, as PDF and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation import clock
from karvan.foundation.ui import formats
from karvan.foundation.web.requests import Request
from karvan.stages.agreements.access import may_read
from karvan.stages.agreements.models import Commitment

from .. import access, papers
from ..grids import ledger_grids
from ..queries.ledger import ledger as ledger_of
from ..queries.lines import MARKS
from ..services import make_ledger_report
from ..shown import shown_counts, shown_lines, spoken


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose promises a ledger shows: its title, where it comes from, how to keep it."""

    title: str
    name: str
    back: str = ""
    keep: str = ""


@login_required
@require_GET
def ledger(request: Request) -> HttpResponse:
    """What became of every promise the person may read."""
    may_read(request.user)
    rows = access.commitments_for(request.user)
    return _ledger_page(request, rows, Subject(_("All promises"), "ledger"))


@login_required
@require_GET
def ledger_meeting(request: Request, code: str) -> HttpResponse:
    """What became of the promises made in one meeting."""
    meeting, rows = access.meeting_for(request.user, code)
    back = reverse("agreements:consultation", args=[code])
    may_keep = access.may_keep(request.user, meeting.scope)
    keep = reverse("reports:keep_meeting", args=[code]) if may_keep else ""
    return _ledger_page(request, rows, Subject(str(meeting), f"ledger-{code}", back, keep))


@login_required
@require_GET
def ledger_agreement(request: Request, code: str) -> HttpResponse:
    """What became of the promises of one agreement."""
    agreement, rows = access.agreement_and_promises(request.user, code)
    back = reverse("agreements:agreement", args=[code])
    may_keep = access.may_keep(request.user, agreement.scope)
    keep = reverse("reports:keep_agreement", args=[code]) if may_keep else ""
    return _ledger_page(request, rows, Subject(str(agreement), f"ledger-{code}", back, keep))


@login_required
@require_POST
def keep_meeting(request: Request, code: str) -> HttpResponse:
    """Keep the ledger of a meeting as it stands."""
    meeting, rows = access.meeting_for(request.user, code)
    access.require_keeping(request.user, meeting.scope)
    made = make_ledger_report(rows, subject=code, scope=meeting.scope, by=request.user)
    return redirect("reports:report", pk=made.pk)


@login_required
@require_POST
def keep_agreement(request: Request, code: str) -> HttpResponse:
    """Keep the ledger of an agreement as it stands."""
    agreement, rows = access.agreement_and_promises(request.user, code)
    access.require_keeping(request.user, agreement.scope)
    made = make_ledger_report(rows, subject=code, scope=agreement.scope, by=request.user)
    return redirect("reports:report", pk=made.pk)


def _ledger_page(request: Request, rows: QuerySet[Commitment], subject: Subject) -> HttpResponse:
    asked = request.GET.get("format", "")
    if asked == "print":
        return _side_by_side(request, rows, subject)
    found = ledger_of(rows)
    now = clock.now()
    if asked == "xlsx":
        return papers.workbook(ledger_grids(found), name=subject.name, made_at=now)
    if asked == "pdf":
        under = _("Promise ledger, as of %(day)s") % {"day": formats.date_in_words(found.as_of)}
        return papers.pdf(
            ledger_grids(found), title=subject.title, under=under, name=subject.name, made_at=now
        )
    mark = request.GET.get("mark", "")
    mark = mark if mark in MARKS else ""
    context = {
        "subject": subject,
        "ledger": found,
        "total": len(found.lines),
        "lines": shown_lines(found, mark),
        "counts": shown_counts(found, request.path, mark),
        "mark": mark,
        "beside": _beside(request),
    }
    return render(request, "reports/ledger.html", context)


def _side_by_side(request: Request, rows: QuerySet[Commitment], subject: Subject) -> HttpResponse:
    first, other = (get_language() or "en").split("-")[0], _beside(request)
    pairs = list(zip(spoken(rows, first), spoken(rows, other), strict=True))
    context = {
        "subject": subject,
        "pairs": pairs,
        "first": first,
        "other": other,
        "today": clock.today(),
    }
    return render(request, "reports/ledger_print.html", context)


def _beside(request: Request) -> str:
    """The second language: the one asked for, else Arabic, beside Arabic English."""
    own = (get_language() or "en").split("-")[0]
    asked = request.GET.get("beside", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return "en" if own == "ar" else "ar"
