"""Times on a coarse grid as a CP-SAT model that counts rooms instead of choosing them.

Rooms, and trainers who are all at home, are counted in Hall sets [1]: at any time no more sessions
run than there are rooms, or trainers, that any of them could use. Trainers who travel are chosen.
So every timetable is an answer of the model, and its bound holds for the whole problem.

[1] P. Hall (1935). On representatives of subsets. J. London Math. Soc. 10, 26-30.
    doi:10.1112/jlms/s1-10.37.26
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from ortools.sat.python import cp_model

from .bounds_slot_costs import SlotCosts
from .openings import Openings, has_time, split_roles, unions
from .people_rules import sharing
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem, Trainer
from .windows import allowed_windows, periods

# More pairs of session and start than this are too many for the model.
MOST_STARTS = 40_000


def has_slots(problem: TimetableProblem, sessions: Sequence[Session]) -> bool:
    """Whether every length is a number of slots, and no goal or rule is there that slots miss."""
    step = problem.step
    even = all(s.minutes % step == 0 and s.fixed is None for s in sessions)
    even = even and all((p.end - p.start) % step == 0 for p in periods(problem))
    if not even or problem.wishes or len({r.city for r in problem.rooms}) > 1:
        return False
    starts = sum(len(w.starts()) for s in sessions for w in allowed_windows(problem, s))
    return starts <= MOST_STARTS


class SlotModel(SlotCosts):
    """Starts of sessions, chosen trainers who travel, and what they cost at least.

    held:     starts (minutes on the line) of sessions that stay where they are.
    on_days:  the only days open to some sessions.
    openings: where they have been looked up already.
    """

    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        *,
        held: Mapping[str, int] | None = None,
        on_days: Mapping[str, Container[int]] | None = None,
        openings: Openings | None = None,
        with_cost: bool = True,
    ) -> None:
        self.cp = cp_model.CpModel()
        self.problem, self.held, self.on_days = problem, held or {}, on_days or {}
        self.sessions = sorted(sessions, key=lambda s: s.key)
        self.cells = [
            (start, p.day)
            for p in periods(problem)
            for start in range(p.start, p.end, problem.step)
        ]
        self.starts: dict[str, list[int]] = {}
        self.at: dict[str, dict[int, Literal]] = {}
        self.by: dict[str, list[Literal]] = {}
        self.on_day: dict[str, dict[int, Literal]] = {}
        self.covers: dict[str, dict[int, list[Literal]]] = {}
        self.taught: dict[tuple[str, str, str], dict[int, Literal]] = {}
        self.possible = True
        self.cost = 0
        self.open = openings or Openings(problem, self.sessions)
        self.rooms_of, self._able = self.open.rooms_of, self.open.able
        for session in self.sessions:
            self._when(session)
        if not self.possible:
            return
        self._groups()
        self._hall_rooms()
        self._trainers()
        self._pools()
        self._orders()
        if with_cost:
            self.add_costs()
            self.cp.minimize(self.cost)

    # When.

    def _when(self, session: Session) -> None:
        key = session.key
        starts = [self.held[key]] if key in self.held else self.open.starts[key]
        if key in self.on_days:
            starts = [t for t in starts if t // MINUTES_A_DAY in self.on_days[key]]
        self.starts[key] = starts
        if not starts:
            self.possible = False
            return
        at = {t: self.cp.new_bool_var("") for t in starts}
        self.at[key] = at
        self.cp.add_exactly_one(at.values())
        self.by[key] = self._order_literals(list(at.values()))
        days: dict[int, list[Literal]] = defaultdict(list)
        covers: dict[int, list[Literal]] = defaultdict(list)
        for t, literal in at.items():
            days[t // MINUTES_A_DAY].append(literal)
            for cell in range(t, t + session.minutes, self.problem.step):
                covers[cell].append(literal)
        self.covers[key] = covers
        self.on_day[key] = {}
        for day, literals in days.items():
            here = literals[0] if len(literals) == 1 else self.cp.new_bool_var("")
            if len(literals) > 1:
                self.cp.add(sum(literals) == here)
            self.on_day[key][day] = here

    def _order_literals(self, at: list[Literal]) -> list[Literal]:
        """For each start, whether the session starts then or earlier."""
        by = [at[0]]
        for literal in at[1:]:
            sooner = self.cp.new_bool_var("")
            self.cp.add(sooner == by[-1] + literal)
            by.append(sooner)
        return by

    # Rules.

    def _groups(self) -> None:
        for group in self.problem.groups:
            self._one_at_a_time([s for s in self.sessions if group.key in s.groups])
        for one, other in sharing(self.problem):
            both = {one, other}
            self._one_at_a_time([s for s in self.sessions if both & set(s.groups)])

    def _one_at_a_time(self, sessions: list[Session]) -> None:
        for cell, _ in self.cells:
            here = [lit for s in sessions for lit in self.covers[s.key].get(cell, ())]
            if len(here) > 1:
                self.cp.add_at_most_one(here)

    def _hall_rooms(self) -> None:
        for union in unions({rooms for rooms in self.rooms_of.values() if rooms}):
            inside = [s for s in self.sessions if s.room_kind and self.rooms_of[s.key] <= union]
            for cell, _ in self.cells:
                most = sum(cell in self.open.free[key] for key in union)
                self._at_most(inside, cell, most)

    def _at_most(self, sessions: list[Session], cell: int, most: int) -> None:
        here = [lit for s in sessions for lit in self.covers[s.key].get(cell, ())]
        if len({s.key for s in sessions if cell in self.covers[s.key]}) > most:
            if most == 1:
                self.cp.add_at_most_one(here)
            else:
                self.cp.add(sum(here) <= most)

    def _trainers(self) -> None:
        given: dict[str, list[tuple[Session, int, Literal]]] = defaultdict(list)
        for session in self.sessions:
            for key in session.trainers:
                given[key] += [(session, t, lit) for t, lit in self.at[session.key].items()]
        chosen, counted = split_roles(self.open, self.sessions)
        for session, role, able in chosen:
            self._choose(session, role, able, given)
        for trainer in self.problem.trainers:
            self._keep(trainer, given[trainer.key])
        self.given = given
        self._hall_trainers(counted)

    def _choose(
        self,
        session: Session,
        role: str,
        able: Sequence[Trainer],
        given: dict[str, list[tuple[Session, int, Literal]]],
    ) -> None:
        count = session.trainer_roles[role]
        who = {t.key: self.cp.new_bool_var("") for t in able}
        self.cp.add(sum(who.values()) == count)
        for t, literal in self.at[session.key].items():
            day = t // MINUTES_A_DAY
            there = [x for x in able if has_time(x, session, day)]
            lits = [literal] * len(there)
            if len(there) > count:
                lits = [self.cp.new_bool_var("") for _ in there]
                self.cp.add(sum(lits) == count * literal)
            for trainer, lit in zip(there, lits, strict=True):
                self.cp.add_implication(lit, who[trainer.key])
                self.taught.setdefault((session.key, role, trainer.key), {})[t] = lit
                given[trainer.key].append((session, t, lit))

    def _keep(self, trainer: Trainer, given: list[tuple[Session, int, Literal]]) -> None:
        """One session at a time, and no more minutes than allowed."""
        step = self.problem.step
        cells: dict[int, list[Literal]] = defaultdict(list)
        days: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        weeks: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        for session, t, lit in given:
            for cell in range(t, t + session.minutes, step):
                cells[cell].append(lit)
            day = t // MINUTES_A_DAY
            days[day].append((session.minutes, lit))
            weeks[self.problem.week_of(day)].append((session.minutes, lit))
        for here in cells.values():
            self.cp.add_at_most_one(here)
        for most, stretches in (
            (trainer.max_minutes_per_day, days),
            (trainer.max_minutes_per_week, weeks),
        ):
            for taken in stretches.values():
                if most is not None and sum(m for m, _ in taken) > most:
                    self.cp.add(sum(m * lit for m, lit in taken) <= most)

    def _hall_trainers(self, counted: Mapping[frozenset[str], list[Session]]) -> None:
        for union in unions(set(counted)):
            inside = [s for keys, held in counted.items() if keys <= union for s in held]
            trainers = [t for t in self.problem.trainers if t.key in union]
            for cell, day in self.cells:
                self._at_most(inside, cell, sum(t.there_on(day) for t in trainers))
            for day in sorted({day for _, day in self.cells}):
                there = [t for t in trainers if t.there_on(day)]
                if any(t.max_minutes_per_day is None for t in there):
                    continue
                most = sum(t.max_minutes_per_day or 0 for t in there)
                taken = [(s.minutes, lit) for s in inside if (lit := self.on(s, day)) is not None]
                if sum(m for m, _ in taken) > most:
                    self.cp.add(sum(m * lit for m, lit in taken) <= most)
            self._weekly(inside, trainers)

    def _weekly(self, inside: list[Session], trainers: list[Trainer]) -> None:
        if any(t.max_minutes_per_week is None for t in trainers):
            return
        most = sum(t.max_minutes_per_week or 0 for t in trainers)
        for week in sorted({self.problem.week_of(day) for _, day in self.cells}):
            taken = [
                (s.minutes, lit)
                for s in inside
                for day, lit in self.on_day[s.key].items()
                if self.problem.week_of(day) == week
            ]
            if sum(m for m, _ in taken) > most:
                self.cp.add(sum(m * lit for m, lit in taken) <= most)

    def _pools(self) -> None:
        for item in sorted({item for s in self.sessions for item in s.equipment}):
            most = self.problem.pool(item) + sum(
                r.equipment.get(item, 0) for r in self.problem.rooms
            )
            using = [s for s in self.sessions if item in s.equipment]
            for cell, _ in self.cells:
                here = [
                    (s.equipment[item], lit)
                    for s in using
                    for lit in self.covers[s.key].get(cell, ())
                ]
                if sum(count for count, _ in here) > most:
                    self.cp.add(sum(count * lit for count, lit in here) <= most)

    def _orders(self) -> None:
        by_key = {s.key: s for s in self.sessions}
        for late in self.sessions:
            for key, gap in late.after:
                if key in by_key:
                    self._follows(by_key[key], late, by_key[key].minutes + gap)
            for key, gap in late.no_later:
                if key in by_key:
                    self._follows(late, by_key[key], -by_key[key].minutes - gap)
            for key in late.same_day_as:
                if key in by_key:
                    self._same_day(late, by_key[key])
            for key in late.not_same_day_as:
                if key in by_key:
                    for day, lit in self.on_day[late.key].items():
                        other = self.on(by_key[key], day)
                        if other is not None:
                            self.cp.add_bool_or([~lit, ~other])

    def _follows(self, early: Session, late: Session, gap: int) -> None:
        """The late one starts at least so many minutes after the start of the early one."""
        firsts, k = self.starts[early.key], 0
        for t, by in zip(self.starts[late.key], self.by[late.key], strict=True):
            while k < len(firsts) and firsts[k] + gap <= t:
                k += 1
            if k == 0:
                self.cp.add_bool_or([~by])
            else:
                self.cp.add_implication(by, self.by[early.key][k - 1])

    def _same_day(self, one: Session, other: Session) -> None:
        for a, b in ((one, other), (other, one)):
            for day, lit in self.on_day[a.key].items():
                there = self.on(b, day)
                self.cp.add_bool_or([~lit] if there is None else [~lit, there])

    # Reading and hinting.

    def hint(
        self, starts: Mapping[str, int], roles: Mapping[tuple[str, str], tuple[str, ...]]
    ) -> None:
        """Let the search begin from these starts and trainers of (session, role)."""
        for key, at in self.at.items():
            for t, lit in at.items():
                self.cp.add_hint(lit, starts[key] == t)
        seen: set[int] = set()
        for (key, role, trainer), literals in self.taught.items():
            for t, lit in literals.items():
                if lit.index != self.at[key][t].index and lit.index not in seen:
                    seen.add(lit.index)
                    self.cp.add_hint(
                        lit, starts[key] == t and trainer in roles.get((key, role), ())
                    )

    def read(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """The start of each session, in minutes on the line."""
        return {
            key: next(t for t, lit in at.items() if solver.value(lit))
            for key, at in self.at.items()
        }

    def read_roles(self, solver: cp_model.CpSolver) -> dict[tuple[str, str], tuple[str, ...]]:
        """The trainers that were chosen, by session and role."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for (key, role, trainer), literals in self.taught.items():
            if any(solver.value(lit) for lit in literals.values()):
                found[key, role] = (*found.get((key, role), ()), trainer)
        return found
