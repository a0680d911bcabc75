"""Trainers of a model of flows: those who travel are chosen, those at home are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from .flow_reading import Count
from .openings import Openings, has_time, split_roles, unions
from .problem import MINUTES_A_DAY, Session, TimetableProblem, Trainer

# Session, start and how many of the groups have the trainer then.
Given = list[tuple[Session, int, Count]]


class FlowPeople:
    """Adds to a model of flows what trainers can give.

    taught: session key, role and start -> the travellers who may be chosen, by name.
    stays:  for each traveller, the indexes of the variables that say on which days he is there.
    stay_bounds: indexes of those that say whether he has come, has yet to go, and comes at all.
    """

    cp: cp_model.CpModel
    problem: TimetableProblem
    open: Openings
    by_key: dict[str, Session]
    at: dict[str, dict[int, Count]]
    cost: Count

    def add_people(self) -> None:
        """Choose trainers who travel, count the others, and add what stays cost."""
        given: dict[str, Given] = defaultdict(list)
        self.taught: dict[tuple[str, str, int], list[tuple[str, cp_model.IntVar]]] = {}
        self.stays: list[list[int]] = []
        self.stay_bounds: list[int] = []
        for key, starts in self.at.items():
            for name in self.by_key[key].trainers:
                given[name] += [(self.by_key[key], t, count) for t, count in starts.items()]
        chosen, counted = split_roles(self.open, [self.by_key[key] for key in self.at])
        for session, role, able in chosen:
            self._choose(session, role, able, given)
        for trainer in self.problem.trainers:
            self._keep(trainer, given[trainer.key])
        for together in unions(set(counted)):
            inside = [s for keys, held in counted.items() if keys <= together for s in held]
            self._fit(inside, [t for t in self.problem.trainers if t.key in together])

    def _choose(
        self, session: Session, role: str, able: Sequence[Trainer], given: dict[str, Given]
    ) -> None:
        needed = session.trainer_roles[role]
        for t, count in self.at[session.key].items():
            there = [x for x in able if has_time(x, session, t // MINUTES_A_DAY)]
            chosen = [(x.key, self.cp.new_bool_var("")) for x in there]
            self.cp.add(sum(lit for _, lit in chosen) == needed * count)
            self.taught[session.key, role, t] = chosen
            for name, lit in chosen:
                given[name].append((session, t, lit))

    def _keep(self, trainer: Trainer, given: Given) -> None:
        """One session at a time, and no more minutes than allowed, on days of the stay."""
        there: Mapping[int, Count] = {}
        if trainer.travels and given and self.problem.weights.stay:
            there = self._stay(given)
        cells: dict[int, list[Count]] = defaultdict(list)
        for session, t, count in given:
            for cell in range(t, t + session.minutes, self.problem.step):
                cells[cell].append(count)
        for cell, here in cells.items():
            self.cp.add(sum(here) <= there.get(cell // MINUTES_A_DAY, 1))
        self._no_longer(given, [trainer], there)

    def _no_longer(
        self, given: Given, trainers: Sequence[Trainer], there: Mapping[int, Count] | None = None
    ) -> None:
        """No more minutes a day and a week than these trainers have together.

        there: day -> 1 where the only trainer stays, 0 where not.
        """
        days: dict[int, Given] = defaultdict(list)
        weeks: dict[int, Given] = defaultdict(list)
        for one in given:
            day = one[1] // MINUTES_A_DAY
            days[day].append(one)
            weeks[self.problem.week_of(day)].append(one)
        for day, taken in days.items():
            most = [t.max_minutes_per_day for t in trainers if t.there_on(day)]
            if None not in most:
                self._at_most(taken, [m for m in most if m is not None], (there or {}).get(day, 1))
        most = [t.max_minutes_per_week for t in trainers]
        if None not in most:
            for taken in weeks.values():
                self._at_most(taken, [m for m in most if m is not None])

    def _at_most(self, taken: Given, most: Sequence[int], there: Count = 1) -> None:
        """No more minutes, and no more sessions of a length, than such loads hold."""
        self.cp.add(sum(s.minutes * count for s, _, count in taken) <= sum(most) * there)
        for length in sorted({s.minutes for s, _, _ in taken}):
            long = [count for s, _, count in taken if s.minutes >= length]
            self.cp.add(sum(long) <= sum(minutes // length for minutes in most) * there)

    def _fit(self, inside: Sequence[Session], trainers: Sequence[Trainer]) -> None:
        """No more of these sessions at once than there are trainers, nor more than they may give."""
        given = [(s, t, count) for s in inside for t, count in self.at[s.key].items()]
        for cell, day in self.open.cells:
            here = [count for s, t, count in given if t <= cell < t + s.minutes]
            if here:
                self.cp.add(sum(here) <= sum(t.there_on(day) for t in trainers))
        self._no_longer(given, trainers)

    def _stay(self, given: Given) -> Mapping[int, Count]:
        """Whether each day lies in the stay, which costs; from the first session to the last.

        Of a trainer who comes at all, a day lies in the stay when he has come and is not gone. As
        an equation this is all that a linear relaxation needs to know of a stretch of days.
        """
        days = {t // MINUTES_A_DAY for _, t, _ in given}
        hull = range(min(days), max(days) + 1)
        comes = self.cp.new_bool_var("")
        come, to_go, there = ({d: self.cp.new_bool_var("") for d in hull} for _ in range(3))
        self.cp.add(come[hull[-1]] == comes)
        self.cp.add(to_go[hull[0]] == comes)
        for day in hull:
            self.cp.add(there[day] == come[day] + to_go[day] - comes)
            if day + 1 in come:
                self.cp.add_implication(come[day], come[day + 1])
                self.cp.add_implication(to_go[day + 1], to_go[day])
        bounds = [*come.values(), *to_go.values(), comes]
        self.stay_bounds += [literal.index for literal in bounds]
        self.stays.append([literal.index for literal in there.values()])
        self.cost += self.problem.weights.stay * sum(there.values())
        return there
