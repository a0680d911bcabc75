"""Named reads of surveys and their terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from karvan.foundation.texts import fold, in_language

from ..models import ConditionSurvey, Monument, RestorationProject, Term
from ..surveys_risk import Risk, extent_class, risk_of

State = ConditionSurvey.State


def surveys_of(monument: Monument) -> QuerySet[ConditionSurvey]:
    """The surveys of a monument, the newest first, with who made them."""
    return monument.surveys.select_related("surveyor", "surveyor_party").order_by("-on", "-pk")


def signed_surveys(monument: Monument) -> QuerySet[ConditionSurvey]:
    """Those that are signed, the newest first."""
    return surveys_of(monument).filter(state=State.SIGNED)


def last_survey(monument: Monument, *, by: date | None = None) -> ConditionSurvey | None:
    """The newest signed survey (of a day or before it), None where there is none."""
    rows = signed_surveys(monument)
    return (rows.filter(on__lte=by) if by else rows).first()


def whole_survey(survey: ConditionSurvey) -> dict[str, Any]:
    """The parts of a survey as they are shown. Three queries."""
    observations = list(survey.observations.select_related("pattern__parent", "cause", "element"))
    threats = list(survey.threats.select_related("category", "cause"))
    advice = list(survey.advice.select_related("kind", "element"))
    return {"observations": observations, "threats": threats, "advice": advice}


def risk_of_survey(survey: ConditionSurvey) -> Risk:
    """The risk that a survey tells of. Two queries."""
    return risk_of(
        survey.extent,
        survey.observations.values_list("severity", flat=True),
        survey.threats.values_list("probability", flat=True),
    )


def risk_of_damage(observation: Any, overall: Risk) -> Risk:
    """The risk of one damage: its own extent and severity, the survey's probability."""
    return Risk(extent_class(observation.extent_percent), observation.severity, overall.probability)


def looked_at(rows: QuerySet[Monument]) -> QuerySet[Monument]:
    """Monuments with when they were last surveyed (``last_on``) and are to be again (``due_on``)."""
    newest = ConditionSurvey.objects.filter(monument=OuterRef("pk"), state=State.SIGNED).order_by(
        "-on", "-pk"
    )
    return rows.annotate(
        last_on=Subquery(newest.values("on")[:1]), due_on=Subquery(newest.values("next_due_on")[:1])
    ).order_by(F("due_on").asc(nulls_last=True), "pk")


def overdue(today: date) -> Q:
    """A filter of ``looked_at`` for those whose next survey's day has passed."""
    return Q(due_on__lt=today)


def projects_with_contractor(monument: Monument, on: date) -> list[RestorationProject]:
    """The restorations of a monument with a named contractor whose works had begun by a day."""
    return list(
        monument.projects.filter(
            contractor__isnull=False, phases__kind="works", phases__actual_from__lte=on
        ).select_related("contractor")
    )


def terms_of(vocabulary: str) -> QuerySet[Term]:
    """The terms of a vocabulary that are offered, in order, with their groups."""
    return Term.objects.filter(vocabulary=vocabulary, is_current=True).select_related("parent")


def term_named(vocabulary: str, typed: str) -> tuple[Term | None, list[Term]]:
    """The term a person means by a code or a word of any language, and those near it.

    An exact name or code wins; else the only one that holds the word. One query.
    """
    wanted = fold(typed)
    rows = list(terms_of(vocabulary))
    exact = [one for one in rows if typed == one.code or wanted in _keys(one)]
    if exact:
        return exact[0], exact
    near = [one for one in rows if any(wanted in key for key in _keys(one))]
    return (near[0] if len(near) == 1 else None), near[:6]


def found_terms(vocabulary: str, words: str) -> list[Term]:
    """Terms whose name or definition in any language holds all the words."""
    asked = fold(words).split()
    rows = terms_of(vocabulary).order_by("position", "pk")
    return [one for one in rows if all(word in _whole(one) for word in asked)]


def names_of(vocabulary: str, codes: Iterable[str]) -> dict[str, str]:
    """Code → name in the active language, the code itself where the term is not known."""
    wanted = list(codes)
    rows = Term.objects.filter(vocabulary=vocabulary, code__in=wanted)
    found = {one.code: in_language(one.names) for one in rows}
    return {code: found.get(code, code) for code in wanted}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two surveys that are compared."""

    survey: ConditionSurvey
    risk: Risk
    extent: str


def compared(first: ConditionSurvey, second: ConditionSurvey) -> dict[str, Any]:
    """Two surveys side by side: their heads, and the damage of both by element and pattern.

    Each line has what either side says of it, None where it says nothing.
    """
    extents = names_of("extent", {first.extent, second.extent} - {""})
    sides = [Side(one, risk_of_survey(one), extents.get(one.extent, "")) for one in (first, second)]
    lines: dict[tuple[str, str], list[Any]] = {}
    for at, side in enumerate(sides):
        for one in side.survey.observations.select_related("pattern", "element"):
            key = (str(one.element or ""), str(one.pattern))
            lines.setdefault(key, [None, None])[at] = one
    return {
        "sides": sides,
        "lines": [
            {"element": element, "pattern": pattern, "before": pair[0], "after": pair[1]}
            for (element, pattern), pair in sorted(lines.items())
        ],
    }


def _keys(term: Term) -> set[str]:
    return {fold(name) for name in term.names.values()}


def _whole(term: Term) -> str:
    return fold(" ".join([term.code, *term.names.values(), *term.definitions.values()]))
