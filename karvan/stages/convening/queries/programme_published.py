"""The programme as it is held: sessions by day and time, papers with the minute they begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from karvan.stages.delivery.models import Enrolment
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.queries import placements_of

from ..models import Author, Paper, ProgrammeSession, Symposium
from .programme_clashes import overlap


@dataclass(frozen=True, slots=True)
class Given:
    """A paper in the programme: when it begins, and whether its author has withdrawn it."""

    paper: Paper
    starts_at: datetime | None

    @property
    def is_withdrawn(self) -> bool:
        return self.paper.state == Paper.State.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Held:
    """A session of the timetable; ``session`` is None for one that the design has by itself."""

    placement: Placement
    session: ProgrammeSession | None
    papers: tuple[Given, ...]

    @property
    def title(self) -> str:
        return str(self.session or self.placement.session)


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """One day: its times in order, each with what is held then, by room."""

    on: date
    times: tuple[tuple[datetime, tuple[Held, ...]], ...]


@dataclass(frozen=True, slots=True)
class MyHeld:
    """A session with papers that somebody wishes to hear, and those of them at the same time."""

    held: Held
    papers: tuple[Given, ...]
    clashes: tuple[Held, ...]


def sessions_with_papers(symposium: Symposium) -> QuerySet[ProgrammeSession]:
    """The sessions by code with chair, speaker, track and papers in order. Four queries."""
    papers = Paper.objects.select_related("track").order_by("position", "number")
    authors = Author.objects.select_related("country")
    papers = papers.prefetch_related(Prefetch("authors", authors))
    rows = symposium.sessions.select_related(
        "chair", "speaker", "track", "timetabled", "symposium__activity__edition"
    )
    return rows.prefetch_related(Prefetch("papers", papers)).order_by("kind", "code")


def held_in(symposium: Symposium, version: Timetable) -> list[Held]:
    """What a version holds, by time and room. Six queries."""
    by_timed = {one.timetabled_id: one for one in sessions_with_papers(symposium)}
    return [
        _held(symposium, placement, by_timed.get(placement.session_id))
        for placement in placements_of(version)
        if not placement.session.is_cancelled
    ]


def days_of(symposium: Symposium, held: Iterable[Held]) -> list[ProgrammeDay]:
    """The same by day and time, at the clock of the place."""
    zone = ZoneInfo(symposium.activity.edition.time_zone)
    days: dict[date, dict[datetime, list[Held]]] = {}
    for one in held:
        at = one.placement.starts_at.astimezone(zone)
        days.setdefault(at.date(), {}).setdefault(at, []).append(one)
    return [
        ProgrammeDay(
            on,
            tuple(
                (at, tuple(sorted(listed, key=lambda one: str(one.placement.room or ""))))
                for at, listed in sorted(times.items())
            ),
        )
        for on, times in sorted(days.items())
    ]


def mine_of(enrolment: Enrolment, held: Iterable[Held]) -> list[MyHeld]:
    """The sessions with what somebody wishes to hear, by time; each with those it clashes with.

    One query besides those of ``held``.
    """
    wished = set(enrolment.wishes.values_list("paper_id", flat=True))
    wanted = [
        (one, tuple(given for given in one.papers if given.paper.pk in wished)) for one in held
    ]
    wanted = [(one, papers) for one, papers in wanted if papers]
    return [
        MyHeld(
            one,
            papers,
            tuple(other for other, _p in wanted if other is not one and _meet(one, other)),
        )
        for one, papers in wanted
    ]


def withdrawn_in(symposium: Symposium) -> QuerySet[Paper]:
    """Papers that stand in a session though their authors withdrew them."""
    rows = symposium.papers.filter(state=Paper.State.WITHDRAWN, session__isnull=False)
    return rows.select_related("session")


def starts_of(session: ProgrammeSession, placement: Placement | None) -> list[Given]:
    """The papers of a session with the minute each begins; posters hang all the time."""
    each = timedelta(minutes=session.symposium.talk_minutes)
    is_timed = placement is not None and session.kind == ProgrammeSession.Kind.PAPERS
    return [
        Given(paper, placement.starts_at + n * each if placement and is_timed else None)
        for n, paper in enumerate(session.papers.all())
    ]


def _held(symposium: Symposium, placement: Placement, session: ProgrammeSession | None) -> Held:
    if session is None:
        return Held(placement, None, ())
    session.symposium = symposium
    return Held(placement, session, tuple(starts_of(session, placement)))


def _meet(one: Held, other: Held) -> bool:
    first, second = one.placement, other.placement
    return overlap((first.starts_at, first.ends_at), (second.starts_at, second.ends_at))


def placement_of(paper: Paper) -> tuple[Given, Placement] | None:
    """When and where a paper is given by the version in force; None while that is not known."""
    session = paper.session
    if session is None or session.timetabled_id is None or paper.state == Paper.State.WITHDRAWN:
        return None
    placement = (
        Placement.objects.filter(
            session=session.timetabled_id,
            timetable__state=Timetable.State.PUBLISHED,
            session__is_cancelled=False,
        )
        .select_related("room__venue")
        .first()
    )
    if placement is None:
        return None
    session = sessions_with_papers(paper.symposium).get(pk=session.pk)
    given = next(one for one in starts_of(session, placement) if one.paper.pk == paper.pk)
    return given, placement


def session_sheet(session: ProgrammeSession) -> dict[str, Any]:
    """A session for whoever presides: its place in the version in force, and papers by minute."""
    placement = Placement.objects.filter(
        session=session.timetabled_id, timetable__state=Timetable.State.PUBLISHED
    ).select_related("room__venue")
    found = placement.first()
    full = sessions_with_papers(session.symposium).get(pk=session.pk)
    return {"placement": found, "papers": starts_of(full, found)}
