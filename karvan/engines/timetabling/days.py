"""The days of sessions on a coarse grid as a CP-SAT model that forgets the hours.

A session is on one day; a day holds no more minutes, and no more long sessions, than its groups,
rooms, trainers and items can give. So every timetable is an answer of the model, and what it says
of the cost holds for the whole problem. It is an order of magnitude smaller than one of slots.

Group days are also counted day by day. A group whose sessions take M slots, on days of at most L,
comes on at least M / L days; what a day leaves empty, L - its slots, is *wasted*, and

    group_day x days = group_day x (M + wasted) / L.

Wasted slots, changes of room and days of a trainer's stay belong to single days. So the cost of a
range of days can be bounded from the sessions that could be held on them alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from .days_hours import HoursInDays
from .days_rooms import RoomsInDays
from .openings import Openings, has_time, is_liked, split_roles, taken_by, unions
from .people_rules import sharing
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem, Trainer

Cost = cp_model.LinearExpr | int
Given = list[tuple[Session, int, Literal]]


class DayModel(HoursInDays, RoomsInDays):
    """The day of each session, the stays of travelling trainers, and what they cost at least.

    on:      session key -> day -> literal.
    scale:   slots of the longest day; ``wasted`` is multiplied by it.
    plain:   day -> what groups cost on it: group days, changes of room, full days, starts.
    wasted:  day -> the same times ``scale``, with wasted slots instead of group days.
    there:   travelling trainer -> day -> whether it lies in the stay.
    by_group: what each set of groups that only sit together costs, of one of them.
    """

    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        openings: Openings,
        *,
        to_relax: bool = False,
    ) -> None:
        self.to_relax = to_relax
        self.cp = cp_model.CpModel()
        self.problem, self.open = problem, openings
        self.sessions = sorted(sessions, key=lambda s: s.key)
        self.by_key = {s.key: s for s in self.sessions}
        step = problem.step
        self.slots = [
            [(end - start) // step for start, end in day.periods] or [0] for day in problem.days
        ]
        self.scale = max(sum(slots) for slots in self.slots)
        self.size = {s.key: s.minutes // step for s in self.sessions}
        self.lengths = sorted(set(self.size.values()))
        self.on: dict[str, dict[int, Literal]] = {}
        self.by: dict[str, dict[int, Literal]] = {}
        self.first: dict[str, dict[int, int]] = {}
        self.last: dict[str, dict[int, int]] = {}
        self.plain: dict[int, Cost] = defaultdict(int)
        self.wasted: dict[int, Cost] = defaultdict(int)
        self.there: dict[str, dict[int, Literal]] = {}
        self.by_group: dict[tuple[str, ...], Cost] = {}
        self.taught: dict[tuple[str, str, str], dict[int, Literal]] = {}
        self.possible = all(openings.starts[s.key] for s in self.sessions)
        if not self.possible:
            return
        for session in self.sessions:
            self._when(session)
        self.begin_rooms()
        self._group_days()
        self.fit_stays()
        self._rooms()
        self._pools()
        self._trainers()
        self._orders()
        self.add_hours()

    # What it costs.

    def total(self) -> Cost:
        """Every cost the model knows of."""
        return sum(self.plain.values()) + self.stays(self.there)

    def stays(self, trainers: Iterable[str]) -> Cost:
        """What the stays of these trainers cost."""
        weight = self.problem.weights.stay
        return weight * sum(lit for key in trainers for lit in self.there.get(key, {}).values())

    def within(self, days: Container[int], trainers: Iterable[str]) -> Cost:
        """What the days waste and the trainers' stays cost, times ``scale``."""
        wasted = sum(cost for day, cost in self.wasted.items() if day in days)
        return wasted + self.scale * self.stays(trainers)

    # When.

    def _when(self, session: Session) -> None:
        key = session.key
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for t in self.open.starts[key]:
            first.setdefault(t // MINUTES_A_DAY, t)
            last[t // MINUTES_A_DAY] = t
        self.first[key], self.last[key] = first, last
        on = {day: self.cp.new_bool_var("") for day in first}
        self.on[key] = on
        self.cp.add_exactly_one(on.values())
        before: Literal | None = None
        self.by[key] = {}
        for day, lit in on.items():
            by = lit if before is None else self.cp.new_bool_var("")
            if before is not None:
                self.cp.add(by == before + lit)
            self.by[key][day] = before = by
        weight = self.problem.weights.unpreferred
        liked = {t // MINUTES_A_DAY for t in self.open.starts[key] if is_liked(session, t)}
        for day, lit in on.items():
            if day not in liked and session.preferred and weight:
                self.plain[day] += weight * lit
                self.wasted[day] += self.scale * weight * lit

    def _there(self, sessions: Iterable[Session], day: int) -> list[tuple[int, Literal]]:
        """Slots and literal of each session that could be on the day."""
        found = [(self.size[s.key], self.on[s.key].get(day)) for s in sessions]
        return [(size, lit) for size, lit in found if lit is not None]

    def _holds(self, runs: Iterable[int], most: int | None = None) -> list[int]:
        """Slots that runs of free slots hold, then how many sessions of each length."""
        runs = list(runs)
        slots = sum(runs) if most is None else min(sum(runs), most // self.problem.step)
        fits = [sum(run // length for run in runs) for length in self.lengths]
        return [slots, *(min(n, slots // k) for n, k in zip(fits, self.lengths, strict=True))]

    def _at_most(
        self, there: list[tuple[int, Literal]], holds: Sequence[int], when: Literal | None = None
    ) -> None:
        """No more slots, and no more sessions of each length, than there is place for."""
        slots, *fits = holds
        factor: Cost = 1 if when is None else when
        if when is not None or sum(size for size, _ in there) > slots:
            self.cp.add(sum(size * lit for size, lit in there) <= slots * factor)
        for length, fit in zip(self.lengths, fits, strict=True):
            long = [lit for size, lit in there if size >= length]
            if length > 1 and len(long) > fit:
                self.cp.add(sum(long) <= fit * factor)

    # Groups.

    def _group_days(self) -> None:
        weights, step = self.problem.weights, self.problem.step
        for keys, groups in taken_by(self.problem, self.sessions).items():
            taken = [self.by_key[key] for key in keys]
            used: list[Literal] = []
            alone: Cost = 0
            for day, slots in enumerate(self.slots):
                there = self._there(taken, day)
                if not there:
                    continue
                comes = self.cp.new_bool_var("")
                used.append(comes)
                for _, lit in there:
                    self.cp.add_implication(lit, comes)
                self._at_most(there, self._holds(slots), comes)
                wasted = self.cp.new_int_var(0, self.scale, "")
                self.cp.add(wasted == self.scale * comes - sum(size * lit for size, lit in there))
                extra = self.changes(taken, day, comes)
                over = sum(size for size, _ in there) * step - weights.full_day
                if weights.spread and over > 0:
                    beyond = self.cp.new_int_var(0, over, "")
                    minutes = sum(size * step * lit for size, lit in there)
                    self.cp.add(beyond >= minutes - weights.full_day * comes)
                    extra += weights.spread * beyond
                alone += weights.group_day * comes + extra
                self.plain[day] += groups * (weights.group_day * comes + extra)
                self.wasted[day] += groups * (weights.group_day * wasted + self.scale * extra)
            self.cp.add(sum(used) >= -(-sum(self.size[key] for key in keys) // self.scale))
            self.by_group[keys] = alone
        for one, other in sharing(self.problem):
            both = [s for s in self.sessions if {one, other} & set(s.groups)]
            for day, slots in enumerate(self.slots):
                self._at_most(self._there(both, day), self._holds(slots))

    # Rooms and items.

    def _rooms(self) -> None:
        step, open_to = self.problem.step, self.open.rooms_of
        for union in unions({rooms for rooms in open_to.values() if rooms}):
            inside = [s for s in self.sessions if s.room_kind and open_to[s.key] <= union]
            for day in range(len(self.slots)):
                there = self._there(inside, day)
                if there:
                    runs = [run for room in union for run in self._runs(room, day, step)]
                    self._at_most(there, self._holds(runs))

    def _runs(self, room: str, day: int, step: int) -> list[int]:
        """Lengths in slots of the stretches of the day in which the room is free."""
        found = []
        for start, end in self.problem.days[day].periods:
            run = 0
            for cell in range(start, end, step):
                if day * MINUTES_A_DAY + cell in self.open.free[room]:
                    run += 1
                else:
                    found.append(run)
                    run = 0
            found.append(run)
        return found

    def _pools(self) -> None:
        for item in sorted({item for s in self.sessions for item in s.equipment}):
            most = self.problem.pool(item) + sum(
                room.equipment.get(item, 0) for room in self.problem.rooms
            )
            using = [s for s in self.sessions if item in s.equipment]
            for day, slots in enumerate(self.slots):
                there = [
                    (s.equipment[item] * self.size[s.key], lit)
                    for s in using
                    if (lit := self.on[s.key].get(day)) is not None
                ]
                if sum(amount for amount, _ in there) > most * sum(slots):
                    self.cp.add(sum(n * lit for n, lit in there) <= most * sum(slots))

    # Trainers.

    def _trainers(self) -> None:
        given: dict[str, Given] = defaultdict(list)
        taken: dict[frozenset[str], int] = defaultdict(int)
        for session in self.sessions:
            for key in session.trainers:
                given[key] += [(session, day, lit) for day, lit in self.on[session.key].items()]
                taken[frozenset((key,))] += self.size[session.key]
            for role, could in self.open.able[session.key].items():
                slots = session.trainer_roles[role] * self.size[session.key]
                taken[frozenset(t.key for t in could)] += slots
        chosen, counted = split_roles(self.open, self.sessions)
        for session, role, able in chosen:
            self._choose(session, role, able, given)
        for trainer in self.problem.trainers:
            self._keep(trainer, given[trainer.key])
            if trainer.travels and given[trainer.key]:
                self._stay(trainer.key, given[trainer.key])
        if self.to_relax:
            self._days_of_stays(taken)
        for union in unions(set(counted)):
            inside = [s for keys, held in counted.items() if keys <= union for s in held]
            self._together(inside, [t for t in self.problem.trainers if t.key in union])

    def _choose(
        self, session: Session, role: str, able: Sequence[Trainer], given: dict[str, Given]
    ) -> None:
        count = session.trainer_roles[role]
        for day, literal in self.on[session.key].items():
            there = [t for t in able if has_time(t, session, day)]
            lits = [literal] * len(there)
            if len(there) > count:
                lits = [self.cp.new_bool_var("") for _ in there]
                self.cp.add(sum(lits) == count * literal)
            for trainer, lit in zip(there, lits, strict=True):
                self.taught.setdefault((session.key, role, trainer.key), {})[day] = lit
                given[trainer.key].append((session, day, lit))

    def _keep(self, trainer: Trainer, given: Given) -> None:
        """No more sessions a day and a week than the trainer has time for."""
        days: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        weeks: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        for session, day, lit in given:
            days[day].append((self.size[session.key], lit))
            weeks[self.problem.week_of(day)].append((self.size[session.key], lit))
        for day, there in days.items():
            self._at_most(there, self._holds(self.slots[day], trainer.max_minutes_per_day))
        self._a_week(weeks, [trainer])

    def _together(self, inside: Sequence[Session], trainers: Sequence[Trainer]) -> None:
        weeks: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        for day, slots in enumerate(self.slots):
            there = self._there(inside, day)
            weeks[self.problem.week_of(day)] += there
            each = [
                self._holds(slots if t.there_on(day) else (), t.max_minutes_per_day)
                for t in trainers
            ]
            if there:
                self._at_most(there, [sum(holds) for holds in zip(*each, strict=True)])
        self._a_week(weeks, trainers)

    def _a_week(
        self, weeks: Mapping[int, list[tuple[int, Literal]]], trainers: Sequence[Trainer]
    ) -> None:
        if any(t.max_minutes_per_week is None for t in trainers):
            return
        most = sum((t.max_minutes_per_week or 0) // self.problem.step for t in trainers)
        for there in weeks.values():
            if sum(size for size, _ in there) > most:
                self.cp.add(sum(size * lit for size, lit in there) <= most)

    def _stay(self, trainer: str, given: Given) -> None:
        days = sorted({day for _, day, _ in given})
        hull = range(days[0], days[-1] + 1)
        come, to_go, there = ({d: self.cp.new_bool_var("") for d in hull} for _ in range(3))
        for _, day, lit in given:
            for name in (come, to_go, there):
                self.cp.add_implication(lit, name[day])
        for day in hull:
            self.cp.add_bool_or([there[day], ~come[day], ~to_go[day]])
            if day + 1 in come:
                self.cp.add_implication(come[day], come[day + 1])
                self.cp.add_implication(to_go[day + 1], to_go[day])
        self.there[trainer] = there

    def _days_of_stays(self, taken: Mapping[frozenset[str], int]) -> None:
        """Travellers whom nobody at home can replace stay the days that their sessions fill.

        taken: slots to be held by one of these trainers each.
        """
        known = {t.key: t for t in self.problem.trainers}
        away = {keys: size for keys, size in taken.items() if keys <= self.there.keys()}
        for union in unions(set(away)):
            slots = sum(size for keys, size in away.items() if keys <= union)
            most = [self._holds([self.scale], known[key].max_minutes_per_day)[0] for key in union]
            days = sum(lit for key in sorted(union) for lit in self.there[key].values())
            if max(most, default=0) > 0:
                self.cp.add(days >= -(-slots // max(most)))

    # Order.

    def _orders(self) -> None:
        for late in self.sessions:
            for key, gap in late.after:
                if key in self.by_key:
                    self._follows(self.by_key[key], late, self.by_key[key].minutes + gap)
            for key, gap in late.no_later:
                if key in self.by_key:
                    self._follows(late, self.by_key[key], -self.by_key[key].minutes - gap)
            for key in late.same_day_as:
                if key in self.by_key:
                    self._same_day(late.key, key)
                    self._same_day(key, late.key)
            for key in late.not_same_day_as:
                if key in self.by_key:
                    for day, lit in self.on[late.key].items():
                        if day in self.on[key]:
                            self.cp.add_bool_or([~lit, ~self.on[key][day]])

    def _follows(self, early: Session, late: Session, gap: int) -> None:
        """Days on which the late one can start so many minutes after the start of the early one."""
        before, done = list(self.first[early.key].items()), 0
        for day, by in self.by[late.key].items():
            while done < len(before) and before[done][1] + gap <= self.last[late.key][day]:
                done += 1
            if not done:
                self.cp.add_bool_or([~by])
            else:
                self.cp.add_implication(by, self.by[early.key][before[done - 1][0]])

    def _same_day(self, one: str, other: str) -> None:
        for day, lit in self.on[one].items():
            there = self.on[other].get(day)
            self.cp.add_bool_or([~lit] if there is None else [~lit, there])
