"""Screens of credentials: how they stand, handing in, deciding, and the committee's reports."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..forms.papers import CredentialForm, DecisionForm, NoteForm
from ..papers_pages import page_of
from ..queries.papers_credentials import GROUPS, MARKS, delegations_listed, found_now, standing_of
from ..services import papers_credentials as services
from .papers_delegations import show


@login_required
@require_GET
def credentials(request: Request, organ: str, session: str) -> HttpResponse:
    """How credentials stand now, delegation by delegation, and the reports so far."""
    return _page(request, organ, session, NoteForm())


@login_required
@require_POST
def report(request: Request, organ: str, session: str) -> HttpResponse:
    """Keep how credentials stand as the committee's next report."""
    found = access.session_to_keep(request.user, organ, session)
    form = NoteForm(request.POST)
    made = done(
        form, lambda note: services.report_on_credentials(found, note=note, by=request.user)
    )
    if made:
        return redirect(
            "convening:credentials_sheet", organ=organ, session=session, number=made.number
        )
    return _page(request, organ, session, form)


@login_required
@require_GET
def report_sheet(request: Request, organ: str, session: str, number: int) -> HttpResponse:
    """A report as it was read out, to be printed."""
    found = access.report_in(request.user, organ, session, number)
    groups = [(words, found.found.get(key, [])) for key, words in GROUPS.items()]
    context = page_of(found.session, request.user, report=found, groups=groups)
    return render(request, "convening/papers_credentials_sheet.html", context)


@login_required
@require_POST
def submit(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Hand in a delegation's credentials."""
    found = access.delegation_to_fill(request.user, organ, session, pk)
    form = CredentialForm(request.POST, request.FILES)
    if done(form, lambda **typed: services.submit_credential(found, by=request.user, **typed)):
        return redirect("convening:delegation", organ=organ, session=session, pk=pk)
    return show(request, found, credential_form=form)


@login_required
@require_POST
def decide(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Find a delegation's credentials good, good for now, or not."""
    access.session_to_keep(request.user, organ, session)
    found = access.delegation_in(request.user, organ, session, pk)
    form = DecisionForm(request.POST)
    if done(form, lambda **typed: services.decide_credential(found, by=request.user, **typed)):
        return redirect("convening:delegation", organ=organ, session=session, pk=pk)
    return show(request, found, decision_form=form)


@login_required
@require_GET
def paper(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """The paper itself, as it was handed in."""
    return serve(access.credential_file(request.user, organ, session, pk), inline=True)


def _page(request: Request, organ: str, session: str, form: NoteForm) -> HttpResponse:
    found = access.session_to_read(request.user, organ, session)
    rows = [(one, standing_of(one)) for one in delegations_listed(found).filter(capacity="member")]
    now = found_now(found)
    context = page_of(
        found,
        request.user,
        rows=rows,
        counts=[(words, MARKS[key], len(now[key])) for key, words in GROUPS.items()],
        missing=now["absent"],
        reports=found.credentials_reports.all(),
        form=form,
    )
    status = 422 if form.errors else 200
    return render(request, "convening/papers_credentials.html", context, status=status)
