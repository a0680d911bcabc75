"""Surveys and monuments that a person reads, or writes surveys of.

Whoever reads a monument reads its signed surveys and drafts. Surveys are written by those who keep
its register and by trainers there or of a course that learns on it; a draft only by who began it
and by those who keep the register.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import RUNNERS, holds, holds_anywhere, scopes_of
from karvan.foundation.people.models import Person

from ..models import Advice, ConditionSurvey, DamageObservation, Monument, Threat
from .reached import LEARNERS, keeps, monument_for, monuments_for

SURVEYORS = (*RUNNERS, "trainer")


def may_survey(person: Person, monument: Monument) -> bool:
    """True for those who keep the register, and trainers there or on a restoration of it."""
    if holds(person, SURVEYORS, monument.scope):
        return True
    scopes = scopes_of(person, ("trainer",))
    return monument.projects.filter(
        Q(activity__scope__in=scopes) | Q(activity__edition__scope__in=scopes)
    ).exists()


def monument_to_survey(person: Person, register: str, pk: int) -> Monument:
    """A monument the person may survey; 403 for other readers."""
    found = monument_for(person, register, pk)
    if not may_survey(person, found):
        raise PermissionDenied
    return found


def survey_for(person: Person, register: str, monument: int, pk: int) -> ConditionSurvey:
    """A survey of a monument the person reads, or 404."""
    return get_object_or_404(
        ConditionSurvey.objects.select_related("monument__register", "surveyor", "surveyor_party"),
        pk=pk,
        monument=monument_for(person, register, monument),
    )


def may_write(person: Person, survey: ConditionSurvey) -> bool:
    """True for who began the draft, and for those who keep the register."""
    own = survey.surveyor_id == person.pk and may_survey(person, survey.monument)
    return own or keeps(person, survey.scope)


def survey_to_write(person: Person, register: str, monument: int, pk: int) -> ConditionSurvey:
    """A survey the person may write in; 403 for other readers. State is the services' matter."""
    found = survey_for(person, register, monument, pk)
    if not may_write(person, found):
        raise PermissionDenied
    return found


def part_of(survey: ConditionSurvey, kind: str, pk: int) -> DamageObservation | Threat | Advice:
    """A damage, threat or recommendation of a survey, or 404."""
    if kind == "damage":
        return get_object_or_404(survey.observations.select_related("pattern"), pk=pk)
    if kind == "threat":
        return get_object_or_404(survey.threats.select_related("category"), pk=pk)
    if kind == "advice":
        return get_object_or_404(survey.advice.select_related("kind"), pk=pk)
    raise Http404


def damage_of(survey: ConditionSurvey, pk: int) -> DamageObservation:
    """A damage of a survey that has a photograph, or 404."""
    return get_object_or_404(
        survey.observations.select_related("pattern", "element", "photo"),
        pk=pk,
        photo__isnull=False,
    )


def damage_photo(survey: ConditionSurvey, pk: int) -> StoredFile:
    """The photograph of a damage, or 404."""
    photo = damage_of(survey, pk).photo
    if photo is None:
        raise Http404
    return photo


def require_reader(person: Person) -> None:
    """Let those pass who read, teach or learn anywhere, or raise PermissionDenied."""
    if not holds_anywhere(person, LEARNERS):
        raise PermissionDenied


def two_surveys(
    person: Person, register: str, monument: int, before: str, after: str
) -> tuple[ConditionSurvey, ConditionSurvey] | None:
    """Two surveys of a monument by what was chosen, else the two newest signed; None if fewer."""
    found = monument_for(person, register, monument)
    rows = list(
        found.surveys.filter(state=ConditionSurvey.State.SIGNED)
        .select_related("surveyor", "surveyor_party", "monument__register")
        .order_by("on", "pk")
    )
    if len(rows) < 2:
        return None
    by_key = {str(one.pk): one for one in rows}
    return by_key.get(before, rows[-2]), by_key.get(after, rows[-1])


__all__ = [
    "damage_of",
    "damage_photo",
    "may_survey",
    "may_write",
    "monument_to_survey",
    "monuments_for",
    "part_of",
    "require_reader",
    "survey_for",
    "survey_to_write",
    "two_surveys",
]
