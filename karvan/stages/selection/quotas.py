"""Quotas as people write them and as a run keeps them: in people, with a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import fold, in_language

NOMINATED_BY = "nominated_by"
NOT_GIVEN = "not given"
RESERVED = "reserved"  # a reserved seat's quota has the key "reserved/<party code>"

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entrant:
    """An application as quotas see it: the attributes of each of its people.

    told: the attributes of those who were named, which may be fewer than its seats.
    """

    pk: int
    number: str
    people: tuple[Attributes, ...]
    told: tuple[Attributes, ...]

    @property
    def seats(self) -> int:
        return len(self.people)


def entrant(
    pk: int,
    number: str,
    seats: int,
    own: Mapping[str, Any] | None,
    members: Sequence[Mapping[str, Any] | None],
    party: str,
) -> Entrant:
    """One application with its people: one for each seat of a team.

    A team whose members did not say as many attributes as it has seats counts all of
    them like the applicant; ``told`` keeps who really said something.

    Args:
        own: the applicant's attributes.
        members: those of each further member named.
        party: the code of the party that put it forward, or "".
    """
    applicant = _attributes(own, party)
    if seats == 1:
        return Entrant(pk, number, (applicant,), (applicant,))
    named = [_attributes(one, party) for one in members]
    # Some forms list the applicant among the members, some list the others only.
    told = tuple(named if len(named) == seats else [applicant, *named])
    return Entrant(pk, number, told if len(told) == seats else (applicant,) * seats, told)


def keeps_team_rule(one: Entrant, rule: Mapping[str, Any]) -> bool | None:
    """Whether a team has as many different values of an attribute as a rule asks for.

    True if those who told it are different enough, False if everybody told it and they are
    not, None if somebody did not tell: then nobody knows. One person alone is no team.
    """
    if one.seats == 1:
        return True
    values = [person[rule["attribute"]] for person in one.told if person.get(rule["attribute"])]
    if len(set(values)) >= rule["per_team_at_least"]:
        return True
    return False if len(values) >= one.seats else None


@dataclass(frozen=True, slots=True)
class People:
    """How many people there are, and how many of them have each value of each attribute."""

    total: int
    by_attribute: Mapping[str, Mapping[str, int]]

    def told(self, attribute: str) -> Mapping[str, int]:
        """How many have each value; those who did not say are left out."""
        return self.by_attribute.get(attribute, {})

    def not_given(self, attribute: str) -> int:
        """How many did not say it. They are a group of their own, never guessed."""
        return self.total - sum(self.told(attribute).values())

    def counted(self, quota: Mapping[str, Any]) -> int:
        """How many a quota is about; for "each", those of the largest group."""
        told = self.told(quota["attribute"])
        if quota["values"] == "each":
            return max(told.values(), default=0)
        values = set(quota["values"])
        return sum(told.get(value, 0) for value in values - {NOT_GIVEN}) + (
            self.not_given(quota["attribute"]) if NOT_GIVEN in values else 0
        )


def people_of(people: Iterable[Attributes]) -> People:
    """The people counted by what they told. Cost: one pass."""
    found: dict[str, Counter[str]] = {}
    total = 0
    for person in people:
        total += 1
        for name, value in person.items():
            found.setdefault(name, Counter())[value] += 1
    return People(total, found)


def expanded(quotas: Sequence[Mapping[str, Any]], people: People) -> list[dict[str, Any]]:
    """The quotas with ``values: each`` made one for each value that more than one person has."""
    found: list[dict[str, Any]] = []
    for quota in quotas:
        if quota["values"] != "each":
            found.append(dict(quota))
            continue
        for value, n in sorted(people.told(quota["attribute"]).items()):
            if n > 1 or quota.get("ceiling") == 0:
                found.append({**quota, "key": f"{quota['key']}/{value}", "values": [value]})
    return found


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
