"""Screens of delegations: who comes, who has not registered, one delegation and its delegates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..forms.papers import (
    CredentialForm,
    DecisionForm,
    DelegationForm,
    OwnDelegationForm,
    ReasonForm,
    SessionDelegateForm,
)
from ..models import Delegation
from ..papers_pages import page_of
from ..queries.papers_credentials import (
    by_capacity,
    delegations_listed,
    not_registered,
    standing_of,
)
from ..queries.papers_presence import present_sentence
from ..services import papers_delegations as services


@login_required
@require_GET
def delegations(request: Request, organ: str, session: str) -> HttpResponse:
    """Who comes, by capacity, with how credentials stand; and who has not registered."""
    found = access.session_to_read(request.user, organ, session)
    rows = [(one, standing_of(one)) for one in delegations_listed(found)]
    own = access.memberships_of(request.user, found)
    context = page_of(
        found,
        request.user,
        rows=rows,
        missing=not_registered(found),
        present=present_sentence(found),
        own_to_register=own.filter(pk__in=access.members_to_register(found).values("pk")),
    )
    return render(request, "convening/papers_delegations.html", context)


@login_required
@require_GET
def participants(request: Request, organ: str, session: str) -> HttpResponse:
    """The list of participants, to be printed."""
    found = access.session_to_read(request.user, organ, session)
    context = page_of(
        found, request.user, groups=by_capacity(found), present=present_sentence(found)
    )
    return render(request, "convening/papers_participants.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_delegation(request: Request, organ: str, session: str) -> HttpResponse:
    """Register a delegation."""
    found = access.session_to_keep(request.user, organ, session)
    form = DelegationForm(
        request.POST or None,
        members=access.members_to_register(found),
        initial={"membership": request.GET.get("member"), "capacity": "member"},
    )
    made = done(form, lambda **typed: services.register_delegation(found, by=request.user, **typed))
    if made:
        return redirect("convening:delegation", organ=organ, session=session, pk=made.pk)
    context = page_of(found, request.user, form=form)
    status = 422 if form.errors else 200
    return render(request, "convening/papers_delegation_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def own_delegation(request: Request, organ: str, session: str) -> HttpResponse:
    """Who speaks for a member registers its delegation."""
    found = access.session_to_read(request.user, organ, session)
    own = access.memberships_of(request.user, found)
    if not own.exists():
        raise PermissionDenied
    form = OwnDelegationForm(request.POST or None, members=own)
    made = done(
        form,
        lambda membership: services.register_delegation(
            found, capacity="member", membership=membership, by=request.user
        ),
    )
    if made:
        return redirect("convening:delegation", organ=organ, session=session, pk=made.pk)
    context = page_of(found, request.user, form=form)
    status = 422 if form.errors else 200
    return render(request, "convening/papers_delegation_new.html", context, status=status)


@login_required
@require_GET
def delegation(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """The record of one delegation: its delegates and its credentials."""
    return show(request, access.delegation_in(request.user, organ, session, pk))


@login_required
@require_POST
def withdraw(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Take a delegation off the list."""
    access.session_to_keep(request.user, organ, session)
    found = access.delegation_in(request.user, organ, session, pk)
    form = ReasonForm(request.POST)
    name = str(found)
    done(form, lambda reason: services.withdraw_delegation(found, reason=reason, by=request.user))
    if form.errors:
        return show(request, found, withdraw_form=form)
    messages.success(request, _("Taken off the list: %(name)s.") % {"name": name})
    return redirect("convening:delegations", organ=organ, session=session)


@login_required
@require_POST
def new_delegate(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Name a delegate."""
    found = access.delegation_to_fill(request.user, organ, session, pk)
    form = SessionDelegateForm(request.POST)
    if done(form, lambda **typed: services.name_session_delegate(found, by=request.user, **typed)):
        return redirect("convening:delegation", organ=organ, session=session, pk=pk)
    return show(request, found, delegate_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def change_delegate(
    request: Request, organ: str, session: str, pk: int, delegate: int
) -> HttpResponse:
    """Write a delegate anew."""
    found = access.delegate_to_fill(request.user, organ, session, pk, delegate)
    initial = {"name": found.name, "title": found.title, "rank": found.rank}
    initial["email"] = (found.person.email or "") if found.person else ""
    form = SessionDelegateForm(request.POST or None, initial=initial)
    if done(
        form, lambda **typed: services.change_session_delegate(found, by=request.user, **typed)
    ):
        return redirect("convening:delegation", organ=organ, session=session, pk=pk)
    context = page_of(
        found.delegation.session,
        request.user,
        delegation=found.delegation,
        delegate=found,
        form=form,
    )
    status = 422 if form.errors else 200
    return render(request, "convening/papers_delegate.html", context, status=status)


@login_required
@require_POST
def remove_delegate(
    request: Request, organ: str, session: str, pk: int, delegate: int
) -> HttpResponse:
    """Take a delegate off the list."""
    found = access.delegate_to_fill(request.user, organ, session, pk, delegate)
    stated(request, lambda: services.remove_session_delegate(found, by=request.user))
    return redirect("convening:delegation", organ=organ, session=session, pk=pk)


def show(request: Request, found: Delegation, **forms: Any) -> HttpResponse:
    """The record, with the forms as they were sent where one of them was refused."""
    credential = getattr(found, "credential", None)
    context = page_of(
        found.session,
        request.user,
        delegation=found,
        standing=standing_of(found),
        credential=credential,
        delegates=found.delegates.select_related("person"),
        may_fill=access.may_fill(request.user, found) and found.session.state != "closed",
        delegate_form=SessionDelegateForm(),
        credential_form=CredentialForm(initial={"received_on": clock.today()}),
        decision_form=DecisionForm(initial={"state": "accepted"}),
        withdraw_form=ReasonForm(),
        records=history_of(found),
    )
    status = 422 if forms else 200
    return render(request, "convening/papers_delegation.html", {**context, **forms}, status=status)
