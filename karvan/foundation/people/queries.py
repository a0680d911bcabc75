"""Named reads of persons, parties and roles."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from karvan.foundation import clock
from karvan.foundation.texts import fold

from .models import Party, Person, Role

DEMO_DOMAIN = "@demo.karvan.example"


def search_persons(persons: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Those of ``persons`` whose name (in any script) or e-mail contains every word."""
    for word in fold(words).split():
        persons = persons.filter(Q(search_key__contains=word) | Q(email__contains=word))
    return persons


def search_parties(parties: QuerySet[Party], words: str) -> QuerySet[Party]:
    """Those of ``parties`` whose code or name in any language contains the words.

    Names are few and in several scripts, so they are folded here and not in the
    database. Cost: one read of all parties' names, some hundreds.
    """
    wanted = fold(words)
    found = [
        party.pk
        for party in parties
        if wanted in fold(f"{party.code} {' '.join(party.names.values())}")
    ]
    return parties.filter(pk__in=found)


def names_of_parties(codes: set[str]) -> dict[str, str]:
    """The names of the parties with these codes, in the reader's language. One query, or none."""
    if not codes:
        return {}
    return {party.code: str(party) for party in Party.objects.filter(code__in=codes)}


def standing_roles(person: Person) -> QuerySet[Role]:
    """The person's roles that hold today, widest scope first."""
    return (
        person.roles.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
        .select_related("party")
        .order_by("scope", "kind")
    )


def administrators() -> QuerySet[Role]:
    """The roles that can give every role, everywhere, today."""
    return Role.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()),
        kind=Role.Kind.ADMINISTRATOR,
        scope="",
        person__is_active=True,
    )


def demo_accounts() -> QuerySet[Person]:
    """The invented persons of the demo who have a role, with their roles; one page of them."""
    return (
        Person.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True, roles__isnull=False)
        .distinct()
        .prefetch_related("roles")
        .order_by("pk")
    )


def one_demo_account_a_role() -> list[tuple[Role, Person]]:
    """For the sign-in page of a demo: the first demo person of each kind of role, in the kinds' order."""
    first: dict[str, tuple[Role, Person]] = {}
    for person in demo_accounts():
        for role in person.roles.all():
            first.setdefault(role.kind, (role, person))
    return [first[kind] for kind in Role.Kind.values if kind in first]
