"""What pages behind a secret address have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from karvan.foundation.people.models import Person
from karvan.foundation.web.requests import Request

from ..models import Application, Call

COOKIE_AGE = 180 * 24 * 3600
View = Callable[..., HttpResponse]


def secret_page(view: View) -> View:
    """The address opens the door, so it goes into no referrer, index or cache.

    Who does not know the address cannot forge a post to it, so a forgery token would
    protect nothing; and browsers send the origin "null" from a page without referrer,
    which Django's check of it would refuse.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def who(request: Request) -> Person | None:
    """The signed-in person, or None for an applicant without an account."""
    return request.user if request.user.is_authenticated else None


def remember(response: HttpResponse, application: Application, *, secure: bool) -> HttpResponse:
    """Let this browser find its application of this call again."""
    response.set_signed_cookie(
        _name(application.call), application.token, salt="karvan.calls", max_age=COOKIE_AGE,
        httponly=True, samesite="Lax", secure=secure,
    )  # fmt: skip
    return response


def remembered(request: HttpRequest, call: Call) -> str:
    """The token of this browser's application of the call, "" if there is none."""
    try:
        token = request.get_signed_cookie(_name(call), default="", salt="karvan.calls")
    except BadSignature:
        return ""
    return str(token)


def _name(call: Call) -> str:
    return f"application-{call.pk}"
