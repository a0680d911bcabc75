"""Named reads of editions: their lists, their design, their dates."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.places.models import ClosedPeriod, Country
from karvan.stages.blueprints.document import REMOVED, Problem, check, in_order_of, with_value
from karvan.stages.blueprints.document.reading import read
from karvan.stages.blueprints.models import Blueprint, Programme
from karvan.stages.blueprints.queries import activity_part

from .models import (
    Activity,
    BudgetEntry,
    BudgetLine,
    Departure,
    Edition,
    EditionPartner,
    Invitation,
    Translation,
    Venue,
    VersionOffer,
)
from .wording import with_translations


def editions_listed() -> QuerySet[Edition]:
    """Editions with programme, country and version, their first and last day, and how many departures stand."""
    return (
        Edition.objects.select_related("programme", "country", "blueprint")
        .defer("blueprint__source", "blueprint__data")
        .annotate(
            first_day=Min(
                Coalesce("activities__actual_starts_on", "activities__planned_starts_on")
            ),
            last_day=Max(Coalesce("activities__actual_ends_on", "activities__planned_ends_on")),
            departure_count=Count(
                "departures", filter=Q(departures__superseded_at__isnull=True), distinct=True
            ),
        )
    )


def standing_departures(edition: Edition) -> QuerySet[Departure]:
    """The departures in force, in the order in which they were made."""
    return edition.departures.filter(superseded_at__isnull=True).select_related("made_by")


def departures_listed(edition: Edition) -> QuerySet[Departure]:
    """All departures of an edition, superseded ones included."""
    return Departure.objects.filter(edition=edition).select_related("made_by", "edition")


def with_departures(data: Mapping[str, Any], departures: Iterable[Departure]) -> dict[str, Any]:
    """A document with these departures put in, in their order. The given data stay as they were.

    An ``after`` of None takes the part away.
    """
    changed = dict(data)
    for departure in departures:
        value = REMOVED if departure.after is None else departure.after
        changed = with_value(changed, departure.path, value)
    return changed


def departed_document(edition: Edition) -> dict[str, Any]:
    """The blueprint's document with the standing departures put in, in the blueprint's languages."""
    return with_departures(edition.blueprint.data, standing_departures(edition))


def document_of(edition: Edition) -> dict[str, Any]:
    """The edition's design: its blueprint's document with the standing departures and translations.

    Read it, do not change it: parts may be shared. Cost: two queries, three where the
    blueprint was not fetched with the edition.
    """
    return with_translations(departed_document(edition), translations_of(edition))


def as_written(edition: Edition, document: Mapping[str, Any]) -> dict[str, Any]:
    """The design with its keys in the order in which the blueprint's author wrote them.

    PostgreSQL keeps no order of keys; a text that people read and edit has the author's.
    Cost: the blueprint's text is read anew, about 0.05 s for the library's programmes.
    """
    written, _positions, _problems = read(bytes(edition.blueprint.source).decode())
    return dict(in_order_of(document, written))


def translations_of(edition: Edition) -> QuerySet[Translation]:
    """What the edition wrote itself in languages its blueprint lacks."""
    return edition.translations.order_by("pk")


def design_token(edition: Edition) -> str:
    """What names the design as it stands: its version, and the departures in force. One query."""
    pks = standing_departures(edition).values_list("pk", flat=True)
    return f"{edition.blueprint_id}:{'.'.join(map(str, pks))}"


def design_at(edition: Edition, token: str) -> dict[str, Any]:
    """The design that a token named, though others stand by now: departures are never lost.

    Raises:
        ValueError: the edition never had such a design.
    """
    blueprint, _colon, listed = token.partition(":")
    pks = [int(one) for one in listed.split(".") if one]
    version = Blueprint.objects.filter(
        pk=int(blueprint), programme=edition.programme_id, state=Blueprint.State.PUBLISHED
    ).first()
    rows = Departure.objects.filter(edition=edition, pk__in=pks)
    if version is None or len(rows) != len(pks):
        raise ValueError(f"no design is named {token!r}")
    return with_departures(version.data, rows)


def activity_document(activity: Activity) -> dict[str, Any]:
    """One activity's part of its edition's design."""
    return activity_part(document_of(activity.edition), activity.code)


def contradictions(edition: Edition) -> tuple[Problem, ...]:
    """What the standing departures have put at odds with the rest of the design.

    Only what the blueprint itself does not already have: departures answer for no more
    than they did. Cost: two checks of the document, about 40 ms each.
    """
    base = edition.blueprint.data
    standing = list(standing_departures(edition))
    if not standing:
        return ()
    known = {(one.path, one.message) for one in check(base)}
    return tuple(
        one
        for one in check(with_departures(base, standing))
        if (one.path, one.message) not in known
    )


def under_way(programme: Programme, country: Country) -> QuerySet[Edition]:
    """The programme's editions in a country that are being adopted, or not over by their last day."""
    is_over = Q(state__in=[Edition.State.CLOSED, Edition.State.CANCELLED])
    last_day = Max(Coalesce("activities__actual_ends_on", "activities__planned_ends_on"))
    return (
        Edition.objects.filter(programme=programme, country=country)
        .exclude(is_over)
        .annotate(last_day=last_day)
        .filter(
            Q(state=Edition.State.ADOPTING)
            | Q(last_day__isnull=True)
            | Q(last_day__gte=clock.today())
        )
    )


def overlapping(edition: Edition) -> QuerySet[Activity]:
    """Activities of the programme's other editions in this country that are planned on its days."""
    own = edition.activities.aggregate(
        first=Min(Coalesce("actual_starts_on", "planned_starts_on")),
        last=Max(Coalesce("actual_ends_on", "planned_ends_on")),
    )
    others = Activity.objects.filter(
        edition__programme=edition.programme_id, edition__country=edition.country_id
    ).exclude(Q(edition=edition.pk) | Q(edition__state=Edition.State.CANCELLED))
    return (
        others.annotate(
            first=Coalesce("actual_starts_on", "planned_starts_on"),
            last=Coalesce("actual_ends_on", "planned_ends_on"),
        )
        .filter(first__lte=own["last"], last__gte=own["first"])
        .select_related("edition")
        if own["first"] and own["last"]
        else others.none()
    )


def proposed_code(programme: Programme, country: Country, on: date) -> str:
    """A code for an edition around a date that the programme does not have yet: "MA-2027"."""
    taken = set(Edition.objects.filter(programme=programme).values_list("code", flat=True))
    years = itertools.count(on.year)
    return next(code for code in (f"{country.code}-{year}" for year in years) if code not in taken)


def activities_of(edition: Edition) -> QuerySet[Activity]:
    """The edition's activities in their order."""
    return edition.activities.select_related("edition__country")


def closed_periods(edition: Edition) -> QuerySet[ClosedPeriod]:
    """The days an edition keeps clear of: its country's and its own, those over left out."""
    here = Q(scope="") | Q(scope=edition.scope)
    return ClosedPeriod.objects.filter(here, country=edition.country_id, ends_on__gte=clock.today())


def trainer_roles() -> QuerySet[Role]:
    """The roles of those who teach today in one edition or activity, not in all of a programme."""
    return Role.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()),
        kind=Role.Kind.TRAINER,
        scope__contains="/",
        person__is_active=True,
    ).select_related("person")


def trainers_invited() -> QuerySet[Invitation]:
    """The trainers to be invited whose letters have not gone; those sent have their role."""
    return Invitation.objects.filter(
        kind=Role.Kind.TRAINER, state=Invitation.State.PREPARED, scope__contains="/"
    )


def invitations_of(edition: Edition) -> QuerySet[Invitation]:
    """The people to invite and those invited; withdrawn ones are left out."""
    return (
        edition.invitations.exclude(state=Invitation.State.WITHDRAWN)
        .select_related("party", "person")
        .order_by("pk")
    )


def invitations_waiting(edition: Edition) -> QuerySet[Invitation]:
    """Those whose letters have not gone."""
    return edition.invitations.filter(state=Invitation.State.PREPARED)


def parties_in(edition: Edition) -> QuerySet[Party]:
    """The edition's partners, then the other parties of its country, then all others."""
    rank = Case(
        When(pk__in=edition.partners.values("party"), then=Value(0)),
        When(country=edition.country_id, then=Value(1)),
        default=Value(2),
    )
    return Party.objects.order_by(rank, "code")


def roles_in(edition: Edition) -> QuerySet[Role]:
    """The roles that hold today in the edition or a part of it, by kind."""
    inside = Q(scope=edition.scope) | Q(scope__startswith=f"{edition.scope}/")
    holds = Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())
    return Role.objects.filter(inside, holds).select_related("person", "party").order_by("kind")


def planned_entries(edition: Edition) -> QuerySet[BudgetEntry]:
    """The amounts planned in the edition's budget."""
    return BudgetEntry.objects.filter(line__edition=edition, kind=BudgetEntry.Kind.PLANNED)


def other_editions(edition: Edition) -> tuple[int, int]:
    """How many other editions the programme has, and how many departures stand in them."""
    others = Edition.objects.filter(programme=edition.programme_id).exclude(pk=edition.pk)
    standing = Departure.objects.filter(edition__in=others, superseded_at__isnull=True)
    return others.count(), standing.count()


def partners_of(edition: Edition) -> QuerySet[EditionPartner]:
    """The edition's partners, its hosts first."""
    return edition.partners.select_related("party").order_by("-part", "pk")


def venues_to_choose(edition: Edition) -> QuerySet[Venue]:
    """Venues of the country that the edition does not use yet."""
    return Venue.objects.filter(country_id=edition.country_id).exclude(editions=edition)


def venues_of(edition: Edition) -> QuerySet[Venue]:
    """The venues the edition uses, with their rooms."""
    return edition.venues.select_related("party").prefetch_related("rooms")


def supplied(edition: Edition) -> set[str]:
    """The paths of the standing departures: what the country has said itself."""
    return set(standing_departures(edition).values_list("path", flat=True))


def coordinators_of(edition: Edition) -> QuerySet[Person]:
    """Those who coordinate the edition today and can be written to."""
    today = Q(roles__valid_to__isnull=True) | Q(roles__valid_to__gte=clock.today())
    return (
        Person.objects.filter(
            today,
            roles__kind="coordinator",
            roles__scope=edition.scope,
            is_active=True,
            email__isnull=False,
        )
        .order_by("pk")
        .distinct()
    )


def offers_listed() -> QuerySet[VersionOffer]:
    """Offers of versions with their editions, newest first."""
    return VersionOffer.objects.select_related(
        "edition__country", "edition__programme", "blueprint", "base", "decided_by"
    ).defer("blueprint__source", "blueprint__data", "base__source", "base__data")


def budget_design(edition: Edition) -> dict[str, Mapping[str, Any]]:
    """The budget lines of the edition's design by their codes."""
    return {one["code"]: one for one in document_of(edition).get("budget_lines", ())}


def share_kinds_of(line: BudgetLine) -> tuple[str, ...]:
    """Which kinds of partner may bear a line by the design; () is anybody, as for own lines."""
    found = {} if line.is_own else budget_design(line.edition).get(line.code, {})
    return tuple(found.get("share_kinds", ()))


def duration_of(document: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """How long the design says an activity lasts; nothing where it has no such activity."""
    parts = (one for one in document.get("activities", ()) if one["code"] == code)
    return next((one.get("duration", {}) for one in parts), {})
