"""Hours worked under supervision: whose, on what, how well; only those that are signed count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from karvan.foundation.people.models import Person, Role
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document
from karvan.stages.timetables.models import Trainer

from ..models import Element, RestorationProject, TraineeLog, WorkItem

# What a certificate of a trade may ask for, as outputs of a blueprint's award.
HOURS, ELEMENTS, LEVEL = "supervised_hours", "elements", "competence_level"
SUPERVISED = (HOURS, ELEMENTS, LEVEL)
# Where a design asks for nothing else; our own proposal.
NEEDED: Mapping[str, int] = {HOURS: 120, ELEMENTS: 2}
LEAST_ELEMENTS = 2
ZERO = Decimal(0)


@dataclass
class Worked:
    """What one participant has worked: signed hours count, others wait for a signature."""

    signed: Decimal = ZERO
    waiting: Decimal = ZERO
    elements: set[int] = field(default_factory=set)
    levels: dict[int, int] = field(default_factory=dict)  # element → the level last signed on it
    trades: dict[str, Decimal] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """The highest level reached on at least two elements; 0 where there is none.

        One good day on one wall is not yet a level: it has to be shown twice.
        """
        ranked = sorted(self.levels.values(), reverse=True)
        return ranked[LEAST_ELEMENTS - 1] if len(ranked) >= LEAST_ELEMENTS else 0

    @property
    def trade(self) -> str:
        """The trade with the most signed hours, "" where none is named."""
        named = [(hours, trade) for trade, hours in self.trades.items() if trade]
        return max(named)[1] if named else ""

    def outputs(self) -> dict[str, int]:
        """What a certificate's rule counts; hours in whole ones, begun ones left out."""
        return {HOURS: int(self.signed), ELEMENTS: len(self.elements), LEVEL: self.level}


def worked_by(enrolments: Iterable[int], *, as_of: datetime | None = None) -> dict[int, Worked]:
    """Enrolment id → what was worked, and of it what was signed (by a moment). One query."""
    found: dict[int, Worked] = defaultdict(Worked)
    rows = (
        TraineeLog.objects.filter(enrolment__in=list(enrolments))
        .order_by("on", "pk")
        .values_list(
            "enrolment_id", "hours", "level", "signed_at", "work__element_id", "work__trade"
        )
    )
    for enrolment, hours, level, signed_at, element, trade in rows:
        one = found[enrolment]
        if signed_at is None or (as_of is not None and signed_at > as_of):
            one.waiting += hours
            continue
        one.signed += hours
        one.elements.add(element)
        one.trades[trade] = one.trades.get(trade, ZERO) + hours
        if level is not None:
            one.levels[element] = level
    return dict(found)


def supervised_outputs(enrolments: Iterable[int]) -> dict[int, dict[str, int]]:
    """Enrolment id → signed hours, elements and level as outputs; those without a log are left out."""
    return {pk: one.outputs() for pk, one in worked_by(enrolments).items()}


def needed_of(activity: Activity) -> dict[str, int]:
    """What the certificate of a course asks of supervised work, by its design.

    Our own proposal where the design asks for nothing of the kind, or does not have the course.
    """
    try:
        design = activity_document(activity)
    except KeyError:
        return dict(NEEDED)
    rule = (design.get("award") or {}).get("certificate") or {}
    asked = {
        code: int(many) for code, many in (rule.get("outputs") or {}).items() if code in SUPERVISED
    }
    return asked or dict(NEEDED)


def has_enough(worked: Worked, needed: Mapping[str, int]) -> bool:
    """True if signed work reaches all that is needed."""
    found = worked.outputs()
    return all(found.get(code, 0) >= many for code, many in needed.items())


def trainees_of(project: RestorationProject) -> QuerySet[Enrolment]:
    """Those who learn on a project, by name; none where no course does."""
    if project.activity_id is None:
        return Enrolment.objects.none()
    return (
        Enrolment.objects.filter(activity=project.activity_id)
        .exclude(state=Enrolment.State.LEFT)
        .select_related("person")
        .order_by("person__full_name", "pk")
    )


def own_place(person: Person, project: RestorationProject) -> Enrolment | None:
    """The person's own place in the course that learns on a project."""
    return trainees_of(project).filter(person=person).first()


def logs_of(enrolment: Enrolment) -> QuerySet[TraineeLog]:
    """The hours of one participant, the newest first."""
    return enrolment.trainee_logs.select_related("work__element", "supervisor").order_by(
        "-on", "-pk"
    )


def waiting_for(person: Person, project: RestorationProject) -> QuerySet[TraineeLog]:
    """The hours that wait for this supervisor's signature, the oldest first."""
    return (
        TraineeLog.objects.filter(
            supervisor=person, signed_at__isnull=True, work__phase__project=project
        )
        .select_related("enrolment__person", "work__element")
        .order_by("on", "enrolment__person__full_name", "pk")
    )


def hours_on(person: Person, day: date) -> Decimal:
    """All hours a person has written for a day, on whatever project."""
    rows = TraineeLog.objects.filter(enrolment__person=person, on=day)
    total: Decimal | None = rows.aggregate(total=Sum("hours"))["total"]
    return total or ZERO


def supervisors_of(activity: Activity) -> QuerySet[Person]:
    """Those who may supervise: the course's trainers, and trainers of its edition."""
    named = Trainer.objects.filter(activity=activity).values("person")
    scopes = _covering(activity.scope)
    held = Role.objects.filter(kind=Role.Kind.TRAINER, scope__in=scopes).values("person")
    return Person.objects.filter(Q(pk__in=named) | Q(pk__in=held)).order_by("full_name", "pk")


def work_to_log(project: RestorationProject) -> QuerySet[WorkItem]:
    """The work that hours can be written on: begun or done."""
    return (
        WorkItem.objects.filter(
            phase__project=project, state__in=(WorkItem.State.STARTED, WorkItem.State.DONE)
        )
        .select_related("element", "phase")
        .order_by("phase__position", "pk")
    )


def totals_of(project: RestorationProject) -> list[dict[str, Any]]:
    """Each participant with hours, elements and levels, and what lacks for the certificate.

    Four queries and what the design costs.
    """
    if project.activity is None:
        return []
    listed = list(trainees_of(project))
    needed = needed_of(project.activity)
    found = worked_by(one.pk for one in listed)
    parts = {one.pk: one for one in Element.objects.filter(monument=project.monument_id)}
    lines = []
    for one in listed:
        worked = found.get(one.pk, Worked())
        reached = worked.outputs()
        lines.append(
            {
                "enrolment": one,
                "worked": worked,
                "levels": [(parts.get(pk), level) for pk, level in sorted(worked.levels.items())],
                "lacks": {
                    code: many - reached[code]
                    for code, many in needed.items()
                    if reached[code] < many
                },
                "has_enough": has_enough(worked, needed),
            }
        )
    return lines


def _covering(scope: str) -> list[str]:
    """The scope and all above it: "RST/AZ-2026/RST", "RST/AZ-2026", "RST", ""."""
    parts = scope.split("/")
    return ["/".join(parts[:many]) for many in range(len(parts), -1, -1)]
