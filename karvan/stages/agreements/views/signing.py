"""Acts on an agreement from its term to its renewal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import (
    AnnexForm,
    DocumentForm,
    ReasonForm,
    RenewForm,
    SignatureForm,
    SigningForm,
    TermForm,
)
from .agreements import agreement_page


@login_required
@require_POST
def term(request: Request, code: str) -> HttpResponse:
    """Set languages and renewal of a draft."""
    paper = access.agreement_to_run(request.user, code)
    form = TermForm(request.POST)
    if done(form, lambda **typed: services.set_term(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, term_form=form)


@login_required
@require_POST
def clear(request: Request, code: str) -> HttpResponse:
    """Clear a draft for signature."""
    paper = access.agreement_to_run(request.user, code)
    said = _("The agreement is cleared for signature. Its words no longer change.")
    stated(request, lambda: services.clear_agreement(paper, by=request.user), said)
    return redirect("agreements:agreement", code=code)


@login_required
@require_POST
def reopen(request: Request, code: str) -> HttpResponse:
    """Take a cleared agreement back to draft."""
    paper = access.agreement_to_run(request.user, code)
    form = ReasonForm(request.POST)
    if done(form, lambda **typed: services.reopen_agreement(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, reopen_form=form)


@login_required
@require_POST
def signature(request: Request, code: str, pk: int) -> HttpResponse:
    """Say that one signatory has signed."""
    one = access.signatory_to_run(request.user, code, pk)
    form = SignatureForm(request.POST)
    if done(form, lambda **typed: services.sign_for(one, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, one.agreement, signature_form=form)


@login_required
@require_POST
def sign(request: Request, code: str) -> HttpResponse:
    """Say that all sides have signed."""
    paper = access.agreement_to_run(request.user, code)
    form = SigningForm(request.POST)
    if done(form, lambda **typed: services.sign_agreement(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, signing_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def document(request: Request, code: str) -> HttpResponse:
    """The signed copy: given to readers, kept by keepers."""
    if request.method != "POST":
        return serve(access.signed_copy(request.user, code))
    paper = access.agreement_to_run(request.user, code)
    form = DocumentForm(request.POST, request.FILES)
    if done(form, lambda **typed: services.keep_document(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, document_form=form)


@login_required
@require_POST
def annex(request: Request, code: str) -> HttpResponse:
    """Put a paper to a draft."""
    paper = access.agreement_to_run(request.user, code)
    form = AnnexForm(request.POST, request.FILES)
    if done(form, lambda **typed: services.add_annex(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, annex_form=form)


@login_required
@require_GET
def annex_file(request: Request, code: str, number: int) -> HttpResponse:
    """The file of an annex."""
    return serve(access.annex_file(request.user, code, number))


@login_required
@require_POST
def remove_annex(request: Request, code: str, number: int) -> HttpResponse:
    """Take a paper off a draft."""
    found = access.annex_to_run(request.user, code, number)
    said = _("The annex is removed.")
    stated(request, lambda: services.remove_annex(found, by=request.user) or True, said)
    return redirect("agreements:agreement", code=code)


@login_required
@require_POST
def renew(request: Request, code: str) -> HttpResponse:
    """Draft the agreement that goes on from this one."""
    paper = access.agreement_to_run(request.user, code)
    form = RenewForm(request.POST)
    made = done(form, lambda **typed: services.renew_agreement(paper, by=request.user, **typed))
    if made:
        messages.success(request, _("The renewal is drafted; it names the agreement it renews."))
        return redirect("agreements:agreement", code=made.code)
    return agreement_page(request, paper, renew_form=form)


@login_required
@require_POST
def object_to(request: Request, code: str) -> HttpResponse:
    """Write down that a party objects to renewal."""
    paper = access.agreement_to_run(request.user, code)
    form = ReasonForm(request.POST)
    if done(form, lambda **typed: services.object_to_renewal(paper, by=request.user, **typed)):
        return redirect("agreements:agreement", code=code)
    return agreement_page(request, paper, object_form=form)
