"""A bound on what one request may carry, answered with a page and not with a broken line."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_PART = 64 * 1024


class BodyLimitMiddleware:
    """Refuse a body above settings.MAX_BODY_BYTES with 413 and a page that says what to do.

    Answers are saved as they are typed, so a refused request loses none of them. The
    body is read away (up to four times the bound) before the answer: a browser that is
    still sending would show a broken connection in place of the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _declared_length(request)
        if length <= settings.MAX_BODY_BYTES:
            return self.get_response(request)
        _read_away(request, min(length, 4 * settings.MAX_BODY_BYTES))
        shown = {"most_bytes": settings.MAX_UPLOAD_BYTES, "back": request.path}
        answer = render(request, "files/too_large.html", shown, status=413)
        answer["Connection"] = "close"
        return answer


def _declared_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _read_away(request: HttpRequest, left: int) -> None:
    while left > 0:
        part = request.read(min(_PART, left))
        if not part:
            return
        left -= len(part)
