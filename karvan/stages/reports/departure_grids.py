"""Departures and comparability as plain tables: what paper and spreadsheets show."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats

from .grids import Grid
from .queries.departing import Departed
from .shown_departures import (
    ShownDeparture,
    shown_compared,
    shown_departures,
    shown_matrix,
)
from .wording import Cell


def departure_grids(found: Departed) -> tuple[Grid, ...]:
    """The list of departures first, then editions by parts, then how each indicator compares."""
    return (list_grid(found), _matrix_grid(found), _compared_grid(found))


def list_grid(found: Departed) -> Grid:
    """Every departure, superseded ones included."""
    heads = (
        _("Edition"),
        _("What"),
        _("From"),
        _("To"),
        _("When"),
        _("By whom"),
        _("Why"),
        _("Allowed by"),
        _("Cause"),
        _("State"),
        _("Effect on comparability"),
        _("Address"),
    )
    rows = tuple(_row(one) for one in shown_departures(found.rows))
    return Grid(_("Departures"), heads, frozenset(), rows)


def _row(one: ShownDeparture) -> tuple[Cell, ...]:
    made = one.departure
    return (
        made.edition.scope,
        "\n".join((one.what, *one.details)),
        one.before,
        one.after,
        timezone.localtime(made.made_at).date(),
        str(made.made_by) if made.made_by else _("the platform"),
        made.reason,
        f"{one.allowed_by} ({one.lock_at})",
        one.cause,
        one.state,
        _effects(one),
        made.path,
    )


def _effects(one: ShownDeparture) -> str:
    if not one.is_standing:
        return "–"
    if not one.effects:
        return _("No indicator rests on this part.")
    return "\n".join(
        f"{effect.title}: {effect.word}. {' '.join(effect.reasons)}" for effect in one.effects
    )


def _matrix_grid(found: Departed) -> Grid:
    heads, rows = shown_matrix(found)
    listed = tuple(
        (f"{row.edition.country} ({row.edition.code})", *(cell.text for cell in row.cells))
        for row in rows
    )
    return Grid(_("Editions by parts"), (_("Edition"), *heads), frozenset(), listed)


def _compared_grid(found: Departed) -> Grid:
    heads = (_("Indicator"), _("How far it compares"), _("Where it does not, and why"))
    rows = tuple(
        (
            f"{one.title} ({one.code})",
            one.count,
            "\n".join(
                f"{place.editions}: {place.word}. {' '.join(place.reasons)}" for place in one.places
            )
            or "–",
        )
        for one in shown_compared(found)
    )
    return Grid(_("Comparability of the indicators"), heads, frozenset(), rows)


def day_of(found: Departed, today: object) -> str:
    """The line under the title of a paper."""
    number = found.reference.number if found.reference else 0
    words = {"day": formats.date_in_words(today), "version": formats.number(number)}  # type: ignore[arg-type]
    return _("Departures, as of %(day)s; compared with version %(version)s") % words
