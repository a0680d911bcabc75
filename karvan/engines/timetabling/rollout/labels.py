"""Prove a year the cheapest: every order at once, kept small by what no better year can hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from itertools import groupby
from math import ceil

from .problem import HOME, RolloutProblem, Stop
from .rules import first_days

STEPS = (0.3, 0.6, 1.0)
SLACK = 1e-6  # of sums of fractions
Label = tuple[int, int, int, int, int, "Label | None", int]  # see ``Search.labels``


@dataclass(frozen=True, slots=True)
class Proof:
    """What the labels showed.

    starts: a year cheaper than the one to be beaten, or None where there is none.
    bound:  no year costs less than this, or than the one to be beaten.
    whole:  everything was looked at.
    """

    starts: dict[str, int] | None
    bound: int
    whole: bool


def prove(problem: RolloutProblem, beat: int, most_labels: int) -> Proof:
    """Look for a year that costs less than ``beat``; it must keep every rule of the problem.

    Dynamic programming over the sets of stops already held and the last of them [1], with
    labels of (end, cost, spent in the quarter) of which only those are kept that no other is
    better than in all [2]. A label is dropped when its cost and the least cost of the rest
    reach ``beat``: the rest costs at least its cheapest ways, and the starts of a schedule that
    may be interrupted, counted by mean busy times [3].

    Cost: O(2ⁿ n²) labels for n stops at worst; stopped after ``most_labels``, layer by layer.

    [1] M. Held, R. M. Karp (1962). A dynamic programming approach to sequencing problems.
        J. SIAM 10, 196-210. doi:10.1137/0110015
    [2] M. Desrochers, F. Soumis (1988). A generalized permanent labelling algorithm for the
        shortest path problem with time windows. INFOR 26, 191-212.
    [3] M. X. Goemans (1997). Improved approximation algorithms for scheduling with release
        dates. SODA 1997, 591-598.
    """
    search = _Search(problem, beat)
    layer: dict[tuple[int, int], list[Label]] = {}
    bound, made = 0, 0
    for stop in range(len(problem.stops)):
        made += search.extend(layer, None, 0, stop)
    for _ in problem.stops[1:]:
        bound = max(bound, search.least(layer))
        after: dict[tuple[int, int], list[Label]] = {}
        for (mask, _last), labels in layer.items():
            for stop in range(len(problem.stops)):
                if not mask >> stop & 1:
                    made += sum(search.extend(after, label, mask, stop) for label in labels)
            if made > most_labels:
                return Proof(None, min(bound, beat), whole=False)
        layer = after
    return search.answer(layer)


def prove_in_steps(problem: RolloutProblem, beat: int, most_labels: int) -> Proof:
    """The same, first against less than ``beat``: the less is to be beaten, the fewer labels."""
    least = _Search(problem, beat).least_of_all()
    proof = Proof(None, least, whole=False)
    for share in STEPS:
        proof = prove(problem, least + round((beat - least) * share), most_labels)
        if proof.starts is not None or not proof.whole:
            break
    return proof


@dataclass
class _Search:
    """The problem by numbers. A label is (end, cost, segment, spent, start, before, stop)."""

    problem: RolloutProblem
    beat: int
    rests: dict[tuple[int, int], int] = field(default_factory=dict)
    choices: dict[tuple[int, int], list[tuple[int, int, int]]] = field(default_factory=dict)

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The stops by number."""
        return self.problem.stops

    @cached_property
    def days(self) -> list[list[int]]:
        """For each stop the days on which it may begin, in order."""
        return [first_days(stop, self.problem.horizon - stop.days) for stop in self.stops]

    @cached_property
    def prices(self) -> list[list[int]]:
        """For each stop what it costs to begin on each day, the way aside."""
        return [
            [s.weight * day + s.dear(day) for day in range(self.problem.horizon)]
            for s in self.stops
        ]

    @cached_property
    def segments(self) -> list[int]:
        """For each day 2k + 1 in quarter k and 2k before it."""
        found = []
        for day in range(self.problem.horizon):
            begun = sum(one.first <= day for one in self.problem.quarters)
            inside = any(one.holds(day) for one in self.problem.quarters)
            found.append(2 * begun - 1 if inside else 2 * begun)
        return found

    @cached_property
    def into(self) -> list[tuple[int, int]]:
        """For each stop the fewest days and the least cost of a way to it from another stop."""
        return [self._least_ways(stop, to=True) for stop in self.stops]

    @cached_property
    def sizes(self) -> list[int]:
        """For each stop the days from its start to the earliest start of any next one."""
        rest = self.problem.handover
        return [s.days + rest + self._least_ways(s, to=False)[0] for s in self.stops]

    def _least_ways(self, stop: Stop, *, to: bool) -> tuple[int, int]:
        others = [other.key for other in self.stops if other is not stop]
        pairs = [(key, stop.key) if to else (stop.key, key) for key in others]
        trips = [self.problem.trip(*pair) for pair in pairs]
        return min((t.days for t in trips), default=0), min((t.cost for t in trips), default=0)

    def extend(
        self,
        layer: dict[tuple[int, int], list[Label]],
        label: Label | None,
        mask: int,
        number: int,
    ) -> int:
        """Put the labels of going on to this stop into the layer; return how many were tried."""
        stop, problem = self.stops[number], self.problem
        here = HOME if label is None else self.stops[label[6]].key
        way = problem.trip(here, stop.key)
        earliest = way.days + (0 if label is None else label[0] + problem.handover)
        cost = way.cost + (0 if label is None else label[1])
        kept = layer.setdefault((mask | 1 << number, number), [])
        tried = 0
        for start, price, segment in self._choices(number, earliest):
            spent = stop.amount
            if label is not None and label[2] == segment:
                spent += label[3]
            tried += 1
            if segment % 2 and spent > problem.quarters[segment // 2].most:
                continue
            end, total = start + stop.days, cost + price
            if total + self._rest(mask | 1 << number, end) < self.beat:
                _keep(kept, (end, total, segment, spent, start, label, number))
        if not kept:
            del layer[mask | 1 << number, number]
        return tried

    def least_of_all(self) -> int:
        """What any year costs at least, or what is to be beaten if that is less."""
        return min(self.beat, self._rest(0, -self.problem.horizon))

    def least(self, layer: dict[tuple[int, int], list[Label]]) -> int:
        """The least that any label of the layer and its rest cost; what is to be beaten if none."""
        costs = (
            label[1] + self._rest(mask, label[0])
            for (mask, _last), labels in layer.items()
            for label in labels
        )
        return min(costs, default=self.beat)

    def answer(self, layer: dict[tuple[int, int], list[Label]]) -> Proof:
        """The cheapest label of the last layer that comes home in time."""
        best: tuple[int, Label] | None = None
        for label in (label for labels in layer.values() for label in labels):
            way = self.problem.trip(self.stops[label[6]].key, HOME)
            total = label[1] + way.cost
            in_time = label[0] + way.days <= self.problem.horizon
            if in_time and total < (best[0] if best else self.beat):
                best = total, label
        if best is None:
            return Proof(None, self.beat, whole=True)
        return Proof(self._starts(best[1]), best[0], whole=True)

    def _starts(self, label: Label | None) -> dict[str, int]:
        found: list[tuple[str, int]] = []
        while label is not None:
            found.append((self.stops[label[6]].key, label[4]))
            label = label[5]
        return dict(reversed(found))

    def _choices(self, number: int, earliest: int) -> list[tuple[int, int, int]]:
        """(start, cost, segment): in each segment the first day, and later ones only if cheaper."""
        days = self.days[number]
        index = bisect_left(days, earliest)
        found = self.choices.get((number, index))
        if found is None:
            found = self.choices[number, index] = list(self._worth(number, days[index:]))
        return found

    def _worth(self, number: int, days: list[int]) -> Iterator[tuple[int, int, int]]:
        prices = self.prices[number]
        for segment, within in groupby(days, key=self.segments.__getitem__):
            least: int | None = None
            for day in within:
                price = prices[day]
                if least is None or price < least:
                    least = price
                    yield day, price, segment

    def _rest(self, mask: int, end: int) -> int:
        """The least that the stops not yet held cost from this day on."""
        found = self.rests.get((mask, end))
        if found is None:
            found = self.rests[mask, end] = self._count_rest(mask, end)
        return found

    def _count_rest(self, mask: int, end: int) -> int:
        left = [number for number in range(len(self.stops)) if not mask >> number & 1]
        jobs, travel = [], 0
        for number in left:
            free = end + self.problem.handover + self.into[number][0]
            days = self.days[number]
            index = bisect_left(days, free)
            if index == len(days):
                return self.beat
            travel += self.into[number][1]
            jobs.append((days[index], self.sizes[number], self.stops[number].weight))
        return travel + ceil(_busy_bound(jobs) - SLACK)


def _keep(kept: list[Label], new: Label) -> None:
    """Add a label unless one is as good in all; drop those that it is as good as in all."""
    if any(_no_worse(old, new) for old in kept):
        return
    kept[:] = [old for old in kept if not _no_worse(new, old)]
    kept.append(new)


def _no_worse(one: Label, other: Label) -> bool:
    """Ends no later, costs no more, and leaves no less to spend in any quarter still to come."""
    if one[0] > other[0] or one[1] > other[1]:
        return False
    return one[2] < other[2] or (one[2] == other[2] and one[3] <= other[3])


def _busy_bound(jobs: list[tuple[int, int, int]]) -> float:
    """The least sum of weight times start of jobs (release, size, weight) done one at a time.

    The most urgent job by weight over size is worked on, and may be interrupted; with M the mean
    of the days on which a job is worked on, no schedule has a smaller sum of w (M - size / 2).
    """
    waiting = sorted(jobs, reverse=True)
    ready: list[tuple[float, int, int, int]] = []
    now, total, number = 0.0, 0.0, 0
    while waiting or ready:
        if not ready:
            now = max(now, waiting[-1][0])
        while waiting and waiting[-1][0] <= now:
            _release, size, weight = waiting.pop()
            total -= weight * size / 2
            heappush(ready, (-weight / size, number, size, size))
            number += 1
        rank, key, size, left = heappop(ready)
        until = min(now + left, waiting[-1][0]) if waiting else now + left
        total -= rank * (until * until - now * now) / 2
        if until < now + left:
            heappush(ready, (rank, key, size, left - int(until - now)))
        now = until
    return total
