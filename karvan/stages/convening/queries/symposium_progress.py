"""How far a symposium has come, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from karvan.stages.calls.models import Application, Call
from karvan.stages.reviews.models import ReviewRound
from karvan.stages.reviews.queries import Progress, progress
from karvan.stages.timetables.models import Timetable
from karvan.stages.timetables.queries import published_timetable

from ..models import Paper, Symposium, Wish


@dataclass(frozen=True, slots=True)
class SymposiumProgress:
    """Counts of each step; ``waiting`` are abstracts of which no paper is made yet."""

    call: Call | None
    abstracts: int
    waiting: int
    round: ReviewRound | None
    reads: Progress | None
    papers: int
    undecided: int
    untold: int
    accepted: int
    unplaced: int
    sessions: int
    wishing: int
    published: Timetable | None


def progress_of(symposium: Symposium) -> SymposiumProgress:
    """How far the symposium is; about nine queries."""
    call = getattr(symposium.activity, "call", None)
    sent = call.applications.filter(state=Application.State.SUBMITTED) if call else None
    round = ReviewRound.objects.filter(call=call).first() if call else None
    accepted = Q(state__in=[Paper.State.TALK, Paper.State.POSTER])
    decided = accepted | Q(state=Paper.State.REJECTED)
    counted = symposium.papers.aggregate(
        papers=Count("pk"),
        undecided=Count("pk", filter=Q(state=Paper.State.SUBMITTED)),
        untold=Count("pk", filter=decided & Q(told_at__isnull=True)),
        accepted=Count("pk", filter=accepted),
        unplaced=Count("pk", filter=accepted & Q(session__isnull=True)),
    )
    return SymposiumProgress(
        call=call,
        abstracts=sent.count() if sent is not None else 0,
        waiting=sent.filter(paper__isnull=True).count() if sent is not None else 0,
        round=round,
        reads=progress(round) if round else None,
        sessions=symposium.sessions.count(),
        wishing=Wish.objects.filter(paper__symposium=symposium)
        .values("enrolment")
        .distinct()
        .count(),
        published=published_timetable(symposium.activity),
        **counted,
    )
