"""What can be wished for, and what somebody wishes."""

from __future__ import annotations

from karvan.stages.delivery.models import Enrolment

from ..models import Paper, Symposium, Track
from .symposium_marks import papers_of


def offered_to(symposium: Symposium) -> tuple[list[tuple[Track | None, list[Paper]]], list[int]]:
    """The accepted papers by track, each by number, and the ids of all. Three queries."""
    papers = [paper for paper in papers_of(symposium) if paper.is_accepted]
    tracks: list[Track | None] = [*symposium.tracks.all(), None]
    listed = [
        (track, [paper for paper in papers if paper.track_id == (track.pk if track else None)])
        for track in tracks
    ]
    return [(track, held) for track, held in listed if held], [paper.pk for paper in papers]


def wished_by(enrolment: Enrolment) -> set[int]:
    """The ids of the papers somebody wishes to hear. One query."""
    return set(enrolment.wishes.values_list("paper_id", flat=True))
