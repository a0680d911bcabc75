"""Who came to a session, as a final report says it: all members except those named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from karvan.foundation.texts import fold, in_language

from ..models import Delegation, Membership, StatutorySession
from . import papers_presence
from .hall_entitled import in_alphabet


@dataclass(frozen=True, slots=True)
class Presence:
    """Members by name in one language: who came, who did not, who of these is suspended."""

    came: tuple[str, ...]
    absent: tuple[str, ...]
    suspended: tuple[str, ...]


def presence_of(session: StatutorySession, language: str) -> Presence:
    """Which members came, in the alphabet of the language; suspended ones are named apart.

    Three queries.
    """
    found = papers_presence.presence_of(session)

    def named(rows: Iterable[Membership]) -> tuple[str, ...]:
        return tuple(sorted((in_language(one.names, language) for one in rows), key=fold))

    return Presence(named(found.present), named(found.absent), named(found.suspended))


def delegations_in(
    session: StatutorySession, capacity: str, language: str
) -> list[tuple[Delegation, str]]:
    """The delegations of one capacity with their names, in the alphabet of the language."""
    rows = session.delegations.filter(capacity=capacity).prefetch_related("delegates")
    return [(one, in_language(one.names, language)) for one in in_alphabet(rows, language)]
