"""How far each activity has come, stage by stage, in one query however many activities there are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from karvan.foundation import clock
from karvan.foundation.texts import in_language
from karvan.stages.calls.models import Application
from karvan.stages.credentials.models import Credential
from karvan.stages.delivery.models import Attendance, Enrolment
from karvan.stages.editions.models import Activity
from karvan.stages.reviews.models import Assignment, Reviewer
from karvan.stages.selection.models import Offer, SelectionRun, SignOff
from karvan.stages.timetables.models import Placement, Session, Timetable

MOST_ACTIVITIES = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """One activity and what its stages hold. Times are aware; counts are of rows.

    ``edition_state`` is the edition's; ``call_state`` and ``round_state`` are None where
    there is no call or no round.
    """

    activity: str
    edition: str
    format: str
    scope: str
    edition_scope: str
    edition_state: str
    titles: dict[str, str]
    edition_titles: dict[str, str]
    time_zone: str
    starts_on: date | None
    ends_on: date | None
    call_state: str | None
    opens_at: datetime | None
    deadline: datetime | None
    closes_at: datetime | None
    received: int
    eligible: int
    round_state: str | None
    round_due: datetime | None
    reads_each: int | None
    reviewers: int
    reads_given: int
    reads_done: int
    has_signed_run: bool
    has_proposed_run: bool
    signatures: int
    offers: int
    offers_open: int
    accepted: int
    sessions: int
    has_published: bool
    has_draft_timetable: bool
    rolls_called: int
    rolls_missing: int
    enrolled: int
    credentials: int

    @property
    def name(self) -> str:
        """The activity and its edition, in the reader's language."""
        return f"{in_language(self.titles)} ({in_language(self.edition_titles)})"

    @property
    def has_ended(self) -> bool:
        return self.ends_on is not None and self.ends_on < clock.today()

    @property
    def has_begun(self) -> bool:
        return self.starts_on is not None and self.starts_on <= clock.today()

    @property
    def is_closed(self) -> bool:
        """True once nothing more can be sent to its published call."""
        return (
            self.call_state == "published"
            and self.closes_at is not None
            and self.closes_at <= clock.now()
        )


def facts_of(activities: QuerySet[Activity]) -> list[Facts]:
    """The facts of these activities in the order of editions and of their positions. One query."""
    rows = (
        activities.annotate(**_renamed(), **_selection(), **_reading(), **_teaching())
        .order_by("edition__slug", "position", "pk")
        .values(*_names())[:MOST_ACTIVITIES]
    )
    return [_facts(row) for row in rows]


RENAMED = {
    "activity": "code",
    "edition": "edition__slug",
    "call_state": "call__state",
    "opens_at": "call__opens_at",
    "deadline": "call__advertised_deadline",
    "closes_at": "call__closes_at",
    "round_state": "call__review_round__state",
    "round_due": "call__review_round__due_at",
    "reads_each": "call__review_round__reads_each",
    "edition_scope": "edition__scope",
    "edition_state": "edition__state",
    "edition_titles": "edition__titles",
    "time_zone": "edition__time_zone",
}
FIRST = {"starts_on", "ends_on"}


def _names() -> list[str]:
    """The columns to read: annotations are prefixed, so that none hides a field of the model."""
    own = {"format", "scope", "titles"}
    return [one.name if one.name in own else f"x_{one.name}" for one in fields(Facts)]


def _facts(row: dict[str, Any]) -> Facts:
    return Facts(**{key.removeprefix("x_"): value for key, value in row.items()})


def _renamed() -> dict[str, Any]:
    found: dict[str, Any] = {f"x_{key}": F(path) for key, path in RENAMED.items()}
    for key in FIRST:
        found[f"x_{key}"] = Coalesce(f"actual_{key}", f"planned_{key}")
    return found


def _count(rows: QuerySet[Any], path: str) -> Coalesce:
    """How many of ``rows`` lead to the outer activity by ``path``."""
    counted = (
        rows.filter(**{path: OuterRef("pk")})
        .order_by()
        .values(path)
        .annotate(counted=Count("pk", distinct=True))
        .values("counted")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _selection() -> dict[str, Any]:
    applications = Application.objects.all()
    runs = SelectionRun.objects.filter(call__activity=OuterRef("pk"))
    return {
        "x_received": _count(
            applications.filter(state__in=["submitted", "ineligible"]), "call__activity"
        ),
        "x_eligible": _count(applications.filter(state="submitted"), "call__activity"),
        "x_has_signed_run": Exists(runs.filter(state="signed")),
        "x_has_proposed_run": Exists(runs.filter(state="proposed")),
        "x_signatures": _count(
            SignOff.objects.filter(run__state="proposed"), "run__call__activity"
        ),
        "x_offers": _count(Offer.objects.all(), "run__call__activity"),
        "x_offers_open": _count(Offer.objects.filter(state="offered"), "run__call__activity"),
        "x_accepted": _count(Offer.objects.filter(state="accepted"), "run__call__activity"),
    }


def _reading() -> dict[str, Any]:
    reads = Assignment.objects.filter(withdrawn_at__isnull=True, application__state="submitted")
    path = "round__call__activity"
    return {
        "x_reviewers": _count(Reviewer.objects.filter(is_active=True), path),
        "x_reads_given": _count(reads, path),
        "x_reads_done": _count(reads.filter(review__state="done"), path),
    }


def _teaching() -> dict[str, Any]:
    versions = Timetable.objects.filter(activity=OuterRef("pk"))
    held = Placement.objects.filter(
        timetable__state="published", session__is_cancelled=False, ends_at__lt=clock.now()
    )
    called = Exists(Attendance.objects.filter(session=OuterRef("session")))
    return {
        "x_sessions": _count(Session.objects.filter(is_cancelled=False), "activity"),
        "x_has_published": Exists(versions.filter(state="published")),
        "x_has_draft_timetable": Exists(versions.filter(state="draft")),
        "x_rolls_called": _count(held.filter(called), "timetable__activity"),
        "x_rolls_missing": _count(held.filter(~Q(called)), "timetable__activity"),
        "x_enrolled": _count(
            Enrolment.objects.filter(state__in=["enrolled", "completed"]), "activity"
        ),
        "x_credentials": _count(Credential.objects.filter(revoked_at__isnull=True), "activity"),
    }
