"""Is this certificate good? For anybody, without an account, on a telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
        "issuer": checked.document.get("issuer", {}).get("name", ""),
        "domain": issuer.domain(),
        "programme": credential.activity.edition.programme.titles,
        "partners": [credential.activity.edition.programme.owner],
    }
    return _unlisted(render(request, "credentials/verify.html", context))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A credential file that somebody was handed, checked here and not kept."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not form.is_bound:
        form = CheckForm({})
    checked = said = None
    if form.is_bound and form.is_valid():
        checked = checking.check_document(form.cleaned_data["document"])
        said = checking.what_it_says(checked.document) if checked.state.is_signed else None
    context = {"form": form, "checked": checked, "said": said, "domain": issuer.domain()}
    status = 422 if form.is_bound and form.errors else 200
    return _unlisted(render(request, "credentials/check.html", context, status=status))


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """A page with somebody's name is for those who hold the number, not for search machines."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
