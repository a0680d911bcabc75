"""One's own account, and the ways in that are ours and not django-allauth's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.people import access, queries, services
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.accounts import let_in
from karvan.foundation.web.forms import OwnNamesForm
from karvan.foundation.web.requests import Request

from .entries import names_of


@login_required
@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """The person's own names and language, roles, and the ways to sign in."""
    person = request.user
    form = OwnNamesForm(request.POST or None, initial=names_of(person))
    if form.is_valid():
        try:
            services.change_own_names(person, **form.values())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("Your names are saved."))
            return redirect("account")
    context = {
        "form": form,
        "roles": queries.standing_roles(person),
        "records": history_of(person),
    }
    return render(request, "web/account.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_link(request: Request, token: str) -> HttpResponse:
    """A link from a letter. Opening it changes nothing, since mail scanners open links too;
    its button signs in, once."""
    try:
        if request.method == "POST":
            return let_in(request, services.use_sign_in_token(token), method="link")
        person = services.person_of_token(token)
    except RuleBroken as broken:
        context = {"refusal": str(broken)}
        return render(request, "web/sign_in_link.html", context, status=410)
    return render(request, "web/sign_in_link.html", {"person": person})


@require_POST
def demo_sign_in(request: Request, pk: int) -> HttpResponse:
    """Sign in as one of the demo's invented persons; there is no such page where no demo runs."""
    return let_in(request, access.demo_account(pk), method="demo")
