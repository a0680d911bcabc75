"""The register of parties: who promises, hosts, pays, nominates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.services import serve
from karvan.foundation.people import access, services
from karvan.foundation.people.access import STAFF, holds_anywhere
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.forms import LogoForm, NewPartyForm, PartyForm
from karvan.foundation.web.registers import parties_register
from karvan.foundation.web.requests import Request

from .entries import entry_of


@login_required
@require_safe
def parties(request: Request) -> HttpResponse:
    """All parties, searched, sorted, or as a file."""
    may_change = holds_anywhere(request.user, STAFF)
    register = parties_register(request, access.parties_for(request.user), may_add=may_change)
    if register.wants_file:
        return register.file()
    return render(request, "web/parties.html", {"register": register, "may_change": may_change})


@login_required
@require_http_methods(["GET", "POST"])
def new_party(request: Request) -> HttpResponse:
    """Register a party."""
    access.require_staff(request.user)
    form = NewPartyForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.create_party(by=request.user, **form.values())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return redirect("party", code=made.code)
    return render(request, "web/new_party.html", {"form": form})


@login_required
@require_safe
def party(request: Request, code: str) -> HttpResponse:
    """One party: its entry, its people as partners, its history."""
    one = access.party_for(request.user, code)
    context = {
        "party": one,
        "may_change": holds_anywhere(request.user, STAFF),
        "logo_form": LogoForm(),
        "records": history_of(one),
    }
    return render(request, "web/party.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_party(request: Request, code: str) -> HttpResponse:
    """Change a party's entry; its code stays."""
    one = access.party_to_change(request.user, code)
    form = PartyForm(request.POST or None, initial=entry_of(one))
    if form.is_valid():
        try:
            services.change_party(one, by=request.user, **form.values())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("The entry is saved."))
            return redirect("party", code=code)
    return render(request, "web/change_party.html", {"party": one, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def party_logo(request: Request, code: str) -> HttpResponse:
    """Anybody sees a logo; an officer posts a new one, or none to take it away."""
    if request.method != "POST":
        return serve(access.logo_of(code), inline=True)
    one = access.party_to_change(request.user, code)
    try:
        services.change_party_logo(one, upload=request.FILES.get("logo"), by=request.user)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, _("The logo is changed."))
    return redirect("party", code=code)
