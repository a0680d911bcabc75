"""What the forms of the register show before anybody types."""

from __future__ import annotations

from typing import Any

from karvan.foundation.people.models import Party, Person


def names_of(person: Person) -> dict[str, Any]:
    """A person's names as ``NamesForm`` takes them."""
    return {
        "full_name": person.full_name,
        "arab": person.names.get("Arab", ""),
        "cyrl": person.names.get("Cyrl", ""),
        "certificate_name": person.certificate_name,
        "call_name": person.call_name,
        "language": person.language,
        "country": person.country_id,
    }


def entry_of(party: Party) -> dict[str, Any]:
    """A party's entry as ``PartyForm`` takes it."""
    return {
        "kind": party.kind,
        **{code: party.names.get(code, "") for code in ("en", "fr", "ar", "az")},
        "country": party.country_id,
        "website": party.website,
    }
