"""Calendars to subscribe to."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request

from .. import access, feeds

FRESH_SECONDS = 900


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """An iCalendar file; whoever has its signed address may read it."""
    asked = access.feed_for(token)
    with override(asked.language):
        content = feeds.calendar_bytes(asked.name, asked.placements)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="karvan.ics"'
    answer["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return answer
