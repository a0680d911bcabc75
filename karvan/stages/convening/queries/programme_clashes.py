"""How many wishes a programme lets clash, counted plainly: each person, each two sessions at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from karvan.stages.delivery.models import Enrolment
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.queries import placements_of, timetables_listed

from ..models import Paper, ProgrammeSession, Symposium, Wish

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Clashes:
    """Clashes of a version: for each person and each two wished sessions at once, one.

    pairs: sessions that clash (ids, the smaller first) → people who want both.
    people: how many have at least one clash; wishing: how many wish for two sessions or more.
    """

    total: int
    people: int
    wishing: int
    pairs: Mapping[tuple[int, int], int]

    @property
    def worst(self) -> list[tuple[tuple[int, int], int]]:
        return sorted(self.pairs.items(), key=lambda one: (-one[1], one[0]))[:5]


@dataclass(frozen=True, slots=True)
class Counted:
    """A version of the timetable with its clashes."""

    version: Timetable
    clashes: Clashes


def wished_sessions(symposium: Symposium) -> dict[int, set[int]]:
    """Enrolment → the sessions that hold a talk it wants to hear, by id. One query.

    Posters hang while nothing else is held, so they are missed by nobody.
    """
    rows = Wish.objects.filter(
        paper__symposium=symposium,
        paper__state=Paper.State.TALK,
        paper__session__kind=ProgrammeSession.Kind.PAPERS,
    ).exclude(enrolment__state=Enrolment.State.LEFT)
    found: dict[int, set[int]] = defaultdict(set)
    for enrolment, session in rows.values_list("enrolment_id", "paper__session_id"):
        found[enrolment].add(session)
    return dict(found)


def clashes_in(spans: Mapping[int, Span], wished: Mapping[int, set[int]]) -> Clashes:
    """Clashes of sessions that take these stretches; ``wished`` is enrolment → sessions.

    Cost: quadratic in the sessions that one person wants.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    hit = 0
    for held in wished.values():
        mine = [
            (one, other)
            for one, other in combinations(sorted(held & spans.keys()), 2)
            if overlap(spans[one], spans[other])
        ]
        pairs.update(mine)
        hit += bool(mine)
    wishing = sum(len(held) > 1 for held in wished.values())
    return Clashes(sum(pairs.values()), hit, wishing, dict(pairs))


def overlap(one: Span, other: Span) -> bool:
    """True if two stretches share a moment."""
    return one[0] < other[1] and other[0] < one[1]


def spans_of(symposium: Symposium, placements: Iterable[Placement]) -> dict[int, Span]:
    """Programme session → when a version holds it. One query."""
    by_timed = {
        timed: pk
        for pk, timed in symposium.sessions.exclude(timetabled=None).values_list(
            "pk", "timetabled_id"
        )
    }
    return {
        by_timed[one.session_id]: (one.starts_at, one.ends_at)
        for one in placements
        if one.session_id in by_timed and not one.session.is_cancelled
    }


def counted_versions(symposium: Symposium, wished: Mapping[int, set[int]]) -> list[Counted]:
    """Every version of the timetable that holds the programme, with its clashes, newest first."""
    found = []
    for version in timetables_listed(symposium.activity)[:8]:
        spans = spans_of(symposium, placements_of(version))
        if spans:
            found.append(Counted(version, clashes_in(spans, wished)))
    return found


def clashes_in_order(symposium: Symposium, wished: Mapping[int, set[int]]) -> int:
    """Clashes if the parallel sessions were held in the order of their codes, as many at once as may be.

    It is what a programme would cost that nobody asked about; one query.
    """
    keys = [
        pk
        for pk, kind in symposium.sessions.order_by("code").values_list("pk", "kind")
        if kind in (ProgrammeSession.Kind.PAPERS, ProgrammeSession.Kind.PANEL)
    ]
    slot = {pk: number // max(symposium.parallel, 1) for number, pk in enumerate(keys)}
    return sum(
        slot[one] == slot[other]
        for held in wished.values()
        for one, other in combinations(sorted(held & slot.keys()), 2)
    )
