"""Plan the reading before the call closes: who is missing, and what the week looks like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .assigned import ReviewersNeeded
from .reading import Reviewer, require_languages
from .requirements import require_count, require_unique

Languages = frozenset[str]


@dataclass(frozen=True, slots=True)
class ApplicationGroup:
    """So many expected applications, each to be read by who knows all ``languages``."""

    languages: Languages
    applications: int

    def __post_init__(self) -> None:
        require_count(self.applications, f"applications in {sorted(self.languages)}")


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What is expected, and who stands ready.

    groups:     expected applications by the languages they need.
    reviewers:  who stands; their ``load_high`` is what they read at most.
    reads_each: reads each application gets, by different reviewers.
    load_each:  reads one further reviewer would take, 1 or more.
    days:       days for reading, 1 or more.
    languages:  those that are known; any other is refused. Empty: any is known.
    """

    groups: tuple[ApplicationGroup, ...]
    reviewers: tuple[Reviewer, ...]
    reads_each: int
    load_each: int
    days: int
    languages: Languages = frozenset()

    def __post_init__(self) -> None:
        require_count(self.reads_each, "reads_each")
        for name in ("load_each", "days"):
            require_count(getattr(self, name), name)
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, got {getattr(self, name)}")
        require_unique((r.key for r in self.reviewers), "reviewer keys")
        require_languages(self.languages, "reviewer", self.reviewers)
        for row, group in enumerate(self.groups, start=1):
            unknown = sorted(group.languages - self.languages) if self.languages else []
            if unknown:
                raise ValueError(f"group {row} has the unknown language {unknown[0]!r}")


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """What the reading takes.

    reads:         reads in all.
    capacity:      reads that those who stand may take in all, whatever they know.
    can_be_read:   of the reads, those that they can do as languages lie.
    missing:       further reviewers, by what they must know; no fewer in all would do.
    standing:      reviewers who stand.
    needed_in_all: those and the missing ones together.
    idle:          who stands but can read nothing that is expected, sorted.
    a_day:         reads a day for each reviewer on average once the missing ones
                   have come, in hundredths, rounded up.
    a_day_now:     the same with those alone who stand; 0 if nobody does.
    a_day_most:    whole reads a day, rounded up, for whoever takes the most.
    """

    reads: int
    capacity: int
    can_be_read: int
    missing: tuple[ReviewersNeeded, ...]
    standing: int
    needed_in_all: int
    idle: tuple[str, ...]
    a_day: int
    a_day_now: int
    a_day_most: int


@dataclass(frozen=True, slots=True)
class _Class:
    """Reviewers alike: what they can read of the groups, how many they are, their load."""

    serves: tuple[int, ...]
    reviewers: int
    load: int


def plan_reading(problem: PlanProblem) -> ReadingPlan:
    """Return how many reads there will be, who is missing for them, and the reads a day.

    A further reviewer knows the languages of one group, and so serves every
    group that needs no others. Reads flow from groups to reviewers; a reviewer
    reads each application of a group once at most. For given numbers of
    further reviewers this is a transportation problem with whole corners, so
    only those numbers (one for each set of languages) are whole-number
    variables of the programme: the answer is the fewest reviewers, then those
    who need to know the fewest languages, then the first in the alphabet.

    Args:
        problem: groups, reviewers, reads each, loads in reads, days.

    Returns:
        The plan. It is always possible: ``missing`` says at what cost.

    Cost: a few small integer programmes; 30 groups and 200 reviewers of 12
        languages take 1.2 CPU s, three groups and 12 reviewers 0.05.

    Source: for reading a group's applications each by different reviewers it
        is enough that nobody gets more reads than it has applications: D. Gale
        (1957). A theorem on flows in networks. Pacific Journal of Mathematics
        7, 1073-1082. doi:10.2140/pjm.1957.7.1073
    """
    sizes: Counter[Languages] = Counter()
    for group in problem.groups:
        sizes[group.languages] += group.applications
    kinds = sorted((k for k in sizes if sizes[k]), key=lambda k: (len(k), sorted(k)))
    reads = problem.reads_each * sum(sizes.values())
    served = [_served(r.languages, kinds) if problem.reads_each else () for r in problem.reviewers]
    alike = Counter(
        (some, r.load_high) for some, r in zip(served, problem.reviewers, strict=True) if some
    )
    classes = [_Class(some, n, load) for (some, load), n in sorted(alike.items())]
    programme = _Programme(problem, kinds, [sizes[k] for k in kinds], classes)
    more, newly_read = programme.fewest() if reads else ([], [])
    missing = tuple(
        ReviewersNeeded(kind, count, many)
        for kind, count, many in zip(kinds, more, newly_read, strict=False)
        if count
    )
    standing, coming = len(problem.reviewers), sum(need.reviewers for need in missing)
    most = max(
        [min(c.load, sum(sizes[kinds[g]] for g in c.serves)) for c in classes]
        + [min(problem.load_each, reads) for _ in missing],
        default=0,
    )
    return ReadingPlan(
        reads=reads,
        capacity=sum(r.load_high for r in problem.reviewers),
        can_be_read=reads - sum(need.reads for need in missing),
        missing=missing,
        standing=standing,
        needed_in_all=standing + coming,
        idle=tuple(
            sorted(r.key for r, some in zip(problem.reviewers, served, strict=True) if not some)
        ),
        a_day=_hundredths_a_day(reads, standing + coming, problem.days),
        a_day_now=_hundredths_a_day(reads, standing, problem.days),
        a_day_most=-(-most // problem.days),
    )


def _served(known: Languages, kinds: list[Languages]) -> tuple[int, ...]:
    return tuple(g for g, needed in enumerate(kinds) if needed <= known)


def _hundredths_a_day(reads: int, reviewers: int, days: int) -> int:
    return -(-100 * reads // (reviewers * days)) if reviewers else 0


class _Programme:
    """Columns: further reviewers of each kind, then reads of each group by each class."""

    def __init__(
        self, problem: PlanProblem, kinds: list[Languages], sizes: list[int], classes: list[_Class]
    ) -> None:
        self.kinds = kinds
        further = [_Class(_served(kind, kinds), 0, problem.load_each) for kind in kinds]
        rows: list[dict[int, int]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        whole = len(kinds)
        taken: list[dict[int, int]] = [{} for _ in kinds]
        self.new: list[list[int]] = [[] for _ in kinds]
        column, self.most = whole, [float("inf")] * whole
        for n, some in enumerate([*classes, *further]):
            kind = n - len(classes)
            load: dict[int, int] = {}
            for g in some.serves:
                taken[g][column] = load[column] = 1
                if kind >= 0:
                    self.new[kind].append(column)
                    self._add(rows, {column: 1, kind: -sizes[g]}, high=0)
                self.most.append(float("inf") if kind >= 0 else sizes[g] * some.reviewers)
                column += 1
            if kind >= 0:
                load[kind] = -some.load
            self._add(rows, load, high=some.load * some.reviewers)
        for g, size in enumerate(sizes):
            self._add(rows, taken[g], low=size * problem.reads_each, high=size * problem.reads_each)
        self.columns = column
        self.rows = rows

    def _add(
        self, rows: list[dict[int, int]], row: dict[int, int], *, low: float = -np.inf, high: float
    ) -> None:
        rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def fewest(self) -> tuple[list[int], list[int]]:
        """Return how many further reviewers of each kind there must be, and what they read."""
        whole = len(self.kinds)
        self._settle(dict.fromkeys(range(whole), 1))
        self._settle({k: len(kind) for k, kind in enumerate(self.kinds)})
        more = [self._settle({k: -1}) for k in range(whole)]
        self._settle({c: 1 for some in self.new for c in some})
        reads = [-self._settle(dict.fromkeys(some, 1)) for some in self.new]
        return [-count for count in more], [-count for count in reads]

    def _settle(self, cost: dict[int, int]) -> int:
        """Return the least of a sum of columns, and keep it from now on."""
        objective = self._dense(cost)
        solved = milp(
            objective,
            constraints=LinearConstraint(self._matrix(), self.low, self.high),
            bounds=Bounds(0, self.most),
            integrality=(np.arange(self.columns) < len(self.kinds)).astype(np.int64),
            options={"mip_rel_gap": 0},
        )
        if solved.x is None:
            raise ValueError(f"the reading could not be planned: {solved.message}")
        least = round(float(objective @ solved.x))
        self._add(self.rows, cost, low=least, high=least)
        return least

    def _dense(self, row: dict[int, int]) -> NDArray[np.float64]:
        dense = np.zeros(self.columns)
        dense[list(row)] = list(row.values())
        return dense

    def _matrix(self) -> csr_array:
        entries = [(n, c, v) for n, row in enumerate(self.rows) for c, v in row.items()]
        n, c, v = zip(*entries, strict=True)
        return csr_array((np.array(v, dtype=float), (n, c)), (len(self.rows), self.columns))
