"""The board of countries by stages: as itself, as a table, as a Gantt chart, as a map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karvan.foundation import clock
from karvan.foundation.web.requests import Request

from .. import access, listing
from ..lanes import PERIODS, gantt_of
from ..queries.board import Board
from ..queries.board import board as board_of
from ..routes import routes_of
from ..shown import FORMS, as_form, form_links, period_links, shown_board


@login_required
@require_GET
def board(request: Request, programme: str = "") -> HttpResponse:
    """Every edition the person reaches against every stage, of one programme or of all."""
    programmes = access.programmes_on_board(request.user)
    chosen = next((one for one in programmes if one.code == programme), None)
    if programme and chosen is None:
        raise Http404
    found = board_of(request.user, chosen)
    today = clock.today()
    kind = request.GET.get("format", "")
    if kind in listing.FILES:
        title = str(chosen or _("Board"))
        name = f"board-{programme}" if programme else "board"
        return listing.file(kind, found.rows, name=name, title=title, today=today)
    asked = request.GET.get("as", "")
    form = asked if asked in FORMS else "board"
    context = {
        "board": found,
        "form": form,
        "form_template": FORMS[form],
        "forms": form_links(request.path, form),
        "as_form": as_form(form),
        "programmes": programmes,
        "chosen": chosen,
        "may_read_all": chosen and access.may_open_rows(request.user, chosen.scope),
        "today": today,
    }
    return render(request, "reports/board.html", context | _shown(request, found, form))


def _shown(request: Request, found: Board, form: str) -> dict[str, Any]:
    """What one form needs besides."""
    today = clock.today()
    if form == "table":
        columns, rows = listing.listed_rows(found.rows, today)
        return {"columns": columns, "rows": rows, "files": listing.FILES}
    if form == "gantt":
        asked = request.GET.get("period", "")
        period = asked if asked in PERIODS else PERIODS[0]
        chart, left_out = gantt_of(found.rows, period, today)
        links = period_links(request.path, period)
        return {"chart": chart, "left_out": left_out, "periods": links, "rows": found.rows}
    if form == "map":
        return {"routes": routes_of(found.rows, today), "rows": found.rows}
    return {"rows": shown_board(found)}
