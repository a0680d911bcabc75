"""The timetable as files: for the apps of conferences, and for paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from karvan.foundation import clock
from karvan.foundation.web.requests import Request

from .. import access, feeds, printed, queries
from .. import schedule as schedules
from ..paper_forms import PaperForm
from .feeds import given
from .narrowing import asked


@login_required
@require_GET
def schedule(request: Request, edition: str, activity: str, kind: str) -> HttpResponse:
    """The version in force as schedule.xml or schedule.json, for whoever may read it."""
    held = access.activity_for(request.user, edition, activity)
    found = access.schedule_of(held, feeds.language_here())
    programme = schedules.programme_of(found.activity, found.version, found.placements)
    content = schedules.WRITERS[kind](programme)
    return given(request, content, schedules.TYPES[kind], f"schedule.{kind}")


@login_required
@require_GET
def paper(request: Request, edition: str, activity: str) -> HttpResponse:
    """Choose pages and paper, then the weeks as PDF in the reader's language."""
    held = access.activity_for(request.user, edition, activity)
    version = access.timetable_for(request.user, held, _number(request))
    placements = list(queries.placements_of(version)) if version else []
    narrowed = asked(request, held, placements)
    placements = [one for one in placements if narrowed.fits(one)]
    chosen = {kind: key for kind, key in narrowed.chosen.items() if key}
    form = PaperForm(
        request.GET if "paper" in request.GET else None,
        weeks=printed.weeks_used(held, placements),
        initial={
            "by": narrowed.by or next(iter(chosen), "whole"),
            "week": request.GET.get("week", ""),
        },
    )
    if version and form.is_valid():
        sheets = printed.sheets_of(version, placements, made_at=clock.now(), **form.values())
        answer = HttpResponse(printed.as_pdf(sheets), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{printed.file_name(version, sheets)}"'
        return answer
    context = {"activity": held, "version": version, "form": form, "chosen": chosen}
    return render(request, "timetables/paper.html", context, status=422 if form.errors else 200)


def _number(request: Request) -> int | None:
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
