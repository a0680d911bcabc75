"""The indicators of a programme or an edition, and the records behind each."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation import clock
from karvan.foundation.ui import formats
from karvan.foundation.ui.registers import Filter, Register
from karvan.foundation.web.requests import Request

from .. import access, papers
from ..grids import figure_grids
from ..queries.departing import departed, departed_of
from ..queries.indicators import Figure, design_of, figure_of, indicators
from ..rebased import Beside, beside
from ..services import make_report
from ..shown import shown_figures
from ..shown_departures import edition_address
from ..wording import title_of
from .columns import columns_for


@login_required
@require_GET
def programme_indicators(request: Request, programme: str) -> HttpResponse:
    """The indicators of all editions of a programme together."""
    found = access.programme_to_read(request.user, programme)
    report = departed(access.editions_of(found))
    url = reverse("reports:departures", args=[found.code])
    return _figures_page(request, found.scope, str(found), beside(report, url))


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The report of one edition."""
    found = access.edition_to_report(request.user, edition)
    may_open = access.may_open_rows(request.user, found.scope)
    url = edition_address(found) if may_open else ""
    return _figures_page(request, found.scope, str(found), beside(departed_of(found), url))


@login_required
@require_GET
def rows(request: Request, scope: str, key: str) -> HttpResponse:
    """The records behind one figure; the filters hold exactly what the figure counts."""
    access.scope_to_read(request.user, scope)
    figure = figure_of(scope, key)
    if figure is None or figure.rows is None:
        raise Http404
    register = _rows_register(request, figure)
    if register.wants_file:
        return register.file()
    context = {"figure": figure, "title": title_of(figure), "scope": scope, "register": register}
    return render(request, "reports/rows.html", context)


@login_required
@require_POST
def keep(request: Request, scope: str) -> HttpResponse:
    """Keep the figures of a scope as they stand."""
    access.scope_to_keep(request.user, scope)
    made = make_report(scope, by=request.user)
    messages.success(request, _("The figures are kept as they stood at this moment."))
    return redirect("reports:report", pk=made.pk)


def _figures_page(request: Request, scope: str, title: str, compared: Beside) -> HttpResponse:
    now = clock.now()
    document, figures = design_of(scope), indicators(scope, as_of=now)
    asked = request.GET.get("format", "")
    name = f"indicators-{scope.replace('/', '-')}"
    if asked == "xlsx":
        return papers.workbook(figure_grids(figures, document), name=name, made_at=now)
    if asked == "pdf":
        under = _("Indicators, as of %(day)s") % {"day": formats.date_in_words(clock.today())}
        grids = figure_grids(figures, document)
        return papers.pdf(grids, title=title, under=under, name=name, made_at=now)
    may_open = access.may_open_rows(request.user, scope)
    context = {
        "title": title,
        "scope": scope,
        "figures": shown_figures(figures, document, scope, compared, may_open=may_open),
        "may_keep": access.may_keep(request.user, scope),
        "may_open": may_open,
        "today": clock.today(),
    }
    return render(request, "reports/indicators.html", context)


def _rows_register(request: Request, figure: Figure) -> Register:
    assert figure.rows is not None
    columns, address, related, left_out = columns_for(figure.rows.model)
    return Register(
        request,
        figure.rows.select_related(*related).defer(*left_out),
        columns,
        name=f"rows-{figure.key.lower()}",
        caption=title_of(figure),
        filters=[
            Filter(one.key, one.title, one.where) for one in figure.slices if one.key != "all"
        ],
        row_url=address,
        empty_title=_("No record yet"),
        empty_text=_("The records that this figure counts will be listed here."),
    )
