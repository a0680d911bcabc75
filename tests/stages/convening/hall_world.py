"""A hall to vote in: a session with delegations, an open sitting, and who leads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from karvan.stages.convening.models import Delegation, Motion, Sitting, StatutorySession
from karvan.stages.convening.services.hall_casting import give_vote
from karvan.stages.convening.services.hall_closing import close_vote
from karvan.stages.convening.services.hall_votes import open_vote
from tests import make

NAMES = ("Azerbaijan", "Brunei", "Cameroon", "Djibouti", "Egypt", "Gambia", "Iraq", "Jordan")


@dataclass
class Hall:
    session: StatutorySession
    sitting: Sitting
    officer: Any
    delegations: list[Delegation] = field(default_factory=list)

    def vote(self, method: str = "roll_call", **more: Any) -> Any:
        more.setdefault("requirement", "consensus" if method == "consensus" else "simple")
        if "motion" not in more:
            more.setdefault("titles", {"en": "Next venue", "fr": "Prochain lieu"})
        return open_vote(self.sitting, method=method, by=self.officer, **more)

    def call(self, event: Any, options: str) -> None:
        """One letter a delegation: y, n, a, or - for one that does not answer."""
        words = {"y": "yes", "n": "no", "a": "abstain"}
        for delegation, letter in zip(self.delegations, options, strict=False):
            if letter in words:
                give_vote(event, delegation, option=words[letter], by=self.officer)

    def carry(self, motion: Motion, options: str = "yyyyy") -> Any:
        """The motion put to a roll call and closed; returns the vote."""
        event = self.vote(motion=motion)
        self.call(event, options)
        return close_vote(event, by=self.officer)


def hall(present: int = 5, members: int = 8, **organ: Any) -> Hall:
    """``members`` delegations with accepted credentials, the first ``present`` in the hall."""
    body = make.organ(**organ)
    session = make.statutory_session(body, state="open", ordinal=12)
    made = Hall(session, make.sitting(session), make.officer())
    for number in range(members):
        name = NAMES[number] if number < len(NAMES) else f"Member {number}"
        member = make.membership(body, names={"en": name, "fr": name, "ar": f"دولة {number}"})
        made.delegations.append(
            make.delegation(session, membership=member, registered_at=timezone.now())
        )
    make.present(made.sitting, *made.delegations[:present])
    return made
