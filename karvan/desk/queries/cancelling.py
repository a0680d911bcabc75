"""What cancelling an edition would touch: the same rows that the act then changes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Application, Call
from karvan.stages.editions.models import Edition
from karvan.stages.reviews.models import ReviewRound
from karvan.stages.selection.models import Offer
from karvan.stages.timetables.models import Session


@dataclass(frozen=True, slots=True)
class Consequences:
    """Counts of what is called off and of the people who get a letter."""

    offers: int
    sessions: int
    rounds: int
    calls: int
    letters: int


def consequences_of(edition: Edition, *, by: Person | None) -> Consequences:
    """What would happen if the edition were cancelled now. Six queries."""
    return Consequences(
        offers=open_offers(edition).count(),
        sessions=sessions_ahead(edition).count(),
        rounds=open_rounds(edition).count(),
        calls=standing_calls(edition).count(),
        letters=applicants_told(edition).count() + people_told(edition, by=by).count(),
    )


def open_offers(edition: Edition) -> QuerySet[Offer]:
    """Offers nobody has answered."""
    return Offer.objects.filter(
        run__call__activity__edition=edition, state=Offer.State.OFFERED
    ).order_by("pk")


def sessions_ahead(edition: Edition) -> QuerySet[Session]:
    """Sessions that stand in a published timetable and have not ended."""
    return (
        Session.objects.filter(
            activity__edition=edition,
            is_cancelled=False,
            placements__timetable__state="published",
            placements__ends_at__gt=clock.now(),
        )
        .select_related("activity__edition")
        .order_by("pk")
        .distinct()
    )


def open_rounds(edition: Edition) -> QuerySet[ReviewRound]:
    """Rounds in which reviewers still read."""
    return ReviewRound.objects.filter(
        call__activity__edition=edition, state=ReviewRound.State.OPEN
    ).order_by("pk")


def standing_calls(edition: Edition) -> QuerySet[Call]:
    """Calls that are drafted or published."""
    return (
        Call.objects.filter(activity__edition=edition)
        .exclude(state=Call.State.CANCELLED)
        .order_by("pk")
    )


def applicants_told(edition: Edition) -> QuerySet[Application]:
    """Applications whose people the cancelled calls write to."""
    return Application.objects.filter(
        call__activity__edition=edition, call__state=Call.State.PUBLISHED
    ).exclude(Q(state=Application.State.WITHDRAWN) | Q(email=""))


def people_told(edition: Edition, *, by: Person | None) -> QuerySet[Person]:
    """Those with a part in the edition whom no call writes to, without the one who cancels."""
    scope = edition.scope
    role = Q(roles__scope=scope) | Q(roles__scope__startswith=f"{scope}/")
    holders = Person.objects.filter(role).values("pk")
    enrolled = Person.objects.filter(
        enrolments__activity__edition=edition, enrolments__state="enrolled"
    ).values("pk")
    teaching = Person.objects.filter(teaching__activity__edition=edition).values("pk")
    reading = Person.objects.filter(
        reviewing__round__call__activity__edition=edition,
        reviewing__round__state=ReviewRound.State.OPEN,
        reviewing__is_active=True,
    ).values("pk")
    told = (
        Person.objects.filter(
            Q(pk__in=holders) | Q(pk__in=enrolled) | Q(pk__in=teaching) | Q(pk__in=reading),
            is_active=True,
            email__isnull=False,
        )
        .exclude(email__in=applicants_told(edition).values("email"))
        .order_by("pk")
    )
    return told.exclude(pk=by.pk) if by else told
