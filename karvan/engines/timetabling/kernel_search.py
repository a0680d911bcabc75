"""Find placements that keep every rule, then cheaper ones, with the compiled search."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

from .answer import Placement
from .check import faults
from .kernel import AT_ONCE, anneal, lay, patience
from .kernel_moves import new_log
from .problem import Session, TimetableProblem
from .search import Work
from .state import Ints, can_compile, compile_course, empty_state
from .state_read import chosen, read_placements

# Moves that take about a second of one core for a course of some hundred sessions.
MOVES_A_UNIT = 500_000
# Moves for each session in one try to keep every rule.
FIRST_TRY = 4_500
WARM, COLD = 60.0, 2.0
FROM_GIVEN = 12.0


def search_placements(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    *,
    seed: int,
    work: Work,
    start: Mapping[str, Placement] | None = None,
    first_only: bool = False,
) -> dict[str, Placement] | None:
    """Return placements of these sessions that keep every rule, or None when none were found.

    Simulated annealing [1] over start, room and trainers of one session at a time, or the times
    of two of a group. Broken rules have a price that rises while they stay broken. It ends with
    the work, which is counted in moves: the same problem, seed and work give the same answer.

    Args:
        start: where to begin; sessions it does not hold begin anywhere.
        first_only: stop at the first placements that keep every rule.

    Cost: a move looks at the days of one or two sessions, whatever the size of the problem.

    [1] S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi (1983). Optimization by simulated annealing.
        Science 220, 671-680. doi:10.1126/science.220.4598.671
    """
    if not can_compile(problem, sessions):
        return None
    walk = _Walk(problem, sessions, seed, start)
    tries = 0
    while walk.broken and work.left > 0 and walk.fits:
        walk.go(work, FIRST_TRY * len(sessions), 60.0 if tries == 0 else 40.0, 8.0, 0.05, stop=1)
        tries += 1
    if walk.broken or not walk.fits:
        return None
    if not first_only and work.left > 0:
        walk.go(work, int(work.left * MOVES_A_UNIT), FROM_GIVEN if start else WARM, COLD)
    found = walk.placements()
    return None if faults(problem, found) else found


class _Walk:
    """One search: the state, the best so far and the random numbers."""

    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        seed: int,
        start: Mapping[str, Placement] | None,
    ) -> None:
        self.problem, self.sessions = problem, sessions
        self.course = compile_course(problem, sessions)
        self.logs = new_log(self.course), new_log(self.course)
        self.rng = np.array([seed % 2147483646 + 1], dtype=np.int64)
        self.table = patience()
        given = chosen(problem, sessions, self.course, start) if start else None
        if given is None:
            begin = empty_state(self.course)
            given = begin.start.copy(), begin.room.copy(), begin.fills.copy()
        self._anywhere(given, random.Random(seed))  # noqa: S311 -- no secret depends on it
        self.totals = np.zeros(4, dtype=np.int64)
        self.best = given
        self._lay()
        self.best = (self.state.start.copy(), self.state.room.copy(), self.state.fills.copy())

    def _anywhere(self, given: tuple[Ints, Ints, Ints], rng: random.Random) -> None:
        """Give sessions that stand nowhere any start and room, and trainers with least to do."""
        course, (start, room, fills) = self.course, given
        load: dict[int, int] = {}
        for one in range(len(self.sessions)):
            slot = int(course.slot_first[one])
            slots = range(slot, slot + int(course.slot_count[one]))
            if start[one] < 0:
                start[one] = rng.choice(course.starts[one, : course.start_count[one]])
                room[one] = rng.choice(course.rooms[one, : max(1, course.room_count[one])])
                for k in slots:
                    able = {int(t) for t in course.able[k, : course.able_count[k]]}
                    able -= {int(fills[j]) for j in slots if j < k}
                    if able:
                        fills[k] = min(able, key=lambda t: (load.get(t, 0), t))
            for k in slots:
                load[int(fills[k])] = load.get(int(fills[k]), 0) + int(course.minutes[one])

    @property
    def broken(self) -> bool:
        """Whether the best state breaks a rule."""
        return bool(self.totals[2] > 0)

    def _lay(self) -> None:
        """Make the state that of the best."""
        self.state = empty_state(self.course)
        hard, soft = lay(self.course, self.state, self.logs[0], self.rng, *self.best)
        self.fits = hard >= 0
        self.totals[:] = hard, soft, hard, soft

    def go(
        self, work: Work, moves: int, warm: float, cold: float, soft: float = 1.0, stop: int = 0
    ) -> None:
        """Walk from the best state for so many moves and take them off the work."""
        self._lay()
        moves = max(1, min(moves, int(work.left * MOVES_A_UNIT)))
        cooler = float((cold / warm) ** (AT_ONCE / max(moves, AT_ONCE)))
        heat = np.array([warm, cooler, 1.0, soft])
        made = anneal(
            self.course,
            self.state,
            *self.logs,
            self.rng,
            self.table,
            moves,
            heat,
            self.totals,
            self.best,
            stop,
        )
        work.left -= made / MOVES_A_UNIT

    def placements(self) -> dict[str, Placement]:
        """Where the best state has every session."""
        state = empty_state(self.course)
        state.start[:], state.room[:], state.fills[:] = self.best
        return read_placements(self.problem, self.sessions, self.course, state)
