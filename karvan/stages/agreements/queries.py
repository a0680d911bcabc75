"""Named reads of meetings, agreements and commitments."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from karvan.foundation.people.models import Party, Person

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


def open_between(first: Party, second: Party) -> QuerySet[Commitment]:
    """Open commitments of either of two parties: the briefing for their next meeting."""
    return commitments_listed().filter(
        owner__in=[first, second], state__in=["open", "in_progress", "late"]
    )


def late_commitments(person: Person, today: date) -> QuerySet[Commitment]:
    """Open commitments past their date for which the person answers."""
    return commitments_listed().filter(
        responsible=person, state__in=["open", "in_progress"], due_on__lt=today
    )
