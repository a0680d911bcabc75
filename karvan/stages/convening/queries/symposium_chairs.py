"""What the chair of a track has before them: papers as the blind allows, reads, proposals."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from karvan.foundation.people.models import Person
from karvan.stages.reviews.blind import reading_code, without_names
from karvan.stages.reviews.models import Assignment

from ..models import Paper, Track, TrackProposal
from .symposium_marks import Marked, marked_papers


@dataclass(frozen=True, slots=True)
class Chaired:
    """A paper as the chair of its track sees it.

    ``marked`` is None while the chair has to read the paper too: marks of others come after.
    """

    paper: Paper
    code: str
    title: str
    abstract: str
    marked: Marked | None
    proposal: TrackProposal | None


def papers_to_chair(track: Track, person: Person) -> QuerySet[Paper]:
    """The track's papers, without those that the person wrote or sent, by number."""
    rows = track.papers.exclude(state=Paper.State.WITHDRAWN)
    return (
        rows.exclude(pk__in=papers_written_by(person))
        .select_related(
            "application__call", "symposium__activity__edition", "proposal__proposed_by"
        )
        .prefetch_related("application__members", "authors")
        .order_by("number")
    )


def papers_written_by(person: Person) -> QuerySet[Paper, int]:
    """The ids of papers that the person wrote or sent, as far as account and address tell."""
    wrote = Q(authors__person=person) | Q(application__person=person)
    if person.email:
        wrote |= Q(authors__email=person.email) | Q(application__email=person.email)
    return Paper.objects.filter(wrote).order_by().values_list("pk", flat=True)


def is_blind(track: Track) -> bool:
    """True unless the reading of the symposium's call says that names are shown."""
    call = getattr(track.symposium.activity, "call", None)
    reading = getattr(call, "review_round", None)
    return reading.is_blind if reading else True


def chaired(track: Track, person: Person, papers: list[Paper]) -> list[Chaired]:
    """Papers of the track as its chair sees them. About seven queries, however many papers.

    Cost: some 2 ms a paper, to leave out names.
    """
    blind = is_blind(track)
    marks = {one.paper.pk: one for one in marked_papers(track.symposium)}
    to_read = set(_still_to_read(track, person))
    return [
        _seen(paper, None if paper.application_id in to_read else marks.get(paper.pk), blind)
        for paper in papers
    ]


def _seen(paper: Paper, marked: Marked | None, blind: bool) -> Chaired:
    title, abstract, code = str(paper), paper.abstract, ""
    if blind and paper.application:
        code = reading_code(paper.application)
        title = without_names(title, paper.application)
        abstract = without_names(abstract, paper.application)
    return Chaired(paper, code, title, abstract, marked, getattr(paper, "proposal", None))


def _still_to_read(track: Track, person: Person) -> QuerySet[Assignment, int]:
    """The applications that the person reads and has not finished reading."""
    rows = Assignment.objects.filter(
        reviewer__person=person,
        withdrawn_at__isnull=True,
        round__call__activity=track.symposium.activity_id,
    )
    return rows.exclude(review__state="done").values_list("application_id", flat=True)
