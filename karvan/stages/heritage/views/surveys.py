"""Surveys of monuments: which are due, those of one monument, two side by side, the vocabularies."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation import clock
from karvan.foundation.ui.registers import Column, Filter, Register
from karvan.foundation.web.requests import Request

from ..access import surveys as access
from ..access.reached import keeps, monument_for
from ..models import ConditionSurvey
from ..queries import surveys as queries
from ..services import surveys as services
from ..surveys_words import VOCABULARIES, class_mark, class_word

COLUMNS = (
    Column("monument", gettext_lazy("Monument"), value="names", kind="name", sort="search_key"),
    Column("register", gettext_lazy("Register"), value=lambda one: str(one.register)),
    Column(
        "condition",
        gettext_lazy("Class"),
        kind="state",
        value=lambda one: class_mark(one.condition),
        word=lambda one: class_word(one.condition),
        sort="condition",
    ),
    Column("last", gettext_lazy("Last survey"), value="last_on", kind="date", sort="last_on"),
    Column("due", gettext_lazy("Next survey due"), value="due_on", kind="date", sort="due_on"),
)


@login_required
@require_GET
def due(request: Request) -> HttpResponse:
    """The monuments the person reads, by when they are to be surveyed again."""
    access.require_reader(request.user)
    today = clock.today()
    register = Register(
        request,
        queries.looked_at(access.monuments_for(request.user)),
        COLUMNS,
        name="surveys-due",
        caption=_("Surveys that are due"),
        order=("due_on", "pk"),
        filters=[
            Filter("overdue", _("Overdue"), queries.overdue(today)),
            Filter("never", _("Never surveyed"), Q(last_on__isnull=True)),
            Filter("bad", _("In a bad state"), Q(condition__in=["poor", "very_bad"])),
        ],
        row_url=lambda one: reverse("heritage:surveys", args=[one.register.code, one.pk]),
        empty_title=_("No monument yet"),
        empty_text=_("Monuments of the registers you read are listed here by their next survey."),
    )
    if register.wants_file:
        return register.file()
    return render(request, "heritage/surveys_due.html", {"register": register})


@login_required
@require_GET
def surveys(request: Request, register: str, pk: int) -> HttpResponse:
    """The surveys of a monument, and what the newest says."""
    monument = monument_for(request.user, register, pk)
    found = list(queries.surveys_of(monument))
    signed = [one for one in found if one.state == ConditionSurvey.State.SIGNED]
    last = signed[0] if signed else None
    context = {
        "monument": monument,
        "lines": [_line(one) for one in found],
        "last": last,
        "risk": queries.risk_of_survey(last) if last else None,
        "is_overdue": bool(last and last.next_due_on and last.next_due_on < clock.today()),
        "may_survey": access.may_survey(request.user, monument),
        "keeps": keeps(request.user, monument.scope),
        "may_compare": len(signed) > 1,
        "projects": list(monument.projects.all()),
        "mark": class_mark(monument.condition),
        "word": class_word(monument.condition),
    }
    return render(request, "heritage/surveys.html", context)


@login_required
@require_POST
def begin(request: Request, register: str, pk: int) -> HttpResponse:
    """Begin a survey, or go on with the person's own draft."""
    monument = access.monument_to_survey(request.user, register, pk)
    made = services.begin_survey(monument, by=request.user)
    return redirect("heritage:survey", register, pk, made.pk)


@login_required
@require_GET
def compare(request: Request, register: str, pk: int) -> HttpResponse:
    """Two surveys of a monument side by side; those asked for, else the two newest."""
    monument = monument_for(request.user, register, pk)
    chosen = access.two_surveys(
        request.user, register, pk, request.GET.get("before", ""), request.GET.get("after", "")
    )
    found = queries.compared(*chosen) if chosen else {"sides": [], "lines": []}
    context = {
        "monument": monument,
        "choices": list(queries.signed_surveys(monument)),
        "heads": [
            {
                "side": side,
                "mark": class_mark(side.survey.condition),
                "word": class_word(side.survey.condition),
            }
            for side in found["sides"]
        ],
        "lines": found["lines"],
        "finding": _finding([side.survey for side in found["sides"]]),
    }
    return render(request, "heritage/surveys_compare.html", context)


@login_required
@require_GET
def terms(request: Request) -> HttpResponse:
    """The vocabularies, searched by a word of any language."""
    access.require_reader(request.user)
    vocabulary = request.GET.get("vocabulary", "pattern")
    vocabulary = vocabulary if vocabulary in VOCABULARIES else "pattern"
    words = request.GET.get("q", "").strip()[:100]
    found = queries.found_terms(vocabulary, words)
    context = {
        "vocabularies": VOCABULARIES.items(),
        "vocabulary": vocabulary,
        "title": VOCABULARIES[vocabulary],
        "words": words,
        "terms": found,
        "sources": sorted({one.source for one in found}),
    }
    return render(request, "heritage/surveys_terms.html", context)


def _line(one: ConditionSurvey) -> dict[str, object]:
    return {
        "survey": one,
        "mark": class_mark(one.condition),
        "word": class_word(one.condition),
        "state": "draft" if one.state == ConditionSurvey.State.DRAFT else "done",
    }


def _finding(sides: Sequence[ConditionSurvey]) -> str:
    """What has changed between two surveys, in a sentence."""
    if len(sides) < 2:
        return ""
    before, after = sides
    words = {"before": before.get_condition_display(), "after": after.get_condition_display()}
    if before.condition == after.condition:
        return _("The class is the same: %(after)s.") % words
    return _("The class went from %(before)s to %(after)s.") % words
