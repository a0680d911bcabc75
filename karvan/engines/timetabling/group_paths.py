"""The days of a group as paths through the sets of sessions it may have behind it.

Order ties most sessions of a group, and each has some days only. So the sets it can have behind it
at the end of a day are few, and its course is a path from none to all of them: an arc a day, for the
sessions held on it. Groups that are alike are as many units of flow on one such network [1].

[1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin (1993). Network Flows. Prentice Hall, chapter 19
    (time-expanded networks).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .day_layouts import Layout, Ties, TooManyError, layouts_of_day
from .openings import Openings
from .problem import Session

# More layouts of the days of a group, more arcs, and more pairs of sets behind a day and held on it
# to look at, than this are too many.
MOST_LAYOUTS, MOST_ARCS, MOST_PAIRS = 40_000, 30_000, 2_000_000


@dataclass(frozen=True, slots=True)
class Arc:
    """A day of a group: the sessions behind it before and after, as bits of a number."""

    day: int
    before: int
    after: int

    @property
    def held(self) -> int:
        """The sessions held on the day."""
        return self.after - self.before


class GroupPaths:
    """All courses of one group, day after day.

    ties:    the sessions of the group by number.
    arcs:    open day after open day, those on some path from no session to all.
    layouts: (day, sessions held on it) -> the ways to lay them out; only where an arc holds them.
    """

    def __init__(
        self,
        sessions: Sequence[Session],
        openings: Openings,
        twins: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Write the network down.

        Raises:
            TooManyError: there are more than 40,000 layouts or 30,000 arcs, or too much to look at.

        Cost: 57 sessions over 32 days take about a second.
        """
        self.ties = Ties(sessions, openings, twins)
        self.days = sorted({day for _, day in openings.cells})
        self.layouts: dict[tuple[int, int], list[Layout]] = {}
        left = MOST_LAYOUTS
        for day in self.days:
            found = layouts_of_day(self.ties, day, left)
            left -= sum(len(layouts) for layouts in found.values())
            self.layouts |= {(day, mask): layouts for mask, layouts in found.items()}
        self.arcs = self._arcs()
        held = {(arc.day, arc.held) for arcs in self.arcs for arc in arcs}
        self.layouts = {key: found for key, found in self.layouts.items() if key in held}

    @property
    def whole(self) -> int:
        """All sessions of the group."""
        return (1 << len(self.ties.sessions)) - 1

    def _arcs(self) -> list[list[Arc]]:
        masks: dict[int, list[int]] = {day: [0] for day in self.days}
        for day, mask in self.layouts:
            masks[day].append(mask)
        reached, count = {0}, 0
        forward: list[list[Arc]] = []
        for day in self.days:
            due = self.ties.due(day)
            held = [(mask, self._needed(mask)) for mask in masks[day]]
            if len(reached) * len(held) > MOST_PAIRS:
                raise TooManyError
            arcs = [
                Arc(day, behind, behind | mask)
                for behind in sorted(reached)
                for mask, needed in held
                if not behind & mask and not needed & ~behind and not due & ~(behind | mask)
            ]
            count += len(arcs)
            if count > MOST_ARCS:
                raise TooManyError
            reached = {arc.after for arc in arcs}
            forward.append(arcs)
        return self._to_the_end(forward)

    def _needed(self, mask: int) -> int:
        """What must be over before a day with these sessions."""
        needed = 0
        for n, before in enumerate(self.ties.before):
            if mask >> n & 1:
                needed |= before
        return needed & ~mask

    def _to_the_end(self, forward: list[list[Arc]]) -> list[list[Arc]]:
        """The arcs from which all sessions can still be held."""
        wanted = {self.whole}
        kept: list[list[Arc]] = []
        for arcs in reversed(forward):
            kept.append([arc for arc in arcs if arc.after in wanted])
            wanted = {arc.before for arc in kept[-1]}
        return kept[::-1]
