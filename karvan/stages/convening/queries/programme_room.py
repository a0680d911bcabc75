"""All that the committee's room shows of a programme."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from ..models import Paper, ProgrammeSession, Symposium, Wish
from .programme_clashes import clashes_in_order, counted_versions, wished_sessions
from .programme_published import sessions_with_papers, withdrawn_in


def room_of(symposium: Symposium) -> dict[str, Any]:
    """Sessions by kind, papers that wait, withdrawn ones, wishes, and clashes of each version.

    Cost: about ten queries and two for each of the last eight versions.
    """
    sessions = list(sessions_with_papers(symposium))
    wished = wished_sessions(symposium)
    accepted = symposium.papers.filter(state__in=[Paper.State.TALK, Paper.State.POSTER])
    counted = counted_versions(symposium, wished)
    order = list(ProgrammeSession.Kind.values)
    sessions.sort(key=lambda one: (order.index(one.kind), one.code))
    titles = {one.pk: str(one) for one in sessions}
    worst = counted[0].clashes.worst if counted else []
    return {
        "sessions": sessions,
        "unplaced": accepted.filter(session=None).select_related("track").order_by("number"),
        "withdrawn": withdrawn_in(symposium),
        "wishing": len(wished),
        "wishes": dict(
            Wish.objects.filter(paper__symposium=symposium)
            .values_list("paper")
            .annotate(many=Count("pk"))
        ),
        "counted": counted,
        "in_order": clashes_in_order(symposium, wished),
        "worst": [(titles.get(one, ""), titles.get(other, ""), n) for (one, other), n in worst],
    }
