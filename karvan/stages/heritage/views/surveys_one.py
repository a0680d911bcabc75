"""One survey: written on a telephone at the monument, part by part, then signed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.services import serve
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request
from karvan.stages.dossiers.drawing.marks import Mark, marks_svg
from karvan.stages.dossiers.services.photos_thumbs import measured

from ..access import surveys as access
from ..forms.surveys import AdviceForm, DamageForm, HeadForm, ThreatForm
from ..forms.surveys_marks import DamageMarkSet
from ..models import ConditionSurvey, DamageObservation
from ..queries import surveys as queries
from ..services import surveys as services
from ..services import surveys_parts as parts
from ..surveys_words import class_mark, class_word

LISTS = ("pattern", "cause", "threat", "recommendation")


@login_required
@require_GET
def survey(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """The survey: a page of forms while it is a draft, then its record."""
    return show(request, access.survey_for(request.user, register, pk, survey))


@login_required
@require_POST
def write(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """Write the head of a draft."""
    found = access.survey_to_write(request.user, register, pk, survey)
    form = HeadForm(request.POST)
    if done(form, lambda **typed: services.describe_survey(found, by=request.user, **typed)):
        return _back(found, "found")
    return show(request, found, status=422, head_form=form)


@login_required
@require_POST
def damage(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """Write a damage into a draft."""
    found = access.survey_to_write(request.user, register, pk, survey)
    form = DamageForm(request.POST, request.FILES, monument=found.monument)
    if done(form, lambda **typed: parts.note_damage(found, by=request.user, **typed)):
        return _back(found, "damage")
    return show(request, found, status=422, damage_form=form)


@login_required
@require_POST
def threat(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """Write a threat into a draft."""
    found = access.survey_to_write(request.user, register, pk, survey)
    form = ThreatForm(request.POST)
    if done(form, lambda **typed: parts.note_threat(found, by=request.user, **typed)):
        return _back(found, "threats")
    return show(request, found, status=422, threat_form=form)


@login_required
@require_POST
def advice(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """Write a recommendation into a draft."""
    found = access.survey_to_write(request.user, register, pk, survey)
    form = AdviceForm(request.POST, monument=found.monument)
    if done(form, lambda **typed: parts.advise(found, by=request.user, **typed)):
        return _back(found, "advice")
    return show(request, found, status=422, advice_form=form)


@login_required
@require_POST
def take_out(
    request: Request, register: str, pk: int, survey: int, kind: str, part: int
) -> HttpResponse:
    """Take a damage, a threat or a recommendation out of a draft."""
    found = access.survey_to_write(request.user, register, pk, survey)
    row = access.part_of(found, kind, part)
    stated(request, lambda: parts.take_out(row, by=request.user) or True, _("It is taken out."))
    return _back(found, "found")


@login_required
@require_POST
def sign(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """Sign the survey; what is missing is said at once."""
    found = access.survey_to_write(request.user, register, pk, survey)
    said = _("The survey is signed. The monument has its class from now on.")
    stated(request, lambda: services.sign_survey(found, by=request.user), said)
    return _back(found)


@login_required
@require_POST
def discard(request: Request, register: str, pk: int, survey: int) -> HttpResponse:
    """Throw the draft away."""
    found = access.survey_to_write(request.user, register, pk, survey)
    stated(
        request,
        lambda: services.discard_survey(found, by=request.user) or True,
        _("The draft is thrown away."),
    )
    return redirect("heritage:surveys", register, pk)


@login_required
@require_GET
def photo(request: Request, register: str, pk: int, survey: int, part: int) -> HttpResponse:
    """The photograph of a damage."""
    found = access.survey_for(request.user, register, pk, survey)
    return serve(access.damage_photo(found, part), inline=True)


@login_required
@require_http_methods(["GET", "POST"])
def marks(request: Request, register: str, pk: int, survey: int, part: int) -> HttpResponse:
    """The photograph of a damage with its marks, to draw and to type."""
    found = access.survey_for(request.user, register, pk, survey)
    if request.method == "POST":
        found = access.survey_to_write(request.user, register, pk, survey)
    row = access.damage_of(found, part)
    rows = DamageMarkSet(request.POST or None, marks=row.marks)
    wrong = _kept(request, row, rows) if request.method == "POST" else []
    if request.method == "POST" and not wrong:
        stated(request, lambda: True, _("The marks are kept."))
        return redirect("heritage:survey_marks", register, pk, survey, part)
    is_draft = found.state == ConditionSurvey.State.DRAFT
    context = {
        "survey": found,
        "monument": found.monument,
        "shot": _shot(row),
        "rows": rows,
        "wrong": wrong,
        "may_edit": is_draft and access.may_write(request.user, found),
    }
    return render(request, "heritage/surveys_marks.html", context, status=422 if wrong else 200)


def show(request: Request, found: ConditionSurvey, status: int = 200, **forms: Any) -> HttpResponse:
    """The survey's page, with a form as it was sent where it was refused."""
    whole = queries.whole_survey(found)
    risk = queries.risk_of_survey(found)
    is_draft = found.state == ConditionSurvey.State.DRAFT
    writes = is_draft and access.may_write(request.user, found)
    extents = queries.names_of("extent", [found.extent] if found.extent else [])
    codes = [one.probability for one in whole["threats"]]
    context = {
        "survey": found,
        "monument": found.monument,
        "risk": risk,
        "mark": class_mark(found.condition),
        "word": class_word(found.condition),
        "extent": extents.get(found.extent, ""),
        "damage": [
            {"row": one, "risk": queries.risk_of_damage(one, risk)} for one in whole["observations"]
        ],
        "threats": list(whole["threats"]),
        "probabilities": queries.names_of("probability", codes),
        "advice": whole["advice"],
        "priorities": queries.names_of("priority", [one.priority for one in whole["advice"]]),
        "may_write": writes,
        "missing": services.missing_to_sign(found) if writes else [],
        "records": history_of(found),
    }
    if writes:
        context |= _forms(found) | forms | {"lists": _lists()}
    return render(request, "heritage/survey.html", context, status=status)


def _forms(found: ConditionSurvey) -> dict[str, Any]:
    initial = {name: getattr(found, name) for name in HeadForm.base_fields}
    return {
        "head_form": HeadForm(initial=initial),
        "damage_form": DamageForm(monument=found.monument),
        "threat_form": ThreatForm(),
        "advice_form": AdviceForm(monument=found.monument),
    }


def _lists() -> list[tuple[str, list[Any]]]:
    return [(name, list(queries.terms_of(name))) for name in LISTS]


def _shot(row: DamageObservation) -> dict[str, Any]:
    assert row.photo is not None  # `damage_of` gives only those with one
    width, height = measured(row.photo)
    drawn = [
        Mark(
            one["number"],
            one["shape"],
            one["x"],
            one["y"],
            one.get("w", 0.0),
            one.get("h", 0.0),
            tuple((x, y) for x, y in one.get("points", ())),
            one.get("colour", "red"),
        )
        for one in row.marks
    ]
    drawing = SafeString(marks_svg(drawn, width=width, height=height))  # noqa: S308 - drawn by us
    return {"row": row, "width": width, "height": height, "drawing": drawing}


def _kept(request: Request, row: DamageObservation, rows: Any) -> list[str]:
    """Keep the marks; what has to be put right instead, if anything."""
    if not rows.is_valid():
        return [*rows.wrong(), *(str(one) for one in rows.non_form_errors())]
    try:
        parts.mark_damage(row, marks=rows.said(), by=request.user)
    except RuleBroken as broken:
        return [str(broken)]
    return []


def _back(found: ConditionSurvey, part: str = "") -> HttpResponse:
    monument = found.monument
    url = reverse("heritage:survey", args=[monument.register.code, monument.pk, found.pk])
    return redirect(f"{url}#{part}" if part else url)
