"""What restorations leave behind: persons who were trained on them, monuments that are better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity
from karvan.stages.heritage.models import ConditionSurvey, Monument, RestorationProject
from karvan.stages.heritage.queries.trainees import Worked, has_enough, needed_of, worked_by
from karvan.stages.heritage.surveys_rules import rises

from .counting import UNKNOWN, Counted, Slice, Span, counts, group_of

RISEN, SAME, FALLEN, UNSEEN = "risen", "same", "fallen", "unseen"


def specialists_trained(span: Span) -> tuple[Counted, ...]:
    """SPEC: persons with the signed hours, elements and level that their certificate asks for.

    Hours signed later do not count yet. Who learns in two courses is counted once. Unknown while
    nobody has written hours. Three queries, and what the courses' designs cost.
    """
    rows = Enrolment.objects.filter(
        span.inside("activity__scope"), trainee_logs__written_at__lte=span.as_of
    ).distinct()
    listed = list(rows.select_related("activity__edition__blueprint"))
    if not listed:
        return (Counted(None, note=_("Nobody has written hours under supervision yet.")),)
    worked = worked_by((one.pk for one in listed), as_of=span.as_of)
    needed = {activity.pk: needed_of(activity) for activity in _activities(listed)}
    enough: dict[int, Enrolment] = {}
    for one in listed:
        if has_enough(worked.get(one.pk, Worked()), needed[one.activity_id]):
            enough.setdefault(one.person_id, one)
    persons = {one.person_id for one in listed}
    trained = [one.pk for one in enough.values()]
    by = {key: counts(_group(one, worked, key) for one in enough.values()) for key in span.groups}
    counted = Enrolment.objects.filter(pk__in=_one_a_person(listed, enough))
    slices = (
        Slice("trained", _("Trained"), Q(pk__in=trained), len(trained)),
        Slice("all", _("All who learn"), Q(), len(persons)),
    )
    hours = sum(one.signed for one in worked.values())
    note = _("Signed hours in all: %(hours)s.") % {"hours": formats.number(hours, digits=0)}
    return (Counted(len(trained), len(trained), len(persons), by, note, counted, slices),)


def condition_improved(span: Span) -> tuple[Counted, ...]:
    """COND: monuments whose class after the works is better than before them.

    Before is the last signed survey up to the works' begin, after the last one since their end by
    another than the contractor. A monument without both, or of unknown class, is told apart and
    not counted as the same. Unknown while no works have begun. Two queries and two a project.
    """
    inside = span.inside("scope") | span.inside("activity__scope")
    begun = RestorationProject.objects.filter(
        inside, phases__kind="works", phases__actual_from__lte=span.day
    )
    outcomes: dict[int, str] = {}
    classes: dict[int, str] = {}
    for project in begun.select_related("monument").order_by("phases__actual_from", "pk"):
        before, after = _surveys(project, span)
        outcomes[project.monument_id] = _outcome(before, after)
        classes[project.monument_id] = after.condition if after else UNKNOWN
    if not outcomes:
        return (Counted(None, note=_("No works on a monument have begun yet.")),)
    found = {
        kind: [pk for pk, outcome in outcomes.items() if outcome == kind]
        for kind in (RISEN, SAME, FALLEN, UNSEEN)
    }
    risen = found[RISEN]
    by = {"condition_class": counts(classes[pk] for pk in risen)}
    slices = (
        Slice(RISEN, _("Class has risen"), Q(pk__in=risen), len(risen)),
        Slice(SAME, _("Class is the same"), Q(pk__in=found[SAME]), len(found[SAME])),
        Slice(FALLEN, _("Class has fallen"), Q(pk__in=found[FALLEN]), len(found[FALLEN])),
        Slice(UNSEEN, _("Not known"), Q(pk__in=found[UNSEEN]), len(found[UNSEEN])),
        Slice("all", _("All with works"), Q(), len(outcomes)),
    )
    note = ngettext(
        "Of %(many)s monument it is not known: a survey before or after is missing.",
        "Of %(many)s monuments it is not known: a survey before or after is missing.",
        len(found[UNSEEN]),
    ) % {"many": formats.number(len(found[UNSEEN]))}
    rows = Monument.objects.filter(pk__in=list(outcomes))
    said = note if found[UNSEEN] else ""
    return (Counted(len(risen), len(risen), len(outcomes), by, said, rows, slices),)


def _activities(listed: list[Enrolment]) -> list[Activity]:
    return list({one.activity_id: one.activity for one in listed}.values())


def _one_a_person(listed: list[Enrolment], enough: Mapping[int, Enrolment]) -> list[int]:
    """One enrolment a person, the one with enough where there is one."""
    chosen = {one.person_id: one.pk for one in reversed(listed)}
    return list((chosen | {person: one.pk for person, one in enough.items()}).values())


def _group(one: Enrolment, worked: Mapping[int, Any], key: str) -> str:
    if key == "trade":
        return str(worked[one.pk].trade or UNKNOWN)
    return group_of(one.attributes, key)


def _surveys(
    project: RestorationProject, span: Span
) -> tuple[ConditionSurvey | None, ConditionSurvey | None]:
    """The surveys before and after the works, as known on the day asked about."""
    works = project.phases.get(kind="works")
    signed = ConditionSurvey.objects.filter(
        monument=project.monument_id, state="signed", on__lte=span.day, signed_at__lte=span.as_of
    ).order_by("-on", "-pk")
    before = signed.filter(on__lte=works.actual_from).first()
    if works.actual_to is None or works.actual_to > span.day:
        return before, None
    later = signed.filter(on__gte=works.actual_to)
    if project.contractor_id is not None:
        later = later.filter(surveyor_party__isnull=False).exclude(
            surveyor_party=project.contractor_id
        )
    return before, later.first()


def _outcome(before: ConditionSurvey | None, after: ConditionSurvey | None) -> str:
    if before is None or after is None or UNKNOWN in (before.condition, after.condition):
        return UNSEEN
    if rises(before.condition, after.condition):
        return RISEN
    return SAME if before.condition == after.condition else FALLEN
