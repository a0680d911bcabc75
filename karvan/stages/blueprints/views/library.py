"""The library of sessions of all published blueprints, and taking one into a draft."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, services
from ..document.checks.references import SESSION_KINDS
from ..forms import SessionsForm, TakeForm
from ..models import Blueprint
from ..outline import at
from ..queries import present_revision
from ..sessions import LibrarySession, library_sessions, matching
from .drafts import address


@login_required
@require_GET
def sessions(request: Request) -> HttpResponse:
    """All sessions, to be searched by words in any language, kind and minutes."""
    versions = access.library_for(request.user)
    form = SessionsForm(request.GET or None, kinds=sorted(SESSION_KINDS))
    everything = list(library_sessions(versions))
    found = everything
    if form.is_valid():
        wanted = form.cleaned_data
        found = matching(
            everything,
            words=wanted["q"],
            kind=wanted["kind"],
            at_least=wanted["at_least"],
            at_most=wanted["at_most"],
        )
    context = {"form": form, "found": found, "total": len(everything)}
    context["may_take"] = access.may_write_some(request.user)
    return render(request, "blueprints/sessions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def take(request: Request, code: str, number: int, activity: str, session: str) -> HttpResponse:
    """Take one session into an activity of a draft."""
    drafts = list(access.drafts_to_edit(request.user))
    version = access.library_version_for(request.user, code, number)
    found = _session(version, activity, session)
    places = [one for draft in drafts for one in _activities(draft)]
    form = TakeForm(
        request.POST or None, places=places, initial={"into": request.GET.get("into", "")}
    )
    taken = done(form, lambda **typed: _take(request, drafts, found, **typed))
    if taken is None:
        context = {"found": found, "form": form, "may_go_into": places}
        return render(request, "blueprints/take.html", context, status=422 if form.errors else 200)
    into, result = taken
    if result.saved.revision.is_set_aside:
        number = result.saved.revision.number
        return redirect("blueprints:settle", code=into.split("/")[0], number=number)
    messages.success(request, _("The session is in the draft as %(id)s.") % {"id": result.session})
    if result.left_out:
        listed = ", ".join(result.left_out)
        told = _("Its new activity does not have these, so they were left out: %(codes)s.")
        messages.warning(request, told % {"codes": listed})
    programme, target = into.split("/")
    path = f"activities.{target}.sessions.{result.session}"
    return HttpResponseRedirect(address("draft", programme, path))


def _take(
    request: Request, drafts: list[Blueprint], found: LibrarySession, *, into: str, **typed: object
) -> tuple[str, services.Taken]:
    code, activity = into.split("/")
    draft = next(one for one in drafts if one.programme.code == code)
    taken = services.take_session(
        draft,
        activity=activity,
        version=found.version,
        of=found.activity,
        session=found.id,
        base_revision=present_revision(draft),
        by=request.user,
        **typed,  # type: ignore[arg-type]
    )
    return into, taken


def _session(version: Blueprint, activity: str, session: str) -> LibrarySession:
    for one in library_sessions([version]):
        if (one.activity, one.id) == (activity, session):
            return one
    raise Http404


def _activities(draft: Blueprint) -> list[tuple[str, str]]:
    """The activities of a draft to take a session into, with their titles."""
    listed = at(draft.data, "activities")
    return [
        (
            f"{draft.programme.code}/{activity['code']}",
            f"{draft.programme} · {in_language(activity.get('title'))}",
        )
        for activity in (listed if isinstance(listed, list) else ())
        if isinstance(activity, dict) and isinstance(activity.get("code"), str)
    ]
