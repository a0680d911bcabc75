"""The programme for the apps of conferences: each paper a talk of its own; and for calendars."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from karvan.stages.timetables import feeds, schedule
from karvan.stages.timetables.models import Timetable

from .models import Author, ProgrammeSession, Symposium
from .queries.programme_published import Given, Held
from .queries.symposium_marks import presenter_of

# Numbers of talks and persons in files of apps; no session or person reaches them.
PAPERS_FROM, SESSIONS_FROM, AUTHORS_FROM = 1_000_000, 2_000_000, 3_000_000
Kind = ProgrammeSession.Kind


def programme_for_apps(
    symposium: Symposium, version: Timetable, held: Iterable[Held]
) -> schedule.Programme:
    """The programme with every paper: title, abstract, authors, track and language, in its minutes."""
    listed = list(held)
    return schedule.programme_of(
        symposium.activity,
        version,
        [one.placement for one in listed],
        parts={one.placement.session_id: parts_of(one) for one in listed if one.session},
        url=page_of(symposium),
    )


def calendar_of(symposium: Symposium, held: Iterable[Held]) -> bytes:
    """An iCalendar file of the sessions, each with its papers and who gives them."""
    listed = list(held)
    return feeds.calendar_bytes(
        f"{symposium.activity}",
        [one.placement for one in listed],
        {one.placement.session_id: _told(one) for one in listed if one.session},
    )


def page_of(symposium: Symposium, number: int | None = None) -> str:
    """The address of the published programme, or of one of its papers."""
    place = [symposium.activity.edition.slug, symposium.activity.code]
    name = "convening:programme_paper" if number else "convening:programme"
    return settings.SITE_ADDRESS + reverse(name, args=[*place, *([number] if number else [])])


def parts_of(held: Held) -> list[schedule.Part]:
    """A session of papers as its papers; any other as one talk that names its papers."""
    session = held.session
    assert session is not None
    papers = [given for given in held.papers if not given.is_withdrawn]
    if session.kind == Kind.PAPERS and papers:
        return [_paper(held, given) for given in papers]
    named = [(one.pk, str(one)) for one in (session.speaker, session.chair) if one]
    return [
        schedule.Part(
            key="programme-session",
            number=SESSIONS_FROM + session.pk,
            title=str(session),
            url=page_of(session.symposium),
            kind=session.kind,
            track=str(session.track or ""),
            abstract="\n".join(f"{given.paper.number}. {given.paper}" for given in papers),
            persons=tuple(dict.fromkeys(named)),
        )
    ]


def _paper(held: Held, given: Given) -> schedule.Part:
    paper, session = given.paper, held.session
    assert session is not None and given.starts_at is not None
    return schedule.Part(
        key="paper",
        number=PAPERS_FROM + paper.pk,
        title=str(paper),
        url=page_of(session.symposium, paper.number),
        kind="talk",
        track=str(paper.track or ""),
        abstract=paper.abstract,
        language=paper.language,
        begins=int((given.starts_at - held.placement.starts_at).total_seconds()) // 60,
        minutes=session.symposium.talk_minutes,
        persons=tuple((_number(author), author.name) for author in paper.authors.all()),
    )


def _number(author: Author) -> int:
    return author.person_id or AUTHORS_FROM + author.pk


def _told(held: Held) -> str:
    session = held.session
    assert session is not None
    zone = ZoneInfo(session.symposium.activity.edition.time_zone)
    lines = [_("Chair: %(name)s") % {"name": session.chair_said}] if session.chair_said else []
    if session.speaker:
        lines.append(str(session.speaker))
    for given in held.papers:
        who = presenter_of(given.paper)
        at = f"{given.starts_at.astimezone(zone):%H:%M} " if given.starts_at else ""
        if not given.is_withdrawn:
            lines.append(f"{at}{given.paper}{f' ({who})' if who else ''}")
    return "\n".join(lines)
