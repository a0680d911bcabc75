"""Which credentials there are: by edition, by holder, by number, by status list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from karvan.foundation.people.models import Person
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.editions.models import Activity, Edition

from ..models import Credential, SigningKey, StatusList

STANDING = Q(revoked_at__isnull=True)
OWN_ID = re.compile(r"https://[^/]+/credentials/(?P<number>[A-Z0-9-]{1,20})\.json")
TAKING_PART = Q(enrolments__state__in=["enrolled", "completed"])


def credentials_of(edition: Edition) -> QuerySet[Credential]:
    """The edition's register, without the signed texts."""
    return (
        Credential.objects.filter(activity__edition=edition)
        .select_related("activity__edition", "person", "corrected_by", "corrects")
        .defer("document", "paper")
    )


def activities_with_credentials(edition: Edition) -> QuerySet[Activity]:
    """The edition's activities with how many take part and how many hold a certificate."""
    standing = Q(credentials__revoked_at__isnull=True, credentials__isnull=False)
    return (
        edition.activities.select_related("edition")
        .annotate(
            participants=Count("enrolments", filter=TAKING_PART, distinct=True),
            holders=Count("credentials__enrolment", filter=standing, distinct=True),
        )
        .order_by("position", "pk")
    )


def standing_in(activity: Activity) -> dict[int, Credential]:
    """Enrolment id → the best credential that stands. One query."""
    rows = Credential.objects.filter(STANDING, activity=activity).defer("document", "paper")
    return {one.enrolment_id: one for one in sorted(rows, key=lambda one: one.rank)}


def withheld_in(activity: Activity) -> set[int]:
    """Enrolments whose credential was revoked without a correction: nobody gives it back by the way."""
    rows = Credential.objects.filter(
        activity=activity, revoked_at__isnull=False, corrected_by__isnull=True
    )
    return set(rows.values_list("enrolment_id", flat=True))


def held_by(person: Person) -> QuerySet[Credential]:
    """A person's own credentials, those that stand first."""
    return (
        Credential.objects.filter(person=person)
        .select_related("activity__edition__programme", "corrected_by")
        .order_by("revoked_at", "-issued_at")
    )


def credential_by_number(number: str) -> Credential | None:
    """The credential of this number with all its page shows, however it is typed, or None."""
    return (
        Credential.objects.select_related(
            "activity__edition__programme__owner",
            "activity__edition__country",
            "activity__edition__blueprint",
            "person",
            "key",
            "status_list",
            "corrects",
            "corrected_by",
        )
        .defer("activity__edition__blueprint__source")
        .filter(number=number.strip().upper())
        .first()
    )


def document_by_id(address: object) -> Credential | None:
    """The credential of ours whose signed text goes by this id, or None; the caller compares."""
    found = OWN_ID.fullmatch(address) if isinstance(address, str) else None
    return credential_by_number(found["number"]) if found else None


def published_keys() -> list[SigningKey]:
    """All keys the world may rely on, the present one first."""
    trusted = SigningKey.objects.filter(is_trusted=True)
    return sorted(trusted, key=lambda key: (key.retired_at is not None, -key.pk))


def status_list_by_number(number: int) -> StatusList | None:
    """The list of this number, or None."""
    return StatusList.objects.filter(number=number).first()


def revoked_in(listed: StatusList) -> tuple[list[int], datetime | None]:
    """The indexes of the list's revoked credentials, and when the list last changed. Two queries."""
    rows = listed.credentials.filter(revoked_at__isnull=False)
    moments = listed.credentials.aggregate(first=Min("issued_at"), last=Max("revoked_at"))
    return list(rows.values_list("status_index", flat=True)), moments["last"] or moments["first"]


def achievement_design(programme: str, activity: str, number: int) -> Mapping[str, Any] | None:
    """The document of a published version that has this activity, or None."""
    found = (
        Blueprint.objects.filter(programme__code=programme, number=number, state="published")
        .select_related("programme__owner")
        .defer("source")
        .first()
    )
    if found is None:
        return None
    codes = {one["code"] for one in found.data.get("activities", ())}
    return found.data if activity in codes else None
