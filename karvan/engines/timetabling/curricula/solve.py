"""Find a timetable of little cost: several annealings, then longer ones from the best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import NO_BEST, cooling, first_slots, given_of, slots_by_course, state_of
from .bound import least_cost
from .check import costs_of, violations_of
from .kernel import anneal
from .kernel_state import (
    BEST,
    CLASHES,
    FIRM_WEIGHT,
    FLOOR,
    LEAST_WEIGHT,
    LUKEWARM,
    MOST_WEIGHT,
    STUCK_WEIGHT,
    WEIGHT,
    WHOLE,
    Given,
    Ints,
    State,
)
from .problem import CurriculumProblem, Goal, Rule, Slot

COLD = 0.11
LEAST_HOT, MOST_HOT = 5.0, 20.0
SAME_PERIOD, SAME_ROOM = 26_214, 36_045  # of 65,536: 40 and 55 in a hundred
CHAINS = 0.6
"""Share of the runs of moves that are chains, unless another is asked for."""
LONGEST_BLOCK = 16_384
PARTS, PIECES = 16, 8
MOST_LECTURES = 16_384

MOST_STARTS, MOVES_A_START = 16, 50_000_000
WARM_WEIGHT = 5.0
"""Of a clash when a timetable is heated again, over the temperature."""


class Round(NamedTuple):
    """The best ``kept`` timetables so far are each cooled again, with equal moves."""

    kept: int
    share: float  # of all moves
    of_hot: float  # share of the highest temperature from which they cool


@dataclass(frozen=True)
class CurriculumAnswer:
    """The best timetable found; ``violations`` are all 0 unless none without was found.

    ``bound``: no timetable without a violation costs less. ``moves``: how many were tried.
    """

    assignments: dict[str, tuple[Slot, ...]]
    costs: dict[Goal, int]
    violations: dict[Rule, int]
    bound: int
    moves: int

    @property
    def cost(self) -> int:
        """What all goals cost together."""
        return sum(self.costs.values())

    @property
    def is_feasible(self) -> bool:
        """Whether no rule is broken."""
        return not any(self.violations.values())

    @property
    def is_proved(self) -> bool:
        """Whether nothing better can be found."""
        return self.is_feasible and self.cost == self.bound


def solve_curricula(
    problem: CurriculumProblem,
    *,
    seed: int = 1,
    moves: int = 200_000_000,
    chains: float = CHAINS,
    go_on: Callable[[], bool] = lambda: True,
) -> CurriculumAnswer:
    """Return the best timetable found with so many moves tried; fewer if the bound is met.

    ``chains`` is the share, 0 to 1, of the moves that change places of several lectures at once.
    The answer depends on nothing but the problem and these three numbers, unless ``go_on``, which
    is asked some thousands of times in a large search, ends the search early.

    Raises:
        ValueError: ``moves`` or ``seed`` is below 0, ``chains`` is not from 0 to 1, or the instance
            holds more lectures than there are slots (then no timetable exists) or than 16,384.

    Cost: 40 to 55 million moves a CPU second once compiled; compiling takes 10 s once.

    Source: S. Kirkpatrick, C. Gelatt, M. Vecchi. Optimization by simulated annealing.
        doi:10.1126/science.220.4598.671
    """
    slots = problem.days * problem.periods_per_day * len(problem.rooms)
    if moves < 0 or seed < 0:
        raise ValueError(f"moves and seed must be 0 or more, got {moves} and {seed}")
    if not 0 <= chains <= 1:
        raise ValueError(f"chains must be from 0 to 1, got {chains}")
    if problem.lectures > slots:
        raise ValueError(f"{problem.lectures} lectures cannot have a slot each of {slots}")
    if problem.lectures > MOST_LECTURES:
        raise ValueError(f"there must be {MOST_LECTURES} lectures at most: {problem.lectures}")
    bound = least_cost(problem)
    search = _Search(problem, given_of(problem), bound, round(chains * WHOLE), go_on)
    best, made = search.searched(seed, moves), search.made
    assignments = slots_by_course(problem, best)
    return CurriculumAnswer(
        assignments,
        costs_of(problem, assignments),
        violations_of(problem, assignments),
        bound,
        made,
    )


def highest_temperature(given: Given) -> float:
    """Return where to begin to cool: higher, the more curricula change with one lecture."""
    plans = (given.plan_from[1:] - given.plan_from[:-1])[given.course]
    return float(min(MOST_HOT, max(LEAST_HOT, 2.0 * plans.mean()))) if len(plans) else LEAST_HOT


def rounds_of(moves: int) -> tuple[Round, ...]:
    """Return the rounds of a search: more starts, the more moves there are.

    What a start settles while it is hot is seldom unsettled later, and starts differ in it
    by more than slow cooling gains: so many are tried in short, and only the best cooled slowly.
    """
    starts = min(MOST_STARTS, moves // MOVES_A_START)
    if starts < 2:
        return (Round(1, 0.85, 1.0), Round(1, 0.15, 0.06))
    return (
        Round(starts, 0.20, 1.0),
        Round(max(2, starts // 3), 0.20, 0.25),
        Round(2, 0.20, 0.25),
        Round(1, 0.20, 0.25),
        Round(1, 0.10, 0.12),
        Round(1, 0.10, 0.12),
    )


@dataclass
class _Search:
    """One search; ``made`` counts its moves."""

    problem: CurriculumProblem
    given: Given
    bound: int
    chains: int  # of 65,536
    go_on: Callable[[], bool]
    made: int = 0

    def searched(self, seed: int, moves: int) -> Ints:
        """The slots of the best timetable without a clash, or of one with few."""
        found = [(0, first_slots(self.problem, self.given, seed))]
        if not len(self.given.course):
            return found[0][1]
        hot, lot = highest_temperature(self.given), seed << 10
        for number, (kept, share, of_hot) in enumerate(rounds_of(moves)):
            cooled = []
            for n in range(kept):
                lot += 1
                again = number > 0
                slots = found[n][1] if again else first_slots(self.problem, self.given, lot)
                state = state_of(self.problem, self.given, slots, lot)
                if again:
                    warm = int(hot * of_hot * WARM_WEIGHT)
                    state.figures[WEIGHT] = max(LEAST_WEIGHT, min(MOST_WEIGHT, warm))
                cooled.append(self.cooled(state, hot * of_hot, int(moves * share) // kept))
                if cooled[-1][0] <= self.bound:
                    return cooled[-1][1]
            found = sorted(cooled, key=lambda one: one[0])
        return found[0][1]

    def cooled(self, state: State, hot: float, moves: int) -> tuple[int, Ints]:
        """Cool; return the cost and the slots of the best without a clash, or of the last state
        and far more. It ends early when the best costs no more than the bound.

        Where a clash does not go away, it goes on from the best, and clashes weigh more from then.
        """
        block = max(1, min(LONGEST_BLOCK, moves // 400))
        temperatures: NDArray[np.float64] = cooling(hot, COLD, moves // block)
        for part in np.array_split(temperatures, PARTS):
            for piece in np.array_split(part, PIECES):
                if len(piece) and self.go_on():
                    anneal(self.given, state, piece, block, SAME_PERIOD, SAME_ROOM, self.chains)
                    self.made += len(piece) * block
            if state.figures[BEST] <= self.bound or not self.go_on():
                break
            if not len(part) or part[-1] >= LUKEWARM or state.figures[WEIGHT] <= STUCK_WEIGHT:
                continue
            if state.figures[BEST] < NO_BEST:
                state = state_of(self.problem, self.given, state.best, int(state.random[0]))
                state.figures[WEIGHT] = state.figures[FLOOR] = FIRM_WEIGHT
        if state.figures[BEST] < NO_BEST:
            return int(state.figures[BEST]), state.best
        last = state.period * np.int32(len(self.problem.rooms)) + state.room
        return NO_BEST + int(state.figures[CLASHES]), last.astype(np.int32)
