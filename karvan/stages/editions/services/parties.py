"""Register a party that an edition needs and the register lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.people.services import create_party
from karvan.foundation.places.models import Country
from karvan.foundation.texts import fold

from ..errors import AlreadyThere
from ..models import Edition

_LONGEST = 32  # of a code, so that a number still fits behind it


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party that is to be registered: its names by language, and its kind."""

    names: Mapping[str, str]
    kind: str


@transaction.atomic
def add_party(edition: Edition, *, names: Mapping[str, str], kind: str, by: Person | None) -> Party:
    """Register a party of the edition's country, so that it can be a partner; returns it.

    Raises:
        AlreadyThere: the country has a party of this name; the message names it.
        NameMissing: no name in any language.
    """
    return registered(NewParty(names, kind), country=edition.country, by=by)


def registered(new: NewParty, *, country: Country, by: Person | None) -> Party:
    """Register a new party of a country under a code made from its name.

    Raises:
        AlreadyThere: the country has a party of this name.
        NameMissing: no name in any language.
    """
    wanted = {fold(name) for name in new.names.values() if name.strip()}
    for party in Party.objects.filter(country=country):
        if wanted & {fold(name) for name in party.names.values()}:
            raise AlreadyThere(
                _("%(party)s is in the list of parties already: choose it there.")
                % {"party": party}
            )
    return create_party(
        code=_free_code(new.names, country),
        kind=new.kind,
        names=new.names,
        country=country,
        by=by,
    )


def _free_code(names: Mapping[str, str], country: Country) -> str:
    """A code nobody has: "school-of-rabat-ma"; "party-ma" where no name is in Latin letters."""
    words = next((slugify(name) for name in names.values() if slugify(name)), "") or "party"
    stem = f"{words[:_LONGEST].strip('-')}-{country.code.lower()}"
    taken = set(Party.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
