"""Which scopes a person reaches by which roles. Every stage's ``access.py`` stands on this."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from karvan.foundation import clock

from .models import Person, Role

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
        return Q()
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
