"""The record of one certificate, and the two acts that change it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, checking, issuer, services
from ..forms import CorrectForm, RevokeForm
from ..models import Credential
from ..states import state_mark, state_word
from ..wording import basis_in_words, heading_kept
from .holders import as_paper


@login_required
@require_safe
def credential(request: Request, edition: str, number: str) -> HttpResponse:
    """One certificate: what it says, on what grounds, and what was done to it."""
    return _page(request, access.credential_for(request.user, edition, number))


@login_required
@never_cache
@require_safe
def staff_paper(request: Request, edition: str, number: str) -> HttpResponse:
    """The certificate as a PDF, to print it for somebody without a printer."""
    return as_paper(request, access.credential_for(request.user, edition, number))


@login_required
@require_POST
def revoke(request: Request, edition: str, number: str) -> HttpResponse:
    """Take a certificate back for good."""
    found = access.credential_to_change(request.user, edition, number)
    form = RevokeForm(request.POST)
    if done(form, lambda **typed: services.revoke_credential(found, by=request.user, **typed)):
        messages.success(request, _("%(number)s was revoked.") % {"number": found.number})
        return redirect("credentials:credential", edition=edition, number=found.number)
    return _page(request, found, revoke_form=form)


@login_required
@require_POST
def correct(request: Request, edition: str, number: str) -> HttpResponse:
    """Replace a certificate by one with the right name."""
    found = access.credential_to_change(request.user, edition, number)
    form = CorrectForm(request.POST)
    made = done(form, lambda **typed: services.correct_credential(found, by=request.user, **typed))
    if made:
        words = {"old": found.number, "new": made.number}
        messages.success(request, _("%(old)s was replaced by %(new)s.") % words)
        return redirect("credentials:credential", edition=edition, number=made.number)
    return _page(request, found, correct_form=form)


def _page(request: Request, found: Credential, **forms: Any) -> HttpResponse:
    context = {
        "credential": found,
        "edition": found.activity.edition,
        "heading": heading_kept(found),
        "mark": state_mark(found),
        "word": state_word(found),
        "checked": checking.check_credential(found),
        "basis": basis_in_words(found.basis),
        "verify_url": issuer.verify_url(found.number),
        "may_change": found.revoked_at is None and access.may_issue(request.user, found.scope),
        "revoke_form": RevokeForm(),
        "correct_form": CorrectForm(initial={"name": found.name_on_paper}),
        "records": history_of(found),
        **forms,
    }
    return render(request, "credentials/credential.html", context, status=422 if forms else 200)
