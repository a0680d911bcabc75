"""Where editions stand: one row an activity and one an edition, with all that the stages did."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from karvan.stages.calls.models import Application
from karvan.stages.convening.models import Paper, Proceedings
from karvan.stages.credentials.models import Credential
from karvan.stages.delivery.models import Attendance, Enrolment
from karvan.stages.dossiers.models import Dossier
from karvan.stages.editions.models import Activity, Edition, VersionOffer
from karvan.stages.heritage.models import RestorationProject
from karvan.stages.reviews.models import Assignment
from karvan.stages.selection.models import Offer, SelectionRun
from karvan.stages.timetables.models import RepairRequest, Timetable
from karvan.stages.ventures.models import FollowUp, Milestone, Team

from ..models import Report


@dataclass(slots=True)
class Standing:
    """One edition with its annotated activities."""

    edition: Edition
    activities: list[Activity] = field(default_factory=list)


def standings(editions: QuerySet[Edition]) -> list[Standing]:
    """The editions with all that says how far each stage is. Two queries, however many."""
    asked = _with_ends().filter(pk__in=editions.order_by().values("pk"))
    found = {one.pk: Standing(one) for one in asked}
    rows: dict[int, list[Activity]] = defaultdict(list)
    for activity in _with_stages().filter(edition__in=list(found)):
        rows[activity.edition_id].append(activity)
    for pk, standing in found.items():
        standing.activities = rows[pk]
    return list(found.values())


@cache
def _with_ends() -> QuerySet[Edition]:
    """Editions with their teams, claims, later questions, last report, and what is offered to them.

    Kept, and narrowed by who asks: every page of an edition asks, and to put the question
    together takes longer than the database takes to answer it.
    """
    of_edition = {"venture__team__edition": OuterRef("pk")}
    claimed = Milestone.objects.filter(state=Milestone.State.CLAIMED, **of_edition)
    asked = FollowUp.objects.exclude(
        state__in=[FollowUp.State.ANSWERED, FollowUp.State.SILENT]
    ).filter(**of_edition)
    reports = Report.objects.filter(scope=OuterRef("scope"), kind__in=["edition", "indicators"])
    offered = VersionOffer.objects.filter(edition=OuterRef("pk"), state=VersionOffer.State.OPEN)
    return (
        Edition.objects.select_related("programme", "country", "blueprint")
        .defer("blueprint__source", "blueprint__data")
        .annotate(
            teams_n=_count(Team.objects.filter(edition=OuterRef("pk"))),
            claims_n=_count(claimed),
            questions_n=_count(asked),
            offered_number=Subquery(offered.values("blueprint__number")[:1]),
            offered_at=Subquery(offered.values("offered_at")[:1]),
            reported_at=Subquery(reports.order_by("-as_of").values("as_of")[:1]),
        )
    )


@cache
def _with_stages() -> QuerySet[Activity]:
    """Activities with their call, its reading and its choice, their timetable, roll and papers.

    Kept, as above.
    """
    calls = {"call__activity": OuterRef("pk")}
    runs = SelectionRun.objects.filter(**calls)
    offers = Offer.objects.filter(run__call__activity=OuterRef("pk"))
    sent = Application.objects.filter(state__in=["submitted", "ineligible"], **calls)
    to_read = Application.objects.filter(state="submitted", **calls)
    reads = Assignment.objects.filter(
        withdrawn_at__isnull=True,
        application__state="submitted",
        round__call__activity=OuterRef("pk"),
    )
    tables = Timetable.objects.filter(activity=OuterRef("pk"))
    repairs = RepairRequest.objects.filter(activity=OuterRef("pk"), settled_at__isnull=True)
    papers = Credential.objects.filter(activity=OuterRef("pk"), revoked_at__isnull=True)
    dossiers = Dossier.objects.filter(activity=OuterRef("pk")).exclude(state="withdrawn")
    abstracts = Paper.objects.filter(symposium__activity=OuterRef("pk")).exclude(state="withdrawn")
    volumes = Proceedings.objects.filter(symposium__activity=OuterRef("pk"))
    restored = RestorationProject.objects.filter(activity=OuterRef("pk"))
    roll = Attendance.objects.filter(enrolment__activity=OuterRef("pk"))
    return (
        Activity.objects.select_related("call", "call__review_round")
        .defer("call__form", "call__texts", "call__review_round__rubric")
        .annotate(
            sent_n=_count(sent),
            to_read_n=_count(to_read),
            reads_n=_count(reads),
            read_n=_count(reads.filter(review__state="done")),
            signed_at=Subquery(runs.filter(state="signed").values("signed_at")[:1]),
            is_signed=Exists(runs.filter(state="signed")),
            is_proposed=Exists(runs.filter(state="proposed")),
            offers_n=_count(offers),
            unanswered_n=_count(offers.filter(state="offered")),
            published_at=Subquery(tables.filter(state="published").values("published_at")[:1]),
            has_table=Exists(tables),
            repair_asked_at=Subquery(repairs.values("asked_at")[:1]),
            enrolled_n=_count(Enrolment.objects.filter(activity=OuterRef("pk"))),
            has_roll=Exists(roll),
            dossiers_n=_count(dossiers),
            stopped_n=_count(dossiers.filter(stopped_at__isnull=False)),
            released_n=_count(dossiers.filter(state__in=["released", "superseded"])),
            abstracts_n=_count(abstracts),
            undecided_n=_count(abstracts.filter(state="submitted")),
            proceedings_at=Subquery(volumes.order_by("-number").values("released_at")[:1]),
            restoring=Subquery(restored.values("state")[:1]),
            accepted_on=Subquery(restored.values("accepted_on")[:1]),
            papers_n=_count(papers),
            issued_at=_latest(papers, "issued_at"),
        )
        .order_by("edition_id", "position", "pk")
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a subquery of its own, so that joins cannot multiply it."""
    counted = rows.order_by().annotate(one=F("pk") * 0).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _latest(rows: QuerySet[Any], field: str) -> Subquery:
    found = rows.order_by().annotate(one=F("pk") * 0).values("one").annotate(at=Max(field))
    return Subquery(found.values("at"))
