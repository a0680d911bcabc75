"""Acts on persons and their names."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.errors import EmailTaken, NameMissing
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold


@transaction.atomic
def create_person(
    *,
    full_name: str,
    email: str | None = None,
    language: str = "en",
    names: Mapping[str, str] | None = None,
    country: Country | None = None,
    by: Person | None,
) -> Person:
    """Register somebody and return the person, who signs in by a link or code, or sets a password.

    Without ``email`` the person cannot sign in.

    Raises:
        NameMissing: no name.
        EmailTaken: another person has this address.
    """
    name = _name(full_name)
    address = (email or "").strip().lower() or None
    if address and Person.objects.filter(email=address).exists():
        raise EmailTaken(
            _("There is a person with the address %(email)s already.") % {"email": address}
        )
    person = Person.objects.create_user(
        address,
        full_name=name,
        language=language,
        names=_scripts(names),
        country=country,
    )
    record("registered", person, by=by, after={"language": language})
    return person


@transaction.atomic
def change_names(
    person: Person,
    *,
    full_name: str,
    names: Mapping[str, str] | None = None,
    certificate_name: str = "",
    call_name: str = "",
    language: str = "en",
    country: Country | None = None,
    by: Person | None,
) -> Person:
    """Write a person's names as given, never split or transliterated; returns the person.

    The record says which of them changed and not what they were: records outlive an
    erasure, names must not.

    Raises:
        NameMissing: no full name.
    """
    kept = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    wanted = {
        "full_name": _name(full_name),
        "names": _scripts(names),
        "certificate_name": " ".join(certificate_name.split()),
        "call_name": " ".join(call_name.split()),
        "language": language,
        "country": country,
    }
    changed = [field for field, value in wanted.items() if getattr(kept, field) != value]
    if not changed:
        return kept
    before = {"language": kept.language}
    for field in changed:
        setattr(kept, field, wanted[field])
    kept.search_key = fold(f"{kept.full_name} {' '.join(kept.names.values())}")[:400]
    kept.save(update_fields=[*changed, "search_key"])
    said = {"changed": ", ".join(changed)}
    spoken = "language" in changed
    record(
        "names_changed",
        kept,
        by=by,
        before=before if spoken else {},
        after={**said, "language": language} if spoken else said,
    )
    return kept


def change_own_names(
    person: Person,
    *,
    full_name: str,
    names: Mapping[str, str] | None = None,
    certificate_name: str = "",
    call_name: str = "",
    language: str = "en",
) -> Person:
    """``change_names`` by the person, who keeps the country the register has."""
    return change_names(
        person,
        full_name=full_name,
        names=names,
        certificate_name=certificate_name,
        call_name=call_name,
        language=language,
        country=person.country,
        by=person,
    )


def _name(full_name: str) -> str:
    name = " ".join(full_name.split())
    if not name:
        raise NameMissing(_("Write the full name."))
    return name


def _scripts(names: Mapping[str, str] | None) -> dict[str, str]:
    """Names by script, without empty ones."""
    tidy = {script: " ".join(name.split()) for script, name in (names or {}).items()}
    return {script: name for script, name in tidy.items() if name}
