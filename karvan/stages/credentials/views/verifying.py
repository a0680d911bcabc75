"""Is this certificate good? For anybody, without an account, on a telephone."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import checking, issuer, queries
from ..forms import CheckForm
from ..wording import heading_here


@never_cache
@require_safe
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate by its number; a number nobody was given is told plainly."""
    credential = queries.credential_by_number(number)
    if credential is None:
        context = {"number": number[:40], "form": CheckForm()}
        return _unlisted(render(request, "credentials/unknown.html", context, status=404))
    checked = checking.check_credential(credential)
    context = {
        "credential": credential,
        "checked": checked,
        "heading": heading_here(credential),
        "domain": issuer.domain(),
        "programme": credential.activity.edition.programme.titles,
        "partners": [credential.activity.edition.programme.owner],
    }
    return _unlisted(render(request, "credentials/verify.html", context))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A certificate somebody was shown: by its number, or a file that is checked and not kept."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not form.is_bound:
        form = CheckForm({})
    checked = said = None
    if form.is_bound and form.is_valid():
        if "document" not in form.cleaned_data:
            return redirect("credentials:verify", number=slug_of(form.cleaned_data["number"]))
        checked = checking.check_document(form.cleaned_data["document"])
        said = checking.what_it_says(checked.document) if checked.state.is_signed else None
    context = {"form": form, "checked": checked, "said": said, "domain": issuer.domain()}
    status = 422 if form.is_bound and form.errors else 200
    return _unlisted(render(request, "credentials/check.html", context, status=status))


def slug_of(number: str) -> str:
    """A number as it may stand in an address, however it was typed; unknown stays unknown."""
    return re.sub(r"[^A-Z0-9-]+", "", number.upper()) or "-"


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """A page with somebody's name is for those who hold the number, not for search machines."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
