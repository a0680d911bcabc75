"""Named reads of meetings, agreements and commitments."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person, Role

from .models import Agreement, Commitment, Consultation


def consultations_listed() -> QuerySet[Consultation]:
    """Meetings, newest first, with how many sentences and commitments came of each."""
    return Consultation.objects.select_related("country").annotate(
        item_count=Count("items", distinct=True),
        commitment_count=Count("items__commitments", distinct=True),
    )


def agreements_listed() -> QuerySet[Agreement]:
    """Agreements, newest first, with how many clauses each has."""
    return Agreement.objects.annotate(
        obligation_count=Count("obligations", distinct=True)
    ).prefetch_related("parties")


def commitments_listed() -> QuerySet[Commitment]:
    """Commitments by due date with their owners."""
    return Commitment.objects.select_related(
        "owner", "item__consultation", "obligation__agreement", "responsible"
    )


def commitments_of_consultation(meeting: Consultation) -> QuerySet[Commitment]:
    """What was promised in a meeting, its agreements included."""
    return (
        commitments_listed()
        .filter(Q(item__consultation=meeting) | Q(obligation__agreement__consultation=meeting))
        .distinct()
    )


def commitments_of_agreement(agreement: Agreement) -> QuerySet[Commitment]:
    """What was promised by an agreement's clauses."""
    return commitments_listed().filter(obligation__agreement=agreement)


def commitments_of_party(party: Party) -> QuerySet[Commitment]:
    """What a party has promised, alone or with others."""
    return commitments_listed().filter(Q(owner=party) | Q(co_owners=party)).distinct()


def promised_between(*parties: Party) -> QuerySet[Commitment]:
    """What these parties have promised each other over the years, with its evidence.

    That is what one of them owns, alone or with others, and was promised in a meeting where
    another of them sat, in an agreement that binds another of them, or by a decision or a
    recommendation, which bind whoever sits in the body. Oldest first.
    """
    keys = [party.pk for party in parties]
    met = (
        Consultation.objects.filter(parties__party__in=keys)
        .annotate(seated=Count("parties", filter=Q(parties__party__in=keys), distinct=True))
        .filter(seated__gte=2)
    )
    bound = (
        Agreement.objects.filter(parties__in=keys)
        .annotate(bound=Count("parties", filter=Q(parties__in=keys), distinct=True))
        .filter(bound__gte=2)
    )
    owned = Commitment.objects.filter(Q(owner__in=keys) | Q(co_owners__in=keys))
    source = (
        Q(item__consultation__in=met.values("pk"))
        | Q(obligation__agreement__in=bound.values("pk"))
        | Q(origin__in=["decision", "recommendation"])
    )
    return (
        commitments_listed()
        .filter(source, pk__in=owned.values("pk"))
        .prefetch_related("evidence", "co_owners")
        .order_by("promised_on", "due_on", "code")
    )


def agreements_between(first: Party, second: Party) -> QuerySet[Agreement]:
    """The agreements that bind both."""
    return agreements_listed().filter(parties=first).filter(parties=second)


def agreements_to_remind(day: date) -> list[Agreement]:
    """Those in force whose end has come as near as they say, and that nothing follows yet."""
    rows = Agreement.objects.filter(
        state=Agreement.State.IN_FORCE, in_force_to__gte=day, renewed_by__isnull=True
    )
    return [
        one
        for one in rows.order_by("in_force_to", "code")
        if one.in_force_to and (one.in_force_to - day).days <= one.renewal_days
    ]


def consultations_between(first: Party, second: Party) -> QuerySet[Consultation]:
    """The meetings in which both sat."""
    met = Consultation.objects.filter(parties__party=first).filter(parties__party=second)
    return consultations_listed().filter(pk__in=met.values("pk"))


def late_commitments(person: Person, today: date) -> QuerySet[Commitment]:
    """Open commitments past their date for which the person answers."""
    return commitments_listed().filter(
        responsible=person, state__in=["open", "in_progress"], due_on__lt=today
    )


def keepers_of(scope: str) -> QuerySet[Person]:
    """The officers whose role reaches a scope today and to whom a letter can be sent."""
    parts = scope.split("/") if scope else []
    over = ["", *("/".join(parts[:length]) for length in range(1, len(parts) + 1))]
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())
    roles = Role.objects.filter(standing, kind=Role.Kind.OFFICER, scope__in=over)
    return Person.objects.filter(
        pk__in=roles.values("person_id"), is_active=True, email__isnull=False
    ).order_by("pk")


def speakers_of(party: Party) -> QuerySet[Person]:
    """Those who speak for a party today and to whom a letter can be sent."""
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())
    roles = Role.objects.filter(standing, kind=Role.Kind.PARTNER, party=party)
    return Person.objects.filter(
        pk__in=roles.values("person_id"), is_active=True, email__isnull=False
    ).order_by("pk")
