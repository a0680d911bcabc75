"""Who contributed to a dossier, person by person."""

from __future__ import annotations

from dataclasses import dataclass

from karvan.foundation.people.models import Person

from .frozen_words import word
from .models import Contribution, Dossier


@dataclass(frozen=True, slots=True)
class Credit:
    """A person and the words of his or her roles, in the active language."""

    person: Person
    roles: tuple[str, ...]


def credits_of(dossier: Dossier) -> list[Credit]:
    """Everybody credited, in the order first named. One query."""
    found: dict[int, tuple[Person, list[str]]] = {}
    rows = Contribution.objects.filter(dossier=dossier).select_related("person")
    for row in rows:
        found.setdefault(row.person_id, (row.person, []))[1].append(
            word(Contribution.Role, row.role)
        )
    return [Credit(person, tuple(words)) for person, words in found.values()]
