"""Read a public page's content in a language that the interface does not speak.

An edition may be held in Kazakh; the page around its form is then in one of the interface's
languages and the form in Kazakh. The choice is kept in a cookie, and holds on these pages only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from karvan.foundation.texts import content_in
from karvan.foundation.texts import languages as interface_languages

COOKIE = "content"
ASKED = "content"  # in the address: ?content=kk, and ?content= to go back
_AGE = 90 * 24 * 3600
_CODE = re.compile(r"[a-z]{2,3}", re.ASCII)

View = Callable[..., HttpResponse]


def in_content_language(view: View) -> View:
    """Show the view's page with its content in the language the reader chose, where it exists."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get(ASKED)
        chosen = _known(request.COOKIES.get(COOKIE, "") if asked is None else asked)
        with content_in(chosen):
            response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if asked is not None and chosen:
            response.set_cookie(
                COOKIE, chosen, max_age=_AGE, httponly=True, samesite="Lax", secure=settings.SECURE
            )
        elif asked is not None:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response

    return answer


def _known(code: str) -> str:
    """The code, or "" for what is no language or the interface's own."""
    return code if _CODE.fullmatch(code) and code not in interface_languages() else ""
