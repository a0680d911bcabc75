"""Find a timetable of little cost: annealing, then re-heating from the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import NO_BEST, cooling, first_slots, given_of, slots_by_course, state_of
from .bound import least_cost
from .check import costs_of, violations_of
from .kernel import BEST, MADE, Given, Ints, State, anneal
from .problem import CurriculumProblem, Goal, Rule, Slot

COLD = 0.11
LEAST_HOT, MOST_HOT = 5.0, 20.0
SAME_PERIOD, SAME_ROOM = 26_214, 36_045  # of 65,536: 40 and 55 in a hundred
LONGEST_BLOCK = 16_384
PARTS = 32
MOST_LECTURES = 16_384

PHASES: tuple[tuple[float, float], ...] = ((0.7, 1.0), (0.15, 0.2), (0.15, 0.2))
"""Share of the moves, and share of the highest temperature from which the phase cools."""


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
    problem: CurriculumProblem, *, seed: int = 1, moves: int = 200_000_000
) -> CurriculumAnswer:
    """Return the best timetable found with so many moves tried; fewer if the bound is met.

    The answer depends on nothing but the problem, the seed and the number of moves.

    Raises:
        ValueError: ``moves`` or ``seed`` is below 0, or the instance holds more lectures than
            there are slots (then no timetable exists) or than 16,384.

    Cost: about 20 million moves a CPU second once compiled; compiling takes 10 s once.

    Source: S. Kirkpatrick, C. Gelatt, M. Vecchi. Optimization by simulated annealing.
        doi:10.1126/science.220.4598.671
    """
    slots = problem.days * problem.periods_per_day * len(problem.rooms)
    if moves < 0 or seed < 0:
        raise ValueError(f"moves and seed must be 0 or more, got {moves} and {seed}")
    if problem.lectures > slots:
        raise ValueError(f"{problem.lectures} lectures cannot have a slot each of {slots}")
    if problem.lectures > MOST_LECTURES:
        raise ValueError(f"there must be {MOST_LECTURES} lectures at most: {problem.lectures}")
    bound = least_cost(problem)
    given = given_of(problem)
    state = state_of(problem, given, first_slots(problem, given, seed), seed)
    best, made = _searched(problem, given, state, moves, bound)
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


def _searched(
    problem: CurriculumProblem, given: Given, state: State, moves: int, bound: int
) -> tuple[Ints, int]:
    """The slots of the best state without a clash, or of the last one; and the moves made."""
    hot, made = highest_temperature(given), 0
    if not len(given.course):
        return state.best, 0
    for number, (share, of_hot) in enumerate(PHASES):
        if number and state.figures[BEST] < NO_BEST:
            state = state_of(problem, given, state.best, int(state.random[0]))
        before = int(state.figures[MADE])
        _cool(given, state, hot * of_hot, int(moves * share), bound)
        made += int(state.figures[MADE]) - before
        if state.figures[BEST] <= bound:
            break
    if state.figures[BEST] < NO_BEST:
        return state.best, made
    return (state.period * np.int32(len(problem.rooms)) + state.room).astype(np.int32), made


def _cool(given: Given, state: State, hot: float, moves: int, bound: int) -> None:
    """One cooling; it ends early when the best costs no more than the bound."""
    if not moves:
        return
    block = max(1, min(LONGEST_BLOCK, moves // 400))
    temperatures: NDArray[np.float64] = cooling(hot, COLD, moves // block)
    for part in np.array_split(temperatures, PARTS):
        anneal(given, state, part, block, SAME_PERIOD, SAME_ROOM)
        if state.figures[BEST] <= bound:
            return
