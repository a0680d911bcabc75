"""Every request has an id, in its answer, in its log lines and in the records it writes."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from karvan.foundation.records.context import request_id

HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,35}", re.ASCII)
# What opens a door must not lie in a log: these parts of an address are left out of it.
_SECRET_PARTS = ("token", "key", "secret", "uidb36", "code_word")

log = logging.getLogger("karvan.requests")


class RequestIdMiddleware:
    """Takes the caller's X-Request-ID if it is sane, else makes one; logs one line a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        present = given if _SANE.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(present)
        start = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = present
            _log(request, response, milliseconds=round((time.monotonic() - start) * 1000))
            return response
        finally:
            request_id.reset(token)


def _log(request: HttpRequest, response: HttpResponse, *, milliseconds: int) -> None:
    """One line, without the query string: people type names and addresses into searches."""
    is_static = request.path.startswith(settings.STATIC_URL)
    person = getattr(request, "_cached_user", None)  # asking request.user would cost a query
    log.log(
        logging.DEBUG if is_static else logging.INFO,
        "request",
        extra={
            "fields": {
                "method": request.method,
                "path": _path(request),
                "status": response.status_code,
                "ms": milliseconds,
                "person": getattr(person, "pk", None),
            }
        },
    )


def _path(request: HttpRequest) -> str:
    path = request.path
    if request.resolver_match:
        for name in _SECRET_PARTS:
            value = request.resolver_match.kwargs.get(name)
            if value:
                path = path.replace(str(value), "…")
    return path
