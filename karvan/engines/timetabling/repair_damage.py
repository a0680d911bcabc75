"""What a change broke in a timetable, and who is affected by it whatever is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from .answer import Placement
from .check import faults, minute_of
from .problem import Session, TimetableProblem
from .repair_measure import Disturbance, Party, parties, people_in
from .repair_times import Blocked, Choices

Placements = dict[str, Placement]
Groups = frozenset[Party]
# Give up the count of sets of groups when so many wait to be looked at.
LOOK_AT = 1000


@dataclass(slots=True)
class Damage:
    """What is broken, and what any repair must disturb at the least.

    hit:   sessions without a place, or that break a rule where they are.
    sure:  the parties affected whatever is done, since they have a session that cannot stay.
    least: no repair disturbs less.
    """

    problem: TimetableProblem
    before: Mapping[str, Placement]
    known: Placements
    held: frozenset[str]
    hit: set[str] = field(default_factory=set)
    sure: set[Party] = field(default_factory=set)
    least: Disturbance = Disturbance()

    def look(self) -> None:
        """Find the damage. Cost: one plain check of the timetable, O(n^2) for n sessions."""
        keys = {s.key for s in self.problem.sessions}
        broken = {key for fault in faults(self.problem, self.known) for key in fault.keys}
        changed = {key for key, at in self.known.items() if at != self.before[key]}
        self.hit = ((keys - set(self.known)) | (broken & keys) | changed) - self.held
        blocked = Blocked(self.problem, {key: self.known[key] for key in sorted(self.held)})
        moved = others = rooms = 0
        for session in self.problem.sessions:
            if session.key in self.hit and session.key in self.before:
                old = self.before[session.key]
                choices = Choices(blocked, session, old)
                if not choices.holds(old):
                    self.sure |= parties(session, old)
                    moved += minute_of(old) not in choices.starts
                    change, newcomers = choices.must_change(old)
                    rooms += change
                    others += change + newcomers
        self.least = Disturbance(people_in(self.problem, self.sure), moved, others, 0, rooms)

    def near(self, width: int) -> set[str]:
        """Sessions that are hit, and those of their groups and trainers within so many days."""
        around: set[tuple[Party, int]] = set()
        for session in self.problem.sessions:
            if session.key in self.hit:
                places = [self.known[session.key]] if session.key in self.known else []
                for day in self._days_of(session):
                    for party in parties(session, *places):
                        around |= {(party, d) for d in range(day - width, day + width + 1)}
        found = set(self.hit)
        for session in self._may_change() if width else ():
            at = self.known[session.key]
            if any((party, at.day) in around for party in parties(session, at)):
                found.add(session.key)
        return found

    def _days_of(self, session: Session) -> range:
        at = self.known.get(session.key)
        first, last = session.day_range or (0, len(self.problem.days) - 1)
        return range(first, last + 1) if at is None else range(at.day, at.day + 1)

    def around(self, width: int) -> set[str]:
        """Sessions that are hit, and every other within so many days of them."""
        days: set[int] = set()
        for session in self.problem.sessions:
            if session.key in self.hit:
                for day in self._days_of(session):
                    days |= set(range(day - width, day + width + 1))
        near = {s.key for s in self._may_change() if self.known[s.key].day in days}
        return self.hit | near

    def affordable(self, most: int | None, groups: Groups | None = None) -> set[str]:
        """Sessions that may change without more than so many people being affected.

        groups: if given, only those that sit in sessions of these groups and those affected
                for certain.
        """
        found = set(self.hit)
        for session in self._may_change():
            affected = self.sure | parties(session, self.before[session.key])
            among = groups is None or {("group", g) for g in session.groups} <= self.sure | groups
            if among and (most is None or people_in(self.problem, affected) <= most):
                found.add(session.key)
        return found

    def affordable_groups(self, most: int, limit: int) -> list[Groups] | None:
        """Sets of further groups that could be affected as well; each such set is in one of them.

        Returns None when there are more than ``limit`` of them.
        """
        spare = most - people_in(self.problem, self.sure)
        sizes = [(max(1, g.size), ("group", g.key)) for g in self.problem.groups]
        further = sorted(one for one in sizes if one[1] not in self.sure)
        found: list[Groups] = []
        open_ones: list[tuple[int, int, Groups]] = [(0, spare, frozenset())]
        while open_ones:
            index, left, chosen = open_ones.pop()
            for later in range(index, len(further)):
                if further[later][0] <= left:
                    wider = chosen | {further[later][1]}
                    open_ones.append((later + 1, left - further[later][0], wider))
            if not any(size <= left for size, one in further if one not in chosen):
                found.append(chosen)
            if len(found) > limit or len(open_ones) > LOOK_AT:
                return None
        return sorted(found, key=lambda one: (len(one), sorted(one)))

    def sets_of_groups(self, limit: int) -> list[Groups]:
        """The first so many sets of groups not affected for certain, fewest people first."""
        further = sorted(
            ("group", g.key) for g in self.problem.groups if ("group", g.key) not in self.sure
        )
        found: list[Groups] = []
        for count in range(min(len(further), 3) + 1):
            sets = [frozenset(one) for one in combinations(further, count)]
            found += sets[: max(0, limit - len(found))]
        return sorted(found, key=lambda one: (people_in(self.problem, one), sorted(one)))

    def _may_change(self) -> list[Session]:
        return [s for s in self.problem.sessions if s.key in self.known and s.key not in self.held]
