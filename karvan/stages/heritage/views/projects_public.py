"""What anybody may see of a restoration that is open. No coordinates, ever."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from karvan.foundation.files.services import serve

from ..access import projects as access
from ..models import RestorationProject
from ..projects_words import PHASE_MARKS, PROJECT_MARKS
from ..queries import projects as queries
from ..queries.trainees import trainees_of
from ..surveys_words import class_mark, class_word


@require_safe
def public(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a restoration: what was, what was done, what it is now."""
    project = access.public_project(code)
    classes = [
        {"survey": one, "mark": class_mark(one.condition), "word": class_word(one.condition)}
        for one in (queries.survey_before_works(project), queries.survey_after_works(project))
        if one is not None
    ]
    context = {
        "project": project,
        "monument": project.monument,
        "mark": PROJECT_MARKS[project.state],
        "place": _place(project),
        "phases": [
            {"row": one, "mark": PHASE_MARKS[one.state]} for one in queries.phases_of(project)
        ],
        "views": queries.viewpoints_of(project),
        "classes": classes,
        "trainees": trainees_of(project).count(),
        "is_open": True,
    }
    return render(request, "heritage/project_public.html", context)


@require_safe
def public_photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A picture of an open restoration."""
    return serve(access.public_photo(code, pk, small=False), inline=True)


@require_safe
def public_thumb(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A picture's small copy."""
    return serve(access.public_photo(code, pk, small=True), inline=True)


def _place(project: RestorationProject) -> list[str]:
    """Where the monument stands, in words; only country and region where looting is a danger."""
    monument = project.monument
    country = str(monument.country) if monument.country else ""
    parts = [monument.address, monument.adm2, monument.adm1, country]
    if monument.is_at_risk_of_looting:
        parts = [monument.adm1, country]
    return [one for one in parts if one]
