"""The rules of a timetable as a CP-SAT model: when, where and with whom each session is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from .answer import Clash, ClashKind, Placement
from .check import minute_of
from .posted import Literal, Posted
from .problem import MINUTES_A_DAY, Room, Session, TimetableProblem, Trainer
from .windows import Window, allowed_windows, grid_windows, window_at

NO_PLACEMENTS: Mapping[str, Placement] = {}


class TimetableModel:
    """Variables and rules for some sessions of a problem, ready to be given a goal.

    sessions: those to place; the others are left out as if they did not exist.
    before:   where sessions stood; such a place is open to them even off the grid.
    held:     keys of sessions that stay where they stood.
    rules, guarded: see ``Posted``. Without guards every session is held and every rule holds.
    """

    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        *,
        before: Mapping[str, Placement] = NO_PLACEMENTS,
        held: frozenset[str] = frozenset(),
        rules: frozenset[Clash] | None = None,
        guarded: bool = False,
    ) -> None:
        self.cp = cp_model.CpModel()
        self.problem = problem
        self.posted = Posted(self.cp, rules=rules, guarded=guarded)
        self.before = before
        self.fixed = held
        self.held: dict[str, Literal] = {}
        self.sessions: list[Session] = []
        for session in sorted(sessions, key=lambda s: s.key):
            literal = self.posted.literal(ClashKind.SESSION, session.key)
            if literal is not None:
                self.sessions.append(session)
                self.held[session.key] = literal
        self.windows: dict[str, tuple[Window, ...]] = {}
        self.start: dict[str, cp_model.IntVar] = {}
        self.within: dict[str, dict[Window, Literal]] = {}
        self.on_day: dict[str, dict[int, Literal]] = {}
        self.in_room: dict[str, dict[str, Literal]] = {}
        self.fills: dict[tuple[str, str, str], Literal] = {}
        self._groups = {group.key: group for group in problem.groups}
        self._teaches: dict[tuple[str, str], Literal | None] = {}
        for session in self.sessions:
            self._when(session)
            self._where(session)
            self._with_whom(session)

    def interval(self, session: Session, presence: Literal) -> cp_model.IntervalVar:
        """The session's stretch of time, there when the literal is true."""
        start = self.start[session.key]
        return self.cp.new_optional_fixed_size_interval_var(start, session.minutes, presence, "")

    def teaches(self, session: Session, trainer: str) -> Literal | None:
        """Whether the trainer is in the session; None when that cannot be."""
        if (session.key, trainer) not in self._teaches:
            self._teaches[session.key, trainer] = self._new_teaches(session, trainer)
        return self._teaches[session.key, trainer]

    def given_by(self, trainer: str) -> list[tuple[Session, Literal]]:
        """The sessions the trainer may be in, each with the literal that says so."""
        maybe = [(s, self.teaches(s, trainer)) for s in self.sessions]
        return [(s, literal) for s, literal in maybe if literal is not None]

    def understood(self, session: Session, trainer: Trainer) -> bool:
        """Whether the trainer shares a language with each of the session's groups."""
        return all(trainer.understands(self._groups[key]) for key in session.groups)

    def _new_teaches(self, session: Session, trainer: str) -> Literal | None:
        if trainer in session.trainers:
            return self.held[session.key]
        roles = [self.fills.get((session.key, role, trainer)) for role in session.trainer_roles]
        able = [literal for literal in roles if literal is not None]
        if len(able) < 2:
            return able[0] if able else None
        either = self.cp.new_bool_var("")
        self.cp.add(sum(able) == either)
        return either

    def open_to(self, session: Session) -> dict[str, Room]:
        """The rooms that suit the session's kind and number."""
        seats, kind = self.problem.seats_needed(session), session.room_kind
        return {
            room.key: room
            for room in sorted(self.problem.rooms, key=lambda r: r.key)
            if kind is not None and room.serves(kind) and room.seats >= seats
        }

    def _when(self, session: Session) -> None:
        key = session.key
        allowed = self._allowed(session)
        kind = ClashKind.HELD if key in self.fixed else ClashKind.DAY_RANGE
        kind = ClashKind.FIXED if session.fixed and kind != ClashKind.HELD else kind
        rule = self.posted.literal(kind, key)
        whole = self.posted.guarded or rule is None
        every = tuple(dict.fromkeys(allowed + grid_windows(self.problem, session)))
        windows = every if whole else allowed
        starts = sorted({start for window in windows for start in window.starts()})
        self.windows[key] = windows
        self.start[key] = self.cp.new_int_var_from_domain(
            cp_model.Domain.from_values(starts), f"start {key}"
        )
        self.within[key] = {window: self.cp.new_bool_var("") for window in windows}
        self.cp.add_exactly_one(self.within[key].values())
        for window, inside in self.within[key].items():
            start = self.start[key]
            self.cp.add_linear_constraint(start, window.first, window.last).only_enforce_if(inside)
            if window not in allowed and rule is not None:
                self.posted.when(self.cp.add(inside == 0), rule)
        self._tighten_start(key)
        self._days(key)

    def _allowed(self, session: Session) -> tuple[Window, ...]:
        at = self.before.get(session.key)
        old = None
        if at is not None:
            old = window_at(self.problem, session.minutes, minute_of(at))
        if session.key in self.fixed:
            return () if old is None else (old,)
        windows = allowed_windows(self.problem, session)
        first, last = session.day_range or (0, len(self.problem.days) - 1)
        if old is None or session.fixed or not first <= old.period.day <= last:
            return windows
        new = all(old.first not in window.starts() for window in windows)
        return windows + ((old,) if new else ())

    def _tighten_start(self, key: str) -> None:
        """Tell the linear relaxation what the windows say of the start."""
        within, start = self.within[key].items(), self.start[key]
        self.cp.add(start >= sum(window.first * inside for window, inside in within))
        self.cp.add(start <= sum(window.last * inside for window, inside in within))

    def _days(self, key: str) -> None:
        by_day: dict[int, list[Literal]] = {}
        for window, inside in self.within[key].items():
            by_day.setdefault(window.period.day, []).append(inside)
        self.on_day[key] = {}
        for day, inside_one in by_day.items():
            if len(by_day) == 1:
                self.on_day[key][day] = self.posted.true
            elif len(inside_one) == 1:
                self.on_day[key][day] = inside_one[0]
            else:
                self.on_day[key][day] = self.cp.new_bool_var("")
                self.cp.add(sum(inside_one) == self.on_day[key][day])

    def _where(self, session: Session) -> None:
        key = session.key
        rule = self.posted.literal(ClashKind.ROOM, key)
        rooms = self.open_to(session)
        self.in_room[key] = {room: self.cp.new_bool_var(f"{key} in {room}") for room in rooms}
        choice = list(self.in_room[key].values())
        self.cp.add_at_most_one(choice)
        if rule is None or session.room_kind is None:
            return
        self.posted.when(self.cp.add_bool_or(choice), rule, self.held[key])
        at = self.before.get(key)
        kind = ClashKind.HELD if key in self.fixed else ClashKind.FIXED
        room = at.room if key in self.fixed and at else session.fixed and session.fixed[2]
        settled = self.posted.literal(kind, key)
        if room and settled is not None:
            self.posted.when(self.cp.add_bool_or([self.in_room[key][room]]), settled, rule)

    def _with_whom(self, session: Session) -> None:
        key = session.key
        for role, count in sorted(session.trainer_roles.items()):
            rule = self.posted.literal(ClashKind.ROLE, key, role)
            if rule is None:
                continue
            for trainer in sorted(self.problem.trainers, key=lambda t: t.key):
                if self._may_fill(session, role, trainer):
                    literal = self.cp.new_bool_var(f"{trainer.key} {role} {key}")
                    self.fills[key, role, trainer.key] = literal
            able = [lit for (k, r, _), lit in self.fills.items() if (k, r) == (key, role)]
            self.cp.add(sum(able) <= count)
            self.posted.when(self.cp.add(sum(able) >= count), rule, self.held[key])
        for trainer in self.problem.trainers:
            roles = [self.fills.get((key, role, trainer.key)) for role in session.trainer_roles]
            self.cp.add_at_most_one([literal for literal in roles if literal is not None])
        self._keep_trainers(session)

    def _may_fill(self, session: Session, role: str, trainer: Trainer) -> bool:
        if role not in trainer.roles or trainer.key in session.trainers:
            return False
        return self.posted.guarded or self.understood(session, trainer)

    def _keep_trainers(self, session: Session) -> None:
        settled = self.posted.literal(ClashKind.HELD, session.key)
        if session.key not in self.fixed or settled is None:
            return
        for role, trainers in self.before[session.key].roles.items():
            for trainer in trainers:
                fills = self.fills.get((session.key, role, trainer))
                if fills is not None:
                    self.posted.when(self.cp.add_bool_or([fills]), settled)

    def hint(self, session: Session, at: Placement) -> None:
        """Let the search start from this place of the session."""
        self.cp.add_hint(self.start[session.key], minute_of(at))
        for room, inside in self.in_room[session.key].items():
            self.cp.add_hint(inside, room == at.room)
        for (key, role, trainer), fills in self.fills.items():
            if key == session.key:
                self.cp.add_hint(fills, trainer in at.roles.get(role, ()))

    def placement(self, solver: cp_model.CpSolver, session: Session) -> Placement:
        """Where the solver put the session."""
        day, minute = divmod(solver.value(self.start[session.key]), MINUTES_A_DAY)
        rooms = [r for r, here in self.in_room[session.key].items() if solver.value(here)]
        roles: dict[str, tuple[str, ...]] = dict.fromkeys(sorted(session.trainer_roles), ())
        for (key, role, trainer), literal in sorted(self.fills.items()):
            if key == session.key and solver.value(literal):
                roles[role] += (trainer,)
        return Placement(day, minute, rooms[0] if rooms else None, roles)
