"""Named reads of rounds, reads and marks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any

from django.db.models import Avg, Case, Count, F, Max, Min, Q, QuerySet, StdDev, Value, When

from karvan.foundation import clock, texts
from karvan.foundation.records.models import Record
from karvan.foundation.records.queries import history_of
from karvan.stages.calls.models import Application, Call

from .models import Assignment, Conflict, Review, Reviewer, ReviewRound
from .rubric import mean_of

STANDING = Q(withdrawn_at__isnull=True)
FINISHED = Q(review__state=Review.State.DONE)


class Standing(IntEnum):
    """How far the reading of one application has come, what waits for somebody first."""

    NEEDS = 0  # readers differ by more than the limit, and nobody was asked for a third read
    LACKS = 1  # fewer finished reads than the round asks for
    ASKED = 2  # a third read is given out and not done
    DISPUTED = 3  # readers differ by more than the limit, third read included
    FULL = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a call has come.

    needed: reads that the rubric asks for, third reads given included.
    given:  reads that are assigned; done: finished; drafts: begun.
    """

    applications: int
    needed: int
    given: int
    done: int
    drafts: int

    @property
    def missing(self) -> int:
        """Reads that nobody has been given."""
        return max(0, self.needed - self.given)

    @property
    def is_finished(self) -> bool:
        return self.done >= self.needed > 0


def applications_to_read(call: Call) -> QuerySet[Application]:
    """The call's eligible applications, in the order in which they came."""
    return call.applications.filter(state=Application.State.SUBMITTED).order_by("pk")


def languages_to_read(call: Call) -> tuple[str, ...]:
    """Codes of the languages a reviewer can be asked for: the call's, the platform's, those written in."""
    written = call.applications.order_by("language").values_list("language", flat=True).distinct()
    return tuple(dict.fromkeys((*call.languages, *texts.languages(), *written)))


def finished_reviews(call: Call) -> QuerySet[Review]:
    """Finished reviews of eligible applications that nobody withdrew."""
    return Review.objects.filter(
        state=Review.State.DONE,
        assignment__round__call=call,
        assignment__withdrawn_at__isnull=True,
        assignment__application__state=Application.State.SUBMITTED,
    )


def totals(call: Call) -> dict[int, list[int]]:
    """The totals of the finished reads by application, in hundredths of a point of 100."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = finished_reviews(call).order_by("pk").values_list("assignment__application_id", "total")
    for application, total in rows:
        if total is not None:
            found[application].append(total)
    return dict(found)


def merits(call: Call) -> dict[int, int]:
    """By application id: the mean total of its finished reads, in hundredths of a point of 100.

    An application without a finished read is not there. One query.
    """
    return {application: mean_of(listed) for application, listed in totals(call).items()}


def criterion_means(call: Call) -> dict[int, dict[str, int]]:
    """By application id and criterion: the mean mark of its finished reads, in hundredths."""
    marks: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = finished_reviews(call).order_by("pk").values_list("assignment__application_id", "marks")
    for application, given in rows:
        for code, mark in given.items():
            marks[application][code].append(mark * 100)
    return {
        application: {code: mean_of(listed) for code, listed in by_code.items()}
        for application, by_code in marks.items()
    }


def progress(round: ReviewRound) -> Progress:
    """How far the round has come; two queries."""
    counted = Assignment.objects.filter(
        STANDING, round=round, application__state=Application.State.SUBMITTED
    ).aggregate(
        given=Count("pk"),
        third=Count("pk", filter=Q(is_third_read=True)),
        done=Count("pk", filter=FINISHED),
        drafts=Count("pk", filter=Q(review__state=Review.State.DRAFT)),
    )
    applications = applications_to_read(round.call).count()
    return Progress(
        applications=applications,
        needed=applications * round.reads_each + counted["third"],
        given=counted["given"],
        done=counted["done"],
        drafts=counted["drafts"],
    )


def reviewers_listed(round: ReviewRound) -> QuerySet[Any]:
    """The round's reviewers with how much each was given and has done, mean and spread of the totals."""
    standing = Q(assignments__withdrawn_at__isnull=True)
    done = standing & Q(assignments__review__state=Review.State.DONE)
    return (
        Reviewer.objects.filter(round=round)
        .select_related("person", "round__call__activity")
        .annotate(
            given=Count("assignments", filter=standing, distinct=True),
            done=Count("assignments", filter=done, distinct=True),
            mean=Avg("assignments__review__total", filter=done),
            spread=StdDev("assignments__review__total", filter=done),
            conflict_count=Count("conflicts", distinct=True),
        )
    )


def disputed(round: ReviewRound) -> QuerySet[Application]:
    """Applications whose finished totals lie further apart than the round allows."""
    reads = Q(assignments__withdrawn_at__isnull=True, assignments__review__state=Review.State.DONE)
    return (
        applications_to_read(round.call)
        .annotate(
            lowest=Min("assignments__review__total", filter=reads),
            highest=Max("assignments__review__total", filter=reads),
            finished=Count("assignments", filter=reads),
        )
        .filter(highest__gt=F("lowest") + round.third_read_over * 100)
    )


def unsettled(round: ReviewRound) -> QuerySet[Application]:
    """Disputed applications that have been read as often as all others and no more."""
    more = (
        Assignment.objects.filter(STANDING, FINISHED, round=round)
        .order_by()
        .values("application")
        .annotate(reads=Count("pk"))
        .filter(reads__gt=round.reads_each)
    )
    return disputed(round).exclude(pk__in=more.values("application"))


def needing_third(round: ReviewRound) -> QuerySet[Application]:
    """Applications whose readers differ too much and for which no third read is asked yet."""
    asked = Assignment.objects.filter(STANDING, round=round, is_third_read=True)
    return unsettled(round).exclude(pk__in=asked.order_by().values("application"))


def applications_read(round: ReviewRound) -> QuerySet[Application]:
    """The register of the reading: every application with its reads, mean, and difference.

    given, finished: reads that stand, and those done; third: third reads among them; third_left:
    those of them not done; mean, lowest, highest, apart: of finished totals, hundredths of a
    point. ``standing`` sorts and filters: see ``Standing``.
    """
    reads = Q(assignments__withdrawn_at__isnull=True)
    done = reads & Q(assignments__review__state=Review.State.DONE)
    third = reads & Q(assignments__is_third_read=True)
    rows = applications_to_read(round.call).annotate(
        given=Count("assignments", filter=reads),
        finished=Count("assignments", filter=done),
        third=Count("assignments", filter=third),
        third_done=Count("assignments", filter=third & done),
        mean=Avg("assignments__review__total", filter=done),
        lowest=Min("assignments__review__total", filter=done),
        highest=Max("assignments__review__total", filter=done),
    )
    return rows.annotate(
        apart=F("highest") - F("lowest"),
        standing=Case(
            When(finished__lt=round.reads_each, then=Value(Standing.LACKS)),
            When(third__gt=F("third_done"), then=Value(Standing.ASKED)),
            When(
                Q(highest__gt=F("lowest") + round.third_read_over * 100)
                & Q(finished__lte=round.reads_each),
                then=Value(Standing.NEEDS),
            ),
            When(
                highest__gt=F("lowest") + round.third_read_over * 100,
                then=Value(Standing.DISPUTED),
            ),
            default=Value(Standing.FULL),
        ),
    )


def last_given_out(round: ReviewRound) -> Record | None:
    """The record of the last time reads were given out or moved."""
    acts = ("assigned reads", "rebalanced reads")
    return history_of(round).filter(act__in=acts).order_by("-number").first()


def reads_to_move(round: ReviewRound) -> int:
    """Unfinished reads that stand with reviewers who have stopped."""
    return (
        Assignment.objects.filter(
            STANDING,
            round=round,
            reviewer__is_active=False,
            application__state=Application.State.SUBMITTED,
        )
        .exclude(FINISHED)
        .count()
    )


def idle_reviewers(round: ReviewRound) -> list[Reviewer]:
    """Reviewers of the round for whom no application is eligible: by language, or all in conflict.

    Empty while no application has come. Three queries.
    """
    written = Counter(applications_to_read(round.call).values_list("language", flat=True))
    if not written:
        return []
    barred: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Conflict.objects.filter(
        reviewer__round=round, application__state=Application.State.SUBMITTED
    )
    for reviewer, language in rows.values_list("reviewer_id", "application__language"):
        barred[reviewer][language] += 1
    return [
        one
        for one in Reviewer.objects.filter(round=round, is_active=True).select_related("person")
        if not any(written[code] > barred[one.pk][code] for code in one.languages)
    ]


def written_in(call: Call) -> dict[str, int]:
    """By language: how many applications were submitted in it, the most first."""
    counted = Counter(applications_to_read(call).values_list("language", flat=True))
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def forecast(call: Call) -> int | None:
    """Applications at the hard deadline if they go on coming as in the last seven days.

    None where it would say nothing: the call is not open, or nobody applied in those days.
    Most people apply in the last two days, so more may come. Two queries.
    """
    now = clock.now()
    if not call.is_open(now):
        return None
    days = min(7.0, (now - call.opens_at) / timedelta(days=1))
    came = applications_to_read(call)
    lately = came.filter(submitted_at__gt=now - timedelta(days=days)).count()
    if not lately or days < 1:
        return None
    left = (call.closes_at - now) / timedelta(days=1)
    return came.count() + round(lately * left / days)


def reads_of(reviewer_ids: list[int]) -> QuerySet[Assignment]:
    """The standing reads of these reviewers, with what the reading needs.

    ``turn`` is 0 for those to do, 1 for drafts, 2 for those done.
    """
    return (
        Assignment.objects.filter(
            STANDING,
            reviewer_id__in=reviewer_ids,
            application__state=Application.State.SUBMITTED,
        )
        .select_related(
            "application__call__activity__edition", "round__call__activity", "reviewer", "review"
        )
        .annotate(
            turn=Case(
                When(review__state=Review.State.DONE, then=2),
                When(review__state=Review.State.DRAFT, then=1),
                default=0,
            )
        )
        .order_by("pk")
    )


def conflicts_listed(round: ReviewRound) -> QuerySet[Conflict]:
    """Who must not read what, and why."""
    return (
        Conflict.objects.filter(reviewer__round=round)
        .select_related("reviewer__person", "application")
        .order_by("reviewer__pk", "application__pk")
    )


def reads_done(call: Call) -> dict[int, int]:
    """By application id: how many finished reads it has."""
    return {application: len(listed) for application, listed in totals(call).items()}


def marks_listed(round: ReviewRound) -> QuerySet[Review]:
    """Finished reviews of the round, with what a blind list of marks needs."""
    return finished_reviews(round.call).select_related("assignment__application")
