"""The last section of a dossier: who contributed, what goes out, what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, release_access
from ..credits import credits_of
from ..diffing import changes_between
from ..models import Dossier
from ..release_forms import CreditForm, ForkForm, RebuildForm, ReleaseForm, SupersedeForm
from ..services import forking, releasing
from ..wording import change_in_words


@login_required
@require_http_methods(["GET", "POST"])
def release(request: Request, edition: str, pk: int) -> HttpResponse:
    """What keeps it from going out, the licences, and the versions that are out."""
    dossier = access.dossier_for(request.user, edition, pk)
    form = ReleaseForm(request.POST or None, initial=_proposed(dossier))
    if request.method == "POST":
        dossier = access.dossier_to_move(request.user, edition, pk, Dossier.State.RELEASED)
        made = done(
            form,
            lambda **typed: releasing.release_dossier(
                dossier, address=_beginning(request), by=request.user, **typed
            ),
        )
        if made:
            return redirect("dossiers:public", code=made.code)
    return render(request, "dossiers/release.html", _shown(request, dossier, form))


@login_required
@require_POST
def credit(request: Request, edition: str, pk: int) -> HttpResponse:
    """Say in which roles a person contributed."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = CreditForm(request.POST, people=release_access.people_to_credit(dossier))
    if form.is_valid():
        stated(
            request,
            lambda: releasing.credit_contributor(dossier, by=request.user, **form.cleaned_data),
        )
    return redirect(reverse("dossiers:release", args=[edition, pk]) + "#credits")


@login_required
@require_GET
def compare(request: Request, edition: str, pk: int) -> HttpResponse:
    """What two versions differ in; without two numbers, the last version and the dossier now."""
    dossier = access.dossier_for(request.user, edition, pk)
    numbers = request.GET.get("from", ""), request.GET.get("to", "")
    sides = [releasing.side_of(dossier, number) for number in numbers]
    before, after = sides
    changes = [change_in_words(one) for one in changes_between(before.frozen, after.frozen)]
    context = {"before": before, "after": after, "changes": changes, **_frame(dossier)}
    return render(request, "dossiers/compare.html", context)


@login_required
@require_POST
def supersede(request: Request, edition: str, pk: int) -> HttpResponse:
    """Close a released dossier because another takes its place."""
    dossier = access.dossier_to_move(request.user, edition, pk, Dossier.State.SUPERSEDED)
    form = SupersedeForm(request.POST)
    if form.is_valid():
        stated(
            request,
            lambda: releasing.supersede_dossier(dossier, by=request.user, **form.cleaned_data),
            _("The dossier is superseded; its versions can still be read."),
        )
    return redirect("dossiers:release", edition=edition, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def carry_on(request: Request, code: str) -> HttpResponse:
    """Begin a dossier of another workshop from a release."""
    version = release_access.release_by_code(code)
    workshops = release_access.workshops_to_carry_on_in(request.user)
    form = ForkForm(
        request.POST or None,
        workshops=workshops,
        initial={"title": version.dossier.title, "code": version.dossier.code},
    )
    made = done(form, lambda **typed: forking.fork_version(version, by=request.user, **typed))
    if made:
        return redirect("dossiers:dossier", edition=made.activity.edition.slug, pk=made.pk)
    context = {"version": version, "form": form, "workshops": workshops}
    return render(request, "dossiers/carry_on.html", context)


@login_required
@require_POST
def rebuild(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write down that somebody built it from the version in force."""
    dossier = access.dossier_for(request.user, edition, pk)
    version = releasing.in_force(dossier)
    form = RebuildForm(request.POST)
    if version and form.is_valid():
        stated(
            request,
            lambda: releasing.note_rebuild(version, by=request.user, **form.cleaned_data),
            _("Noted. It counts once a trainer has confirmed it."),
        )
        return redirect("dossiers:release", edition=edition, pk=pk)
    context = _shown(request, dossier, ReleaseForm(initial=_proposed(dossier)))
    return render(request, "dossiers/release.html", {**context, "rebuild_form": form})


@login_required
@require_POST
def confirm_rebuild(request: Request, edition: str, pk: int, rebuild: int) -> HttpResponse:
    """Confirm that somebody outside the team rebuilt it."""
    dossier = access.dossier_to_teach(request.user, edition, pk)
    found = release_access.rebuild_of(dossier, rebuild)
    stated(request, lambda: releasing.confirm_rebuild(found, by=request.user))
    return redirect("dossiers:release", edition=edition, pk=pk)


def _shown(request: Request, dossier: Dossier, form: ReleaseForm) -> dict[str, Any]:
    may_edit = access.may_edit(request.user, dossier)
    return {
        **_frame(dossier),
        "form": form,
        "may_edit": may_edit,
        "may_teach": access.is_instructor(request.user, dossier.activity),
        "missing": releasing.missing_now(dossier),
        "readiness": releasing.readiness_now(dossier),
        "versions": dossier.versions.defer("snapshot").select_related("released_by"),
        "credits": credits_of(dossier),
        "credit_form": CreditForm(people=release_access.people_to_credit(dossier)),
        "rebuilds": releasing.rebuilds_of(dossier),
        "rebuild_form": RebuildForm(),
        "supersede_form": SupersedeForm(),
        "can_release": dossier.state in releasing.RELEASED_FROM,
        "may_release": access.may_move(request.user, dossier, Dossier.State.RELEASED),
    }


def _frame(dossier: Dossier) -> dict[str, Any]:
    return {"dossier": dossier, "edition": dossier.activity.edition}


def _proposed(dossier: Dossier) -> dict[str, str]:
    """The next version, and the licences as they were last time or as the origin asks."""
    last = releasing.in_force(dossier) or dossier.origin
    own = dossier.versions.exists()
    proposed = {"number": releasing.next_number(dossier) if own else "1.0.0"}
    if last:
        for name in ("licence_hardware", "licence_documentation", "licence_software"):
            proposed[name] = getattr(last, name)
    return proposed


def _beginning(request: Request) -> str:
    """What the address of a release's page begins with, without a language."""
    return request.build_absolute_uri("/devices/")
