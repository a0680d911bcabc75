"""Every way in which one day of a group can be laid out on a coarse grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from .openings import Openings
from .problem import MINUTES_A_DAY, Session

Rooms = frozenset[str]


class TooManyError(Exception):
    """The days of a group can be laid out, or follow each other, in too many ways."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One day of a group: where its sessions lie, and in which rooms each is held.

    starts: (number of the session, minute on the line), in order of time.
    rooms:  the rooms open to each, no more than those of its kind: sessions that stay in one room
            are held where all of them can be; None where a session needs no room.
    cost:   what such a day costs the group at least.
    """

    starts: tuple[tuple[int, int], ...]
    rooms: tuple[Rooms | None, ...]
    cost: int


class Ties:
    """The sessions of a group and what they ask of each other; sets of them are bits of a number.

    before, later: number -> those that must end before it, and those that must begin after it.
    after:         number -> (another, least minutes from the end of that to the start of this).
    no_later:      number -> (another, most minutes from the end of that to the start of this).
    starts:        number -> day -> minutes on the line.
    first, last:   number -> days between which it must lie.
    """

    def __init__(
        self,
        sessions: Sequence[Session],
        openings: Openings,
        twins: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.sessions = list(sessions)
        self.open = openings
        self.number = {s.key: n for n, s in enumerate(self.sessions)}
        self.after = [self._known(s.after) for s in self.sessions]
        self.no_later = [self._known(s.no_later) for s in self.sessions]
        for early, late in twins:
            self.after[self.number[late]].append((self.number[early], 0))
        self.same_day = self._both([s.same_day_as for s in self.sessions])
        self.another_day = self._both([s.not_same_day_as for s in self.sessions])
        self.starts: list[dict[int, list[int]]] = []
        for session in self.sessions:
            by_day: dict[int, list[int]] = defaultdict(list)
            for t in openings.starts[session.key]:
                by_day[t // MINUTES_A_DAY].append(t)
            self.starts.append(dict(by_day))
        self.before, self.later = self._reach()
        self.first = [min(by_day, default=0) for by_day in self.starts]
        self.last = [max(by_day, default=-1) for by_day in self.starts]
        self._tighten()

    def _known(self, pairs: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
        return [(self.number[key], gap) for key, gap in pairs if key in self.number]

    def _both(self, named: Sequence[Sequence[str]]) -> list[int]:
        masks = [0] * len(self.sessions)
        for n, keys in enumerate(named):
            for m in (self.number[key] for key in keys if key in self.number):
                masks[n] |= 1 << m
                masks[m] |= 1 << n
        return masks

    def _reach(self) -> tuple[list[int], list[int]]:
        every = range(len(self.sessions))
        before = [union(1 << m for m, _ in pairs) for pairs in self.after]
        for _ in every:
            wider = [mask | union(before[m] for m in members(mask)) for mask in before]
            if wider == before:
                break
            before = wider
        return before, [union(1 << m for m in every if before[m] >> n & 1) for n in every]

    def _tighten(self) -> None:
        """No session lies so early or so late that one it is tied to finds no day."""
        for _ in self.sessions:
            known = (list(self.first), list(self.last))
            for n, pairs in enumerate(self.after):
                for m, gap in pairs:
                    if self.first[m] not in self.starts[m] or self.last[n] not in self.starts[n]:
                        continue
                    length = self.sessions[m].minutes + gap
                    soonest = min(self.starts[m][self.first[m]]) + length
                    days = [d for d, at in self.starts[n].items() if max(at) >= soonest]
                    self.first[n] = max(self.first[n], min(days, default=self.last[n] + 1))
                    latest = max(self.starts[n][self.last[n]]) - length
                    days = [d for d, at in self.starts[m].items() if min(at) <= latest]
                    self.last[m] = min(self.last[m], max(days, default=self.first[m] - 1))
            if known == (self.first, self.last):
                break

    def on(self, day: int) -> list[int]:
        """Numbers of the sessions that can be on the day."""
        every = range(len(self.sessions))
        return [n for n in every if self.first[n] <= day <= self.last[n] and day in self.starts[n]]

    def due(self, day: int) -> int:
        """Those that must be over when the day is."""
        return union(1 << n for n, last in enumerate(self.last) if last <= day)


def union(masks: Iterable[int]) -> int:
    """All that is in any of these sets."""
    return reduce(or_, masks, 0)


def members(mask: int) -> Iterator[int]:
    """The numbers in a set."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask -= low


def layouts_of_day(ties: Ties, day: int, most: int) -> dict[int, list[Layout]]:
    """Return the layouts of one day by the set of sessions held on it; none is empty.

    Whether sessions that must come before are over by then is not asked here.

    Raises:
        TooManyError: there are more than ``most``.
    """
    return _Day(ties, day, most).found


class _Day:
    def __init__(self, ties: Ties, day: int, most: int) -> None:
        self.ties, self.day, self.left = ties, day, most
        self.step = ties.open.problem.step
        self.cells = [cell for cell, d in ties.open.cells if d == day]
        self.place = {cell: k for k, cell in enumerate(self.cells)}
        self.size = [s.minutes // self.step for s in ties.sessions]
        self.opening: dict[int, list[int]] = defaultdict(list)
        for n in ties.on(day):
            for t in ties.starts[n][day]:
                self.opening[t].append(n)
        self.rooms: dict[int, list[tuple[dict[Rooms, Rooms], int]]] = {}
        self.found: dict[int, list[Layout]] = {}
        self._lay(0, 0, ())

    def _lay(self, at: int, mask: int, starts: tuple[tuple[int, int], ...]) -> None:
        """Keep what is laid, and lay one more session from this slot on."""
        if mask and not union(self.ties.same_day[n] for n, _ in starts) & ~mask:
            self._keep(mask, starts)
        for k in range(at, len(self.cells)):
            t = self.cells[k]
            for n in self.opening.get(t, ()):
                if self._can_follow(n, t, mask, starts):
                    self._lay(k + self.size[n], mask | 1 << n, (*starts, (n, t)))

    def _can_follow(self, n: int, t: int, mask: int, starts: tuple[tuple[int, int], ...]) -> bool:
        ties = self.ties
        if mask >> n & 1 or mask & (ties.later[n] | ties.another_day[n]):
            return False
        # What must lie between two sessions of the day lies on it.
        between = union(ties.later[m] & ties.before[n] for m in members(mask & ties.before[n]))
        if between & ~mask:
            return False
        ends = {m: s + ties.sessions[m].minutes for m, s in starts}
        if any(m in ends and ends[m] + gap > t for m, gap in ties.after[n]):
            return False
        for m, gap in ties.no_later[n]:
            end = ends.get(m)
            if end is None and ties.before[n] >> m & 1:
                past = [at[-1] for d, at in ties.starts[m].items() if d < self.day]
                end = max(past, default=-gap) + ties.sessions[m].minutes
            if end is not None and t > end + gap:
                return False
        return True

    def _keep(self, mask: int, starts: tuple[tuple[int, int], ...]) -> None:
        if mask not in self.rooms:
            self.rooms[mask] = list(self._choices(mask))
        hours = self._hours(starts)
        for rooms, changes in self.rooms[mask]:
            self.left -= 1
            if self.left < 0:
                raise TooManyError
            held = tuple(rooms.get(self._of_kind(n)) for n, _ in starts)
            self.found.setdefault(mask, []).append(Layout(starts, held, hours + changes))

    def _of_kind(self, n: int) -> Rooms:
        session = self.ties.sessions[n]
        return self.ties.open.rooms_of[session.key] if session.room_kind else frozenset()

    def _choices(self, mask: int) -> Iterator[tuple[dict[Rooms, Rooms], int]]:
        """For each way of staying in rooms: kind -> rooms it is held in, and what changes cost."""
        weight = self.ties.open.problem.weights.room_change
        kinds = sorted({self._of_kind(n) for n in members(mask)} - {frozenset()}, key=_order)
        for sets in _together(kinds) if weight else [[(kind, [kind]) for kind in kinds]]:
            rooms = {kind: shared for shared, inside in sets for kind in inside}
            yield rooms, weight * max(0, len(sets) - 1)

    def _hours(self, starts: tuple[tuple[int, int], ...]) -> int:
        """What the day costs but for changes of room: coming, waiting, a late end, a full day."""
        weights = self.ties.open.problem.weights
        filled = sum(self.size[n] for n, _ in starts)
        n, t = starts[-1]
        end = self.place[t] + self.size[n]
        waits = self.step * (end - self.place[starts[0][1]] - filled)
        dusk = self.day * MINUTES_A_DAY + weights.late_from
        late = sum(max(0, cell + self.step - max(cell, dusk)) for cell in self.cells[:end])
        beyond = max(0, self.step * filled - weights.full_day)
        cost = weights.group_day + weights.gap * waits + weights.late * late
        return cost + weights.spread * beyond


def _order(rooms: Rooms) -> tuple[int, list[str]]:
    return len(rooms), sorted(rooms)


def _together(kinds: Sequence[Rooms]) -> Iterator[list[tuple[Rooms, list[Rooms]]]]:
    """Every way of putting kinds into sets that have rooms in common, with those rooms."""
    if not kinds:
        yield []
        return
    for sets in _together(kinds[1:]):
        yield [(kinds[0], [kinds[0]]), *sets]
        for k, (rooms, inside) in enumerate(sets):
            if rooms & kinds[0]:
                yield [*sets[:k], (rooms & kinds[0], [kinds[0], *inside]), *sets[k + 1 :]]
