"""Reading the answers of a model of flows, and saying in it what is placed already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from .alike import Alike
from .answer import Placement
from .check import minute_of
from .day_layouts import Layout
from .group_paths import Arc, GroupPaths
from .problem import MINUTES_A_DAY, Session

Count = cp_model.LinearExpr | int


@dataclass(slots=True)
class Flow:
    """Groups on one network.

    leader:  the group whose sessions the network is written in.
    groups:  those that are alike, each a unit of flow.
    weight:  how many groups sit together in all of it, for what it costs.
    arcs, layouts: the literals and counts of the model.
    """

    leader: str
    groups: tuple[str, ...]
    weight: int
    paths: GroupPaths
    arcs: list[tuple[Arc, cp_model.IntVar]] = field(default_factory=list)
    layouts: list[tuple[int, int, Layout, cp_model.IntVar]] = field(default_factory=list)


class FlowReading:
    """Turns values of the variables into starts and trainers, and placements into values."""

    cp: cp_model.CpModel
    alike: Alike
    flows: list[Flow]
    by_key: dict[str, Session]
    count: dict[str, int]
    at: dict[str, dict[int, Count]]
    taught: dict[tuple[str, str, int], list[tuple[str, cp_model.IntVar]]]

    def by_day(self) -> Mapping[int, list[int]]:
        """The indexes of the variables that say what is on a day, and who teaches it."""
        found: dict[int, list[int]] = defaultdict(list)
        for flow in self.flows:
            for arc, var in flow.arcs:
                found[arc.day].append(var.index)
            for day, _, _, var in flow.layouts:
                found[day].append(var.index)
        for (_, _, t), chosen in self.taught.items():
            found[t // MINUTES_A_DAY] += [lit.index for _, lit in chosen]
        return found

    def held_once(self) -> list[list[int]]:
        """The indexes of the literals of each session of several networks, or none, by its starts."""
        found = []
        for key in sorted(self.at):
            literals = [self.at[key][t] for t in sorted(self.at[key])]
            if self.count[key] == 1 and all(isinstance(x, cp_model.IntVar) for x in literals):
                found.append([literal.index for literal in literals])  # type: ignore[union-attr]
        return found

    def cost_of(self, values: Sequence[int]) -> int:
        """What an answer with these values of all variables costs."""
        goal = self.cp.proto.objective
        terms = zip(goal.vars, goal.coeffs, strict=True)
        return int(goal.offset + sum(factor * values[index] for index, factor in terms))

    def read(
        self, values: Sequence[int]
    ) -> tuple[dict[str, int], dict[tuple[str, str], tuple[str, ...]]]:
        """The start of each session and the trainers chosen for its roles.

        Args:
            values: of the variables of the model, in their order.
        """
        starts: dict[str, int] = {}
        for key, at in self.at.items():
            if not self.by_key[key].groups:
                starts[key] = next(t for t, var in at.items() if values[var.index])  # type: ignore[union-attr]
        for flow in self.flows:
            sent = {arc: values[var.index] for arc, var in flow.arcs if values[var.index]}
            laid: dict[tuple[int, int], list[Layout]] = defaultdict(list)
            for day, held, layout, var in flow.layouts:
                laid[day, held] += [layout] * values[var.index]
            for group in flow.groups:
                behind = 0
                for arcs in flow.paths.arcs:
                    arc = next(a for a in arcs if a.before == behind and sent.get(a))
                    sent[arc] -= 1
                    behind = arc.after
                    for n, t in laid[arc.day, arc.held].pop().starts if arc.held else ():
                        starts[self._of(flow, n, group)] = t
        return starts, self.read_roles(values, starts)

    def values_of(self, placements: Mapping[str, Placement]) -> dict[int, int] | None:
        """Values of arcs and layouts by index of the variable for these placements.

        None where they are no answer of the model: a session is missing, or a rule is broken.
        """
        if not self.by_key.keys() <= placements.keys():
            return None
        values: dict[int, int] = {}
        for flow in self.flows:
            values |= {var.index: 0 for _, var in flow.arcs}
            values |= {var.index: 0 for *_, var in flow.layouts}
            arcs = {(arc.day, arc.before, arc.held): var.index for arc, var in flow.arcs}
            laid: dict[tuple[tuple[int, int], ...], list[tuple[Layout, int]]] = defaultdict(list)
            for _, _, layout, var in sorted(flow.layouts, key=lambda one: one[2].cost):
                laid[layout.starts].append((layout, var.index))
            for group in flow.groups:
                used = self._used(flow, group, placements, arcs, laid)
                if used is None:
                    return None
                for index in used:
                    values[index] += 1
        return values

    def _used(
        self,
        flow: Flow,
        group: str,
        placements: Mapping[str, Placement],
        arcs: Mapping[tuple[int, int, int], int],
        laid: Mapping[tuple[tuple[int, int], ...], list[tuple[Layout, int]]],
    ) -> list[int] | None:
        """The arc and the layout that the group has on each day, as indexes of variables."""
        days: dict[int, list[tuple[int, int, str | None]]] = defaultdict(list)
        for n, (t, room) in enumerate(self._times(flow, group, placements)):
            days[t // MINUTES_A_DAY].append((t, n, room))
        found: list[int] = []
        behind = 0
        for day in flow.paths.days:
            there = sorted(days[day])
            held = sum(1 << n for _, n, _ in there)
            if (day, behind, held) not in arcs:
                return None
            found.append(arcs[day, behind, held])
            behind |= held
            fitting = (
                index
                for layout, index in laid.get(tuple((n, t) for t, n, _ in there), ())
                if all(
                    rooms is None or room in rooms
                    for rooms, (_, _, room) in zip(layout.rooms, there, strict=True)
                )
            )
            if there:
                index = next(fitting, None)
                if index is None:
                    return None
                found.append(index)
        return found

    def _times(
        self, flow: Flow, group: str, placements: Mapping[str, Placement]
    ) -> list[tuple[int, str | None]]:
        """When and where the group's sessions are, those that could change places in one order."""
        ties = flow.paths.ties
        own = [placements[self._of(flow, n, group)] for n in range(len(ties.sessions))]
        times = [(minute_of(at), at.room) for at in own]
        twins = [(ties.number[a], ties.number[b]) for a, b in self.alike.twins.get(flow.leader, ())]
        for _ in twins:
            for early, late in twins:
                if times[late][0] < times[early][0]:
                    times[early], times[late] = times[late], times[early]
        return times

    def _of(self, flow: Flow, n: int, group: str) -> str:
        """The key of the session that the group has for one of the leader's."""
        key = flow.paths.ties.sessions[n].key
        if group == flow.leader or len(self.by_key[key].groups) > 1:
            return key
        return self.alike.own[group][self.alike.kind[key]]

    def alike_to(self, key: str) -> list[str]:
        """The session and those that other groups have in its place."""
        if self.count[key] == 1:
            return [key]
        flow = next(f for f in self.flows if f.leader in self.by_key[key].groups)
        return [self._of(flow, flow.paths.ties.number[key], group) for group in flow.groups]

    def read_roles(
        self, values: Sequence[int], starts: Mapping[str, int]
    ) -> dict[tuple[str, str], tuple[str, ...]]:
        """The trainers that were chosen, by session and role."""
        left = {
            key: [name for name, lit in chosen if values[lit.index]]
            for key, chosen in self.taught.items()
        }
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for (key, role, t), names in left.items():
            needed = self.by_key[key].trainer_roles[role]
            for one in self.alike_to(key):
                if starts[one] == t:
                    found[one, role] = tuple(names.pop(0) for _ in range(needed))
        return found
