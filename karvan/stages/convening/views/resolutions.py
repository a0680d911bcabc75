"""Screens of what was adopted: the registers, one resolution, and on paper in two languages."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import hall_rows as access
from ..access.reached import organ_for, runs, session_for, session_to_run
from ..forms.resolutions import EnterForm
from ..models import Resolution
from ..queries.resolutions_pages import (
    before_and_after,
    paragraphs_of,
    resolutions_found,
    with_following,
)
from ..services.resolutions_adopting import enter_resolution

COLUMNS = (
    Column("titles", pgettext_lazy("decision", "Resolution"), kind="name", detail=lambda one: one.number),
    Column("number", gettext_lazy("Number"), sort="number", shown=False),
    Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
    Column("adopted_at", pgettext_lazy("vote", "Adopted"), kind="date", sort="adopted_at", value=lambda one: one.adopted_at.astimezone(ZoneInfo(one.session.time_zone)).date()),
    Column("operative_count", gettext_lazy("Paragraphs"), kind="number", sort="operative_count"),
    Column("followed_count", gettext_lazy("Commitments"), kind="number", sort="followed_count"),
)  # fmt: skip
SESSION = Column("session", pgettext_lazy("organ", "Session"), value="session.titles", kind="name", sort="session__starts_on")  # fmt: skip
FILTERS = (
    Filter("resolutions", gettext_lazy("Resolutions"), Q(kind="resolution")),
    Filter("decisions", gettext_lazy("Decisions"), Q(kind="decision")),
    Filter("recommendations", gettext_lazy("Recommendations"), Q(kind="recommendation")),
    Filter("waiting", gettext_lazy("Not followed up"), Q(followed_count__lt=F("operative_count"))),
)


@login_required
@require_GET
def resolutions(request: Request, organ: str, session: str) -> HttpResponse:
    """What a session adopted."""
    found = session_for(request.user, organ, session)
    rows = with_following(found.resolutions.select_related("session__organ"))
    register = _register(request, rows, COLUMNS, order=("adopted_at",))
    if register.wants_file:
        return register.file()
    context = {"session": found, "register": register, "is_run": runs(request.user, found)}
    return render(request, "convening/resolutions.html", context)


@login_required
@require_GET
def of_organ(request: Request, organ: str) -> HttpResponse:
    """What a body adopted in all its sessions."""
    body = organ_for(request.user, organ)
    rows = with_following(access.resolutions_of_organ(request.user, organ))
    register = _register(request, rows, (*COLUMNS, SESSION), order=("-adopted_at",))
    if register.wants_file:
        return register.file()
    return render(request, "convening/resolutions_organ.html", {"organ": body, "register": register})  # fmt: skip


@login_required
@require_GET
def resolution(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """One resolution: its text, how it was voted, what became of each paragraph."""
    found = access.resolution_for(request.user, organ, session, pk)
    before, after = before_and_after(found)
    context = {
        "session": found.session,
        "resolution": found,
        "paragraphs": paragraphs_of(found),
        "before": before,
        "after": after,
        "is_run": runs(request.user, found.session),
        "records": history_of(found),
    }
    return render(request, "convening/resolutions_one.html", context)


@login_required
@require_GET
def on_paper(request: Request, organ: str, session: str, pk: int) -> HttpResponse:
    """The resolution as a sheet, in two languages side by side."""
    found = access.resolution_for(request.user, organ, session, pk)
    known = [code for code, _name in settings.LANGUAGES]
    first = (get_language() or "en").split("-")[0]
    spoken = [one for one in found.session.organ.working_languages if one in found.titles]
    asked = request.GET.get("beside", "")
    other = asked if asked in known else next((one for one in spoken if one != first), "en")
    context = {
        "session": found.session,
        "resolution": found,
        "paragraphs": paragraphs_of(found),
        "columns": [first, other] if other != first else [first],
        "choices": [code for code in known if code in found.titles and code != first],
    }
    return render(request, "convening/resolutions_print.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: Request, organ: str, session: str) -> HttpResponse:
    """Enter a resolution from old papers, with its printed number and its source."""
    found = session_to_run(request.user, organ, session)
    form = EnterForm(request.POST or None, session=found)

    def act(adopted_on: Any, operative: str, **typed: Any) -> Resolution:
        at = datetime.combine(adopted_on, time(12), ZoneInfo(found.time_zone))
        language = (get_language() or "en").split("-")[0]
        texts = [{language: line.strip()} for line in operative.splitlines() if line.strip()]
        return enter_resolution(found, adopted_at=at, operative=texts, by=request.user, **typed)

    made = done(form, act)
    if made:
        return redirect("convening:resolution", organ, session, made.pk)
    status = 422 if form.errors else 200
    context = {"session": found, "form": form}
    return render(request, "convening/resolutions_enter.html", context, status=status)


def _register(request: Request, rows: Any, columns: Any, order: Any) -> Register:
    return Register(
        request,
        rows,
        columns,
        name="resolutions",
        caption=_("Resolutions"),
        order=order,
        filters=FILTERS,
        search=resolutions_found,
        row_url=lambda one: reverse(
            "convening:resolution", args=[one.session.organ.code, one.session.slug, one.pk]
        ),
        empty_title=_("Nothing adopted yet"),
        empty_text=_("A draft that is carried gets its number at once and stands here."),
    )
