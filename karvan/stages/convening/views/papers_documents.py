"""Screens of documents: the board by symbol and language, one document, planning one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..forms.papers_items import DocumentForm, VersionForm
from ..models import SessionDocument
from ..papers_pages import page_of
from ..queries.papers_documents import (
    board_of,
    cells_of,
    documents_listed,
    languages_missing,
    languages_of,
    late_days,
    symbol_doubts,
)
from ..services import papers_documents as services


@login_required
@require_GET
def documents(request: Request, organ: str, session: str) -> HttpResponse:
    """The board: each document by its symbol, in each language, late ones first."""
    found = access.session_to_read(request.user, organ, session)
    seen = access.documents_for(request.user, found)
    rows = board_of(found, documents_listed(found).filter(pk__in=seen.values("pk")))
    context = page_of(
        found,
        request.user,
        rows=rows,
        codes=languages_of(found),
        late=[one for one in rows if one.late_days and not one.is_issued],
    )
    return render(request, "convening/papers_documents.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_document(request: Request, organ: str, session: str) -> HttpResponse:
    """Plan a document."""
    found = access.session_to_keep(request.user, organ, session)
    form = DocumentForm(
        request.POST or None,
        session=found,
        initial={
            "symbol": services.symbol_offered(found, request.GET.get("item", "")),
            "item": request.GET.get("item"),
            "original_language": found.organ.working_languages[0],
        },
    )
    made = done(form, lambda **typed: services.plan_document(found, by=request.user, **typed))
    if made:
        return redirect("convening:session_document", organ=organ, session=session, pk=made.pk)
    context = page_of(found, request.user, form=form)
    status = 422 if form.errors else 200
    return render(request, "convening/papers_document_new.html", context, status=status)


@login_required
@require_GET
def document(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """The record of one document: its languages, what it follows, doubts on its symbol."""
    return show(request, access.document_in(request.user, organ, session, pk))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Write what a document is anew."""
    found = access.document_to_keep(request.user, organ, session, pk)
    form = DocumentForm(request.POST or None, session=found.session, document=found)
    if done(form, lambda **typed: services.change_document(found, by=request.user, **typed)):
        return redirect("convening:session_document", organ=organ, session=session, pk=pk)
    context = page_of(found.session, request.user, document=found, form=form)
    status = 422 if form.errors else 200
    return render(request, "convening/papers_document_change.html", context, status=status)


def show(
    request: Request,
    found: SessionDocument,
    *,
    refused: VersionForm | None = None,
    language: str = "",
) -> HttpResponse:
    """The record, with the form of one language as it was sent where it was refused."""
    cells: list[tuple[Any, VersionForm]] = []
    for cell in cells_of(found):
        state = cell.version.state if cell.version else "missing"
        form = VersionForm(initial={"state": state}, auto_id=f"id_{cell.language}_%s")
        cells.append((cell, refused if refused and cell.language == language else form))
    context = page_of(
        found.session,
        request.user,
        document=found,
        cells=cells,
        missing=languages_missing(found),
        late_days=late_days(found),
        doubts=symbol_doubts(found),
        followed_by=access.documents_for(request.user, found.session).filter(supersedes=found),
        records=history_of(found),
        followings=services.FOLLOWING,
    )
    status = 422 if refused else 200
    return render(request, "convening/papers_document.html", context, status=status)
