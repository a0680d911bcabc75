"""Groups that could change places: what one does the other could do instead, at the same cost."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import islice

from .openings import Openings
from .problem import Session, TimetableProblem

# Rounds in which sessions are told apart by those they are bound to, and most images of a set.
ROUNDS, MOST_IMAGES = 8, 1500


class Alike:
    """Sets of groups any two of which may be exchanged without changing any rule or cost.

    sets:  the groups of each set, sorted; only sets of two and more.
    own:   group -> what a session is like -> the key of the only such session of this group alone.
    twins: group -> sessions of this group alone that could change places, each with the next.
    """

    def __init__(
        self, problem: TimetableProblem, sessions: Sequence[Session], openings: Openings
    ) -> None:
        self.problem = problem
        self.sessions = sorted(sessions, key=lambda s: s.key)
        self.by_key = {s.key: s for s in self.sessions}
        self.kind = self._kinds(openings)
        self.own: dict[str, dict[int, str]] = {}
        self.twins: dict[str, list[tuple[str, str]]] = {}
        self.sets: list[tuple[str, ...]] = []
        self._sets()
        self._set_of = {group: groups for groups in self.sets for group in groups}

    def images(self, keys: frozenset[str]) -> Iterator[frozenset[str]]:
        """The set of sessions itself, and what it becomes when groups change places; at most 1500."""
        used = sorted({g for key in keys for g in self._owner(key)})
        seen = {keys}
        yield keys
        for groups in islice(self._choices(used), MOST_IMAGES):
            goes = dict(zip(used, groups, strict=True))
            image = frozenset(self._image(key, goes) for key in keys)
            if image not in seen:
                seen.add(image)
                yield image

    def ordered(self) -> Iterator[tuple[str, ...]]:
        """For each set, one session of each group: some answer has them in this order of days.

        They are those that fill most of a day, as near to the middle of the horizon as can be.
        """
        middle = len(self.problem.days)
        for groups in self.sets:
            mine = self.own[groups[0]]
            if mine:
                best = min(mine, key=lambda k: (*self._weight(mine[k], middle), mine[k]))
                yield tuple(self.own[group][best] for group in groups)

    def _weight(self, key: str, middle: int) -> tuple[int, int]:
        bound = {key, *self.by_key[key].same_day_as}
        bound |= {s.key for s in self.sessions if key in s.same_day_as}
        minutes = sum(self.by_key[other].minutes for other in bound if other in self.by_key)
        first, last = self.by_key[key].day_range or (0, middle - 1)
        return -minutes, abs(first + last - middle)

    def _owner(self, key: str) -> tuple[str, ...]:
        groups = self.by_key[key].groups
        return groups if len(groups) == 1 and groups[0] in self._set_of else ()

    def _choices(self, used: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Other groups for those used, each of the same set, no two the same."""
        if not used:
            yield ()
            return
        for rest in self._choices(used[1:]):
            for group in self._set_of[used[0]]:
                if group not in rest:
                    yield (group, *rest)

    def _image(self, key: str, goes: Mapping[str, str]) -> str:
        owner = self._owner(key)
        return self.own[goes[owner[0]]][self.kind[key]] if owner else key

    # Which groups are alike.

    def _kinds(self, openings: Openings) -> dict[str, int]:
        """A number for each session: different for sessions that are not alike."""
        kinds: dict[str, Hashable] = {
            s.key: (
                s.minutes,
                len(s.groups),
                s.room_kind is None,
                tuple(sorted(openings.rooms_of[s.key])),
                tuple(openings.starts[s.key]),
                tuple(sorted(s.trainers)),
                tuple(
                    (role, s.trainer_roles[role], tuple(sorted(t.key for t in able)))
                    for role, able in sorted(openings.able[s.key].items())
                ),
                tuple(sorted(s.equipment.items())),
                s.preferred,
            )
            for s in self.sessions
        }
        bound: dict[str, list[tuple[str, int, str]]] = {s.key: [] for s in self.sessions}
        for one in self.sessions:
            for name, key, gap in _relations(one):
                if key in bound:
                    bound[one.key].append((f"{name} of", gap, key))
                    bound[key].append((name, gap, one.key))
        numbers = _numbered(kinds)
        for _ in range(ROUNDS):
            before = numbers
            numbers = _numbered(
                {
                    key: (before[key], *sorted((name, gap, before[k]) for name, gap, k in others))
                    for key, others in bound.items()
                }
            )
            if max(numbers.values(), default=0) == max(before.values(), default=0):
                break
        return numbers

    def _sets(self) -> None:
        plain = sorted(
            g.key
            for g in self.problem.groups
            if not g.shares_with and not any(g.key in h.shares_with for h in self.problem.groups)
        )
        left = []
        self._tell_twins_apart(plain)
        for group in plain:
            mine = [s.key for s in self.sessions if s.groups == (group,)]
            self.own[group] = {self.kind[key]: key for key in mine}
            if len(self.own[group]) == len(mine) > 0:
                left.append(group)
        while left:
            leader = left[0]
            found = [leader, *(g for g in left[1:] if self._exchange(leader, g))]
            left = [g for g in left if g not in found]
            if len(found) > 1:
                self.sets.append(tuple(found))

    def _tell_twins_apart(self, groups: Sequence[str]) -> None:
        """Number the sessions of a group that could change places, first, second and so on."""
        numbers: dict[tuple[int, int], int] = {}
        fresh = max(self.kind.values(), default=0) + 1
        for group in groups:
            same: dict[int, list[str]] = {}
            for session in self.sessions:
                if session.groups == (group,):
                    same.setdefault(self.kind[session.key], []).append(session.key)
            for kind, keys in same.items():
                pairs = list(zip(keys, keys[1:], strict=False))
                if not pairs or not all(self._same({a: b, b: a}) for a, b in pairs):
                    continue
                self.twins.setdefault(group, []).extend(pairs)
                for place, key in enumerate(keys):
                    self.kind[key] = numbers.setdefault((kind, place), fresh + len(numbers))

    def _exchange(self, one: str, other: str) -> bool:
        """Whether exchanging the groups changes nothing, looked up rule by rule."""
        if self.own[one].keys() != self.own[other].keys():
            return False
        if any(
            (one in s.groups) != (other in s.groups) for s in self.sessions if len(s.groups) > 1
        ):
            return False
        goes = {key: self.own[other][kind] for kind, key in self.own[one].items()}
        goes |= {key: self.own[one][kind] for kind, key in self.own[other].items()}
        return self._same(goes)

    def _same(self, goes: Mapping[str, str]) -> bool:
        """Whether these sessions in the place of others have the same relations."""
        for session in self.sessions:
            image = self.by_key[goes.get(session.key, session.key)]
            here = sorted((name, goes.get(key, key), gap) for name, key, gap in _relations(session))
            if here != sorted(_relations(image)):
                return False
        return True


def _relations(session: Session) -> list[tuple[str, str, int]]:
    found = [("after", key, gap) for key, gap in session.after]
    found += [("no later", key, gap) for key, gap in session.no_later]
    found += [("same day", key, 0) for key in session.same_day_as]
    found += [("another day", key, 0) for key in session.not_same_day_as]
    return found


def _numbered(kinds: Mapping[str, Hashable]) -> dict[str, int]:
    """A number for each different kind."""
    numbers: dict[Hashable, int] = {}
    return {key: numbers.setdefault(kind, len(numbers)) for key, kind in kinds.items()}
