"""Matchings and teams that are proposed and not yet taken. Nothing here is in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.delivery.models import Enrolment

from .models import Venture


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mentor that a venture wished for more than the one it gets.

    ahead: the ventures the mentor is full with; ``is_drawn`` if one of them is ranked
    alike and only drew the smaller ticket.
    """

    mentor: Person
    rank: int
    ahead: tuple[Venture, ...] = ()
    is_drawn: bool = False
    is_barred: bool = False

    @property
    def why(self) -> str:
        """Why this wish is not met, in a sentence."""
        words = {"mentor": self.mentor, "ventures": ", ".join(f"“{v}”" for v in self.ahead)}
        if self.is_barred:
            return _("%(mentor)s is of the team or mentored this venture before.") % words
        if not self.ahead:
            return _("%(mentor)s has no room for another venture.") % words
        if self.is_drawn:
            return (
                _(
                    "%(mentor)s is full with %(ventures)s; among ventures ranked alike the draw decided."
                )
                % words
            )
        return _("%(mentor)s is full with %(ventures)s, which the mentor ranks higher.") % words


@dataclass(frozen=True, slots=True)
class Pairing:
    """What the proposal holds for one venture; ``rank`` None: no wish of its own is met."""

    venture: Venture
    mentor: Person | None
    rank: int | None
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class MatchingProposal:
    """A stable matching as the coordinator sees it.

    profile: how many ventures get their first wish, second, and so on.
    others:  ventures that get a mentor they did not name.
    """

    seed: str
    everyone: bool
    pairings: tuple[Pairing, ...]
    profile: tuple[int, ...]
    others: int
    document: bytes
    sha256: str

    @property
    def made(self) -> int:
        """How many ventures get a mentor."""
        return sum(one.mentor is not None for one in self.pairings)

    @property
    def unmatched(self) -> int:
        """How many ventures stay without one."""
        return len(self.pairings) - self.made

    @property
    def outcome(self) -> str:
        """Who got which wish, in one sentence."""
        return outcome_of(self.profile, self.others, self.unmatched)


def outcome_of(profile: tuple[int, ...], others: int, unmatched: int) -> str:
    """Say how many ventures got which wish: "7 their first wish, 2 their second wish …"."""
    ranks = (
        _("their first wish"),
        _("their second wish"),
        _("their third wish"),
        _("their fourth wish"),
        _("their fifth wish"),
    )
    parts = [
        _("%(number)s %(wish)s") % {"number": number, "wish": word}
        for word, number in zip(ranks, profile, strict=False)
        if number
    ]
    if others:
        parts.append(
            ngettext(
                "%(number)s a mentor it did not name",
                "%(number)s a mentor they did not name",
                others,
            )
            % {"number": others}
        )
    if unmatched:
        parts.append(
            ngettext("%(number)s no mentor", "%(number)s no mentor", unmatched)
            % {"number": unmatched}
        )
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class ProposedMember:
    """A participant in a proposed team, with what may be shown on persons."""

    enrolment: Enrolment
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedTeam:
    """One team; ``counts`` has how many of its members each quota of the call counts."""

    number: int
    members: tuple[ProposedMember, ...]
    counts: tuple[tuple[str, int], ...]
    different: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TeamsProposal:
    """Balanced teams as the coordinator sees them.

    short: different values that teams lack, all together; 0 if every rule is kept.
    """

    smallest: int
    largest: int
    seed: str
    teams: tuple[ProposedTeam, ...]
    short: int
    deviation: int
    bound: int
    sha256: str

    @property
    def people(self) -> int:
        """How many participants get a team."""
        return sum(len(team.members) for team in self.teams)


def labels_of(document: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The words of an activity's form for the values of each attribute, as the reader reads them."""
    found: dict[str, dict[str, str]] = {}
    for section in (document.get("form") or {}).get("sections") or ():
        for question in section.get("questions") or ():
            if attribute := question.get("attribute"):
                found[attribute] = {
                    str(one["value"]): in_language(one.get("label")) or str(one["value"])
                    for one in question.get("choices") or ()
                }
    return found


def blind_attributes(document: Mapping[str, Any]) -> frozenset[str]:
    """Attributes that the form asks blind: counted, never shown on persons."""
    return frozenset(
        question["attribute"]
        for section in (document.get("form") or {}).get("sections") or ()
        for question in section.get("questions") or ()
        if question.get("blind") and question.get("attribute")
    )
