"""Reports that were made, to be opened again as they were."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui import formats
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.requests import Request

from .. import access, papers
from ..grids import from_words
from ..services import is_as_kept

COLUMNS = (
    Column("kind", gettext_lazy("Report"), value="get_kind_display", sort="kind"),
    Column("of", gettext_lazy("Of"), value=lambda report: report.subject or report.scope),
    Column("as_of", gettext_lazy("As of"), kind="moment", sort="as_of"),
    Column("made_by", gettext_lazy("Made by"), kind="name"),
)


@login_required
@require_GET
def reports(request: Request) -> HttpResponse:
    """The reports made so far."""
    register = Register(
        request,
        access.reports_for(request.user),
        COLUMNS,
        name="reports",
        caption=_("Reports"),
        order=("-as_of",),
        row_url=lambda report: reverse("reports:report", args=[report.pk]),
        empty_title=_("No report yet"),
        empty_text=_("A report keeps figures as they stood. Make one from a page of indicators."),
        empty_url=reverse("reports:board"),
        empty_label=_("To the board"),
    )
    if register.wants_file:
        return register.file()
    return render(request, "reports/reports.html", {"register": register})


@login_required
@require_GET
def report(request: Request, pk: int) -> HttpResponse:
    """One report, as it was when it was made."""
    found = access.report_for(request.user, pk)
    grids = from_words(found.data["tables"])
    asked = request.GET.get("format", "")
    name = f"report-{found.pk}"
    if asked == "xlsx":
        return papers.workbook(grids, name=name, made_at=found.as_of)
    if asked == "pdf":
        under = formats.datetime_in_words(found.as_of)
        title = f"{found.get_kind_display()} · {found.subject or found.scope}"
        return papers.pdf(
            grids, title=title, under=under, name=name, made_at=found.as_of, note=found.sha256
        )
    context = {
        "report": found,
        "grids": grids,
        "is_as_kept": is_as_kept(found),
        "records": history_of(found),
    }
    return render(request, "reports/report.html", context)
