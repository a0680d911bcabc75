"""What machines ask: is it well, and where may they look."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from karvan.foundation.web.health import look

# Pages behind a sign-in are closed anyway; this keeps crawlers from knocking.
_ROBOTS = """\
User-agent: *
Disallow: /*/accounts/
Disallow: /*/account/
Disallow: /*/people/
Disallow: /*/parties/
Disallow: /health
"""


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 if pages can be served and nothing sent in would be lost, else 503."""
    found = look()
    return JsonResponse(found.as_json(), status=200 if found.is_well else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers may look: nowhere on a demo."""
    text = "User-agent: *\nDisallow: /\n" if settings.DEMO else _ROBOTS
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
