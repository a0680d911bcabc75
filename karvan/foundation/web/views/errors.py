"""Pages for what went wrong. They ask neither the database nor the session for anything."""

from __future__ import annotations

import errno
import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

from karvan.foundation.records.context import request_id
from karvan.foundation.ui.context import languages_of

log = logging.getLogger("karvan.errors")

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_PLAIN = "<!doctype html><title>Karvan</title><h1>500</h1><p>{}</p>"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where what was sent is too large."""
    if isinstance(exception, _TOO_MUCH):
        return _page(
            request,
            413,
            _("What you sent is too large"),
            _("Nothing was saved. Send smaller files, or fewer at a time."),
        )
    return _page(
        request,
        400,
        _("This request cannot be understood"),
        _("Nothing was changed. Go back, load the page again and repeat what you did."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page exists, and this person may not open it or do this."""
    return _page(
        request,
        403,
        _("You may not do this"),
        _("Your roles do not reach this page or this act. Ask whoever gave you your role."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address is wrong, or the page is not open to you. Signing in may help."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form does not come from a page we gave out lately."""
    log.info("csrf", extra={"fields": {"reason": str(reason)}})
    return _page(
        request,
        403,
        _("The form was too old to be accepted"),
        _("Nothing was saved. Go back, copy what you typed, load the page again and send it."),
    )


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 507 where no room is left; plain text if even the page cannot be made."""
    try:
        if _is_full(sys.exc_info()[1]):
            return _page(
                request,
                507,
                _("There is no room left to save this"),
                _("Nothing was saved. Keep what you typed and try again later."),
            )
        return _page(
            request,
            500,
            _("Something broke on our side"),
            _("Nothing you sent was half done: it is saved wholly or not at all. Try again later."),
        )
    except Exception:  # an error page must never fail
        log.exception("the error page itself failed")
        return HttpResponse(_PLAIN.format(request_id.get()), status=500)


def _is_full(broken: BaseException | None) -> bool:
    if isinstance(broken, OSError):
        return broken.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(broken, OperationalError) and "full" in str(broken)


def _page(
    request: HttpRequest, status: int, title: str | Promise, text: str | Promise
) -> HttpResponse:
    context = {
        "status": status,
        "title": title,
        "text": text,
        "request_id": request_id.get(),
        "LANGUAGE_CODE": get_language() or "en",
        "languages": languages_of(request),
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return HttpResponse(render_to_string("web/error.html", context), status=status)
