"""An activity's participants by what they have earned: ready, held, lacking, not known."""

from __future__ import annotations

from dataclasses import dataclass

from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity

from .models import Credential, rank_of
from .queries import Award, awards_of, standing_in, withheld_in

READY, HELD, LACKING, UNKNOWN, WITHHELD = "ready", "held", "lacking", "unknown", "withheld"
MARKS = {
    READY: "waiting",
    HELD: "done",
    LACKING: "open",
    UNKNOWN: "unknown",
    WITHHELD: "dropped",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One participant: what was earned, what is held."""

    enrolment: Enrolment
    award: Award
    held: Credential | None
    state: str

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def kind_word(self) -> str:
        """What was earned, in a word; "" for nothing."""
        return str(Credential.Kind(self.award.kind).label) if self.award.kind else ""

    @property
    def may_be_given_again(self) -> bool:
        return self.state == WITHHELD and self.award.kind is not None


@dataclass(frozen=True, slots=True)
class Roster:
    """All lines, those ready first, and how many there are of each."""

    lines: tuple[Line, ...]

    def _count(self, state: str) -> int:
        return sum(1 for line in self.lines if line.state == state)

    @property
    def ready(self) -> int:
        return self._count(READY)

    @property
    def held(self) -> int:
        return self._count(HELD)

    @property
    def lacking(self) -> int:
        return self._count(LACKING) + self._count(WITHHELD)

    @property
    def unknown(self) -> int:
        return self._count(UNKNOWN)


def roster_of(activity: Activity) -> Roster:
    """The activity's roster. At most ten queries however many take part."""
    held, withheld = standing_in(activity), withheld_in(activity)
    lines = [
        Line(one, award, held.get(one.pk), _state(award, held.get(one.pk), one.pk in withheld))
        for one, award in awards_of(activity)
    ]
    order = list(MARKS)
    return Roster(tuple(sorted(lines, key=lambda line: order.index(line.state))))


def _state(award: Award, held: Credential | None, is_withheld: bool) -> str:
    if held is not None and (award.kind is None or held.rank >= rank_of(award.kind)):
        return HELD
    if is_withheld and held is None:
        return WITHHELD
    if award.kind is not None:
        return READY
    return UNKNOWN if award.is_unknown else LACKING
