"""What is taken away from a run: the committee's pack, and the document once the blind is lifted."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karvan.foundation.texts import languages
from karvan.foundation.web.requests import Request
from karvan.stages.reviews.services import calibrated

from .. import access, services
from ..naming import is_blind
from ..pack import KINDS, file_name, pack_of, pack_pdf, pack_xlsx


@login_required
@require_GET
def pack(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """The committee's pack of a run: ``?format=pdf`` or ``xlsx``, in the language ``?lang=``."""
    call = access.call_for(request.user, edition, activity)
    found = access.run_for(call, number)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "pdf"
    asked = request.GET.get("lang", "")
    language = asked if asked in languages() else translation.get_language() or "en"
    facts = services.facts_or_none(found)
    with translation.override(language):
        made = pack_of(found, facts, calibrated(call))
        body = pack_xlsx(made) if kind == "xlsx" else pack_pdf(made)
        name = file_name(found, kind)
    return _attached(body, KINDS[kind], name)


@login_required
@require_GET
def document(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """A run's document as a file that anybody can replay, once the blind is lifted from it.

    It holds the attributes that quotas count beside the number of each application.
    """
    call = access.call_for(request.user, edition, activity)
    found = access.run_for(call, number)
    if is_blind(found):
        messages.error(request, _("The document can be downloaded once the blind is lifted."))
        return redirect("selection:run", edition=edition, activity=activity, number=number)
    name = f"selection-{call.slug}-{found.number}.json"
    return _attached(bytes(found.document), "application/json", name)


def _attached(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
