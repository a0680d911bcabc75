"""Who is told of a version, and in which words."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from karvan.foundation.texts import direction_of, language_name
from karvan.foundation.web.requests import Request

from .. import access, services
from ..models import Timetable


@login_required
@require_GET
def letters(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Before publishing: who gets a letter, and one of them as its reader will read it.

    After it: to whom letters were written.
    """
    version = access.draft_to_run(request.user, edition, activity, number)
    context = {"activity": version.activity, "version": version}
    if version.state != Timetable.State.DRAFT:
        written = services.letters_written(version)
        rows = [(one, language_name(one.language)) for one in written]
        return render(request, "timetables/letters.html", {**context, "written": rows})
    listed = services.letters_about(version)
    asked = request.GET.get("person", "")
    shown = next((one for one in listed if str(one.reader.person.pk) == asked), None)
    shown = shown or next(iter(listed), None)
    preview = shown.preview() if shown else None
    return render(
        request,
        "timetables/letters.html",
        {
            **context,
            "letters": [(one, language_name(one.reader.person.language)) for one in listed],
            "languages": [
                (language_name(code), many) for code, many in services.languages_of(listed).items()
            ],
            "shown": shown,
            "preview": preview,
            "language": preview and preview.language,
            "direction_there": preview and direction_of(preview.language),
        },
    )
