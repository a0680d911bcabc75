"""Which scopes a person reaches by which roles. Every stage's ``access.py`` stands on this."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation import clock
from karvan.foundation.files.models import StoredFile

from .models import Party, Person, Role
from .queries import demo_accounts

STAFF = ("administrator", "officer")
RUNNERS = (*STAFF, "coordinator")
READERS = (*RUNNERS, "auditor")


def scopes_of(person: Person | None, kinds: Iterable[str]) -> tuple[str, ...]:
    """The scopes in which the person holds one of the roles today; () for a stranger."""
    wanted = set(kinds)
    return tuple(sorted({role.scope for role in _roles(person) if role.kind in wanted}))


def holds(person: Person | None, kinds: Iterable[str], scope: str) -> bool:
    """True if one of the person's roles of these kinds reaches ``scope``."""
    return any(covers(held, scope) for held in scopes_of(person, kinds))


def holds_anywhere(person: Person | None, kinds: Iterable[str]) -> bool:
    """True if the person holds one of these roles in any scope."""
    return bool(scopes_of(person, kinds))


def covers(held: str, scope: str) -> bool:
    """True if a role held at ``held`` reaches ``scope`` ("TVP" covers "TVP/AZ-2021")."""
    return held in ("", scope) or scope.startswith(f"{held}/")


def within(person: Person | None, kinds: Iterable[str], field: str = "scope") -> Q:
    """A filter for rows whose scope ``field`` the person reaches; matches nothing for a stranger."""
    scopes = scopes_of(person, kinds)
    if "" in scopes:
        return Q(pk__isnull=False)  # not an empty Q: "empty or x" would mean x
    reached = Q(pk__in=[])
    for scope in scopes:
        reached |= Q(**{field: scope}) | Q(**{f"{field}__startswith": f"{scope}/"})
    return reached


def require(person: Person | None, kinds: Iterable[str], scope: str) -> None:
    """Let the person pass, or raise PermissionDenied."""
    if not holds(person, kinds, scope):
        raise PermissionDenied


def parties_of(person: Person | None, scope: str | None = None) -> tuple[int, ...]:
    """The ids of the parties a partner speaks for (in ``scope``, or anywhere)."""
    return tuple(
        role.party_id
        for role in _roles(person)
        if role.kind == "partner"
        and role.party_id is not None
        and (scope is None or covers(role.scope, scope) or covers(scope, role.scope))
    )


def _roles(person: Person | None) -> list[Role]:
    """The person's roles valid today, read once a request."""
    if person is None or not person.is_authenticated or not person.is_active:
        return []
    held: list[Role] | None = getattr(person, "_roles_today", None)
    if held is None:
        today = clock.today()
        held = list(person.roles.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)))
        person._roles_today = held  # type: ignore[attr-defined]
    return held


def persons_for(person: Person | None) -> QuerySet[Person]:
    """The persons this one may look up: all for an officer of everything, else those with a
    role in the scopes he or she runs; 403 for everybody else."""
    if not holds_anywhere(person, STAFF):
        raise PermissionDenied
    if "" in scopes_of(person, STAFF):
        return Person.objects.all()
    reached = Role.objects.filter(within(person, STAFF)).values("person_id")
    return Person.objects.filter(pk__in=reached)


def person_for(person: Person | None, pk: int) -> Person:
    """One of ``persons_for``, or 404."""
    return get_object_or_404(persons_for(person).select_related("country"), pk=pk)


def require_may_give(person: Person | None, kind: str, scope: str) -> None:
    """Let the person give or take such a role there, or raise PermissionDenied.

    Administrators give every role; officers every role but those two, so that nobody
    can make a second self.
    """
    givers = ("administrator",) if kind in STAFF else STAFF
    require(person, givers, scope)


def role_for(person: Person | None, holder: Person, pk: int) -> Role:
    """A role of ``holder`` that this person may take away: 404 if there is none, else 403."""
    role = get_object_or_404(Role.objects.select_related("party"), pk=pk, person=holder)
    require_may_give(person, role.kind, role.scope)
    return role


def parties_for(person: Person | None) -> QuerySet[Party]:
    """All parties, for those who read programmes; 403 for everybody else."""
    if not holds_anywhere(person, READERS):
        raise PermissionDenied
    return Party.objects.select_related("country", "logo")


def party_for(person: Person | None, code: str) -> Party:
    """One of ``parties_for``, or 404."""
    return get_object_or_404(parties_for(person), code=code)


def party_to_change(person: Person | None, code: str) -> Party:
    """A party's entry, for officers; 403 for other readers."""
    party = party_for(person, code)
    require_staff(person)
    return party


def require_staff(person: Person | None) -> None:
    """Let officers and administrators of any scope pass, or raise PermissionDenied."""
    if not holds_anywhere(person, STAFF):
        raise PermissionDenied


def logo_of(code: str) -> StoredFile:
    """A party's logo, which is public, or 404."""
    party = get_object_or_404(Party.objects.select_related("logo"), code=code)
    if party.logo is None:
        raise Http404
    return party.logo


def demo_account(pk: int) -> Person:
    """An invented person of the demo; 404 for any other, and for all where no demo runs."""
    if not settings.DEMO:
        raise Http404
    return get_object_or_404(demo_accounts(), pk=pk)
