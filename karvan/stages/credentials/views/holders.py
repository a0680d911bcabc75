"""What holders see: their certificates, to print and to take along."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from karvan.foundation.web.requests import Request

from .. import access, services
from ..errors import NotPrintable
from ..models import Credential
from ..states import state_mark, state_word
from ..wording import heading_kept


@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """The person's own certificates."""
    held = [
        {
            "credential": one,
            "heading": heading_kept(one),
            "mark": state_mark(one),
            "word": state_word(one),
        }
        for one in access.own_credentials(request.user)
    ]
    return render(request, "credentials/mine.html", {"held": held})


@login_required
@never_cache
@require_safe
def own_paper(request: Request, number: str) -> HttpResponse:
    """One's own certificate as a PDF."""
    return as_paper(request, access.own_credential(request.user, number))


@login_required
@never_cache
@require_safe
def own_text(request: Request, number: str) -> HttpResponse:
    """One's own credential as a file, for a wallet of credentials."""
    credential = access.own_credential(request.user, number)
    if credential.is_forgotten:
        return HttpResponse(status=410)
    return HttpResponse(
        services.signed_text(credential),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{credential.number}.json"'},
    )


@never_cache
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate as a PDF, by the link in the holder's letter."""
    answer = as_paper(request, access.credential_by_token(token))
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def as_paper(request: HttpRequest, credential: Credential) -> HttpResponse:
    """The PDF, named by the certificate's number; a page that says why where it cannot be made."""
    try:
        pdf = services.print_certificate(credential)
    except NotPrintable as broken:
        context = {"credential": credential, "problem": str(broken)}
        return render(request, "credentials/unprintable.html", context, status=422)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{credential.number}.pdf"'},
    )
