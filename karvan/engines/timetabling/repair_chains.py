"""A first repair by chains: a session without a place takes one, and what stood there moves on."""

from __future__ import annotations

import random

import numpy as np

from .problem import Session
from .repair_damage import Damage, Placements
from .repair_measure import Disturbance, Party, disturbance, is_changed, parties, people_in
from .repair_standing import MOVE, NEVER, Standing
from .repair_times import Blocked
from .search import Work

# Work of one step: all places of one session are priced.
A_STEP = 0.004
# What a person newly affected counts beside a moved session, in each of the tries.
WORTH = (1.0, 0.1, 4.0)
# Places tried for one session before it waits for another turn.
PLACES = 8


def chains(damage: Damage, seed: int, work: Work, steps: int) -> Placements | None:
    """Return placements that keep every rule and disturb little, or None when none were found.

    Guided ejection [1]: a session without a place takes the one where it displaces least; those
    displaced wait for places in turn. Who has often waited is dear to displace, so the search
    does not go round in circles. Sessions already changed, and those of people already affected,
    are cheaper to displace than others. Several tries are made, the least disturbance is kept.

    Args:
        steps: the most sessions placed in each try.

    Cost: O(sessions x starts) a step.

    [1] Y. Nagata, O. Bräysy (2009). A powerful route minimization heuristic for the vehicle
        routing problem with time windows. Oper. Res. Lett. 37, 333-338.
        doi:10.1016/j.orl.2009.04.006
    """
    best: tuple[Disturbance, Placements] | None = None
    for number, worth in enumerate(WORTH):
        found = _Chains(damage, seed + number, worth).run(work, steps)
        if found is not None:
            reached = disturbance(damage.problem, damage.before, found)
            counts = (reached.people, reached.moved, reached.others)
            if best is None or counts < (best[0].people, best[0].moved, best[0].others):
                best = (reached, found)
    return best[1] if best else None


class _Chains:
    def __init__(self, damage: Damage, seed: int, worth: float) -> None:
        self.damage, self.worth = damage, worth
        self.rng = random.Random(seed)  # noqa: S311 -- no secret depends on it
        held = {key: damage.known[key] for key in sorted(damage.held)}
        self.standing = Standing(Blocked(damage.problem, held), damage.before)
        self.waited = np.ones(len(self.standing.sessions))
        self.parties: dict[str, set[Party]] = {}
        self.affected: dict[Party, int] = {}
        self.changed: set[str] = set()
        self.waiting: list[Session] = []
        for session in self.standing.sessions:
            at = damage.known.get(session.key)
            if at is None or session.key in damage.hit:
                self.waiting.append(session)
            else:
                self.standing.put(session, at)

    def run(self, work: Work, steps: int) -> Placements | None:
        """Place session after session until none waits."""
        self._price()
        for _ in range(steps):
            if not self.waiting:
                return dict(self.standing.at)
            if work.left <= 0:
                return None
            work.left -= A_STEP
            session = self.waiting.pop(self.rng.randrange(len(self.waiting)))
            if not self._place(session):
                return None
        return None if self.waiting else dict(self.standing.at)

    def _place(self, session: Session) -> bool:
        """Give the session the cheapest place; False when it has none at all."""
        standing = self.standing
        if not standing.choices(session).possible:
            return False
        places = standing.places(session)
        total = places.total
        for _ in range(PLACES):
            least = total.min()
            if least >= NEVER:
                break
            index = self.rng.choice(np.flatnonzero(total == least).tolist())
            at = places.placement(index)
            leave = standing.displaced(session, at)
            if leave is not None:
                for other in leave:
                    standing.lift(other)
                    self.waiting.append(other)
                standing.put(session, at)
                if leave:
                    self.waited[standing.row[session.key]] += 1
                    self._price()
                return True
            total[index] = NEVER
        self.waiting.append(session)
        self.waited[standing.row[session.key]] += 1
        return True

    def _price(self) -> None:
        """What it costs to displace each session now."""
        standing, damage = self.standing, self.damage
        affected = set(damage.sure)
        changed = np.zeros(len(standing.sessions), dtype=np.bool_)
        for row, session in enumerate(standing.sessions):
            old, at = damage.before.get(session.key), standing.at.get(session.key)
            if old is None or at is None or is_changed(old, at):
                changed[row] = True
                affected |= parties(session, *(one for one in (old, at) if one is not None))
        for row, session in enumerate(standing.sessions):
            price = MOVE / 2
            if not changed[row]:
                further = parties(session, damage.before[session.key]) - affected
                price = MOVE + self.worth * people_in(damage.problem, further)
            standing.prices[row] = NEVER if session.key in damage.held else price
        standing.prices *= self.waited
