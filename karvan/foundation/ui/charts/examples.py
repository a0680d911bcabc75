"""Invented pictures for the component page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from .axis import Axis
from .gantt import Gantt, Lane, Part, Span
from .route import Route, Stop

TODAY = date(2026, 11, 9)


def gantt() -> Gantt:
    """One lane that was held late, one whose days are not known, one to come."""
    held = Part(
        _("Boot camp"),
        planned=Span(date(2026, 3, 2), date(2026, 3, 20)),
        actual=Span(date(2026, 4, 6), date(2026, 4, 24)),
        call=Span(date(2026, 1, 5), date(2026, 2, 10)),
        call_word=_("call"),
        dates="6–24 Apr 2026",
        note=_("35 days later than planned"),
    )
    coming = Part(_("Course"), planned=Span(date(2026, 12, 1), date(2027, 1, 15)))
    overdue = Part(
        _("Boot camp"),
        planned=Span(date(2026, 10, 5), date(2026, 10, 16)),
        note=_("35 days late"),
        is_late=True,
    )
    lanes = (
        _lane("Azerbaijan", "TVP/AZ-2026", "done", (held,)),
        _lane("Egypt", "TVP/EG-2026", "unknown", ()),
        _lane("Kazakhstan", "TVP/KZ-2026", "late", (overdue, coming)),
    )
    return Gantt(
        name="example-gantt",
        title=_("Editions by the days they take"),
        finding=_("One edition was held 35 days later than planned, and one is 35 days late."),
        axis=Axis(date(2026, 1, 1), date(2027, 3, 31), get_language_bidi()),
        today=TODAY,
        today_word=_("today"),
        lanes=lanes,
    )


def route() -> Route:
    """Five countries, a small state among them."""
    stops = (
        _stop("AZ", "Azerbaijan", "done", date(2026, 1, 5), (49.87, 40.41)),
        _stop("EG", "Egypt", "done", date(2026, 3, 2), (31.24, 30.04)),
        _stop("BH", "Bahrain", "in_progress", date(2026, 10, 12)),
        _stop("KZ", "Kazakhstan", "open", date(2027, 2, 1)),
        _stop("MA", "Morocco", "unknown", None),
    )
    return Route(
        name="example-route",
        title=_("Route of a programme"),
        finding=_("Two editions were held, one is under way, and the way leads on to Kazakhstan."),
        stops=stops,
    )


def _lane(name: str, code: str, state: str, parts: tuple[Part, ...]) -> Lane:
    said = "; ".join(f"{part.title}: {part.dates}, {part.note}" for part in parts)
    between = None if parts else Span(date(2026, 5, 1), date(2026, 9, 30))
    words = "" if parts else _("dates not known")
    return Lane(name, code, "", state, "", said or words, parts, between, words)


def _stop(
    country: str,
    name: str,
    state: str,
    starts_on: date | None,
    at: tuple[float, float] | None = None,
) -> Stop:
    words = f"{starts_on:%Y}" if starts_on else _("dates not known")
    return Stop(f"TVP/{country}-2026", country, name, state, words, starts_on, at)
