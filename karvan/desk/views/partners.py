"""A partner's own page, for all its editions or one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Edition

from .. import access
from ..queries import partners as queries
from ..queries.pipeline import STAGES


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
    editions = queries.editions_with_states(seen.parts)
    shown = [one for one, _states in editions]
    context = {
        "party": seen.party,
        "is_own": seen.is_own,
        "of": edition,
        "stages": STAGES.items(),
        "editions": [(one, list(states.values())) for one, states in editions],
        "parts": queries.parts_with_nominations(seen.parts),
        "dates": queries.dates_ahead(seen.parts, get_language() or "en"),
        "commitments": queries.commitments_shown(seen.party, shown, is_own=seen.is_own),
    }
    return render(request, "desk/partner.html", context)
