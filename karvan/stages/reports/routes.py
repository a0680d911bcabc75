"""The board as route maps, one a programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.foundation.ui.charts.route import Route, Stop
from karvan.stages.blueprints.models import Programme

from .findings import rollout_finding
from .queries.board import BoardRow
from .queries.rollout import CANCELLED, NO_RECORD, first_day, phase_of, venue_points


def routes_of(rows: Sequence[BoardRow], today: date) -> list[Route]:
    """A map for each programme of these editions, in the programmes' order of codes. One query."""
    points = venue_points(rows)
    by_programme: dict[str, list[BoardRow]] = {}
    for row in rows:
        by_programme.setdefault(row.edition.programme.code, []).append(row)
    return [
        route_of(found[0].edition.programme, found, points, today)
        for _code, found in sorted(by_programme.items())
    ]


def route_of(
    programme: Programme,
    rows: Sequence[BoardRow],
    points: Mapping[int, tuple[float, float]],
    today: date,
) -> Route:
    """The way of one programme from country to country."""
    return Route(
        name=f"map-{programme.code.lower()}",
        title=_("Route of %(programme)s") % {"programme": programme},
        finding=rollout_finding(rows, today),
        stops=tuple(stop_of(row, points.get(row.edition.pk), today) for row in rows),
    )


def stop_of(row: BoardRow, at: tuple[float, float] | None, today: date) -> Stop:
    """One edition on the map."""
    phase = phase_of(row, today)
    return Stop(
        code=row.edition.scope,
        country=row.edition.country_id,
        name=str(row.edition.country),
        state=phase.state,
        words=_words(row, today),
        starts_on=first_day(row),
        at=at,
        url=reverse("editions:edition", args=[row.edition.slug]),
    )


def _words(row: BoardRow, today: date) -> str:
    """Its phase and its month: "held, September 2021"."""
    phase, first = phase_of(row, today), first_day(row)
    if phase in (NO_RECORD, CANCELLED) and row.edition.adopted_at:
        month = formats.month_in_words(row.edition.adopted_at)
        return _("%(phase)s, adopted %(month)s") % {"phase": phase.word, "month": month}
    if not first:
        return str(phase.word)
    month = formats.month_in_words(first)
    return _("%(phase)s, %(month)s") % {"phase": phase.word, "month": month}
