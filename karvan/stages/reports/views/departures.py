"""The departures report: of a programme with its matrix of editions by parts, and of one edition."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from karvan.foundation import clock
from karvan.foundation.web.requests import Request

from .. import access, papers
from ..departure_grids import day_of, departure_grids, list_grid
from ..queries.departing import Departed, departed, departed_of, rebases_of
from ..rebased import shown_rebases
from ..shown_departures import shown_compared, shown_departures, shown_matrix, summary


@login_required
@require_GET
def departures(request: Request, programme: str) -> HttpResponse:
    """Every departure of a programme's editions, the matrix, and how far figures compare."""
    found, editions = access.programme_and_editions(request.user, programme)
    report = departed(editions)
    name = f"departures-{found.code}"
    file = _file(request, report, title=str(found), name=name)
    if file is not None:
        return file
    heads, rows = shown_matrix(report)
    context = {
        "programme": found,
        "report": report,
        "summary": summary(report),
        "heads": heads,
        "rows": rows,
        "listed": shown_departures(report.rows),
        "compared": shown_compared(report),
        "rebases": shown_rebases(rebases_of(report.editions)),
        "today": clock.today(),
    }
    return render(request, "reports/departures.html", context)


@login_required
@require_GET
def departures_edition(request: Request, programme: str, edition: str) -> HttpResponse:
    """The departures of one edition, and what they do to its figures."""
    found = access.edition_of_programme(request.user, programme, edition)
    report = departed_of(found)
    name = f"departures-{found.slug}"
    file = _file(request, report, title=str(found), name=name)
    if file is not None:
        return file
    context = {
        "edition": found,
        "report": report,
        "summary": summary(report),
        "listed": shown_departures(report.rows),
        "compared": shown_compared(report),
        "rebases": shown_rebases(rebases_of(report.editions)),
        "may_read_all": access.may_open_rows(request.user, found.programme.scope),
        "today": clock.today(),
    }
    return render(request, "reports/departures_edition.html", context)


def _file(request: Request, report: Departed, **named: Any) -> HttpResponse | None:
    """The file that was asked for, or None."""
    asked, now = request.GET.get("format", ""), clock.now()
    if asked == "csv":
        return papers.table_csv(list_grid(report), name=named["name"], made_at=now)
    if asked == "xlsx":
        return papers.workbook(departure_grids(report), name=named["name"], made_at=now)
    if asked == "pdf":
        under = day_of(report, clock.today())
        grids = departure_grids(report)
        return papers.pdf(grids, under=under, made_at=now, note=summary(report), **named)
    return None
