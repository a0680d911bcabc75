"""Calendars to subscribe to, and programmes for the apps of conferences. No sign-in: signed addresses."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request

from .. import access, feeds, schedule

FRESH_SECONDS = 900


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """An iCalendar file; whoever has its signed address may read it."""
    asked = access.feed_for(token)
    with override(asked.language):
        content = feeds.calendar_bytes(asked.name, asked.placements)
    return given(request, content, "text/calendar; charset=utf-8", "karvan.ics")


@require_safe
def schedule_feed(request: Request, token: str, kind: str) -> HttpResponse:
    """An activity's programme for an app: schedule.xml or schedule.json."""
    asked = access.schedule_for(token)
    with override(asked.language):
        programme = schedule.programme_of(asked.activity, asked.version, asked.placements)
        content = schedule.WRITERS[kind](programme)
    return given(request, content, schedule.TYPES[kind], f"schedule.{kind}")


def given(request: Request, content: bytes, media_type: str, name: str) -> HttpResponse:
    """The file, or 304 without it for a reader that has these very bytes already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    answer["ETag"] = etag
    conditional = get_conditional_response(request, etag, None, answer)
    return conditional if isinstance(conditional, HttpResponse) else answer
