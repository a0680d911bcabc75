"""Promises of a title, of a session of an organ, of a restoration: what the register shows of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from karvan.foundation.texts import fold
from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import StatutorySession, Title, TitleNomination
from karvan.stages.heritage.models import RestorationProject

from .lines import Fact, Outcome
from .words_promised import compare_words, delivered_marks, evidence_until, fact_of

Row = TypeVar("Row")
KEYS = ("title", "session", "restoration")


@dataclass(frozen=True, slots=True)
class Convened:
    """Titles and nominations of the series, sessions and projects that some promises name."""

    titles: tuple[Title, ...] = ()
    nominations: tuple[TitleNomination, ...] = ()
    sessions: tuple[StatutorySession, ...] = ()
    projects: tuple[RestorationProject, ...] = ()


def convened_for(commitments: Sequence[Commitment]) -> Convened:
    """All that these terms can be compared with; a query for each kind that they name, two for
    titles."""
    series = _named(commitments, "title")
    sessions = _named(commitments, "session")
    countries = _named(commitments, "restoration")
    linked = [one.pk for one in commitments if one.terms.get("restoration")]
    projects = RestorationProject.objects.filter(
        Q(monument__country__in=countries)
        | Q(monument__register__country__in=countries)
        | Q(commitment__in=linked)
    ).select_related("monument__register")
    return Convened(
        titles=_rows(
            series, Title.objects.filter(series__code__in=series).select_related("series")
        ),
        nominations=_rows(
            series,
            TitleNomination.objects.filter(cycle__series__code__in=series).select_related(
                "cycle__series"
            ),
        ),
        sessions=_rows(
            sessions, StatutorySession.objects.filter(slug__in=sessions).select_related("organ")
        ),
        projects=_rows(countries, projects),
    )


def compare_convened(commitment: Commitment, seen: Convened, day: date) -> Outcome:
    """Kept on the day on which a title was decided, a session closed, a restoration accepted."""
    found = _found(commitment, seen)
    known = tuple(fact for fact, _delivers in found if fact.on is None or fact.on <= day)
    delivered = [
        fact.on for fact, delivers in found if delivers and fact.on is not None and fact.on <= day
    ]
    if not delivered:
        return compare_words(commitment, day, known=known)
    on = min(delivered)
    marks, days = delivered_marks(commitment, on)
    news = tuple(map(fact_of, evidence_until(commitment, day)))
    return Outcome(marks, on, days, (*known, *news))


def _named(commitments: Iterable[Commitment], key: str) -> set[str]:
    return {str(one.terms[key]) for one in commitments if one.terms.get(key)}


def _rows(wanted: set[str], rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows) if wanted else ()


def _found(commitment: Commitment, seen: Convened) -> list[tuple[Fact, bool]]:
    """What is known of it, in time, and of each whether it is what was promised."""
    terms = commitment.terms
    if terms.get("title"):
        facts = _title_facts(str(terms["title"]), str(terms.get("city", "")), seen)
    elif terms.get("session"):
        facts = _session_facts(str(terms["session"]), seen)
    else:
        facts = _project_facts(commitment, seen)
    return sorted(facts, key=lambda pair: (pair[0].on or date.max, pair[0].words))


def _title_facts(series: str, city: str, seen: Convened) -> list[tuple[Fact, bool]]:
    facts = []
    for nomination in seen.nominations:
        if nomination.cycle.series.code == series and _is_city(city, nomination.city_names):
            sent = nomination.submitted_at
            if sent is not None:
                words = _("%(city)s is nominated for %(year)s")
                said = words % {"city": nomination, "year": nomination.cycle.year}
                facts.append((Fact(said, sent.date(), str(nomination.cycle), nomination), False))
    for title in seen.titles:
        if title.series.code == series and _is_city(city, title.city_names):
            said = _("Decided: %(title)s") % {"title": title}
            facts.append((Fact(said, title.decided_on, title.source, title), True))
            if title.decreed_on:
                said = _("Decreed by the state: %(title)s") % {"title": title}
                facts.append((Fact(said, title.decreed_on, title.decree, title), False))
    return facts


def _is_city(wanted: str, names: dict[str, str]) -> bool:
    return not wanted or fold(wanted) in {fold(name) for name in names.values()}


def _session_facts(slug: str, seen: Convened) -> list[tuple[Fact, bool]]:
    facts = []
    for session in seen.sessions:
        if session.slug != slug:
            continue
        if session.convoked_at:
            said = _("%(session)s is convoked") % {"session": session}
            facts.append((Fact(said, session.convoked_at.date(), session.source, session), False))
        if session.state == StatutorySession.State.CLOSED:
            said = _("%(session)s is closed") % {"session": session}
            fact = Fact(said, session.ends_on, session.source, session, first=session.starts_on)
            facts.append((fact, True))
    return facts


def _project_facts(commitment: Commitment, seen: Convened) -> list[tuple[Fact, bool]]:
    country = str(commitment.terms["restoration"])
    named = [one for one in seen.projects if one.commitment_id == commitment.pk]
    facts = []
    for project in named or [one for one in seen.projects if _stands_in(one, country)]:
        source = project.monument.register.source
        if project.starts_on:
            said = _("%(project)s has begun") % {"project": project}
            facts.append((Fact(said, project.starts_on, source, project), False))
        if project.accepted_on:
            said = _("%(project)s is accepted") % {"project": project}
            facts.append((Fact(said, project.accepted_on, source, project), True))
    return facts


def _stands_in(project: RestorationProject, country: str) -> bool:
    monument = project.monument
    return country in (monument.country_id, monument.register.country_id)
