"""Which sets of sessions no single day can hold, found by looking at its hours.

A model of days knows how much a day holds, not how it is laid out. Where it puts sessions on a day
that the hours of that day cannot take, a smallest set of them that is still too much is forbidden
there: on every such day, and for every set of groups that could change places (logic-based Benders
cuts [1]). Trainers who travel count as there only while they stay; a set that can be held only with
one of them is forbidden without.

[1] J. N. Hooker, G. Ottosson (2003). Logic-based Benders decomposition. Mathematical Programming
    96, 33-60. doi:10.1007/s10107-003-0375-9
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from .alike import Alike
from .bounds_slots import SlotModel
from .days import DayModel
from .problem import TimetableProblem
from .search import Work, new_solver, solve

# Work of writing down one day, and most of it for one look at a day.
A_DAY, ONE_DAY = 0.003, 0.2


@dataclass(frozen=True, slots=True)
class TooMuch:
    """These sessions cannot all be on the day while none of these trainers stays there."""

    day: int
    sessions: frozenset[str]
    away: frozenset[str]


class HeldDays:
    """What single days can hold, remembered.

    found: the sets known to be too much, in the order in which they were found.
    """

    def __init__(self, model: DayModel, seed: int) -> None:
        self.model, self.seed = model, seed
        self.alike = Alike(model.problem, model.sessions, model.open)
        self.found: dict[TooMuch, None] = {}
        self._known: dict[tuple[int, frozenset[str], frozenset[str]], bool] = {}
        self._alone: dict[tuple[int, frozenset[str]], TimetableProblem] = {}

    def look(self, chosen: Container[int], work: Work) -> set[int]:
        """Forbid in the model what the chosen days cannot hold, and return these days.

        chosen: indexes of the literals of the model of days that are true.
        """
        wrong: set[int] = set()
        for day in range(len(self.model.slots)):
            keys = frozenset(
                key for key, on in self.model.on.items() if day in on and on[day].index in chosen
            )
            away = frozenset(
                trainer
                for trainer, there in self.model.there.items()
                if day not in there or there[day].index not in chosen
            )
            if keys and not self.holds(day, keys, away, work):
                wrong.add(day)
                self._forbid(self._smallest(day, keys, away, work), work)
        return wrong

    def holds(self, day: int, keys: frozenset[str], away: frozenset[str], work: Work) -> bool:
        """Whether the day could hold the sessions; also true where a short look does not tell."""
        known = (day, keys, away)
        if known not in self._known:
            self._known[known] = self._could_hold(day, keys, away, work)
        return self._known[known]

    def _could_hold(self, day: int, keys: frozenset[str], away: frozenset[str], work: Work) -> bool:
        sessions = [self.model.by_key[key] for key in sorted(keys)]
        slots = SlotModel(self._only(day, away), sessions, with_cost=False)
        work.left -= A_DAY
        if not slots.possible:
            return False
        solver = new_solver(self.seed, Work(ONE_DAY))
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_presolve = False
        status = solve(solver, slots.cp, work)
        return status != cp_model.INFEASIBLE

    def _only(self, day: int, away: frozenset[str]) -> TimetableProblem:
        """The problem with this day alone, and without the trainers who are away."""
        if (day, away) not in self._alone:
            problem = self.model.problem
            self._alone[day, away] = replace(
                problem,
                sessions=(),
                wishes=(),
                days=tuple(
                    one if n == day else replace(one, periods=())
                    for n, one in enumerate(problem.days)
                ),
                trainers=tuple(
                    replace(t, days=frozenset()) if t.key in away else t for t in problem.trainers
                ),
            )
        return self._alone[day, away]

    def _smallest(
        self, day: int, keys: frozenset[str], away: frozenset[str], work: Work
    ) -> TooMuch:
        """The set without all that can be left out of it while it stays too much."""
        for trainer in sorted(away):
            if not self.holds(day, keys, away - {trainer}, work):
                away -= {trainer}
        for key in sorted(keys):
            if len(keys) > 1 and not self.holds(day, keys - {key}, away, work):
                keys -= {key}
        return TooMuch(day, keys, away)

    def _forbid(self, one: TooMuch, work: Work) -> None:
        for day in range(len(self.model.slots)):
            if any(day not in self.model.on[key] for key in one.sessions):
                continue
            if self.holds(day, one.sessions, one.away, work):
                continue
            for keys in self.alike.images(one.sessions):
                self._add(TooMuch(day, keys, one.away))

    def _add(self, cut: TooMuch) -> None:
        if cut in self.found or any(cut.day not in self.model.on[key] for key in cut.sessions):
            return
        self.found[cut] = None
        forbid(self.model, cut)

    def in_order(self) -> None:
        """Let the groups that could change places come in one order: no cost is lost by that."""
        for keys in self.alike.ordered():
            for early, late in zip(keys, keys[1:], strict=False):
                for day, lit in self.model.by[late].items():
                    self.model.cp.add_implication(lit, self.model.by[early][day])


def forbid(model: DayModel, cut: TooMuch) -> None:
    """Add the rule that what is too much for a day is not on it."""
    stays = [
        there[cut.day] for key in sorted(cut.away) if cut.day in (there := model.there.get(key, {}))
    ]
    model.cp.add_bool_or([*(~model.on[key][cut.day] for key in sorted(cut.sessions)), *stays])
