"""Named reads of restorations: phases, permits in force, works, money, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from ..models import (
    ConditionSurvey,
    FundingLine,
    Permit,
    Phase,
    RestorationProject,
    SitePhoto,
    Viewpoint,
    WorkItem,
)
from ..surveys_rules import months_after

MONTHS_A_SURVEY_COUNTS = 24
Kind, Moment = Phase.Kind, SitePhoto.Moment
ZERO = Decimal(0)


def phases_of(project: RestorationProject) -> list[Phase]:
    """The phases of a project in their order."""
    return list(project.phases.order_by("position"))


def phase_of(project: RestorationProject, kind: str) -> Phase | None:
    """The phase of a kind, None where the project has none."""
    return project.phases.filter(kind=kind).first()


def permits_of(project: RestorationProject) -> QuerySet[Permit]:
    """The permits of a project, the oldest first."""
    return project.permits.select_related("file").order_by("granted_on", "pk")


def in_force(on: date) -> Q:
    """A filter for permits that hold on a day."""
    return Q(granted_on__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def counting_survey(project: RestorationProject, on: date) -> ConditionSurvey | None:
    """The newest signed survey of the monument that is young enough for works on a day.

    A survey of exactly 24 months before no longer counts.
    """
    oldest = months_after(on, -MONTHS_A_SURVEY_COUNTS)
    return (
        project.monument.surveys.filter(state="signed", on__gt=oldest, on__lte=on)
        .order_by("-on", "-pk")
        .first()
    )


def survey_after_works(project: RestorationProject) -> ConditionSurvey | None:
    """The newest signed survey since the works ended, by a party that is not the contractor."""
    works = phase_of(project, Kind.WORKS)
    if works is None or works.actual_to is None:
        return None
    rows = project.monument.surveys.filter(state="signed", on__gte=works.actual_to)
    if project.contractor_id is not None:
        rows = rows.filter(surveyor_party__isnull=False).exclude(
            surveyor_party=project.contractor_id
        )
    return rows.order_by("-on", "-pk").first()


def survey_before_works(project: RestorationProject) -> ConditionSurvey | None:
    """The newest signed survey from before the works began, None while none has begun."""
    works = phase_of(project, Kind.WORKS)
    if works is None or works.actual_from is None:
        return None
    rows = project.monument.surveys.filter(state="signed", on__lte=works.actual_from)
    return rows.order_by("-on", "-pk").first()


def works_of(project: RestorationProject) -> QuerySet[WorkItem]:
    """The work items of a project by phase and number."""
    return (
        WorkItem.objects.filter(phase__project=project)
        .select_related("phase", "element", "advice__kind", "advice__survey")
        .order_by("phase__position", "pk")
    )


@dataclass
class Works:
    """Work items with what they cost; ``unpriced`` have no price and are in no sum."""

    lines: list[tuple[WorkItem, Decimal | None]] = field(default_factory=list)
    total: Decimal = ZERO
    unpriced: int = 0


def priced_works(project: RestorationProject) -> Works:
    """The work items with quantity times price; those dropped cost nothing. One query."""
    found = Works()
    for item in works_of(project):
        price = item.unit_price
        cost = None if price is None else (item.quantity * price).quantize(Decimal("0.01"))
        found.lines.append((item, cost))
        if item.state == WorkItem.State.DROPPED:
            continue
        if cost is None:
            found.unpriced += 1
        else:
            found.total += cost
    return found


@dataclass
class Sums:
    """Money of one funder, one phase, or all: planned, committed, paid."""

    name: str
    planned: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What is committed and not yet paid."""
        return self.committed - self.paid

    @property
    def is_over_plan(self) -> bool:
        return self.committed > self.planned

    def add(self, line: FundingLine) -> None:
        self.planned += line.planned
        self.committed += line.committed
        self.paid += line.paid


@dataclass
class Money:
    """All lines of a project, and their sums by phase, by funder and in all."""

    lines: Sequence[FundingLine]
    by_phase: list[Sums]
    by_funder: list[Sums]
    total: Sums


def money_of(project: RestorationProject) -> Money:
    """The money of a project. One query."""
    lines = list(project.funding.select_related("phase", "funder"))
    phases: dict[int, Sums] = {}
    funders: dict[int, Sums] = {}
    total = Sums("")
    for line in lines:
        phases.setdefault(line.phase_id, Sums(line.phase.get_kind_display())).add(line)
        funders.setdefault(line.funder_id, Sums(str(line.funder))).add(line)
        total.add(line)
    return Money(lines, list(phases.values()), list(funders.values()), total)


@dataclass
class Seen:
    """A viewpoint with its pictures: the last before, those during, the last after."""

    viewpoint: Viewpoint
    before: SitePhoto | None = None
    during: list[SitePhoto] = field(default_factory=list)
    after: SitePhoto | None = None

    @property
    def has_pair(self) -> bool:
        return self.before is not None and self.after is not None


def viewpoints_of(project: RestorationProject) -> list[Seen]:
    """The viewpoints with their pictures. Two queries."""
    pictures = SitePhoto.objects.select_related("file", "thumb", "work").order_by("taken_on", "pk")
    rows = project.viewpoints.select_related("element").prefetch_related(
        Prefetch("pictures", queryset=pictures)
    )
    return [_seen(one, one.pictures.all()) for one in rows]


def _seen(viewpoint: Viewpoint, pictures: Iterable[SitePhoto]) -> Seen:
    found = Seen(viewpoint)
    for one in pictures:
        if one.moment == Moment.BEFORE:
            found.before = one
        elif one.moment == Moment.AFTER:
            found.after = one
        else:
            found.during.append(one)
    return found
