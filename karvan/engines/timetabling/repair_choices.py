"""Repairs to choose from, each the best in a way of its own."""

from __future__ import annotations

from collections.abc import Iterator

from .answer import Placement
from .check import minute_of
from .posted import Literal
from .repair_damage import Placements
from .repair_goals import Terms
from .repair_measure import LEAST_DISTURBANCE, Order
from .repair_model import RepairModel
from .repair_search import Mended, Mender

Found = tuple[Mender, Mended]
# Fewest sessions moved; every session on its day; every session in its room.
PREFERENCES: tuple[Order, ...] = (
    ("moved", "people", "others"),
    ("days", "people", "moved", "others"),
    ("rooms", "people", "moved", "others"),
)
MORE_MOVES = 3


def other_repairs(mender: Mender, best: Mended, most: int) -> list[Mended]:
    """At most so many further repairs, no two alike; fewer when there are no more."""
    if not mender.damage.hit:
        return []
    found = [best.placements]
    candidates = _candidates(mender, best, found)
    while len(found) <= most and mender.work.left > 0:
        try:
            placements = next(candidates)
        except StopIteration:
            break
        if placements is not None and placements not in found:
            found.append(placements)
    return [_with_bounds(mender, best, placements) for placements in found[1:]]


def _candidates(
    mender: Mender, best: Mended, found: list[Placements]
) -> Iterator[Placements | None]:
    for order in PREFERENCES:
        lowest = mender.damage.least.by(order[:1])
        if best.disturbs.by(order[:1]) > lowest:
            yield mender.other(order)

    def near_the_best(model: RepairModel, terms: Terms) -> None:
        model.cp.add(terms.of("people") <= 2 * best.disturbs.people)
        model.cp.add(terms.of("moved") <= best.disturbs.moved + MORE_MOVES)

    yield mender.cheapest(near_the_best)
    while True:
        known = len(found)
        yield mender.other(LEAST_DISTURBANCE, lambda model, _: _unlike(model, best, found))
        if len(found) == known:
            return


def _unlike(model: RepairModel, best: Mended, found: list[Placements]) -> None:
    """Of what the best repair changes, something goes elsewhere than in each repair so far."""
    for placements in found:
        same: list[Literal] = []
        for session in model.free:
            at = placements[session.key]
            if model.before.get(session.key) != best.placements[session.key]:
                same += _there(model, session.key, at)
        model.cp.add_bool_or([~literal for literal in same])


def _there(model: RepairModel, key: str, at: Placement) -> list[Literal]:
    """Literals that are all true only when the session is at this place."""
    here = model.cp.new_bool_var("")
    minute = minute_of(at) // model.unit
    model.cp.add(model.start[key] != minute).only_enforce_if(~here)
    rooms = [lit for room, lit in model.in_room[key].items() if room == at.room]
    fills = [lit for (of, who), lit in model.fills[key].items() if who in at.roles.get(of, ())]
    return [here, *rooms, *fills]


def _with_bounds(mender: Mender, best: Mended, placements: Placements) -> Mended:
    """The bounds known for this repair: those of the best, if it affects as few people."""
    disturbs = mender.disturbs(placements)
    fewest = disturbs.people == best.disturbs.people
    moved = best.moved_bound if fewest else mender.damage.least.moved
    return Mended(placements, disturbs, best.people_bound, moved)
