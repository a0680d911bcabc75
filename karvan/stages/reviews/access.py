"""Who may reach which round or read. The only way a view gets hold of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, holds, holds_anywhere
from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Application, ApplicationFile, Call
from karvan.stages.calls.wording import takes_abstracts
from karvan.stages.editions.access import activity_for, edition_for
from karvan.stages.editions.models import Activity, Edition

from .models import Assignment, Reviewer, ReviewRound
from .queries import reads_of


@dataclass(frozen=True, slots=True)
class OwnRead:
    """A read with its neighbours: what comes before and after, and how many are done."""

    assignment: Assignment
    position: int
    count: int
    done: int
    before: int | None
    after: int | None


def edition_to_review(person: Person, slug: str) -> tuple[Edition, QuerySet[Activity]]:
    """An edition the person reads, and its activities that have a call."""
    edition = edition_for(person, slug)
    return edition, edition.activities.filter(call__isnull=False).select_related(
        "call__review_round"
    )


def call_for(person: Person, slug: str, code: str, kinds: Iterable[str] = READERS) -> Call:
    """The call of an activity the person reads, with its round if there is one; 404 without a call."""
    activity = activity_for(person, slug, code, kinds)
    call = get_object_or_404(Call.objects.select_related("review_round"), activity=activity)
    call.activity = activity
    return call


def call_to_run(person: Person, slug: str, code: str) -> Call:
    """The call of an activity the person runs; 403 for those who only read."""
    return call_for(person, slug, code, RUNNERS)


def round_of(call: Call) -> ReviewRound | None:
    """The call's round, or None before it is prepared."""
    found: ReviewRound | None = getattr(call, "review_round", None)
    if found:
        found.call = call
    return found


def round_for(person: Person, slug: str, code: str, kinds: Iterable[str] = READERS) -> ReviewRound:
    """The round of an activity the person reads, or 404."""
    found = round_of(call_for(person, slug, code, kinds))
    if found is None:
        raise Http404
    return found


def round_to_run(person: Person, slug: str, code: str) -> ReviewRound:
    """The round of an activity the person runs; 403 for those who only read."""
    return round_for(person, slug, code, RUNNERS)


def may_run(person: Person, round: ReviewRound | Call) -> bool:
    """True if the person may name reviewers, give out reads, open and close."""
    return holds(person, RUNNERS, round.scope)


def reviewer_of(round: ReviewRound, pk: int) -> Reviewer:
    """A reviewer of a round that was reached before, or 404."""
    return get_object_or_404(round.reviewers.select_related("person"), pk=pk)


def application_of(round: ReviewRound, number: str) -> Application | None:
    """An application of the round's call by its number, as the coordinator knows it."""
    return round.call.applications.filter(number=number.strip().upper()).first()


def own_reads(person: Person) -> QuerySet[Assignment]:
    """What the person reads, in rounds that are open or closed; 404 for those who never read."""
    own = list(Reviewer.objects.filter(person=person).values_list("pk", flat=True))
    if not own and not holds_anywhere(person, ("reviewer",)):
        raise Http404
    return reads_of(own).exclude(round__state=ReviewRound.State.PREPARED)


def reads_only_abstracts(reads: QuerySet[Assignment]) -> bool:
    """True if somebody reads, and nothing but abstracts; one query."""
    formats = Activity.objects.filter(call__review_round__in=reads.order_by().values("round"))
    kinds = {takes_abstracts(one) for one in formats.only("format")}
    return kinds == {True}


def own_read(person: Person, pk: int) -> Assignment:
    """One of the person's own reads, or 404."""
    rows = own_reads(person).prefetch_related("application__files__file", "application__members")
    return get_object_or_404(rows, pk=pk)


def own_place(person: Person, assignment: Assignment) -> OwnRead:
    """Where a read stands among the person's reads of its round; one query."""
    rows = list(
        own_reads(person).filter(round_id=assignment.round_id).values_list("pk", "review__state")
    )
    keys = [pk for pk, _state in rows]
    at = keys.index(assignment.pk)
    return OwnRead(
        assignment=assignment,
        position=at + 1,
        count=len(keys),
        done=sum(state == "done" for _pk, state in rows),
        before=keys[at - 1] if at else None,
        after=keys[at + 1] if at + 1 < len(keys) else None,
    )


def own_file(person: Person, pk: int, file: int) -> tuple[Assignment, ApplicationFile]:
    """A file of an application that the person reads, or 404."""
    assignment = own_read(person, pk)
    found = get_object_or_404(assignment.application.files.select_related("file"), pk=file)
    return assignment, found


def next_to_read(person: Person, assignment: Assignment) -> int | None:
    """The next of the person's reads in the round that is not done, from the start again after the last."""
    rows = list(
        own_reads(person)
        .filter(round_id=assignment.round_id)
        .exclude(review__state="done")
        .exclude(pk=assignment.pk)
        .values_list("pk", flat=True)
    )
    return next((pk for pk in rows if pk > assignment.pk), rows[0] if rows else None)
