"""A partner's own page, for all its editions or one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request
from karvan.stages.convening.queries.partnerships import partnerships_of_party
from karvan.stages.editions.models import Edition
from karvan.stages.reports.queries.board import STAGES

from .. import access
from ..queries import partners as queries


@login_required
@require_safe
def partner(request: Request, party: str) -> HttpResponse:
    """A party in every edition the person may see it in."""
    return _page(request, access.partner_for(request.user, party))


@login_required
@require_safe
def edition_partner(request: Request, edition: str, party: str) -> HttpResponse:
    """A party in one edition."""
    found, seen = access.edition_partner_for(request.user, edition, party)
    return _page(request, seen, edition=found)


def _page(
    request: Request, seen: access.PartnerView, edition: Edition | None = None
) -> HttpResponse:
    rows = queries.editions_with_stages(seen.parts)
    shown = [row.edition for row in rows]
    context = {
        "party": seen.party,
        "is_own": seen.is_own,
        "of": edition,
        "stages": [title for _key, title, _rule in STAGES],
        "rows": rows,
        "parts": queries.parts_with_nominations(seen.parts),
        "dates": queries.dates_ahead(seen.parts, get_language() or "en"),
        "partnerships": partnerships_of_party(seen.party),
        "commitments": queries.commitments_shown(seen.party, shown, is_own=seen.is_own),
    }
    return render(request, "desk/partner.html", context)
