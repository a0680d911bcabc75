"""Small tables of roll calls, with what is doubtful in such tables."""

from __future__ import annotations

from datetime import UTC, datetime

from karvan.stages.convening.models import StatutorySession, Vote, VoteEvent
from tests import make

CALLS = (
    "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
    '1,1.0,0,-8766.0,R/1/66,1,0,RULES,"To adopt a proposal, as amended"\n'
    "2,1.0,0,-8765.0,R/1/79,0,0,ELECTIONS,To adjourn\n"
    "3,2.0,,1990-05-01,,,,,Budget\n"
    "4,2.0,0,0.0,R/2/1,0,0,NOBODY VOTED,Nothing\n"
)
VOTES = (
    "rcid,country,country_code,vote\n"
    "1.0,Azerbaijan,AZ,yes\n1.0,Morocco,MA,no\n1.0,Namibia,NA,yes\n1.0,Zanzibar,,abstain\n"
    "2.0,Azerbaijan,AZ,no\n2.0,Morocco,MA,no\n2.0,Namibia,NA,abstain\n"
    "3.0,Azerbaijan,AZ,yes\n3.0,Morocco,MA,yes\n3.0,Yugoslavia,YU,yes\n"
)
# Added to VOTES: a vote twice, another one twice and otherwise, of no call, in strange words.
WRONG = (
    "3.0,Morocco,MA,yes\n3.0,Azerbaijan,AZ,no\n9.0,Morocco,MA,yes\n"
    "2.0,Zanzibar,,perhaps\n2.0,,,yes\n1.0,Morocco\n"
)


def roll_call(session: StatutorySession, **options: str) -> VoteEvent:
    """A closed roll call of a session; ``AZ="yes"`` is a member's vote."""
    moment = datetime(2026, 12, 7, 12, tzinfo=UTC)
    voted = options or {"AZ": "yes", "MA": "no"}
    event = VoteEvent.objects.create(
        session=session,
        identifier=str(session.votes.count() + 1),
        titles={"en": "To adopt the budget"},
        method="roll_call",
        requirement="simple",
        options=["yes", "no", "abstain"],
        counts={one: list(voted.values()).count(one) for one in set(voted.values())},
        result="adopted",
        opened_at=moment,
        closed_at=moment,
    )
    for code, option in voted.items():
        member = session.organ.memberships.filter(code=code).first()
        member = member or make.membership(session.organ, code=code)
        Vote.objects.create(event=event, membership=member, option=option)
    return event
