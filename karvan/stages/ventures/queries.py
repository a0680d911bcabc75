"""Named reads of teams, ventures and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Edition

from .models import Final, FinalEntry, FollowUp, Milestone, Team, Venture


@dataclass(frozen=True, slots=True)
class Survival:
    """What is known of ventures some months on; every venture is in exactly one of
    active, inactive and unknown, and ``unknown`` is never counted as closed."""

    ventures: int
    asked: int
    answered: int
    active: int

    @property
    def unknown(self) -> int:
        return self.ventures - self.answered


def members_of(venture: Venture) -> QuerySet[Person]:
    """Those who are in the venture's team, and those who left it."""
    return Person.objects.filter(enrolments__memberships__team__venture=venture).distinct()


def teams_listed(edition: Edition) -> QuerySet[Team]:
    """An edition's teams with how many are in each."""
    return (
        Team.objects.filter(edition=edition)
        .select_related("venture", "admitted_to", "edition")
        .annotate(members=Count("memberships", filter=Q(memberships__left_on__isnull=True)))
    )


def ventures_listed() -> QuerySet[Venture]:
    """Ventures with their milestones verified so far."""
    verified = Milestone.objects.filter(state=Milestone.State.VERIFIED)
    return Venture.objects.select_related("team__edition__country").prefetch_related(
        Prefetch("milestones", queryset=verified.order_by("code"), to_attr="verified")
    )


def claims_waiting() -> QuerySet[Milestone]:
    """Claims nobody has looked at, oldest first."""
    return (
        Milestone.objects.filter(state=Milestone.State.CLAIMED)
        .select_related("venture__team__edition", "claimed_by")
        .order_by("claimed_at")
    )


def verified_codes(venture: Venture) -> set[str]:
    """The codes of the milestones that are verified."""
    verified = venture.milestones.filter(state=Milestone.State.VERIFIED)
    return set(verified.values_list("code", flat=True))


def entries_of(final: Final) -> QuerySet[FinalEntry]:
    """Who came to a final, the best first."""
    return final.entries.select_related("venture__team__edition__country").order_by(
        "final_rank", "venture__team__edition__country_id", "national_rank"
    )


def due_follow_ups(today: date) -> QuerySet[FollowUp]:
    """Questions whose day has come and that nobody has asked yet."""
    return FollowUp.objects.filter(
        state=FollowUp.State.DUE, due_on__lte=today, venture__follow_up_agreed=True
    ).select_related("venture__team__edition")


def survival(scope: str, months: int) -> Survival:
    """What is known of the ventures of a scope so many months after the course.

    Counts only ventures whose question has fallen due. Cost: one query.
    """
    rows = FollowUp.objects.filter(months=months).exclude(state=FollowUp.State.DUE)
    if scope:
        edition = "venture__team__edition__scope"
        rows = rows.filter(Q(**{edition: scope}) | Q(**{f"{edition}__startswith": f"{scope}/"}))
    alive = Q(had_revenue=True) | Q(pays_staff=True) | Q(served_users=True) | Q(is_registered=True)
    answered = Q(state=FollowUp.State.ANSWERED)
    counted = rows.aggregate(
        ventures=Count("pk"),
        answered=Count("pk", filter=answered),
        active=Count("pk", filter=answered & alive),
    )
    return Survival(
        ventures=counted["ventures"],
        asked=counted["ventures"],
        answered=counted["answered"],
        active=counted["active"],
    )
