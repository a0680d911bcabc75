"""Who is in the hall at a moment, and whether they are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from ..models import Base, Delegation, Membership, Organ, Sitting, StatutorySession
from .hall_entitled import with_credentials
from .organs_memberships import memberships_on

ACCEPTED = ("accepted", "provisional")


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many are in the hall, of how many, and how many the organ's rule asks for.

    ``not_counted`` are the members' delegations in the hall that do not count: suspended, or
    with credentials that the rule does not take.
    """

    at: datetime
    present: int
    base: int
    needed: int
    counted_on: str
    numerator: int
    denominator: int
    is_more_than: bool
    not_counted: tuple[Delegation, ...]

    @property
    def is_reached(self) -> bool:
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)


def quorum_at(sitting: Sitting, moment: datetime) -> Quorum:
    """Whether the sitting had its quorum at that moment, and how that is reckoned.

    Counted are members' delegations in the hall by the roll whose member is not suspended;
    where the organ counts on accredited delegations, only those. Cost: three queries.
    """
    organ = sitting.session.organ
    seated = [one for one in in_hall(sitting, moment) if one.capacity == "member"]
    counted = [one for one in seated if _counts(one, organ)]
    base = base_of(sitting.session, moment.date())
    return Quorum(
        at=moment,
        present=len(counted),
        base=base,
        needed=needed_of(organ, base),
        counted_on=organ.quorum_base,
        numerator=organ.quorum_numerator,
        denominator=organ.quorum_denominator,
        is_more_than=organ.quorum_is_more_than,
        not_counted=tuple(one for one in seated if one not in counted),
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """A moment at which the quorum was reached or lost, and how many were counted then."""

    at: datetime
    present: int
    is_reached: bool


def turns_of(sitting: Sitting) -> list[Turn]:
    """When the sitting reached its quorum and when it lost it, first to last.

    Marks of one moment are taken together. Cost: three queries, whatever the roll holds.
    """
    organ = sitting.session.organ
    counts = {one.pk: _counts(one, organ) for one in with_credentials(sitting.session)}
    marks = list(sitting.roll.order_by("at", "pk"))
    if not marks:
        return []
    needed = needed_of(organ, base_of(sitting.session, marks[0].at.date()))
    here: set[int] = set()
    turns: list[Turn] = []
    for at, together in groupby(marks, key=lambda mark: mark.at):
        for mark in together:
            is_counted = mark.is_present and counts.get(mark.delegation_id, False)
            here = here | {mark.delegation_id} if is_counted else here - {mark.delegation_id}
        is_reached = len(here) >= needed
        if is_reached != (turns[-1].is_reached if turns else False):
            turns.append(Turn(at, len(here), is_reached))
    return turns


def needed_of(organ: Organ, base: int) -> int:
    """The fewest that are a quorum of ``base``; at least one."""
    product = base * organ.quorum_numerator
    if organ.quorum_is_more_than:
        return product // organ.quorum_denominator + 1
    return max(1, -(-product // organ.quorum_denominator))


def base_of(session: StatutorySession, day: date) -> int:
    """How many the quorum and an absolute majority are counted on."""
    organ = session.organ
    if organ.quorum_base == Base.ACCREDITED:
        return accredited(session).count()
    members = members_on(organ, day)
    if organ.quorum_base == Base.NOT_SUSPENDED:
        members = members.filter(status=Membership.Status.MEMBER)
    return members.count()


def members_on(organ: Organ, day: date) -> QuerySet[Membership]:
    """Who was a member of the organ that day, suspended ones among them."""
    return memberships_on(organ, day).filter(
        status__in=[Membership.Status.MEMBER, Membership.Status.SUSPENDED]
    )


def accredited(session: StatutorySession) -> QuerySet[Delegation]:
    """Members' delegations that may vote: not suspended, credentials accepted or provisionally so."""
    return session.delegations.filter(
        capacity=Delegation.Capacity.MEMBER,
        membership__status=Membership.Status.MEMBER,
        credential__state__in=ACCEPTED,
    )


def marks_at(sitting: Sitting, moment: datetime) -> dict[int, bool]:
    """Delegation → in the hall or not, by the last mark of each before the moment."""
    marks = sitting.roll.filter(at__lte=moment).order_by("at", "pk")
    return dict(marks.values_list("delegation_id", "is_present"))


def in_hall(sitting: Sitting, moment: datetime) -> Sequence[Delegation]:
    """The delegations in the hall at that moment, of every capacity. Cost: two queries."""
    present = [pk for pk, is_there in marks_at(sitting, moment).items() if is_there]
    return list(with_credentials(sitting.session).filter(pk__in=present))


def _counts(delegation: Delegation, organ: Organ) -> bool:
    member = delegation.membership
    if delegation.capacity != Delegation.Capacity.MEMBER or member is None:
        return False
    if member.status != Membership.Status.MEMBER:
        return False
    credential = getattr(delegation, "credential", None)
    if organ.quorum_base == Base.ACCREDITED:
        return credential is not None and credential.state in ACCEPTED
    return credential is None or credential.state != "refused"
