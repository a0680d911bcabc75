"""Quotas as people write them and as a run keeps them: in people, with a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import fold, in_language
from karvan.stages.calls.models import Application

NOMINATED_BY = "nominated_by"
NOT_GIVEN = "not given"
RESERVED = "reserved"  # a reserved seat's quota has the key "reserved/<party code>"

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entrant:
    """An application as quotas see it: the attributes of each of its people."""

    application: Application
    people: tuple[Attributes, ...]

    @property
    def seats(self) -> int:
        return len(self.people)


def entrant(application: Application, nominated_by: Mapping[int, str]) -> Entrant:
    """One application with its people: one for each seat of a team.

    A team whose members did not say as many attributes as it has seats counts all of
    them like the applicant. Cost: none where ``members`` were fetched along.
    """
    party = nominated_by.get(application.pk, "")
    own = _attributes(application.attributes, party)
    members: list[Attributes] = [
        _attributes(one.attributes, party) for one in application.members.all()
    ]
    told: list[Attributes] = []
    if application.team_size > 1:
        # Some forms list the applicant among the members, some list the others only.
        told = members if len(members) == application.team_size else [own, *members]
    if len(told) != application.team_size:
        told = [own] * application.team_size
    return Entrant(application, tuple(told))


def counted(entrants: Iterable[Entrant], quota: Mapping[str, Any]) -> int:
    """How many people of the entrants a quota counts."""
    values = set(quota["values"])
    name = quota["attribute"]
    return sum(
        (person.get(name) or NOT_GIVEN) in values for one in entrants for person in one.people
    )


def expanded(
    quotas: Sequence[Mapping[str, Any]], entrants: Sequence[Entrant]
) -> list[dict[str, Any]]:
    """The quotas with ``values: each`` made one for each value that more than one person has."""
    found: list[dict[str, Any]] = []
    for quota in quotas:
        if quota["values"] != "each":
            found.append(dict(quota))
            continue
        for value, people in sorted(groups(entrants, quota["attribute"]).items()):
            if people > 1 or quota.get("ceiling") == 0:
                found.append({**quota, "key": f"{quota['key']}/{value}", "values": [value]})
    return found


def groups(entrants: Iterable[Entrant], attribute: str) -> dict[str, int]:
    """How many people have each value of an attribute; those who did not say are left out."""
    found: Counter[str] = Counter()
    for one in entrants:
        found.update(person[attribute] for person in one.people if person.get(attribute))
    return dict(found)


def pool_of(entrants: Sequence[Entrant], quota: Mapping[str, Any]) -> int:
    """How many people in the pool a quota is about; for "each", those of the largest group."""
    if quota["values"] == "each":
        return max(groups(entrants, quota["attribute"]).values(), default=0)
    return counted(entrants, quota)


def find_quota(quotas: Iterable[Mapping[str, Any]], key: str) -> Mapping[str, Any] | None:
    """The quota with this key; for one made of "each" value, the one it was made of."""
    by_key = {quota["key"]: quota for quota in quotas}
    return by_key.get(key) or by_key.get(key.split("/")[0])


def title_of(quota: Mapping[str, Any]) -> str:
    """What a quota is called, in the reader's language."""
    return in_language(quota.get("title")) or str(quota["key"])


def _attributes(stored: Mapping[str, Any] | None, party: str) -> dict[str, str]:
    found = {
        name: value_of(name, value)
        for name, value in (stored or {}).items()
        if value not in (None, "")
    }
    if party:
        found[NOMINATED_BY] = party
    return found


def value_of(name: str, value: Any) -> str:
    """Free text such as an institution meets itself however it is spelt."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return fold(str(value)) if name == "institution" else str(value)
