"""Votes tallied: by organ, by session, by member, and how alike two members vote.

The database groups the single votes once, by session, member and option; a few ten thousand
groups remain whatever the number of votes, and every table here is a sum of them. 870,109 votes
take about a second, so nothing is kept beside the votes that could disagree with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from ..models import Membership, Organ, StatutorySession, Vote, VoteEvent

#: One group: session, member, option, and how many.
Group = tuple[int, int, str, int]
CAST = ("yes", "no", "abstain")


@dataclass(slots=True)
class Tally:
    """Votes for, against, abstaining and absent, and the roll calls they were given in.

    ``absent`` counts who is written down as absent; ``silent`` the roll calls of a session in
    which a member that voted in that session has no vote at all.
    """

    yes: int = 0
    no: int = 0
    abstain: int = 0
    absent: int = 0
    silent: int = 0
    calls: int = 0

    def add(self, option: str, count: int) -> None:
        """Count votes of one option; a name in an election is none of these."""
        if option in ("yes", "no", "abstain", "absent"):
            setattr(self, option, getattr(self, option) + count)

    @property
    def cast(self) -> int:
        """Votes given."""
        return self.yes + self.no + self.abstain

    @property
    def missed(self) -> int:
        """Votes that could have been given and were not."""
        return self.absent + self.silent

    def share(self, part: int) -> float | None:
        """A part of the votes given, 0 to 1; None where there are none."""
        return part / self.cast if self.cast else None

    @property
    def yes_share(self) -> float | None:
        return self.share(self.yes)

    @property
    def no_share(self) -> float | None:
        return self.share(self.no)

    @property
    def abstain_share(self) -> float | None:
        return self.share(self.abstain)


@dataclass(slots=True)
class Tallies:
    """The tallies of an organ: all its votes, and by session, by member, by both (their keys)."""

    whole: Tally = field(default_factory=Tally)
    sessions: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    members: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    both: dict[tuple[int, int], Tally] = field(default_factory=lambda: defaultdict(Tally))


def open_votes(organ: Organ) -> QuerySet[VoteEvent]:
    """The votes of an organ in which it is known who voted what, closed and not void."""
    return (
        VoteEvent.objects.filter(session__organ=organ, closed_at__isnull=False)
        .exclude(result=VoteEvent.Result.VOID)
        .filter(method=VoteEvent.Method.ROLL_CALL)
    )


def groups_of(organ: Organ) -> list[Group]:
    """Single votes of the organ's roll calls grouped by session, member and option."""
    rows = (
        Vote.objects.filter(event__in=open_votes(organ))
        .values_list("event__session_id", "membership_id", "option")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return list(rows)


def tallies_of(organ: Organ) -> Tallies:
    """Everything that is tallied of an organ. Two queries; see the head of this file."""
    return tallied(groups_of(organ), _calls(organ))


def tallied(groups: Iterable[Group], calls: dict[int, int]) -> Tallies:
    """The sums of groups; ``calls`` says how many roll calls each session had."""
    found = Tallies()
    for session, member, option, count in groups:
        found.both[session, member].add(option, count)
    for (session, member), one in found.both.items():
        one.calls = calls.get(session, 0)
        one.silent = one.calls - one.cast - one.absent
        for sum_of in (found.whole, found.sessions[session], found.members[member]):
            for name in ("yes", "no", "abstain", "absent", "silent"):
                setattr(sum_of, name, getattr(sum_of, name) + getattr(one, name))
        found.members[member].calls += one.calls  # of the sessions in which it voted at all
    for session, count in calls.items():
        found.sessions[session].calls = count
        found.whole.calls += count
    return found


@dataclass(frozen=True, slots=True)
class Alike:
    """How often another member voted the same, of the roll calls in which both voted."""

    member: Membership
    same: int
    opposite: int
    together: int

    @property
    def share(self) -> float:
        return self.same / self.together


def alike_to(member: Membership, *, least: int = 1) -> list[Alike]:
    """Every other member that voted with this one at least ``least`` times, most alike first.

    Same is the same word; opposite is yes against no. Cost: one query that lays each of the
    member's votes beside the others of its roll call, 1.5 s for 5,000 calls of 150 members.
    """
    other = "event__single_votes__"
    beside = Q(**{f"{other}option": F("option")})
    against = Q(option="yes", **{f"{other}option": "no"})
    against |= Q(option="no", **{f"{other}option": "yes"})
    rows = (
        Vote.objects.filter(membership=member, option__in=CAST, event__in=open_votes(member.organ))
        .annotate(other=F(f"{other}membership"), other_option=F(f"{other}option"))
        .filter(other_option__in=CAST)
        .exclude(other=member.pk)
        .values("other")
        .annotate(
            same=Count("pk", filter=beside),
            opposite=Count("pk", filter=against),
            together=Count("pk"),
        )
        .filter(together__gte=least)
        .order_by()
    )
    named = Membership.objects.in_bulk([row["other"] for row in rows])
    found = [
        Alike(named[row["other"]], row["same"], row["opposite"], row["together"]) for row in rows
    ]
    return sorted(found, key=lambda one: (-one.share, -one.together, one.member.code))


def votes_in(session: StatutorySession) -> QuerySet[VoteEvent]:
    """The votes of a session that are closed, in the order in which they were taken."""
    rows = VoteEvent.objects.filter(session=session, closed_at__isnull=False)
    return rows.select_related("session__organ")


def votes_of(member: Membership) -> QuerySet[Vote]:
    """What a member voted, newest first."""
    rows = Vote.objects.filter(membership=member, event__in=open_votes(member.organ))
    return rows.select_related("event__session").order_by("-event__opened_at", "-event_id")


def single_votes(event: VoteEvent) -> QuerySet[Vote]:
    """Who voted what, by the members' codes."""
    return event.single_votes.select_related("membership").order_by("membership__code")


def members_of(organ: Organ) -> QuerySet[Membership]:
    """The organ's members by code."""
    return organ.memberships.order_by("code")


def sessions_of(organ: Organ) -> QuerySet[StatutorySession]:
    """The organ's sessions, newest first."""
    return organ.sessions.order_by(F("starts_on").desc(), "slug")


def tallies_of_member(member: Membership) -> Tallies:
    """What one member voted, by session. Two queries over its own votes."""
    rows = (
        Vote.objects.filter(event__in=open_votes(member.organ), membership=member)
        .values_list("event__session_id", "membership_id", "option")
        .annotate(count=Count("pk"))
        .order_by()
    )
    groups = list(rows)
    seen = {session for session, _member, _option, _count in groups}
    calls = {key: count for key, count in _calls(member.organ).items() if key in seen}
    return tallied(groups, calls)


def tallies_of_session(session: StatutorySession) -> Tallies:
    """What each member voted in one session. Two queries over its votes."""
    rows = (
        Vote.objects.filter(event__in=open_votes(session.organ).filter(session=session))
        .values_list("event__session_id", "membership_id", "option")
        .annotate(count=Count("pk"))
        .order_by()
    )
    calls = _calls(session.organ)
    return tallied(rows, {session.pk: calls[session.pk]} if session.pk in calls else {})


def _calls(organ: Organ) -> dict[int, int]:
    """How many roll calls each session had."""
    return dict(open_votes(organ).values_list("session_id").annotate(count=Count("pk")).order_by())
