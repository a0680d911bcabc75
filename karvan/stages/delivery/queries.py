"""Named reads of enrolments, attendance, coursework and results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document
from karvan.stages.timetables.models import Placement, Session

from .models import Assessment, Attendance, Coursework, Enrolment, Feedback, HandIn

CAME = (Attendance.State.PRESENT, Attendance.State.LATE)
TAKING_PART = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)
LEAST_ANSWERS = 5  # below this many, feedback could tell who said what


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """What participants thought of a session. ``mean`` and ``comments`` only from five answers."""

    answers: int
    asked: int
    mean: float | None
    comments: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        return self.mean is not None


def attendance_percent(enrolment: Enrolment) -> int | None:
    """Sessions attended out of those where the person's roll was called, in whole per cent.

    Late counts as there; excused counts neither way. Rounded down, so that 79.6 is not
    80. None where no roll was called for the person. One query.
    """
    return attendance_percents([enrolment])[enrolment.pk]


def attendance_percents(enrolments: Iterable[Enrolment]) -> dict[int, int | None]:
    """``attendance_percent`` of many enrolments by their ids. One query."""
    keys = [enrolment.pk for enrolment in enrolments]
    rows = (
        Attendance.objects.filter(enrolment__in=keys)
        .values("enrolment_id")
        .annotate(
            came=Count("pk", filter=Q(state__in=CAME)),
            counted=Count("pk", filter=~Q(state=Attendance.State.EXCUSED)),
        )
    )
    found = {row["enrolment_id"]: percent_of(row["came"], row["counted"]) for row in rows}
    return {key: found.get(key) for key in keys}


def percent_of(came: int, counted: int) -> int | None:
    """``came`` of ``counted`` in whole per cent, rounded down; None for nothing counted."""
    return 100 * came // counted if counted else None


def outputs_of(enrolment: Enrolment) -> dict[str, int]:
    """Output of the design → how many the person has handed in, those returned left out.

    What is one a team counts for everybody who applied together. One query.
    """
    own = Q(enrolment=enrolment)
    if enrolment.application_id:
        own |= Q(coursework__by_team=True, enrolment__application=enrolment.application_id)
    rows = (
        HandIn.objects.filter(own, coursework__activity=enrolment.activity_id)
        .exclude(state=HandIn.State.RETURNED)
        .values("coursework__code")
        .annotate(many=Count("pk"))
    )
    return {row["coursework__code"]: row["many"] for row in rows}


def assessments_of(enrolment: Enrolment) -> dict[str, int]:
    """Assessment → the person's result in per cent. One query."""
    return dict(enrolment.assessments.values_list("code", "percent"))


def total_percent(enrolment: Enrolment) -> int | None:
    """The result by the weights of the design's assessments, rounded down to whole per cent.

    None until every assessment that has a weight has a result, and where there are no
    assessments at all. Three queries; one where the blueprint was fetched along.
    """
    results = assessments_of(enrolment)
    return total_of(results, weights_of(enrolment.activity))


def weights_of(activity: Activity) -> dict[str, float]:
    """Assessment → its weight in the design."""
    listed = activity_document(activity).get("assessment") or ()
    return {one["code"]: float(one.get("weight", 0)) for one in listed}


def total_of(results: dict[str, int], weights: dict[str, float]) -> int | None:
    """The weighted mean of results; None while one that counts is missing."""
    counted = {code: weight for code, weight in weights.items() if weight}
    if not counted or any(code not in results for code in counted):
        return None
    return int(sum(results[code] * w for code, w in counted.items()) // sum(counted.values()))


def enrolments_listed(activity: Activity) -> QuerySet[Enrolment]:
    """Participants by name, with what the register shows of each. One query.

    ``came`` and ``counted`` are sessions; ``handed_in`` counts pieces of coursework.
    """
    return (
        Enrolment.objects.filter(activity=activity)
        .select_related("person", "group", "activity")
        .annotate(
            came=_count_of(Attendance.objects.filter(state__in=CAME)),
            counted=_count_of(Attendance.objects.exclude(state=Attendance.State.EXCUSED)),
            handed_in=_count_of(HandIn.objects.exclude(state=HandIn.State.RETURNED)),
        )
        .order_by("person__full_name", "pk")
    )


def _count_of(rows: QuerySet[Attendance] | QuerySet[HandIn]) -> Coalesce:
    """How many of these rows belong to an enrolment, as one column without a join."""
    counted = (
        rows.filter(enrolment=OuterRef("pk"))
        .order_by()
        .values("enrolment")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def roll_of(session: Session) -> QuerySet[Enrolment]:
    """Whose names are on a session's roll: the whole cohort, or the session's group.

    Those who left stay on it only where they were marked before.
    """
    listed = Enrolment.objects.filter(activity=session.activity_id)
    if session.group_id:
        listed = listed.filter(Q(group=session.group_id) | Q(attendance__session=session))
    return (
        listed.filter(Q(state__in=TAKING_PART) | Q(attendance__session=session))
        .select_related("person", "group")
        .order_by("person__full_name", "pk")
        .distinct()
    )


def states_of(session: Session) -> dict[int, str]:
    """Enrolment id → what was called on a session's roll. One query."""
    return dict(Attendance.objects.filter(session=session).values_list("enrolment_id", "state"))


def sessions_with_rolls(activity: Activity) -> QuerySet[Session]:
    """Sessions in the order they are held, with how many were there of those called. One query."""
    in_force = Placement.objects.filter(
        session=OuterRef("pk"), timetable__state="published"
    ).values("starts_at")[:1]
    return (
        Session.objects.filter(activity=activity, is_cancelled=False)
        .select_related("group")
        .annotate(
            starts_at=Subquery(in_force),
            called=Count("attendance", distinct=True),
            came=Count("attendance", filter=Q(attendance__state__in=CAME), distinct=True),
        )
        .order_by(F("starts_at").asc(nulls_last=True), "position")
    )


def begins_at(session: Session) -> datetime | None:
    """When a session begins by the timetable in force; None while it has no time."""
    return (
        Placement.objects.filter(session=session, timetable__state="published")
        .values_list("starts_at", flat=True)
        .first()
    )


def coursework_listed(activity: Activity) -> QuerySet[Coursework]:
    """Pieces of coursework with how many hand-ins each has, and how many wait for a mark."""
    waiting = Q(hand_ins__state=HandIn.State.HANDED_IN)
    return (
        Coursework.objects.filter(activity=activity)
        .select_related("activity")
        .annotate(
            handed_in=Count("hand_ins", distinct=True),
            waiting=Count("hand_ins", filter=waiting, distinct=True),
        )
        .order_by("due_at", "code")
    )


def hand_ins_listed(coursework: Coursework) -> QuerySet[HandIn]:
    """Everything handed in for one piece, what waits for a mark first."""
    return (
        HandIn.objects.filter(coursework=coursework)
        .select_related("enrolment__person", "coursework", "file", "marked_by")
        .order_by(F("marked_at").asc(nulls_first=True), "handed_in_at", "pk")
    )


def hand_ins_of(enrolment: Enrolment) -> QuerySet[HandIn]:
    """What one person handed in, newest first."""
    return (
        HandIn.objects.filter(enrolment=enrolment)
        .select_related("coursework", "file", "marked_by")
        .order_by("-handed_in_at", "-pk")
    )


def attendance_listed(enrolment: Enrolment) -> QuerySet[Attendance]:
    """One person's sessions with what was called at each."""
    return (
        Attendance.objects.filter(enrolment=enrolment)
        .select_related("session__group", "called_by")
        .order_by("session__position", "pk")
    )


def results_listed(enrolment: Enrolment) -> QuerySet[Assessment]:
    """One person's results by assessment."""
    return enrolment.assessments.select_related("given_by").order_by("code")


def feedback_summary(session: Session) -> FeedbackSummary:
    """What was thought of a session; nothing but the count below five answers. Two queries."""
    asked = roll_of(session).count()
    rows = Feedback.objects.filter(session=session)
    found = rows.aggregate(mean=Avg("rating"), answers=Count("pk"))
    if found["answers"] < LEAST_ANSWERS:
        return FeedbackSummary(found["answers"], asked, None, ())
    # In the alphabet's order: the order of arrival could tell who wrote what.
    said = tuple(sorted(rows.exclude(comment="").values_list("comment", flat=True)))
    return FeedbackSummary(found["answers"], asked, float(found["mean"]), said)


def activities_with_enrolments(edition: Edition) -> QuerySet[Activity]:
    """An edition's activities with how many take part, left, and how many rolls were called."""
    taking_part = Q(enrolments__state__in=TAKING_PART)
    return (
        edition.activities.select_related("edition")
        .annotate(
            participants=Count("enrolments", filter=taking_part, distinct=True),
            left=Count("enrolments", filter=Q(enrolments__state="left"), distinct=True),
            session_count=Count("sessions", filter=Q(sessions__is_cancelled=False), distinct=True),
            rolls=Count("sessions", filter=Q(sessions__attendance__isnull=False), distinct=True),
        )
        .order_by("position", "pk")
    )
