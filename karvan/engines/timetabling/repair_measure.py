"""What a change of a timetable means to people: who is affected, what moves, what else changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .answer import Placement
from .check import minute_of
from .problem import Session, TimetableProblem

Placements = Mapping[str, Placement]
# ("group", its key) or ("trainer", its key).
Party = tuple[str, str]
# Names of what ``Disturbance`` counts, the first to be kept low first.
Order = tuple[str, ...]
LEAST_DISTURBANCE: Order = ("people", "moved", "others")


@dataclass(frozen=True, slots=True)
class Disturbance:
    """How much a repair disturbs. The first three are what counts, in this order.

    people: people in changed sessions, and trainers who teach or taught one.
    moved:  sessions whose day or start differs.
    others: changed rooms, and trainers who newly fill a role.
    days:   sessions on another day.
    rooms:  changed rooms.
    """

    people: int = 0
    moved: int = 0
    others: int = 0
    days: int = 0
    rooms: int = 0

    def by(self, order: Order) -> tuple[int, ...]:
        """These of its numbers, in this order."""
        return tuple(getattr(self, name) for name in order)


def filled(at: Placement) -> dict[str, frozenset[str]]:
    """Role -> trainers who fill it, without the roles nobody fills."""
    return {role: frozenset(keys) for role, keys in at.roles.items() if keys}


def is_moved(old: Placement, new: Placement) -> bool:
    """Whether a session is held on another day or at another time."""
    return minute_of(old) != minute_of(new)


def is_changed(old: Placement, new: Placement) -> bool:
    """Whether the day, the start, the room or who fills the roles differs."""
    return is_moved(old, new) or old.room != new.room or filled(old) != filled(new)


def changed_sessions(before: Placements, after: Placements) -> tuple[str, ...]:
    """Sessions in both timetables that differ, sorted; those new or gone are none of them."""
    return tuple(sorted(k for k, at in after.items() if k in before and is_changed(before[k], at)))


def moved_sessions(before: Placements, after: Placements) -> tuple[str, ...]:
    """Sessions in both timetables whose day or start differs, sorted."""
    return tuple(sorted(k for k, at in after.items() if k in before and is_moved(before[k], at)))


def parties(session: Session, *places: Placement) -> set[Party]:
    """Groups that sit in the session and trainers who teach it at any of these places."""
    found = {("group", key) for key in session.groups}
    found |= {("trainer", key) for key in session.trainers}
    return found | {("trainer", key) for at in places for key in at.role_trainers()}


def people_in(problem: TimetableProblem, affected: Iterable[Party]) -> int:
    """People among these parties: the size of each group, at least 1, and 1 for each trainer."""
    sizes = {group.key: max(1, group.size) for group in problem.groups}
    return sum(sizes[key] if kind == "group" else 1 for kind, key in set(affected))


def disturbance(problem: TimetableProblem, before: Placements, after: Placements) -> Disturbance:
    """Count plainly how much the second timetable disturbs whoever lives by the first."""
    affected: set[Party] = set()
    others = days = rooms = 0
    for session in problem.sessions:
        if session.key not in before or session.key not in after:
            continue
        old, new = before[session.key], after[session.key]
        if is_changed(old, new):
            affected |= parties(session, old, new)
            rooms += old.room != new.room
            others += (old.room != new.room) + len(_newcomers(old, new))
            days += old.day != new.day
    moved = len(moved_sessions(before, after))
    return Disturbance(people_in(problem, affected), moved, others, days, rooms)


def _newcomers(old: Placement, new: Placement) -> set[tuple[str, str]]:
    """Roles with trainers who did not fill them before."""
    pairs = {(role, key) for role, keys in filled(new).items() for key in keys}
    return pairs - {(role, key) for role, keys in filled(old).items() for key in keys}
