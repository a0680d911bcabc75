"""What anybody may read of programmes: where they were held, and figures with what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from karvan.foundation.people.models import Party
from karvan.foundation.ui.carpet import carpet_band
from karvan.stages.blueprints.models import Blueprint, Programme
from karvan.stages.calls.models import Call
from karvan.stages.calls.queries import open_calls
from karvan.stages.credentials.models import Credential
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Edition
from karvan.stages.editions.queries import editions_listed
from karvan.stages.ventures.models import Final, Venture
from karvan.stages.ventures.queries import Survival, survival

SHOWN_CALLS = 12
SURVIVAL_MONTHS = 12
MEDALLIONS = 9
HELD = (Edition.State.ADOPTED, Edition.State.RUNNING, Edition.State.CLOSED)


@dataclass(frozen=True, slots=True)
class Held:
    """A programme and its editions in the order in which they were held."""

    programme: Programme
    editions: list[Any]

    @property
    def countries(self) -> int:
        return len({one.country_id for one in self.editions})


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a programme; None is not known. ``women`` is of those whose sex is known."""

    editions: int
    countries: int
    participants: int | None
    women: int | None
    sex_known: int
    certificates: int | None
    ventures: int | None
    survival: Survival


def calls_now(at: Any) -> QuerySet[Call]:
    """The calls people may apply to or will soon, those soonest due first."""
    return open_calls(at).defer("form", "texts")[:SHOWN_CALLS]


def editions_held(programme: Programme | None = None) -> list[Any]:
    """Adopted, running and closed editions by their first day, with their countries. One query."""
    rows = editions_listed().filter(state__in=HELD)
    if programme is not None:
        rows = rows.filter(programme=programme)
    return sorted(rows, key=lambda one: (one.first_day or date.max, one.slug))


def programmes_held() -> list[Held]:
    """Programmes with a published version, each with its editions. Two queries."""
    programmes = list(
        Programme.objects.filter(blueprints__state=Blueprint.State.PUBLISHED)
        .distinct()
        .order_by("code")
    )
    editions: dict[int, list[Any]] = {}
    for edition in editions_held():
        editions.setdefault(edition.programme_id, []).append(edition)
    return [Held(one, editions.get(one.pk, [])) for one in programmes]


def figures_of(programme: Programme, editions: Sequence[Any]) -> Figures:
    """The programme's public figures. Four queries.

    None where no roll of participants, certificates or ventures exists at all, since a
    register that was never kept says nothing about how many there were.
    """
    of = {"activity__edition__programme": programme}
    people = Enrolment.objects.filter(**of, state__in=["enrolled", "completed"]).aggregate(
        every=Count("person", distinct=True),
        women=Count("person", filter=Q(attributes__sex="F"), distinct=True),
        known=Count("person", filter=Q(attributes__sex__in=["F", "M"]), distinct=True),
    )
    papers = Credential.objects.filter(**of, revoked_at__isnull=True).exclude(
        kind=Credential.Kind.ATTENDANCE
    )
    grown = Venture.objects.filter(team__edition__programme=programme).count()
    return Figures(
        editions=len(editions),
        countries=len({one.country_id for one in editions}),
        participants=people["every"] or None,
        women=people["women"] if people["known"] else None,
        sex_known=people["known"],
        certificates=papers.count() or None,
        ventures=grown or None,
        survival=survival(programme.scope, SURVIVAL_MONTHS),
    )


def finals_of(programme: Programme) -> QuerySet[Final]:
    """The programme's common finals with how many ventures and countries came."""
    return programme.finals.annotate(
        entered=Count("entries", distinct=True),
        countries=Count("entries__venture__team__edition__country", distinct=True),
    ).order_by("-starts_on")


def partners_of(programme: Programme) -> list[Party]:
    """The owner and the parties that hosted its editions, each once. One query."""
    hosts = (
        Party.objects.filter(
            edition_parts__edition__programme=programme,
            edition_parts__edition__state__in=HELD,
            edition_parts__part="host",
        )
        .exclude(pk=programme.owner_id)
        .distinct()
    )
    return [programme.owner, *hosts[:MEDALLIONS]]


def band_of(programme: Programme, editions: Sequence[Any]) -> str:
    """The carpet band of the programme's own numbers: one medallion an edition."""
    grid = [
        [ord(one.country_id[0]), ord(one.country_id[1]), _days(one), one.departure_count]
        for one in editions
    ]
    return carpet_band(grid or [[ord(sign) for sign in programme.code]], medallions=MEDALLIONS)


def _days(edition: Any) -> int:
    first: date | None = edition.first_day
    last: date | None = edition.last_day
    return (last - first).days if first and last else 0
