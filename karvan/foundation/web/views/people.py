"""The register of persons and their roles, for officers and administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karvan.foundation.errors import RuleBroken
from karvan.foundation.people import access, queries, services
from karvan.foundation.people.models import Person
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.forms import NamesForm, NewPersonForm, RoleForm
from karvan.foundation.web.registers import persons_register
from karvan.foundation.web.requests import Request

from .entries import names_of


@login_required
@require_safe
def people(request: Request) -> HttpResponse:
    """The persons this officer may look up, searched, sorted, or as a file."""
    register = persons_register(request, access.persons_for(request.user))
    if register.wants_file:
        return register.file()
    return render(request, "web/people.html", {"register": register})


@login_required
@require_http_methods(["GET", "POST"])
def new_person(request: Request) -> HttpResponse:
    """Register somebody."""
    access.require_staff(request.user)
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.create_person(by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            if access.persons_for(request.user).contains(made):
                return redirect("person", pk=made.pk)
            messages.success(request, _("The person is registered."))
            return redirect("people")
    return render(request, "web/new_person.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def person(request: Request, pk: int) -> HttpResponse:
    """One person: names, roles, history. A post changes the names."""
    one = access.person_for(request.user, pk)
    form = NamesForm(request.POST or None, initial=names_of(one))
    if form.is_valid():
        try:
            services.change_names(one, by=request.user, **form.values())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("The names are saved."))
            return redirect("person", pk=pk)
    return _record_page(request, one, names=form)


@login_required
@require_POST
def grant_role(request: Request, pk: int) -> HttpResponse:
    """Give a person a role within what the giver may give."""
    one = access.person_for(request.user, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        access.require_may_give(request.user, values["kind"], values["scope"])
        try:
            services.grant_role(one, by=request.user, **values)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _("The role is given."))
            return redirect("person", pk=pk)
    return _record_page(request, one, role=form)


@login_required
@require_POST
def withdraw_role(request: Request, pk: int, role: int) -> HttpResponse:
    """Take a role away."""
    one = access.person_for(request.user, pk)
    held = access.role_for(request.user, one, role)
    try:
        services.withdraw_role(held, reason=request.POST.get("reason", ""), by=request.user)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, _("The role is withdrawn."))
    still = access.persons_for(request.user).filter(pk=pk).exists()
    return redirect(reverse("person", kwargs={"pk": pk}) if still else reverse("people"))


def _record_page(
    request: Request, one: Person, *, names: NamesForm | None = None, role: RoleForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "person": one,
        "roles": one.roles.select_related("party"),
        "standing": set(queries.standing_roles(one)),
        "names_form": names or NamesForm(initial=names_of(one)),
        "role_form": role or RoleForm(),
        "records": history_of(one),
    }
    return render(request, "web/person.html", context)
