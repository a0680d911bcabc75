"""Named reads of teams, ventures and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document

from .models import (
    Final,
    FinalEntry,
    FollowUp,
    Membership,
    MentorMatching,
    MentorOffer,
    Mentorship,
    Milestone,
    Team,
    Venture,
)


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


def ventures_without_mentor(edition: Edition) -> QuerySet[Venture]:
    """Ventures that nobody mentors today, with their wishes."""
    return (
        Venture.objects.filter(team__edition=edition)
        .exclude(mentorships__in=_standing(edition))
        .select_related("team")
        .prefetch_related("mentor_wishes__mentor")
        .order_by("name", "pk")
    )


def _standing(edition: Edition) -> QuerySet[Mentorship]:
    return Mentorship.objects.filter(venture__team__edition=edition, until__isnull=True)


def offers_listed(edition: Edition) -> QuerySet[MentorOffer]:
    """What the mentors of an edition offer, with the ventures they rank.

    ``standing`` has how many ventures of the edition each mentors today; ``named`` and
    ``first`` how many ventures without a mentor wish for each, and wish first.
    """
    mentored = Q(mentor__mentorships__in=_standing(edition))
    waiting = Q(mentor__venture_wishes__venture__in=ventures_without_mentor(edition))
    return (
        MentorOffer.objects.filter(edition=edition)
        .select_related("mentor")
        .prefetch_related("choices__venture")
        .annotate(
            standing=Count("mentor__mentorships", filter=mentored, distinct=True),
            named=Count("mentor__venture_wishes", filter=waiting, distinct=True),
            first=Count(
                "mentor__venture_wishes",
                filter=waiting & Q(mentor__venture_wishes__rank=1),
                distinct=True,
            ),
        )
    )


def sectors_of(edition: Edition) -> list[str]:
    """The sectors of an edition's ventures, each once."""
    rows = Venture.objects.filter(team__edition=edition).exclude(sector="")
    return sorted(set(rows.values_list("sector", flat=True)))


def matchings_of(edition: Edition) -> QuerySet[MentorMatching]:
    """The matchings taken so far, newest first, without their documents."""
    return (
        MentorMatching.objects.filter(edition=edition).defer("document").select_related("taken_by")
    )


def without_team(activity: Activity) -> QuerySet[Enrolment]:
    """Those enrolled in an activity who are in no team of its edition."""
    taken = Membership.objects.filter(team__edition=activity.edition_id, left_on__isnull=True)
    return (
        Enrolment.objects.filter(activity=activity, state=Enrolment.State.ENROLLED)
        .exclude(person__in=taken.values("enrolment__person"))
        .select_related("person", "activity")
    )


def teams_asked(edition: Edition, activity: Activity | None) -> dict[str, object]:
    """How large the design wants an activity's teams, and a seed that says what it is for."""
    size = (activity_document(activity).get("cohort") or {}).get("team_size") if activity else None
    size = size or {}
    return {
        "activity": activity,
        "smallest": size.get("min", 3),
        "largest": size.get("max", 5),
        "seed": f"{edition.slug} teams {edition.teams.count() + 1}",
    }
