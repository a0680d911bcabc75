"""Who may open which page of the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import (
    READERS,
    RUNNERS,
    holds,
    holds_anywhere,
    parties_of,
    scopes_of,
    within,
)
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.models import Record
from karvan.stages.blueprints.access import blueprint_for
from karvan.stages.blueprints.models import Blueprint, Programme
from karvan.stages.editions.access import edition_for, edition_to_read, editions_for
from karvan.stages.editions.models import Edition, EditionPartner, VersionOffer
from karvan.stages.editions.queries import offers_listed

CHECKERS = ("administrator", "auditor")


UNDER_WAY = (Edition.State.ADOPTING, Edition.State.ADOPTED, Edition.State.RUNNING)


def editions_under_way(person: Person) -> QuerySet[Edition]:
    """The editions the person reaches that are neither over nor cancelled, the next one first."""
    reached = editions_for(person).filter(state__in=UNDER_WAY)
    return reached.order_by("first_day", "pk")  # type: ignore[misc]  # annotated there


def parties_spoken_for(person: Person) -> QuerySet[Party]:
    """The parties whose partner the person is."""
    return Party.objects.filter(pk__in=parties_of(person)).order_by("code")


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A party as one person may see it: the parts it has in the editions he or she reaches."""

    party: Party
    parts: QuerySet[EditionPartner]
    is_own: bool


def partner_for(person: Person, code: str) -> PartnerView:
    """A party the person speaks for, or one that takes part where the person reads; else 404.

    Somebody who speaks for one party does not learn of another's page.
    """
    party = get_object_or_404(Party.objects.select_related("country", "logo"), code=code)
    parts = EditionPartner.objects.filter(party=party).select_related(
        "edition__country", "edition__programme"
    )
    if party.pk in parties_of(person):
        return PartnerView(party, parts, is_own=True)
    reached = parts.filter(within(person, READERS, "edition__scope"))
    reads_all = "" in scopes_of(person, READERS)
    if not reads_all and not reached.exists():
        raise Http404
    return PartnerView(party, reached, is_own=False)


def edition_partner_for(person: Person, slug: str, code: str) -> tuple[Edition, PartnerView]:
    """A party in one edition, seen as ``partner_for`` allows; 404 where it has no part."""
    edition = edition_to_read(person, slug)
    seen = partner_for(person, code)
    parts = seen.parts.filter(edition=edition)
    if not parts.exists():
        raise Http404
    return edition, PartnerView(seen.party, parts, seen.is_own)


def edition_to_cancel(person: Person, slug: str) -> Edition:
    """An edition the person runs; 403 for those who only take part or read."""
    return edition_for(person, slug, RUNNERS)


def public_programme(code: str) -> Programme:
    """A programme that has a published version, for anybody; else 404."""
    rows = Programme.objects.select_related("owner__country").filter(
        blueprints__state=Blueprint.State.PUBLISHED
    )
    return get_object_or_404(rows.distinct(), code=code.upper())


def records_for(person: Person) -> QuerySet[Record]:
    """The records of the scopes the person reads; 403 for who reads none."""
    if not holds_anywhere(person, READERS):
        raise PermissionDenied
    reached = within(person, READERS)
    return Record.objects.filter(reached).select_related("by")


def require_may_check(person: Person) -> None:
    """Let pass who may have the whole chain checked: auditors and administrators of everything."""
    if not holds(person, CHECKERS, ""):
        raise PermissionDenied


def may_check(person: Person) -> bool:
    """True for those whom ``require_may_check`` lets pass."""
    return holds(person, CHECKERS, "")


def version_offer_for(person: Person, slug: str, kinds: tuple[str, ...] = READERS) -> VersionOffer:
    """The newest version offered to an edition the person reads (or runs); 404 where none was."""
    edition = edition_for(person, slug, kinds)
    newest = (
        edition.version_offers.select_related("blueprint__programme", "base", "decided_by")
        .order_by("-blueprint__number")
        .first()
    )
    if newest is None:
        raise Http404
    newest.edition = edition
    return newest


def version_offers_for(
    person: Person, code: str, number: int
) -> tuple[Blueprint, QuerySet[VersionOffer]]:
    """A version and its offers to the editions in which the person reads; 403 for who reads none."""
    version = blueprint_for(person, code, number)
    if not holds_anywhere(person, READERS):
        raise PermissionDenied
    reached = within(person, READERS, "edition__scope")
    return version, offers_listed().filter(reached, blueprint=version)
