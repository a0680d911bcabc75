"""Papers with the marks of their readers, by track; what is accepted from where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from karvan.foundation.forms.orcid import orcid_of
from karvan.foundation.texts import fold
from karvan.stages.reviews.queries import totals
from karvan.stages.reviews.rubric import mean_of

from ..models import Author, Paper, Symposium, Track


@dataclass(frozen=True, slots=True)
class Marked:
    """A paper with its reads: mean, spread (highest less lowest), both in hundredths of a point of 100."""

    paper: Paper
    reads: int
    mean: int | None
    spread: int | None

    @property
    def points(self) -> float | None:
        return None if self.mean is None else self.mean / 100

    @property
    def apart(self) -> float | None:
        return None if self.spread is None else self.spread / 100


@dataclass(frozen=True, slots=True)
class Share:
    """How many papers a track or a country has: sent, as talks, as posters."""

    name: Track | object
    sent: int
    talks: int
    posters: int


def papers_of(symposium: Symposium) -> QuerySet[Paper]:
    """The papers by number, with track, session, authors and their countries. Two queries."""
    rows = symposium.papers.select_related(
        "track", "session", "application", "proposal", "symposium__activity__edition"
    )
    return rows.prefetch_related("authors__country").order_by("number")


def marked_papers(symposium: Symposium) -> list[Marked]:
    """Every paper with its marks, by number. Four queries."""
    call = getattr(symposium.activity, "call", None)
    found = totals(call) if call else {}
    return [
        _marked(paper, found.get(paper.application_id or 0, [])) for paper in papers_of(symposium)
    ]


def ranked(symposium: Symposium) -> dict[Track | None, list[Marked]]:
    """The papers of each track, the best mean first, then by number; unread ones last."""
    by_track: dict[Track | None, list[Marked]] = {track: [] for track in symposium.tracks.all()}
    for marked in marked_papers(symposium):
        by_track.setdefault(marked.paper.track, []).append(marked)
    for papers in by_track.values():
        papers.sort(key=lambda one: (one.mean is None, -(one.mean or 0), one.paper.number))
    return by_track


def by_track(symposium: Symposium) -> list[Share]:
    """Sent, talks and posters of each track; two queries."""
    papers = list(symposium.papers.select_related("track"))
    return [
        _share(track, [paper for paper in papers if paper.track_id == track.pk])
        for track in symposium.tracks.all()
    ]


def by_country(symposium: Symposium) -> list[Share]:
    """The same by the country of who presents, the most accepted first; papers without one are last."""
    papers = papers_of(symposium)
    of = {paper.pk: presenter_of(paper) for paper in papers}
    countries = {a.country_id: a.country for a in of.values() if a and a.country_id}
    shares = [
        _share(country, [p for p in papers if (a := of[p.pk]) and a.country_id == code])
        for code, country in countries.items()
    ]
    shares.sort(key=lambda one: (-(one.talks + one.posters), -one.sent, str(one.name)))
    unknown = [p for p in papers if not ((a := of[p.pk]) and a.country_id)]
    return [*shares, *([_share(None, unknown)] if unknown else [])]


def presenter_of(paper: Paper) -> Author | None:
    """Who presents the paper; its authors are read already where they were prefetched."""
    return next((author for author in paper.authors.all() if author.is_presenter), None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a paper that a person should look at: ``kind`` and what it is about."""

    kind: str
    about: str = ""


def doubts_of(paper: Paper) -> list[Doubt]:
    """What does not fit in a paper as it came; kept as it came, for a person to put right."""
    authors = list(paper.authors.all())
    names = Counter(fold(author.name) for author in authors)
    found = [Doubt("repeated", a.name) for a in authors if names.pop(fold(a.name), 1) > 1]
    found += [Doubt("orcid", a.orcid) for a in authors if a.orcid and not orcid_of(a.orcid)]
    found += [Doubt("country", a.name) for a in authors if not a.country_id]
    asked = (paper.application.answers.get("authors") or []) if paper.application else []
    chosen = sum(row.get("presents") == "yes" for row in asked)
    if asked and chosen != 1:
        found.append(Doubt("presenters", str(chosen)))
    if paper.track_id is None:
        found.append(Doubt("track"))
    if paper.application and paper.application.state == "withdrawn" and paper.state != "withdrawn":
        found.append(Doubt("taken_back"))
    return found


def _marked(paper: Paper, given: list[int]) -> Marked:
    mean = mean_of(given) if given else None
    return Marked(paper, len(given), mean, max(given) - min(given) if given else None)


def _share(name: object, papers: list[Paper]) -> Share:
    counted = Counter(paper.state for paper in papers)
    return Share(name, len(papers), counted[Paper.State.TALK], counted[Paper.State.POSTER])
