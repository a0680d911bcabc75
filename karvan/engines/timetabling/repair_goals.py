"""What a repair should disturb as little as can be, as terms of its model."""

from __future__ import annotations

from ortools.sat.python import cp_model

from .answer import Placement
from .check import minute_of
from .posted import Literal
from .problem import MINUTES_A_DAY, Session
from .repair_measure import Order, Party, filled, is_changed, parties, people_in
from .repair_model import RepairModel

Term = cp_model.LinearExpr | int


class Terms:
    """Sums of a model, one for each name of ``Disturbance``, with the most each can be."""

    def __init__(self) -> None:
        self._parts: dict[str, list[Term]] = {}
        self._most: dict[str, int] = {}

    def add(self, name: str, term: Term, weight: int = 1) -> None:
        """Count ``weight`` where the term is 1."""
        self._parts.setdefault(name, []).append(weight * term)
        self._most[name] = self._most.get(name, 0) + weight

    def of(self, name: str) -> Term:
        """The sum of this name."""
        return sum(self._parts.get(name, []))

    def in_order(self, order: Order) -> Term:
        """One whole number that orders repairs by these sums, the first of them first."""
        whole: Term = 0
        for name in order:
            whole = whole * (self._most.get(name, 0) + 1) + self.of(name)
        return whole

    def value(self, counts: tuple[int, ...], order: Order) -> int:
        """What ``in_order`` is for such counts."""
        whole = 0
        for name, count in zip(order, counts, strict=True):
            whole = whole * (self._most.get(name, 0) + 1) + count
        return whole

    def split(self, value: int, order: Order) -> tuple[int, ...]:
        """The counts of a value of ``in_order``; of a bound, the bounds they stand for."""
        counts: list[int] = []
        for name in reversed(order[1:]):
            value, count = divmod(value, self._most.get(name, 0) + 1)
            counts.insert(0, count)
        return (value, *counts)


def disturbance_terms(model: RepairModel) -> Terms:
    """Add the variables that count what ``Disturbance`` counts; return the sums."""
    terms = Terms()
    affected: dict[Party, list[Literal]] = {}
    certain = _affected_already(model)
    for session in model.free:
        old = model.before.get(session.key)
        if old is None:
            continue
        changed = _changed(model, session, old, terms)
        for party in parties(session, old):
            if changed is None:
                certain.add(party)
            else:
                affected.setdefault(party, []).append(changed)
        for (role, trainer), fills in model.fills[session.key].items():
            if trainer not in filled(old).get(role, ()):
                affected.setdefault(("trainer", trainer), []).append(fills)
                terms.add("others", fills)
    terms.add("people", 1, people_in(model.problem, certain))
    for party, causes in sorted(affected.items()):
        if party not in certain:
            hit = model.cp.new_bool_var("")
            for cause in causes:
                model.cp.add_implication(cause, hit)
            terms.add("people", hit, people_in(model.problem, [party]))
    return terms


def _affected_already(model: RepairModel) -> set[Party]:
    """Who is affected by sessions that stay where they were not before."""
    found: set[Party] = set()
    for session, at in model.blocked.stay.values():
        old = model.before.get(session.key)
        if old is not None and is_changed(old, at):
            found |= parties(session, old, at)
    return found


def _changed(model: RepairModel, session: Session, old: Placement, terms: Terms) -> Literal | None:
    """A literal that is true when anything changes, or None when something must.

    Moves, changes of day and changes of room are counted on the way.
    """
    key = session.key
    needs: list[Literal] = []
    may_stay = minute_of(old) in model.starts[key]
    if may_stay:
        stay = model.cp.new_bool_var("")
        model.cp.add(model.start[key] == minute_of(old) // model.unit).only_enforce_if(stay)
        needs.append(stay)
        terms.add("moved", 1 - stay)
    else:
        terms.add("moved", 1)
    terms.add("days", 1 - _same_day(model, session, old))
    may_stay = _keep_room(model, session, old, terms, needs) and may_stay
    for role in sorted(set(session.trainer_roles) | set(filled(old))):
        keys = filled(old).get(role, frozenset())
        able = [who for who in sorted(keys) if (role, who) in model.fills[key]]
        needs += [model.fills[key][role, who] for who in able]
        may_stay = may_stay and len(keys) == len(able) == session.trainer_roles.get(role, 0)
    if not may_stay:
        return None
    changed = model.cp.new_bool_var("")
    for literal in needs:
        model.cp.add_bool_or([changed, literal])
    return changed


def _same_day(model: RepairModel, session: Session, old: Placement) -> Term:
    starts = model.starts[session.key]
    there = starts[starts // MINUTES_A_DAY == old.day]
    if len(there) in (0, len(starts)):
        return int(len(there) > 0)
    literal = model.cp.new_bool_var("")
    day = model.domain(there)
    model.cp.add_linear_expression_in_domain(model.start[session.key], day).only_enforce_if(literal)
    return literal


def _keep_room(
    model: RepairModel, session: Session, old: Placement, terms: Terms, needs: list[Literal]
) -> bool:
    """Whether the room may stay; its literal is added to ``needs``, its change counted."""
    inside = model.in_room[session.key].get(old.room) if old.room is not None else None
    if old.room is None and session.room_kind is None:
        return True
    if inside is not None:
        needs.append(inside)
    change = 1 if inside is None else 1 - inside
    terms.add("others", change)
    terms.add("rooms", change)
    return inside is not None
