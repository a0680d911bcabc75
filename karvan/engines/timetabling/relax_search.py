"""Find the smallest single changes that free a clash, and verify each by solving again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from .answer import Clash, ClashKind, Placement, Remedy, RemedyKind
from .check import faults
from .kernel_search import search_placements
from .model import TimetableModel
from .parts import independent_parts
from .precheck import quick_reasons
from .problem import Session, TimetableProblem
from .relax import only_sessions, with_remedy
from .relax_levers import Lever, levers_of, sessions_in
from .search import Work, is_found, run
from .shared_rules import add_rules

Finder = Callable[[TimetableProblem, Sequence[Session]], Mapping[str, Placement] | None]

ENOUGH, FIRST_TRIES = 4, 2
FOR_THE_CLASH, FOR_THE_WHOLE, ONE_TRY, ONE_SEARCH = 3.0, 3.0, 0.5, 1.5
# Parts with more sessions than this are searched before CP-SAT is asked.
SMALL = 40
UNTOLD_BEFORE_GIVING_UP = 1
LEAST_FOR_A_SESSION = 0.005


def find_remedies(
    problem: TimetableProblem,
    reasons: Iterable[Clash],
    *,
    seed: int,
    work: Work,
    before: Mapping[str, Placement] | None = None,
    held: frozenset[str] = frozenset(),
    find: Finder | None = None,
) -> tuple[Remedy, ...]:
    """Return single changes that free an impossible problem, the least kinds first.

    Each change that could matter is tried on the sessions of the clash alone, with the smallest
    amount that frees them found by halving; then the whole problem is solved with it. Four
    changes of different kinds are enough. Where none frees the whole problem, or the work does
    not allow to tell, those that free the clash are returned, with ``suffices`` false.

    Args:
        reasons: as named by ``NoTimetable``; reasons found before any search are each a clash
            of their own.
        before, held: of a repair.
        work: at most 6 units of it are used.
        find: the search to try before CP-SAT, instead of the one that builds large courses;
            what it finds is checked.

    Cost: tens of small models for the clash, and one whole model for each change that frees it.
    """
    listed = tuple(reasons)
    searched = any(clash.kind == ClashKind.SESSION for clash in listed)
    clashes = [listed] if searched else [(clash,) for clash in listed]
    share = Work(min(work.left, FOR_THE_CLASH))
    given = share.left
    whole = _Whole(problem, seed, Work(min(work.left - given, FOR_THE_WHOLE)), before, held, find)
    enough: list[Remedy] = []
    partial: list[Remedy] = []
    for clash in clashes:
        tried = _Tried(problem, clash, seed, share, before, held)
        _look_through(tried, whole, enough, partial)
    work.left -= given - share.left + whole.used
    return tuple(dict.fromkeys(enough or partial))


def _look_through(
    tried: _Tried, whole: _Whole, enough: list[Remedy], partial: list[Remedy]
) -> None:
    """Add to ``enough`` what frees everything, and to ``partial`` what frees the clash.

    Every kind of change has a few tries; only where none of them frees everything, all the
    others have theirs too.
    """
    levers = levers_of(tried.problem, tried.clash)
    kinds = {remedy.kind for remedy in enough}
    freed: set[RemedyKind] = set()
    for tries in (FIRST_TRIES, len(levers) * len(tried.problem.days)):
        left = dict.fromkeys(RemedyKind, tries)
        for lever in levers:
            if lever.kind in kinds or len(kinds) >= ENOUGH or left[lever.kind] <= 0:
                continue
            for remedy in tried.least(lever)[: left[lever.kind]]:
                left[lever.kind] -= 1
                least = whole.least(lever, remedy)
                if least is not None:
                    enough.append(least)
                    kinds.add(lever.kind)
                    break
                if lever.kind not in freed and len(freed) < ENOUGH:
                    freed.add(lever.kind)
                    partial.append(replace(remedy, suffices=False))
        if enough:
            return


class _Tried:
    """The sessions of one clash alone, tried with one change after the other."""

    def __init__(
        self,
        problem: TimetableProblem,
        clash: Sequence[Clash],
        seed: int,
        work: Work,
        before: Mapping[str, Placement] | None,
        held: frozenset[str],
    ) -> None:
        self.problem, self.clash, self.seed, self.work = problem, clash, seed, work
        self.before, self.held = before, held
        self.alone = only_sessions(problem, sessions_in(problem, clash))
        self._least: dict[Lever, list[Remedy]] = {}

    def least(self, lever: Lever) -> list[Remedy]:
        """The change by the smallest amount that frees the clash; several to choose from."""
        if lever not in self._least:
            self._least[lever] = self._search(lever)
        return self._least[lever]

    def _search(self, lever: Lever) -> list[Remedy]:
        if lever.kind == RemedyKind.MORE_DAYS:
            return self._least_days(lever)
        if not self._frees(lever.remedy(lever.amounts[-1])):
            return []
        low, high = 0, len(lever.amounts) - 1
        while low < high:
            middle = (low + high) // 2
            if self._frees(lever.remedy(lever.amounts[middle])):
                high = middle
            else:
                low = middle + 1
        return [lever.remedy(lever.amounts[high])]

    def _least_days(self, lever: Lever) -> list[Remedy]:
        """One day more of the trainer, any that does, or else as few days as are needed."""

        def with_days(days: Sequence[str]) -> Remedy:
            return Remedy(RemedyKind.MORE_DAYS, (*lever.keys, *days), len(days))

        if not self._frees(with_days(lever.choices)):
            return []
        ones = [with_days((day,)) for day in lever.choices]
        able = [remedy for remedy in ones if len(lever.choices) == 1 or self._frees(remedy)]
        if able:
            return able
        days = list(lever.choices)
        for day in lever.choices:
            fewer = [other for other in days if other != day]
            if self._frees(with_days(fewer)):
                days = fewer
        return [with_days(days)]

    def _frees(self, remedy: Remedy) -> bool:
        if self.work.left <= 0:
            return False
        changed = with_remedy(self.alone, remedy)
        held = self.held & {s.key for s in changed.sessions}
        if remedy.kind == RemedyKind.RELEASED:
            held -= set(remedy.keys)
        if quick_reasons(changed):
            return False
        found = _solve(changed, changed.sessions, self.seed, self.work, self.before, held)
        return is_found(found)


class _Whole:
    """The whole problem, solved with one change after the other."""

    def __init__(
        self,
        problem: TimetableProblem,
        seed: int,
        work: Work,
        before: Mapping[str, Placement] | None,
        held: frozenset[str],
        find: Finder | None,
    ) -> None:
        self.problem, self.seed, self.work = problem, seed, work
        self.given, self.untold = work.left, 0
        self.before, self.held, self.find = before, held, find
        self._tried: set[Remedy] = set()
        self._known: set[tuple[int, ...]] = set()
        self._changed: list[TimetableProblem] = []

    @property
    def used(self) -> float:
        """The work it took so far."""
        return self.given - self.work.left

    def least(self, lever: Lever, remedy: Remedy) -> Remedy | None:
        """The change by this amount or, if that is too little, by the least that suffices."""
        if remedy in self._tried:
            return None
        self._tried.add(remedy)
        if self._suffices(remedy):
            return remedy
        more = list(_more(lever, remedy))
        if not more or not self._suffices(more[-1]):
            return None
        low, high = 0, len(more) - 1
        while low < high:
            middle = (low + high) // 2
            if self._suffices(more[middle]):
                high = middle
            else:
                low = middle + 1
        return more[high]

    def _suffices(self, remedy: Remedy) -> bool:
        if self.work.left <= 0 or self.untold >= UNTOLD_BEFORE_GIVING_UP:
            return False
        changed = with_remedy(self.problem, remedy)
        self._changed.append(changed)
        if quick_reasons(changed):
            return False
        if self.before is not None:
            released = set(remedy.keys) if remedy.kind == RemedyKind.RELEASED else set()
            held = (self.held & {s.key for s in changed.sessions}) - released
            return self._can_be_held(changed, changed.sessions, held)
        parts = sorted(independent_parts(changed), key=len)
        return all(self._can_be_held(changed, part, frozenset()) for part in parts)

    def _can_be_held(
        self, changed: TimetableProblem, part: Sequence[Session], held: frozenset[str]
    ) -> bool:
        """Whether the part has a timetable; one that has keeps it when something is eased."""
        same = tuple(id(session) for session in part)
        if same in self._known:
            return True
        found = self._found_quickly(changed, part, held) or self._solved(changed, part, held)
        if found and self.before is None and self._unchanged(changed):
            self._known.add(same)
        return found

    def _found_quickly(
        self, changed: TimetableProblem, part: Sequence[Session], held: frozenset[str]
    ) -> bool:
        if held or (self.find is None and len(part) <= SMALL):
            return False
        placements = self._find(changed, part) if self.find is None else self.find(changed, part)
        if placements is None or {s.key for s in part} - set(placements):
            return False
        return not faults(changed, {s.key: placements[s.key] for s in part})

    def _find(
        self, changed: TimetableProblem, part: Sequence[Session]
    ) -> Mapping[str, Placement] | None:
        one_try = Work(min(self.work.left, ONE_SEARCH))
        given = one_try.left
        found = search_placements(changed, part, seed=self.seed, work=one_try, first_only=True)
        self.work.left -= given - one_try.left
        return found

    def _solved(
        self, changed: TimetableProblem, part: Sequence[Session], held: frozenset[str]
    ) -> bool:
        one_try = Work(min(self.work.left, ONE_TRY))
        given = one_try.left
        status = _solve(changed, part, self.seed, one_try, self.before, held)
        self.work.left -= given - one_try.left
        self.untold += status == cp_model.UNKNOWN
        return is_found(status)

    def _unchanged(self, changed: TimetableProblem) -> bool:
        """Whether nothing but sessions differs from the problem itself."""
        return all(
            getattr(self.problem, what) is getattr(changed, what)
            for what in ("days", "rooms", "trainers", "equipment")
        )


def _more(lever: Lever, remedy: Remedy) -> Iterator[Remedy]:
    """The same change by every larger amount."""
    if lever.kind == RemedyKind.MORE_DAYS:
        days = [*remedy.keys[1:], *(key for key in lever.choices if key not in remedy.keys[1:])]
        for count in range(remedy.amount + 1, len(days) + 1):
            yield Remedy(RemedyKind.MORE_DAYS, (*lever.keys, *days[:count]), count)
    else:
        for amount in lever.amounts:
            if amount > remedy.amount:
                yield lever.remedy(amount)


def _solve(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    seed: int,
    work: Work,
    before: Mapping[str, Placement] | None,
    held: frozenset[str],
) -> cp_model.CpSolverStatus:
    """Whether these sessions can be held; building the model counts as work too."""
    keys = {s.key for s in sessions}
    known = {key: at for key, at in (before or {}).items() if key in keys}
    model = TimetableModel(problem, sessions, before=known, held=held & set(known))
    if not all(model.windows.values()):
        return cp_model.INFEASIBLE
    add_rules(model)
    for session in model.sessions:
        if session.key in known:
            model.hint(session, known[session.key])
    work.left -= LEAST_FOR_A_SESSION * len(sessions)
    if work.left <= 0:
        return cp_model.UNKNOWN
    _, status = run(model.cp, seed=seed, work=work)
    return status
