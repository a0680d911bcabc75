"""What a party has to do with its editions: promises, contributions, places, dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from karvan.foundation import clock
from karvan.foundation.people.models import Party
from karvan.stages.agreements.models import Commitment
from karvan.stages.agreements.queries import commitments_of_party
from karvan.stages.calls.models import Nomination
from karvan.stages.editions.models import Activity, Edition, EditionPartner
from karvan.stages.reports.queries.board import BoardRow, board_rows
from karvan.stages.timetables.feeds import feed_path

MOST_EDITIONS = 20
OPEN = ("open", "in_progress")
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Part:
    """What the party is in one edition, and how many of its reserved places are used."""

    row: EditionPartner
    nominated: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Days to keep free, with the address of their calendar once a timetable is published."""

    activity: Activity
    first: Any
    last: Any
    calendar: str


def editions_with_stages(parts: QuerySet[EditionPartner]) -> list[BoardRow]:
    """The editions of these parts as rows of the board, newest first. Three queries."""
    newest = (
        Edition.objects.filter(pk__in=parts.values("edition"))
        .order_by("-adopted_at", "slug")
        .values_list("pk", flat=True)[:MOST_EDITIONS]
    )
    order = {pk: place for place, pk in enumerate(newest)}
    rows = board_rows(Edition.objects.filter(pk__in=list(order)))
    return sorted(rows, key=lambda row: order[row.edition.pk])


def parts_with_nominations(parts: QuerySet[EditionPartner]) -> list[Part]:
    """The parts with the nominations that stand. Two queries."""
    rows = list(parts.order_by("edition__slug", "part")[:MOST_ROWS])
    standing = (
        Nomination.objects.filter(
            party__in={row.party_id for row in rows},
            call__activity__edition__in={row.edition_id for row in rows},
        )
        .exclude(state=Nomination.State.WITHDRAWN)
        .order_by()
        .values_list("call__activity__edition")
        .annotate(counted=Count("pk"))
    )
    counted = dict(standing)
    return [Part(row, counted.get(row.edition_id, 0)) for row in rows]


def dates_ahead(parts: QuerySet[EditionPartner], language: str) -> list[Keep]:
    """Activities of these editions that have not ended, by day. One query."""
    rows = (
        Activity.objects.annotate(
            first=Coalesce("actual_starts_on", "planned_starts_on"),
            last=Coalesce("actual_ends_on", "planned_ends_on"),
            published=Count("timetables", filter=Q(timetables__state="published")),
        )
        .filter(edition__in=parts.values("edition"), last__gte=clock.today())
        .exclude(edition__state="cancelled")
        .select_related("edition__country")
        .order_by("first", "pk")[:MOST_ROWS]
    )
    return [
        Keep(
            row,
            row.first,
            row.last,
            feed_path("activity", row.pk, language) if row.published else "",
        )
        for row in rows
    ]


def commitments_shown(
    party: Party, editions: Sequence[Edition], *, is_own: bool
) -> list[tuple[Commitment, str]]:
    """The party's promises and how each stands: late once its day has passed in silence.

    For a visitor only those that the editions are counted for. One query.
    """
    rows = commitments_of_party(party)
    if not is_own:
        rows = rows.filter(pk__in=Commitment.objects.filter(editions__in=editions).values("pk"))
    today = clock.today()
    return [
        (one, "late" if one.state in OPEN and one.due_on and one.due_on < today else one.state)
        for one in rows.order_by("due_on", "pk")[:MOST_ROWS]
    ]
