"""What was adopted, and what became of it."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet

from karvan.foundation.people.models import Party

from ..models import Resolution, ResolutionParagraph, StatutorySession


def with_following(rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """Resolutions with how many operative paragraphs they have, ``operative_count``, and how
    many of these became commitments, ``followed_count``."""
    operative = Q(paragraphs__is_operative=True)
    return rows.annotate(
        operative_count=Count("paragraphs", filter=operative),
        followed_count=Count(
            "paragraphs", filter=operative & Q(paragraphs__commitment__isnull=False)
        ),
    )


def resolutions_found(rows: QuerySet[Resolution], words: str) -> QuerySet[Resolution]:
    """Those whose number, title or paragraphs hold the words, in any language."""
    found = ResolutionParagraph.objects.filter(texts__icontains=words).values("resolution")
    return rows.filter(Q(number__icontains=words) | Q(titles__icontains=words) | Q(pk__in=found))


def paragraphs_of(resolution: Resolution) -> list[ResolutionParagraph]:
    """Preambular paragraphs, then operative ones with what became of each. One query."""
    rows = resolution.paragraphs.select_related("owner", "commitment__owner")
    return list(rows.order_by("is_operative", "position", "pk"))


def not_followed_up(session: StatutorySession) -> list[ResolutionParagraph]:
    """Operative paragraphs of a session that are no commitments; those without a word why first."""
    rows = ResolutionParagraph.objects.filter(
        resolution__session=session, is_operative=True, commitment=None
    ).select_related("resolution__session__organ", "owner")
    ordered = rows.order_by("resolution__adopted_at", "resolution_id", "position")
    return sorted(ordered, key=lambda one: bool(one.no_follow_up))


def owners_to_choose() -> QuerySet[Party]:
    """Who may answer for a paragraph: every party."""
    return Party.objects.all()


def before_and_after(resolution: Resolution) -> tuple[Resolution | None, Resolution | None]:
    """The resolutions before and after it in its session."""
    rows = list(resolution.session.resolutions.order_by(F("adopted_at"), "pk"))
    at = rows.index(resolution)
    return (rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)
