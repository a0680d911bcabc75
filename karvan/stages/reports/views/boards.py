"""The board of countries by stages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from karvan.foundation import clock
from karvan.foundation.web.requests import Request

from .. import access
from ..queries.board import board as board_of
from ..shown import shown_board


@login_required
@require_GET
def board(request: Request, programme: str = "") -> HttpResponse:
    """Every edition the person reaches against every stage, of one programme or of all."""
    programmes = access.programmes_on_board(request.user)
    chosen = next((one for one in programmes if one.code == programme), None)
    if programme and chosen is None:
        raise Http404
    found = board_of(request.user, chosen)
    context = {
        "board": found,
        "rows": shown_board(found),
        "programmes": programmes,
        "chosen": chosen,
        "today": clock.today(),
    }
    return render(request, "reports/board.html", context)
