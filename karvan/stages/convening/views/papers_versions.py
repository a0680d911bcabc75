"""Acts on a document: bringing a language version, issuing, and what follows it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import papers as access
from ..forms.papers_items import VersionForm
from ..services import papers_documents as services
from .papers_documents import show


@login_required
@require_POST
def bring(request: Request, organ: str, session: str, pk: int, language: str) -> HttpResponse:
    """Say how far a document is in one language, with its file."""
    found = access.document_to_keep(request.user, organ, session, pk)
    form = VersionForm(request.POST, request.FILES, auto_id=f"id_{language}_%s")
    made = done(
        form,
        lambda **typed: services.bring_version(found, language=language, by=request.user, **typed),
    )
    if made:
        return redirect("convening:session_document", organ=organ, session=session, pk=pk)
    return show(request, found, refused=form, language=language)


@login_required
@require_POST
def issue(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """Issue a document in all its languages."""
    found = access.document_to_keep(request.user, organ, session, pk)
    said = _("Issued: %(symbol)s.") % {"symbol": found.symbol}
    stated(request, lambda: services.issue_document(found, by=request.user), said)
    return redirect("convening:session_document", organ=organ, session=session, pk=pk)


@login_required
@require_POST
def follow(request: Request, organ: str, session: str, pk: int, how: str) -> HttpResponse:
    """Plan a revision, an addendum or a corrigendum of a document."""
    found = access.document_to_keep(request.user, organ, session, pk)
    made = stated(request, lambda: services.follow_document(found, how=how, by=request.user))
    if made:
        messages.success(request, _("Planned: %(symbol)s.") % {"symbol": made.symbol})
        return redirect("convening:session_document", organ=organ, session=session, pk=made.pk)
    return redirect("convening:session_document", organ=organ, session=session, pk=pk)


@login_required
@require_GET
def version_file(
    request: Request, organ: str, session: str, pk: int, language: str
) -> HttpResponse:
    """The file of a document in one language."""
    return serve(access.version_file(request.user, organ, session, pk, language))
