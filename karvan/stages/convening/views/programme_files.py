"""The programme as files: for the apps of conferences, for calendars, and badges on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_safe

from karvan.foundation import clock
from karvan.foundation.web.requests import Request
from karvan.stages.timetables import schedule as schedules

from .. import programme_apps
from ..access import symposium_reached as access
from ..programme_badges import badges_pdf
from ..queries.programme_badges import badges_of
from ..queries.programme_published import held_in


@require_safe
def schedule(request: HttpRequest, edition: str, activity: str, kind: str) -> HttpResponse:
    """The published programme as schedule.xml or schedule.json, each paper a talk of its own."""
    symposium, version = access.published(edition, activity)
    found = programme_apps.programme_for_apps(symposium, version, held_in(symposium, version))
    answer = HttpResponse(schedules.WRITERS[kind](found), content_type=schedules.TYPES[kind])
    answer["Content-Disposition"] = f'inline; filename="schedule.{kind}"'
    return answer


@require_safe
def calendar(request: HttpRequest, edition: str, activity: str) -> HttpResponse:
    """The published programme as iCalendar."""
    symposium, version = access.published(edition, activity)
    content = programme_apps.calendar_of(symposium, held_in(symposium, version))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="programme.ics"'
    return answer


@login_required
@require_GET
def badges(request: Request, edition: str, activity: str) -> HttpResponse:
    """A badge for everybody who attends or speaks, eight on a sheet of A4."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    content = badges_pdf(symposium, badges_of(symposium), made_at=clock.now())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="badges.pdf"'
    return answer
