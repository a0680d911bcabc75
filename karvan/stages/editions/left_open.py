"""What the copy of a blueprint did not carry: what a country must still supply, and what stays elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.people.models import Role
from karvan.foundation.places.calendars import Calendar
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.texts import in_language, language_name
from karvan.foundation.ui import formats
from karvan.foundation.ui.formats import date_in_words
from karvan.stages.blueprints.document import human_title

from . import queries
from .models import Activity, Edition
from .numbers import ToSupply, to_supply
from .rooms import needs_of, rooms_in
from .steps import address
from .translated import progress_of

Mark = Literal["waiting", "open", "locked"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing not carried. ``mark``: it must be supplied, it may be, or it stays where it is."""

    mark: Mark
    words: str
    url: str = ""

    @property
    def is_to_settle(self) -> bool:
        return self.mark != "locked"


def not_carried(edition: Edition) -> tuple[Line, ...]:
    """Everything that an edition does not have from its blueprint, computed from what is there.

    Cost: about fifteen queries and 20 ms.
    """
    document = queries.departed_document(edition)
    activities = list(queries.activities_of(edition))
    calendar = calendar_of(edition.country, scope=edition.scope)
    return (
        *_dates(edition, activities),
        *_calendar(edition, activities, calendar),
        *_rooms(edition, document),
        *_parts(edition, document),
        *_texts(edition, document),
        *_money(edition, document),
        *_people(edition, document),
        *_elsewhere(edition),
    )


def _dates(edition: Edition, activities: list[Activity]) -> Iterator[Line]:
    undated = [str(one) for one in activities if one.starts_on is None]
    if undated:
        words = _("Dates of: %(activities)s.") % {"activities": formats.in_a_row(undated)}
        yield Line("waiting", words, address(edition, "dates"))


def _calendar(edition: Edition, activities: list[Activity], calendar: Calendar) -> Iterator[Line]:
    page = address(edition, "calendar") or address(edition, "dates")
    if not calendar.weeks:
        words = _("The working week of %(country)s: none is known.") % {"country": edition.country}
        yield Line("waiting", words, page)
    estimated = {
        holiday.on: holiday.name
        for one in activities
        if one.starts_on and one.ends_on
        for holiday in calendar.holidays(one.starts_on, one.ends_on)
        if holiday.estimated
    }
    for on, name in sorted(estimated.items()):
        words = _("%(holiday)s on %(day)s is estimated: confirm it or move it.") % {
            "holiday": name,
            "day": date_in_words(on),
        }
        yield Line("waiting", words, page)


def _rooms(edition: Edition, document: Mapping[str, Any]) -> Iterator[Line]:
    needs = needs_of(document, rooms_in(queries.venues_of(edition)))
    lacking = [
        _("%(room)s × %(count)d, %(seats)d seats")
        % {
            "room": in_language(one.title) or one.kind,
            "count": one.lacking,
            "seats": one.seats,
        }
        for one in needs
        if one.lacking
    ]
    if lacking:
        words = _("Rooms, of which the blueprint names the kinds only: %(rooms)s.")
        yield Line(
            "waiting", words % {"rooms": formats.in_a_row(lacking, ";")}, address(edition, "venues")
        )


def _parts(edition: Edition, document: Mapping[str, Any]) -> Iterator[Line]:
    open_parts = to_supply(document, queries.supplied(edition))
    measures = [one for one in open_parts if one.path.startswith("indicators.")]
    for one in open_parts:
        # Rooms are supplied as rooms of a venue; the line above counts them.
        if one not in measures and not one.path.endswith(".rooms"):
            yield _part(edition, document, one)
    unknown = [one for one in measures if not one.is_known]
    if unknown:
        words = ngettext(
            "%(count)d baseline or target of an indicator that each country gives itself.",
            "%(count)d baselines and targets of indicators that each country gives itself.",
            len(unknown),
        )
        page = f"{address(edition, 'parts')}?under=indicators"
        yield Line("waiting", words % {"count": len(unknown)}, page)


def _part(edition: Edition, document: Mapping[str, Any], one: ToSupply) -> Line:
    page = f"{address(edition, 'change')}?path={one.path}"
    title = human_title(document, one.path)
    if one.is_known:
        words = _("%(part)s: the blueprint's own holds until you give yours.")
        return Line("open", words % {"part": title}, page)
    return Line("waiting", _("%(part)s: each country says its own.") % {"part": title}, page)


def _texts(edition: Edition, document: Mapping[str, Any]) -> Iterator[Line]:
    for one in progress_of(edition, document):
        if not one.is_done:
            words = ngettext(
                "%(left)d of %(total)d texts is missing in %(language)s.",
                "%(left)d of %(total)d texts are missing in %(language)s.",
                one.left,
            ) % {"left": one.left, "total": one.total, "language": language_name(one.language)}
            page = f"{address(edition, 'translation')}?language={one.language}"
            yield Line("waiting", words, page)


def _money(edition: Edition, document: Mapping[str, Any]) -> Iterator[Line]:
    lines = document.get("budget_lines", ())
    if lines and not queries.planned_entries(edition).exists():
        words = ngettext(
            "Amounts: %(count)d budget line has none planned.",
            "Amounts: %(count)d budget lines have none planned.",
            len(lines),
        )
        yield Line("waiting", words % {"count": len(lines)}, address(edition, "budget"))


def _people(edition: Edition, document: Mapping[str, Any]) -> Iterator[Line]:
    there = {role.kind for role in queries.roles_in(edition)}
    there |= {one.kind for one in queries.invitations_of(edition)}
    missing = [str(Role.Kind(kind).label) for kind in _kinds_asked(document) if kind not in there]
    if missing:
        words = _("People: nobody is named or invited yet as %(roles)s.")
        yield Line(
            "waiting", words % {"roles": formats.in_a_row(missing)}, address(edition, "invitations")
        )


def _kinds_asked(document: Mapping[str, Any]) -> list[str]:
    """The roles that the design cannot do without."""
    activities = document.get("activities", ())
    mentored = any(one.get("cohort", {}).get("mentor_ratio_teams") for one in activities)
    asked = {
        Role.Kind.COORDINATOR: True,
        Role.Kind.TRAINER: any(one.get("trainer_roles") for one in activities),
        Role.Kind.MENTOR: mentored,
        Role.Kind.REVIEWER: any(one.get("selection", {}).get("rubric") for one in activities),
    }
    return [str(kind.value) for kind, is_asked in asked.items() if is_asked]


def _elsewhere(edition: Edition) -> Iterator[Line]:
    """What belongs to other editions of the programme and is never copied."""
    others, departures = queries.other_editions(edition)
    if others:
        words = ngettext(
            "%(count)d other edition of this programme keeps its own partners, people, call, "
            "applications, timetable and materials; its local departures (%(departures)d) are "
            "not taken over.",
            "%(count)d other editions of this programme keep their own partners, people, calls, "
            "applications, timetables and materials; their local departures (%(departures)d) are "
            "not taken over.",
            others,
        )
        detail = {"count": others, "departures": departures}
        yield Line("locked", words % detail, reverse("editions:editions"))
