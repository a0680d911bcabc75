"""What verifiers fetch: public, the same for everybody, readable from any origin."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import conditional_page, require_safe

from .. import access, publishing, services
from ..errors import NoSigningKey

FRESH_SECONDS = 300  # a revocation is seen by everybody within five minutes


@conditional_page
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The issuer's keys."""
    return _json(publishing.did_document())


@conditional_page
@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """A signed status list."""
    try:
        return _json(publishing.status_document(number))
    except NoSigningKey as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")


@conditional_page
@require_safe
def document(request: HttpRequest, number: str) -> HttpResponse:
    """A credential exactly as signed; 410 once its holder was erased."""
    credential = access.public_credential(number)
    if credential.is_forgotten:
        return HttpResponse(status=410)
    return _answer(services.signed_text(credential))


@conditional_page
@require_safe
def achievement(
    request: HttpRequest, programme: str, activity: str, number: int, kind: str
) -> HttpResponse:
    """What everybody who holds this has done."""
    return _json(publishing.achievement_json(programme, activity, number=number, kind=kind))


@require_safe
def short(request: HttpRequest, number: str) -> HttpResponse:
    """From the code on paper to the page that says whether it is good, in the reader's language."""
    return redirect("credentials:verify", number=number)


def _json(found: dict[str, Any] | None) -> HttpResponse:
    if found is None:
        raise Http404
    return _answer(json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8"))


def _answer(body: bytes) -> HttpResponse:
    return HttpResponse(
        body,
        content_type="application/json",
        headers={
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": f"public, max-age={FRESH_SECONDS}",
            "X-Robots-Tag": "noindex",
        },
    )
