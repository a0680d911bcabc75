"""Named reads of title cycles: what stands where, who is called, how nominations rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from karvan.foundation.people.access import covers
from karvan.foundation.people.models import Person, Role

from ..models import ExpertMark, TitleCycle, TitleNomination, TitleSeries
from ..titles_marks import NOMINATION_MARKS

State = TitleNomination.State
# Nominations that experts mark, and those that a ranking still shows after the decision.
MARKED = (State.ADMITTED,)
RANKED = (State.ADMITTED, State.PROPOSED, State.GRANTED, State.DECLINED)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One nomination in its region's order.

    ``mean`` and ``spread`` are hundredths of the rubric's whole (0 to 10,000), None while no
    expert is done; ``spread`` is the distance of the highest from the lowest expert.
    """

    nomination: TitleNomination
    place: int | None
    mean: int | None
    spread: int | None
    done: int
    experts: int

    @property
    def mean_shown(self) -> float | None:
        """The mean out of 100."""
        return None if self.mean is None else round(self.mean / 100, 1)

    @property
    def spread_shown(self) -> float | None:
        """The spread out of 100."""
        return None if self.spread is None else round(self.spread / 100, 1)

    @property
    def mark(self) -> str:
        """The mark of the nomination's state."""
        return NOMINATION_MARKS[self.nomination.state]


def cycles_listed() -> QuerySet[TitleCycle]:
    """Cycles with how many nominations were sent in each."""
    sent = ~Q(nominations__state__in=[State.DRAFT, State.WITHDRAWN])
    return TitleCycle.objects.select_related("series").annotate(
        sent=Count("nominations", filter=sent & Q(nominations__isnull=False))
    )


def those_called(cycle: TitleCycle) -> list[Person]:
    """The persons who speak for a party in the cycle's scope, each once, by name."""
    roles = Role.objects.filter(kind=Role.Kind.PARTNER, person__is_active=True).select_related(
        "person"
    )
    found = {role.person_id: role.person for role in roles if covers(role.scope, cycle.scope)}
    return sorted(found.values(), key=lambda one: (one.full_name, one.pk))


def experts_of(cycle: TitleCycle) -> list[Person]:
    """The persons who mark in this cycle: reviewers by a role in its scope or above it."""
    roles = Role.objects.filter(kind=Role.Kind.REVIEWER, person__is_active=True).select_related(
        "person"
    )
    found = {
        role.person_id: role.person
        for role in roles
        if role.scope.startswith("titles") and covers(role.scope, cycle.scope)
    }
    return sorted(found.values(), key=lambda one: (one.full_name, one.pk))


def ranking_of(cycle: TitleCycle) -> dict[str, list[Ranked]]:
    """The nominations of each region in the order of their mean mark, the best first.

    Those without a finished mark come last, without a place; equal means share a place.
    Cost: three queries.
    """
    experts = len(experts_of(cycle))
    rows = cycle.nominations.filter(state__in=RANKED).select_related("country", "party")
    done = Prefetch("marks", ExpertMark.objects.filter(done_at__isnull=False), to_attr="finished")
    regions: dict[str, list[Ranked]] = {code: [] for code in cycle.seats}
    for nomination in rows.prefetch_related(done):
        totals = [total_of(cycle.series, one.marks) for one in nomination.finished]
        mean = round(sum(totals) / len(totals)) if totals else None
        spread = max(totals) - min(totals) if totals else None
        regions.setdefault(nomination.region, []).append(
            Ranked(nomination, None, mean, spread, len(totals), experts)
        )
    return {code: list(_placed(listed)) for code, listed in regions.items()}


def total_of(series: TitleSeries, marks: dict[str, Any]) -> int:
    """One expert's marks by the rubric's weights, in hundredths of the whole: 0 to 10,000."""
    criteria = series.rubric.get("criteria", [])
    whole: int = sum(one["weight"] for one in criteria)
    if not whole:
        return 0
    got: int = sum(
        marks.get(one["code"], 0) * one["weight"] * 10_000 // one["most"] for one in criteria
    )
    return round(got / whole)


def _placed(listed: Iterable[Ranked]) -> Iterator[Ranked]:
    ordered = sorted(
        listed, key=lambda one: (one.mean is None, -(one.mean or 0), one.nomination.pk)
    )
    means = [one.mean for one in ordered]
    for one in ordered:
        place = None if one.mean is None else means.index(one.mean) + 1
        yield Ranked(one.nomination, place, one.mean, one.spread, one.done, one.experts)
