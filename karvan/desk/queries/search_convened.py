"""Find sessions, resolutions, papers, titles, monuments and restorations by name, code or symbol."""

from __future__ import annotations

from typing import Any

from karvan.foundation.people.models import Person
from karvan.foundation.texts import fold
from karvan.stages.convening.access.reached import sessions_for
from karvan.stages.convening.models import Resolution, SessionDocument, Title
from karvan.stages.heritage.access.reached import monuments_for, projects_for

from ..links import link
from .hits import MOST_TITLES, SHOWN, Hit, fitting


def sessions(person: Person, wanted: str) -> list[Hit]:
    """Sessions of organs. One query."""
    found = fitting(sessions_for(person)[:MOST_TITLES], wanted, _with_slug)
    return [
        Hit(str(row), link("convening:session", organ=row.organ.code, session=row.slug), row.slug)
        for row in found
    ]


def resolutions(person: Person, wanted: str) -> list[Hit]:
    """What was adopted, by number and title. One query."""
    rows = Resolution.objects.filter(session__in=sessions_for(person)).select_related(
        "session__organ"
    )
    found = fitting(rows[:MOST_TITLES], wanted, lambda row: f"{row.number} {_said(row.titles)}")
    return [
        Hit(
            str(row),
            link(
                "convening:resolution",
                organ=row.session.organ.code,
                session=row.session.slug,
                pk=row.pk,
            ),
            str(row.session),
        )
        for row in found
    ]


def documents(person: Person, wanted: str) -> list[Hit]:
    """Papers of sessions that are not restricted, by symbol and title. One query."""
    rows = (
        SessionDocument.objects.filter(session__in=sessions_for(person))
        .exclude(distribution=SessionDocument.Distribution.RESTRICTED)
        .select_related("session__organ")
    )
    found = fitting(rows[:MOST_TITLES], wanted, lambda row: f"{row.symbol} {_said(row.titles)}")
    return [
        Hit(
            row.symbol,
            link(
                "convening:session_documents",
                organ=row.session.organ.code,
                session=row.session.slug,
            ),
            str(row.session),
        )
        for row in found
    ]


def titles(person: Person, wanted: str) -> list[Hit]:
    """Cities of the public register. One query."""
    rows = Title.objects.filter(is_public=True).select_related("series")
    found = fitting(rows[:MOST_TITLES], wanted, lambda row: f"{_said(row.city_names)} {row.year}")
    return [
        Hit(str(row), link("convening:title_public", pk=row.pk), str(row.series)) for row in found
    ]


def monuments(person: Person, wanted: str) -> list[Hit]:
    """Monuments of the registers the person reads, by any of their names. One query."""
    rows = monuments_for(person)
    for word in wanted.split():
        rows = rows.filter(search_key__contains=fold(word))
    return [
        Hit(
            str(row),
            link("heritage:monument", register=row.register.code, pk=row.pk),
            row.national_id,
        )
        for row in rows.order_by("sort_key", "pk").distinct()[: SHOWN + 1]
    ]


def projects(person: Person, wanted: str) -> list[Hit]:
    """Restorations. One query."""
    rows = projects_for(person).distinct()
    found = fitting(
        rows[:MOST_TITLES],
        wanted,
        lambda row: f"{row.code} {_said(row.titles)} {_said(row.monument.names)}",
    )
    return [
        Hit(str(row), link("heritage:project", code=row.code), str(row.monument)) for row in found
    ]


def _with_slug(row: Any) -> str:
    return f"{row.slug} {_said(row.titles)} {row.place}"


def _said(words: dict[str, str]) -> str:
    return " ".join(words.values())
