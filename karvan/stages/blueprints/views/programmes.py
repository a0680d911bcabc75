"""Screens of programmes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import CompareForm, ProgrammeForm
from ..models import Programme

COLUMNS = (
    Column("titles", gettext_lazy("Programme"), kind="name", sort="code", detail=lambda p: p.code),
    Column("owner", gettext_lazy("Owner"), kind="name", sort="owner__code"),
    Column("newest", gettext_lazy("Newest version"), kind="number", sort="newest"),
    Column("version_count", gettext_lazy("Versions"), kind="number", sort="version_count"),
    Column("edition_count", gettext_lazy("Editions"), kind="number", sort="edition_count"),
)


def found_by_words(rows: QuerySet[Programme], words: str) -> QuerySet[Programme]:
    """Programmes whose code or title in any language holds the words."""
    return rows.filter(Q(code__icontains=words) | Q(titles__icontains=words))


@login_required
@require_GET
def programmes(request: Request) -> HttpResponse:
    """The register of programmes."""
    may_create = access.may_create(request.user)
    register = Register(
        request,
        access.programmes_for(request.user),
        COLUMNS,
        name="programmes",
        caption=_("Programmes"),
        order=("code",),
        search=found_by_words,
        row_url=lambda programme: reverse("blueprints:programme", args=[programme.code]),
        empty_title=_("No programme yet"),
        empty_text=_(
            "A programme is designed once, as a blueprint, and adopted by many countries."
        ),
        empty_url=reverse("blueprints:new_programme") if may_create else "",
        empty_label=_("Begin a programme"),
    )
    if register.wants_file:
        return register.file()
    context = {"register": register, "may_create": may_create}
    return render(request, "blueprints/programmes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_programme(request: Request) -> HttpResponse:
    """Begin a programme."""
    access.require_may_create(request.user)
    form = ProgrammeForm(
        request.POST or None,
        owners=access.owners_to_choose(),
        promised=access.commitments_to_choose(),
    )
    made = done(form, lambda **typed: services.create_programme(by=request.user, **typed))
    if made:
        return redirect("blueprints:programme", code=made.code)
    return _form_page(request, form)


@login_required
@require_GET
def programme(request: Request, code: str) -> HttpResponse:
    """The record of one programme with its versions."""
    found = access.programme_for(request.user, code)
    versions = list(access.versions_for(request.user, found))
    numbers = [one.number for one in versions]
    context = {
        "programme": found,
        "versions": versions,
        "commitments": found.commitments.all(),
        "draft": next((one for one in versions if one.state == one.State.DRAFT), None),
        "may_run": access.may_run(request.user, found),
        "compare_form": _compare_form(numbers),
        "records": history_of(found),
    }
    return render(request, "blueprints/programme.html", context)


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The stage's page of one edition: the version it was made from."""
    found = access.blueprint_of_edition(request.user, edition)
    return redirect("blueprints:blueprint", code=found.programme.code, number=found.number)


def _compare_form(numbers: list[int]) -> CompareForm | None:
    """A form to compare the two newest versions, or None when there is nothing to compare."""
    if len(numbers) < 2:
        return None
    return CompareForm(numbers=numbers, initial={"before": numbers[1], "after": numbers[0]})


def _form_page(request: Request, form: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "blueprints/new_programme.html", {"form": form}, status=status)
