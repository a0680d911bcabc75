"""What a repair should disturb as little as can be, as terms of its model."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from .answer import Placement
from .check import minute_of
from .posted import Literal
from .problem import Session
from .repair_measure import Party, filled, parties, people_in
from .repair_model import RepairModel

Term = cp_model.LinearExpr | int


@dataclass(slots=True)
class Terms:
    """People affected, sessions moved and other changes, each a sum with the most it can be."""

    people: Term = 0
    moved: Term = 0
    others: Term = 0
    days: Term = 0
    rooms: Term = 0
    most_people: int = 0
    most_others: int = 0

    def in_order(self) -> Term:
        """One whole number that orders repairs by people, then moves, then other changes."""
        return self.people * self.weights[0] + self.moved * self.weights[1] + self.others

    @property
    def weights(self) -> tuple[int, int]:
        """How much a person and a move weigh, in other changes."""
        return self.a_move * (self.most_moved + 1), self.a_move

    most_moved: int = 0

    @property
    def a_move(self) -> int:
        """More other changes than there can be."""
        return self.most_others + 1

    def split(self, value: int) -> tuple[int, int, int]:
        """The three numbers of a value of ``in_order``; of a bound, three bounds."""
        people, rest = divmod(value, self.weights[0])
        return people, *divmod(rest, self.a_move)


def disturbance_terms(model: RepairModel) -> Terms:
    """Add the variables that count people, moves and other changes; return the counts."""
    terms = Terms()
    affected: dict[Party, list[Literal]] = {}
    certain: set[Party] = set()
    for session in model.free:
        old = model.before.get(session.key)
        if old is None:
            continue
        same = _same(model, session, old, terms)
        for party in parties(session, old):
            if same is None:
                certain.add(party)
            else:
                affected.setdefault(party, []).append(~same)
        for (role, trainer), fills in model.fills[session.key].items():
            if trainer not in filled(old).get(role, ()):
                affected.setdefault(("trainer", trainer), []).append(fills)
                terms.others += fills
                terms.most_others += 1
    terms.people = people_in(model.problem, certain)
    terms.most_people = int(terms.people)
    for party, causes in sorted(affected.items()):
        if party not in certain:
            hit = model.cp.new_bool_var("")
            for cause in causes:
                model.cp.add_implication(cause, hit)
            size = people_in(model.problem, [party])
            terms.people += size * hit
            terms.most_people += size
    return terms


def _same(model: RepairModel, session: Session, old: Placement, terms: Terms) -> Literal | None:
    """A literal under which nothing changes, or None when something must; moves are counted."""
    key = session.key
    needs: list[Literal] = []
    may_stay = True
    terms.most_moved += 1
    if minute_of(old) in model.starts[key]:
        stay = model.cp.new_bool_var("")
        model.cp.add(model.start[key] == minute_of(old) // model.unit).only_enforce_if(stay)
        needs.append(stay)
        terms.moved += 1 - stay
    else:
        may_stay = False
        terms.moved += 1
    may_stay = _keep_room(model, session, old, terms, needs) and may_stay
    for role in sorted(set(session.trainer_roles) | set(filled(old))):
        keys = filled(old).get(role, frozenset())
        able = [who for who in sorted(keys) if (role, who) in model.fills[key]]
        needs += [model.fills[key][role, who] for who in able]
        may_stay = may_stay and len(keys) == len(able) == session.trainer_roles.get(role, 0)
    if not may_stay:
        return None
    same = model.cp.new_bool_var("")
    for literal in needs:
        model.cp.add_implication(same, literal)
    return same


def _keep_room(
    model: RepairModel, session: Session, old: Placement, terms: Terms, needs: list[Literal]
) -> bool:
    """Whether the room may stay; its literal is added to ``needs``, its change counted."""
    inside = model.in_room[session.key].get(old.room) if old.room is not None else None
    if inside is not None:
        needs.append(inside)
        terms.others += 1 - inside
        terms.rooms += 1 - inside
    elif old.room is None and session.room_kind is None:
        return True
    else:
        terms.others += 1
        terms.rooms += 1
    terms.most_others += 1
    return inside is not None
