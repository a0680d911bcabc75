"""The screen of the people to invite: written down one by one, then written to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..adopting_forms import InvitationForm
from ..models import Edition
from ..steps import path_of


@login_required
@require_http_methods(["GET", "POST"])
def invitations(request: Request, edition: str) -> HttpResponse:
    """Who carries the edition by name, and who is to be invited; a runner adds to them."""
    found = access.edition_to_run(request.user, edition)
    form = _form(request, found)
    made = form.is_bound and done(
        form, lambda **typed: services.prepare_invitation(found, by=request.user, **typed)
    )
    if made:
        return redirect("editions:invitations", edition=edition)
    listed = list(queries.invitations_of(found))
    context = {
        "edition": found,
        "path": path_of(found, "invitations"),
        "form": form,
        "listed": listed,
        "mine": access.kinds_to_invite(request.user, found),
        "letters": sum(one.state == "prepared" for one in listed),
        "roles": queries.roles_in(found).exclude(kind="participant"),
        "may_run": True,
    }
    status = 422 if form.errors else 200
    return render(request, "editions/invitations.html", context, status=status)


@login_required
@require_POST
def withdraw_invitation(request: Request, edition: str, pk: int) -> HttpResponse:
    """Do without an invitation that has not gone."""
    found = access.invitation_for(request.user, edition, pk)
    stated(request, lambda: services.withdraw_invitation(found, by=request.user))
    return redirect("editions:invitations", edition=edition)


@login_required
@require_POST
def send_invitations(request: Request, edition: str) -> HttpResponse:
    """Write to everybody who is prepared."""
    found = access.edition_to_run(request.user, edition)
    sent = stated(request, lambda: (services.send_invitations(found, by=request.user),))
    if sent:
        count = len(sent[0])
        words = ngettext(
            "%(count)d letter is on its way.", "%(count)d letters are on their way.", count
        )
        messages.success(
            request, words % {"count": count} if count else _("No letter was waiting.")
        )
    return redirect("editions:invitations", edition=edition)


def _form(request: Request, edition: Edition) -> InvitationForm:
    return InvitationForm(
        request.POST or None,
        edition=edition,
        activities=list(queries.activities_of(edition)),
        kinds=access.kinds_to_invite(request.user, edition),
        parties=queries.parties_in(edition),
    )
