"""A draft is published and offered to every edition under way, in one act."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from karvan.foundation.ui import formats
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.blueprints.access import blueprint_to_publish
from karvan.stages.blueprints.forms import PublishForm
from karvan.stages.blueprints.history import silent
from karvan.stages.blueprints.views.versions import version_page

from .. import services


@login_required
@require_POST
def publish_version(request: Request, code: str, number: int) -> HttpResponse:
    """Make the draft a version; refused, its page comes back with what was typed."""
    draft = blueprint_to_publish(request.user, code, number)
    form = PublishForm(request.POST, silent=silent(draft))
    made = done(form, lambda **typed: services.publish_version(draft, by=request.user, **typed))
    if not made:
        return version_page(request, draft, publish_form=form)
    _version, offers = made
    messages.success(request, _said(number, len(offers)))
    return redirect("blueprints:blueprint", code=code, number=number)


def _said(number: int, offers: int) -> str:
    if not offers:
        return _("Version %(number)s is published.") % {"number": number}
    words = ngettext(
        "Version %(number)s is published and offered to %(count)s edition.",
        "Version %(number)s is published and offered to %(count)s editions.",
        offers,
    )
    return words % {"number": number, "count": formats.number(offers)}
