"""Named reads of papers, proceedings and recommendations."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet

from ..models import Paper, Proceedings, Recommendation, Symposium

ACCEPTED = (Paper.State.TALK, Paper.State.POSTER)


def accepted_papers(symposium: Symposium) -> QuerySet[Paper]:
    """The accepted papers in the order of their pages, those without any last."""
    return (
        symposium.papers.filter(state__in=ACCEPTED)
        .select_related("full_text", "track", "session", "symposium__activity")
        .order_by(F("page_from").asc(nulls_last=True), "session__code", "position", "number")
    )


def overlapping(papers: Iterable[Paper]) -> list[tuple[Paper, Paper]]:
    """Pairs of papers whose pages meet, in the order of their pages."""
    laid = sorted(
        (one for one in papers if one.page_from and one.page_to),
        key=lambda one: (one.page_from or 0, one.pk),
    )
    return [
        (one, following)
        for one, following in zip(laid, laid[1:], strict=False)
        if (following.page_from or 0) <= (one.page_to or 0)
    ]


def released(symposium: Symposium) -> QuerySet[Proceedings]:
    """The numbers that went out, newest first, without their snapshots."""
    return symposium.proceedings.defer("snapshot").order_by("-number")


def recommendations_of(symposium: Symposium) -> QuerySet[Recommendation]:
    """The recommendations with what became of them."""
    return symposium.recommendations.select_related("owner", "commitment__owner", "track")
