"""Times on a coarse grid as flows of groups through their days, a CP-SAT model.

Groups that are alike are not told apart: the model counts how many of them go from one set of
sessions to the next on a day, and in which layout. So there is one network for eight such groups
and no answer comes twice because of them. What is counted, rooms, trainers at home, items, is
counted as by ``SlotModel``; trainers who travel are chosen. Every timetable is an answer of the
model at no more than its cost, and the bound of the model holds for the whole problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from .alike import Alike
from .day_layouts import Rooms
from .flow_people import FlowPeople
from .flow_reading import Count, Flow, FlowReading
from .group_paths import GroupPaths
from .openings import Openings, is_liked, taken_by, unions
from .people_rules import sharing
from .problem import MINUTES_A_DAY, Session, TimetableProblem


class FlowModel(FlowPeople, FlowReading):
    """Counts of groups by arc and layout, chosen trainers who travel, and what they cost at least.

    at: session key -> start -> how many of the groups alike start it then; for a session of
        several networks, whether it starts then. Own sessions are there for leaders only.
    """

    def __init__(
        self, problem: TimetableProblem, sessions: Sequence[Session], openings: Openings
    ) -> None:
        """Write the model down.

        Raises:
            TooManyError: the days of a group can be laid out, or follow each other, in too many ways.
        """
        self.cp = cp_model.CpModel()
        self.problem, self.open = problem, openings
        self.sessions = sorted(sessions, key=lambda s: s.key)
        self.by_key = {s.key: s for s in self.sessions}
        self.alike = Alike(problem, self.sessions, openings)
        self.flows = self._flows()
        self.count: dict[str, int] = {}
        self.at: dict[str, dict[int, Count]] = {}
        self._inside: dict[tuple[Rooms, int], list[Count]] = defaultdict(list)
        self.cost: Count = 0
        self.possible = all(any(flow.paths.arcs) for flow in self.flows)
        self.possible = self.possible and all(openings.starts[s.key] for s in sessions)
        if not self.possible:
            return
        starting: dict[str, dict[int, list[tuple[Flow, cp_model.IntVar]]]] = {}
        for flow in self.flows:
            self._send(flow)
            self._lay_out(flow, starting)
        for session in self.sessions:
            if session.key in starting:
                self._when(session, starting[session.key])
            elif not session.groups:
                self._whenever(session)
        self._relations()
        self._hall_rooms()
        self._pools()
        self._shared_people()
        self.add_people()
        self.cp.minimize(self.cost)

    # The networks.

    def _flows(self) -> list[Flow]:
        together = taken_by(self.problem, self.sessions)
        followers = {group for groups in self.alike.sets for group in groups[1:]}
        alike = {groups[0]: groups for groups in self.alike.sets}
        found: dict[tuple[str, ...], Flow] = {}
        for group in sorted(g.key for g in self.problem.groups):
            keys = tuple(sorted(s.key for s in self.sessions if group in s.groups))
            if not keys or keys in found or group in followers:
                continue
            paths = GroupPaths(
                [self.by_key[key] for key in keys], self.open, self.alike.twins.get(group, ())
            )
            groups = alike.get(group, (group,))
            weight = 1 if len(groups) > 1 else together[keys]
            found[keys] = Flow(group, groups, weight, paths)
        return list(found.values())

    def _send(self, flow: Flow) -> None:
        """All groups of the network go from no session to all, an arc a day."""
        going: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        coming: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for k, arcs in enumerate(flow.paths.arcs):
            for arc in arcs:
                sent = self.cp.new_int_var(0, len(flow.groups), "")
                flow.arcs.append((arc, sent))
                going[k, arc.before].append(sent)
                coming[k + 1, arc.after].append(sent)
        for place, sent_on in going.items():
            arrived = coming[place] if place[0] else [len(flow.groups)]
            self.cp.add(sum(sent_on) == sum(arrived))

    def _lay_out(
        self, flow: Flow, starting: dict[str, dict[int, list[tuple[Flow, cp_model.IntVar]]]]
    ) -> None:
        """Each day that groups spend on some sessions is laid out."""
        sent: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for arc, count in flow.arcs:
            if arc.held:
                sent[arc.day, arc.held].append(count)
        sessions = flow.paths.ties.sessions
        for (day, held), layouts in flow.paths.layouts.items():
            laid = []
            for layout in layouts:
                count = self.cp.new_int_var(0, len(flow.groups), "")
                laid.append(count)
                flow.layouts.append((day, held, layout, count))
                self.cost += flow.weight * layout.cost * count
                for (n, t), rooms in zip(layout.starts, layout.rooms, strict=True):
                    session = sessions[n]
                    starting.setdefault(session.key, {}).setdefault(t, []).append((flow, count))
                    if rooms and self._is_own(session, flow):
                        for cell in range(t, t + session.minutes, self.problem.step):
                            self._inside[rooms, cell].append(count)
            self.cp.add(sum(laid) == sum(sent[day, held]))

    def _is_own(self, session: Session, flow: Flow) -> bool:
        """Whether no other network has the session, and each of its groups its own."""
        return set(session.groups) == {flow.leader} or (
            len(flow.groups) == 1 and len(session.groups) == flow.weight
        )

    def _when(
        self, session: Session, starting: Mapping[int, list[tuple[Flow, cp_model.IntVar]]]
    ) -> None:
        flows = {id(flow): flow for laid in starting.values() for flow, _ in laid}
        (flow, *others) = flows.values()
        if not others and self._is_own(session, flow):
            counts: dict[int, Count] = {
                t: sum(count for _, count in laid) for t, laid in sorted(starting.items())
            }
            self._starts(session, len(flow.groups), counts)
            return
        starts = self._whenever(session, sorted(starting))
        for t, laid in starting.items():
            for one in flows.values():
                counted = sum(count for other, count in laid if other is one)
                self.cp.add(counted == len(one.groups) * starts[t])

    def _whenever(
        self, session: Session, at: Sequence[int] | None = None
    ) -> Mapping[int, cp_model.IntVar]:
        """A literal for each start of a session that is held once, whoever sits in it."""
        times = self.open.starts[session.key] if at is None else at
        starts = {t: self.cp.new_bool_var("") for t in times}
        self.cp.add_exactly_one(starts.values())
        for t, literal in starts.items() if session.room_kind else ():
            for cell in range(t, t + session.minutes, self.problem.step):
                self._inside[self.open.rooms_of[session.key], cell].append(literal)
        self._starts(session, 1, starts)
        return starts

    def _starts(self, session: Session, count: int, at: Mapping[int, Count]) -> None:
        self.count[session.key], self.at[session.key] = count, dict(at)
        weight = self.problem.weights.unpreferred
        for t, starts in at.items() if session.preferred else ():
            if not is_liked(session, t):
                self.cost += weight * starts

    # Rules.

    def _relations(self) -> None:
        """What sessions ask of each other and no layout of a day sees to.

        Of sessions that groups alike have each of its own, the counts are compared: whoever starts
        the late one has started the early one, so no more can have.
        """
        for key in self.at:
            one = self.by_key[key]
            for other, gap in one.after:
                if other in self.at:
                    self._follows(other, key, self.by_key[other].minutes + gap)
            for other, gap in one.no_later:
                if other in self.at:
                    self._follows(key, other, -self.by_key[other].minutes - gap)
            for others, apart in ((one.same_day_as, False), (one.not_same_day_as, True)):
                for other in others:
                    if other in self.at and not {*one.groups} & {*self.by_key[other].groups}:
                        self._on_days(key, other, apart)

    def _follows(self, early: str, late: str, gap: int) -> None:
        """The late one starts at least so many minutes after the start of the early one."""
        together = {*self.by_key[early].groups} & {*self.by_key[late].groups}
        days_apart = any(
            s + gap > t and s // MINUTES_A_DAY != t // MINUTES_A_DAY
            for t in self.at[late]
            for s in self.at[early]
            if gap < 0 or s < t
        )
        if together and not days_apart:
            return
        begun: list[Count] = []
        for t, starts in self.at[late].items():
            begun.append(self.count[early] * starts)
            before = [at for s, at in self.at[early].items() if s + gap <= t]
            if len(before) < len(self.at[early]):
                self.cp.add(sum(begun) <= self.count[late] * sum(before))

    def _on_days(self, one: str, other: str, apart: bool) -> None:
        for day in {t // MINUTES_A_DAY for key in (one, other) for t in self.at[key]}:
            here = self.count[other] * sum(on_day(self.at[one], day))
            there = self.count[one] * sum(on_day(self.at[other], day))
            if apart:
                self.cp.add(here + there <= self.count[one] * self.count[other])
            else:
                self.cp.add(here == there)

    def covering(self, key: str, cell: int) -> list[Count]:
        """How many of the groups are in the session at this time, as parts of a sum."""
        minutes = self.by_key[key].minutes
        return [starts for t, starts in self.at[key].items() if t <= cell < t + minutes]

    def _hall_rooms(self) -> None:
        for together in unions({rooms for rooms, _ in self._inside}):
            for cell, _ in self.open.cells:
                here = [
                    count
                    for (rooms, at), counts in self._inside.items()
                    if at == cell and rooms <= together
                    for count in counts
                ]
                if here:
                    self.cp.add(sum(here) <= sum(cell in self.open.free[room] for room in together))

    def _pools(self) -> None:
        for item in sorted({item for key in self.at for item in self.by_key[key].equipment}):
            most = self.problem.pool(item) + sum(
                room.equipment.get(item, 0) for room in self.problem.rooms
            )
            using = [key for key in self.at if item in self.by_key[key].equipment]
            for cell, _ in self.open.cells:
                drawn = [
                    self.by_key[key].equipment[item] * count
                    for key in using
                    for count in self.covering(key, cell)
                ]
                if drawn:
                    self.cp.add(sum(drawn) <= most)

    def _shared_people(self) -> None:
        """Groups that have people in common are never in two sessions at once."""
        for pair in sharing(self.problem):
            taken = [key for key in self.at if {*pair} & set(self.by_key[key].groups)]
            for cell, _ in self.open.cells:
                here = [count for key in taken for count in self.covering(key, cell)]
                if here:
                    self.cp.add(sum(here) <= 1)


def on_day(at: Mapping[int, Count], day: int) -> list[Count]:
    """The parts of a sum over the starts of the day."""
    return [starts for t, starts in at.items() if t // MINUTES_A_DAY == day]
