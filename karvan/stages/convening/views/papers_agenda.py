"""Screens of the agenda while it is made: the list, one item, its state and its place."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..access.reached import delegations_of, runs
from ..forms.papers_items import IssueForm, ItemForm, ItemStateForm
from ..models import AgendaItem
from ..papers_pages import page_of
from ..queries.papers_agendas import ITEM_MARKS, items_listed, kind_to_issue
from ..services import papers_agenda as services
from ..services import papers_issuing


@login_required
@require_GET
def agenda(request: Request, organ: str, session: str) -> HttpResponse:
    """The agenda as it stands, what waits beside it, and what was issued."""
    found = access.session_to_read(request.user, organ, session)
    rows = items_listed(found)
    if not runs(request.user, found):
        rows = rows.exclude(state="withdrawn")
    at = request.GET.get("at", "")
    issued = list(found.agendas.order_by("-number"))
    until = found.items_until
    context = page_of(
        found,
        request.user,
        rows=[
            (one, ITEM_MARKS[one.state], str(one.pk) == at, one.number.count(".")) for one in rows
        ],
        issued=issued,
        is_adopted=any(one.kind == "adopted" for one in issued),
        issue_form=IssueForm(initial={"kind": kind_to_issue(found, issued)}),
        until=until,
        until_passed=bool(until and clock.today() > until),
        may_propose=_own_delegation(request, found) is not None,
    )
    return render(request, "convening/papers_agenda.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_item(request: Request, organ: str, session: str) -> HttpResponse:
    """Propose an item: the secretariat for anybody, a delegation for itself."""
    found = access.session_to_read(request.user, organ, session)
    keeps = runs(request.user, found)
    own = None if keeps else _own_delegation(request, found)
    if not keeps and own is None:
        raise PermissionDenied
    form = ItemForm(request.POST or None, session=found, for_member=not keeps)
    made = done(
        form,
        lambda **typed: services.propose_item(found, by=request.user, proposed_by=own, **typed),
    )
    if made:
        return redirect(f"{reverse('convening:agenda', args=[organ, session])}?at={made.pk}")
    context = page_of(found, request.user, form=form, own=own)
    status = 422 if form.errors else 200
    return render(request, "convening/papers_item_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """One item: what it is, its papers, and writing it anew."""
    if request.method == "GET":
        found = access.item_in(request.user, organ, session, pk)
        return _page(request, found)
    found = access.item_to_keep(request.user, organ, session, pk)
    form = ItemForm(request.POST, session=found.session, item=found)
    if done(form, lambda **typed: services.change_item(found, by=request.user, **typed)):
        return redirect("convening:agenda_item", organ=organ, session=session, pk=pk)
    return _page(request, found, form=form)


@login_required
@require_POST
def item_state(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Include, defer, withdraw or close an item."""
    found = access.item_to_keep(request.user, organ, session, pk)
    form = ItemStateForm(request.POST)
    if done(form, lambda **typed: services.set_item_state(found, by=request.user, **typed)):
        return redirect(f"{reverse('convening:agenda', args=[organ, session])}?at={pk}")
    return _page(request, found, state_form=form)


@login_required
@require_POST
def move(request: Request, organ: str, session: str, pk: int, way: str) -> HttpResponse:
    """Let an item change places with its neighbour."""
    if way not in ("up", "down"):
        raise Http404
    found = access.item_to_keep(request.user, organ, session, pk)
    stated(request, lambda: papers_issuing.move_item(found, up=way == "up", by=request.user))
    address = reverse("convening:agenda", args=[organ, session])
    return redirect(f"{address}?at={pk}#item-{pk}")


def _own_delegation(request: Request, session: Any) -> Any:
    """The member's delegation for which the person may propose items, or None."""
    if session.state == "closed":
        return None
    own = delegations_of(request.user, session).filter(capacity="member").first()
    return own or access.delegations_by_party(request.user, session).first()


def _page(request: Request, found: AgendaItem, **forms: Any) -> HttpResponse:
    to = services.MOVES[services.STATE(found.state)]
    state_form = ItemStateForm(initial={"state": to[0]})
    state_form.fields["state"].choices = [(one, one.label) for one in to]  # type: ignore[attr-defined]
    context = page_of(
        found.session,
        request.user,
        item=found,
        item_mark=ITEM_MARKS[found.state],
        documents=access.documents_for(request.user, found.session).filter(item=found),
        is_adopted=services.is_adopted(found.session),
        form=ItemForm(session=found.session, item=found),
        state_form=state_form,
        records=history_of(found),
    )
    status = 422 if forms else 200
    return render(request, "convening/papers_item.html", {**context, **forms}, status=status)
