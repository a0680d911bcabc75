"""A first repair by chains: a session without a place takes one, and what stood there moves on."""

from __future__ import annotations

import random

import numpy as np

from .answer import Placement
from .problem import Session
from .repair_damage import Damage, Placements
from .repair_measure import (
    LEAST_DISTURBANCE,
    Order,
    disturbance,
    is_changed,
    parties,
    people_in,
)
from .repair_standing import MOVE, NEVER, Standing
from .repair_times import Blocked
from .search import Work

# Work of one step: all places of one session are priced.
A_STEP = 0.004
# What a person newly affected counts beside a moved session, in each of the tries.
WORTH = (1.0, 0.1, 0.0)
# Places tried for one session before it waits for another turn.
PLACES = 8
# Steps given to those displaced when one change is taken back.
STEPS_BACK = 16


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
    start = {key: at for key, at in damage.known.items() if key not in damage.hit}
    best: Placements | None = None
    for number, worth in enumerate(WORTH):
        found = _Chains(damage, seed + number, worth, start).run(work, steps)
        if found is not None and (best is None or _less(damage, found, best)):
            best = found
    return best


def undo(damage: Damage, placements: Placements, order: Order, seed: int, work: Work) -> Placements:
    """Return placements that disturb no more: changes are taken back where that can be.

    One changed session after the other goes back to its old place; who stood there goes where it
    displaces least, as in ``chains``. What does not lessen the disturbance is dropped. It ends
    with the work, or when no change can be taken back.

    Args:
        order: what counts as less, the first of it first.
    """
    rng = random.Random(seed)  # noqa: S311 -- no secret depends on it
    best, better = placements, True
    while better and work.left > 0:
        better = False
        changed = [key for key, at in sorted(best.items()) if _may_return(damage, key, at)]
        rng.shuffle(changed)
        search = _Chains(damage, seed, WORTH[0], best)
        for key in changed:
            if work.left <= 0:
                break
            if not _may_return(damage, key, best[key]):
                continue
            found = search.back(key, work) if search.give_back(key) else None
            if found is not None and _less(damage, found, best, order):
                best, better = found, True
            else:
                search.stand(best)
    return best


def _may_return(damage: Damage, key: str, at: Placement) -> bool:
    old = damage.known.get(key)
    return old is not None and old == damage.before[key] and is_changed(old, at)


def _less(
    damage: Damage, one: Placements, other: Placements, order: Order = LEAST_DISTURBANCE
) -> bool:
    """Whether the first disturbs less than the second."""
    first, second = (disturbance(damage.problem, damage.before, p) for p in (one, other))
    return first.by(order) < second.by(order)


class _Chains:
    def __init__(self, damage: Damage, seed: int, worth: float, start: Placements) -> None:
        self.damage, self.worth = damage, worth
        self.rng = random.Random(seed)  # noqa: S311 -- no secret depends on it
        held = {key: damage.known[key] for key in sorted(damage.held)}
        self.standing = Standing(Blocked(damage.problem, held), damage.before)
        self.waited = np.ones(len(self.standing.sessions))
        self.stays: str | None = None
        self.waiting: list[Session] = []
        self.stand(start)

    def stand(self, at: Placements) -> None:
        """Let every session stand there; those that have no place wait."""
        standing = self.standing
        self.waiting = []
        for session in standing.sessions:
            now, then = standing.at.get(session.key), at.get(session.key)
            if now is not None and now != then:
                standing.lift(session)
            if then is None:
                self.waiting.append(session)
            elif now != then:
                standing.put(session, then)

    def give_back(self, key: str) -> bool:
        """Let the session stand where it was before; false when it cannot."""
        standing = self.standing
        session = standing.sessions[standing.row[key]]
        self._price()
        standing.lift(session)
        old = self.damage.before[key]
        fits = standing.choices(session).holds(old)
        leave = standing.displaced(session, old) if fits else None
        if leave is None:
            return False
        for other in leave:
            standing.lift(other)
            self.waiting.append(other)
        standing.put(session, old)
        return True

    def back(self, key: str, work: Work) -> Placements | None:
        """Places for those who wait; the session given back stays."""
        self.waited[:] = 1
        self.stays = key
        found = self.run(work, STEPS_BACK)
        self.stays = None
        return found

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
            stays = session.key in damage.held or session.key == self.stays
            standing.prices[row] = NEVER if stays else price
        standing.prices *= self.waited
