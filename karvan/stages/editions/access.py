"""Who may reach which edition. The only way a view gets hold of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import (
    READERS,
    RUNNERS,
    STAFF,
    covers,
    holds,
    holds_anywhere,
    scopes_of,
    within,
)
from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.places.models import ClosedPeriod, WorkingHours, WorkingWeek
from karvan.foundation.texts import in_language
from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints.models import Blueprint, Programme
from karvan.stages.blueprints.queries import adoptable_blueprints

from .budgets import lines_of
from .invited import INVITED
from .models import (
    Activity,
    BudgetEntry,
    BudgetLine,
    Departure,
    Edition,
    EditionPartner,
    Invitation,
    Venue,
)
from .queries import editions_listed

EVERY_KIND = tuple(Role.Kind.values)
# Those who take part in an edition read its record; reviewers see applications and nothing else.
VISITORS = (*READERS, "partner", "trainer", "mentor", "participant")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A country's edition that a coordinator was named for and that is not there yet."""

    blueprint: Blueprint
    code: str
    scope: str


def editions_for(person: Person) -> QuerySet[Edition]:
    """The editions a person may read: those in his or her scopes, and those around them."""
    reached = Q(pk__in=[])
    for held in scopes_of(person, VISITORS):
        if not held:
            return editions_listed()
        around = "/".join(held.split("/")[:2])
        reached |= Q(scope=around) | Q(scope__startswith=f"{held}/")
    return editions_listed().filter(reached)


def edition_for(person: Person, slug: str, kinds: Iterable[str] = READERS) -> Edition:
    """An edition in which the person holds one of these roles.

    404 for those without any role that reaches it, 403 for those with another role.
    """
    edition = get_object_or_404(
        Edition.objects.select_related("programme", "country", "blueprint"), slug=slug
    )
    _let_in(person, tuple(kinds), edition.scope)
    return edition


def edition_to_read(person: Person, slug: str) -> Edition:
    """An edition whose record the person may read: whoever takes part in it, in the whole or a part."""
    edition = get_object_or_404(
        Edition.objects.select_related("programme", "country", "blueprint"), slug=slug
    )
    if not any(_touches(held, edition.scope) for held in scopes_of(person, EVERY_KIND)):
        raise Http404
    if not any(_touches(held, edition.scope) for held in scopes_of(person, VISITORS)):
        raise PermissionDenied
    return edition


def edition_to_run(person: Person, slug: str) -> Edition:
    """An edition the person runs: its coordinator, an officer or an administrator."""
    return edition_for(person, slug, RUNNERS)


def activity_for(person: Person, slug: str, code: str, kinds: Iterable[str] = READERS) -> Activity:
    """An activity in which the person holds one of these roles; 404 and 403 as for an edition."""
    activity = get_object_or_404(
        Activity.objects.select_related(
            "edition__programme", "edition__country", "edition__blueprint"
        ),
        edition__slug=slug,
        code=code,
    )
    _let_in(person, tuple(kinds), activity.scope)
    return activity


def activity_to_run(person: Person, slug: str, code: str) -> Activity:
    """An activity of an edition the person runs."""
    return activity_for(person, slug, code, RUNNERS)


def versions_to_take_from() -> QuerySet[Blueprint]:
    """All published versions, newest first in each programme: what is designed is there for all."""
    return (
        Blueprint.objects.filter(state=Blueprint.State.PUBLISHED)
        .select_related("programme")
        .defer("source")
        .order_by("programme__code", "-number")
    )


def version_to_take_from(pk: int) -> Blueprint:
    """One of ``versions_to_take_from``, or 404."""
    return get_object_or_404(versions_to_take_from(), pk=pk)


def may_run(person: Person, edition: Edition) -> bool:
    """True if the person may act on the edition."""
    return holds(person, RUNNERS, edition.scope)


def partner_for(person: Person, slug: str, pk: int) -> EditionPartner:
    """A partner of an edition the person runs."""
    edition = edition_to_run(person, slug)
    return get_object_or_404(edition.partners.select_related("party", "edition"), pk=pk)


def venue_for(person: Person, slug: str, pk: int) -> tuple[Edition, Venue]:
    """An edition the person runs, and a venue of its country."""
    edition = edition_to_run(person, slug)
    return edition, get_object_or_404(Venue, pk=pk, country_id=edition.country_id)


def invitation_for(person: Person, slug: str, pk: int) -> Invitation:
    """An invitation of an edition the person runs; 403 where such a role is not his or hers to give."""
    edition = edition_to_run(person, slug)
    found = get_object_or_404(edition.invitations.select_related("edition", "party"), pk=pk)
    if found.kind not in kinds_to_invite(person, edition):
        raise PermissionDenied
    return found


def kinds_to_invite(person: Person, edition: Edition) -> tuple[str, ...]:
    """As what the person may invite others: a coordinator names no second coordinator or auditor."""
    is_staff = holds(person, STAFF, edition.scope)
    return tuple(kind for kind in INVITED if is_staff or kind not in ("coordinator", "auditor"))


def departures_for(person: Person, slug: str) -> tuple[Edition, QuerySet[Departure]]:
    """An edition the person reads, and all its departures."""
    edition = edition_for(person, slug)
    return edition, edition.departures.select_related("made_by", "edition")


def may_adopt(person: Person, scope: str) -> bool:
    """True for officers, administrators, and the coordinator named for the edition to be made."""
    return holds(person, RUNNERS, scope)


def may_adopt_freely(person: Person) -> bool:
    """True if the person may choose country and code: an officer or administrator somewhere."""
    return holds_anywhere(person, STAFF)


def edition_begun(person: Person, blueprint: str, code: str) -> Edition | None:
    """The edition of this code that a blueprint's programme has, if the person runs it."""
    if not blueprint.isascii() or not blueprint.isdecimal():
        return None
    found = Edition.objects.filter(programme__blueprints=int(blueprint), code=code).first()
    return found if found and may_run(person, found) else None


def blueprints_to_adopt(person: Person) -> QuerySet[Blueprint]:
    """The published versions a person may adopt somewhere; 404 for those who run nothing."""
    if not holds_anywhere(person, RUNNERS):
        raise Http404
    reached = Q(pk__in=[])
    for held in (*scopes_of(person, STAFF), *(one.scope for one in waiting_for(person))):
        if not held:
            return adoptable_blueprints()
        reached |= Q(programme__code=held.split("/")[0])
    return adoptable_blueprints().filter(reached)


def waiting_for(person: Person) -> list[Waiting]:
    """The editions the person coordinates that are still to be adopted. Two queries."""
    held = [one for one in scopes_of(person, ("coordinator",)) if one.count("/") == 1]
    if not held:
        return []
    made = set(Edition.objects.filter(scope__in=held).values_list("scope", flat=True))
    newest: dict[str, Blueprint] = {}
    for blueprint in adoptable_blueprints():
        newest.setdefault(blueprint.programme.code, blueprint)
    return [
        Waiting(newest[programme], code, scope)
        for scope in held
        for programme, code in [scope.split("/")]
        if scope not in made and programme in newest
    ]


def parties_to_choose() -> QuerySet[Party]:
    """All parties: anybody may carry an edition."""
    return Party.objects.all()


def commitments_to_choose(edition: Edition) -> QuerySet[Commitment]:
    """The commitments that the edition could be counted for and is not."""
    return Commitment.objects.exclude(fulfilments__edition=edition)


def _let_in(person: Person, kinds: tuple[str, ...], scope: str) -> None:
    if holds(person, kinds, scope):
        return
    if any(_touches(held, scope) for held in scopes_of(person, EVERY_KIND)):
        raise PermissionDenied
    raise Http404


def _touches(held: str, scope: str) -> bool:
    """True if a role at ``held`` reaches the scope or lies inside it."""
    return covers(held, scope) or covers(scope, held)


def require_some_edition(person: Person) -> None:
    """Let pass those who may read some edition; 404 for the rest."""
    if not holds_anywhere(person, VISITORS):
        raise Http404


def may_begin(person: Person) -> bool:
    """True if the person runs something, and so may have an edition to adopt."""
    return holds_anywhere(person, RUNNERS)


def may_read_all(person: Person, edition: Edition) -> bool:
    """True for those who read the edition's papers: amounts, departures, history."""
    return holds(person, READERS, edition.scope)


def countries_for(person: Person) -> list[tuple[str, str]]:
    """The countries of the editions a person may read, by name in the active language."""
    rows = editions_for(person).order_by().values_list("country_id", "country__names").distinct()
    named = {code: in_language(names) for code, names in rows}
    return sorted(named.items(), key=lambda one: one[1])


def may_speak_for_country(person: Person) -> bool:
    """True for officers and administrators of everything: only they say what a whole country does."""
    return holds(person, STAFF, "")


def closed_period_for(person: Person, slug: str, pk: int) -> tuple[Edition, ClosedPeriod]:
    """An edition the person runs, and a closed period of it; staff reach the country's too."""
    edition = edition_to_run(person, slug)
    scopes = [edition.scope, ""] if may_speak_for_country(person) else [edition.scope]
    period = get_object_or_404(ClosedPeriod, pk=pk, country_id=edition.country_id, scope__in=scopes)
    return edition, period


def own_week_for(person: Person, slug: str, pk: int) -> tuple[Edition, WorkingWeek]:
    """An edition the person runs, and a week of its own."""
    edition = edition_to_run(person, slug)
    return edition, get_object_or_404(WorkingWeek, pk=pk, scope=edition.scope)


def own_hours_for(person: Person, slug: str, pk: int) -> tuple[Edition, WorkingHours]:
    """An edition the person runs, and hours of its own."""
    edition = edition_to_run(person, slug)
    return edition, get_object_or_404(WorkingHours, pk=pk, scope=edition.scope)


def budget_line_for(
    person: Person, slug: str, code: str, kinds: Iterable[str] = READERS
) -> BudgetLine:
    """A line of the budget of an edition in which the person holds one of these roles."""
    edition = edition_for(person, slug, kinds)
    line = get_object_or_404(lines_of([edition]), code=code)
    line.edition = edition
    return line


def entry_for(person: Person, slug: str, pk: int) -> BudgetEntry:
    """An amount of the budget of an edition the person runs."""
    edition = edition_to_run(person, slug)
    entries = BudgetEntry.objects.select_related(
        "line__edition__programme", "line__edition__blueprint", "partner__party"
    )
    return get_object_or_404(entries, pk=pk, line__edition=edition)


def programme_editions_for(person: Person, code: str) -> tuple[Programme, QuerySet[Edition]]:
    """A programme and those of its editions whose papers the person reads; 404 for none at all.

    403 for those who take part in an edition and read no papers.
    """
    programme = get_object_or_404(Programme, code=code)
    held = scopes_of(person, READERS)
    if not any(_touches(one, programme.scope) for one in held):
        _let_in(person, READERS, programme.scope)
    readable = Edition.objects.filter(within(person, READERS), programme=programme)
    return programme, readable.select_related("programme", "country", "blueprint").order_by(
        "country_id", "code"
    )
