"""Which sessions of a large course to free together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .problem import MINUTES_A_DAY, Session, TimetableProblem

# Most sessions freed at once, at first, and how many chains: few, or many.
FEW, MANY = (40, 2), (100, 3)
# Sets grow by so much where all of one was looked through, and shrink where it was too much.
GROWS, SHRINKS, LEAST = 1.03, 0.9, 20


class Neighbourhoods:
    """Sets of sessions, drawn at random: of groups, of a stretch of days, of what order binds."""

    def __init__(
        self, problem: TimetableProblem, sessions: Sequence[Session], seed: int, *, few: bool
    ) -> None:
        most_free, self.chains_at_once = FEW if few else MANY
        self.most_free = float(most_free)
        self.sessions = sorted(sessions, key=lambda s: s.key)
        self.names = sorted({key for s in sessions for key in s.groups})
        self.chains = chains(sessions)
        self.days = [n for n, day in enumerate(problem.days) if day.periods]
        self.rng = random.Random(seed)  # noqa: S311 -- no secret depends on it

    def draw(self, starts: Mapping[str, int]) -> set[str]:
        """The next set, when the sessions start so (minutes on the line)."""
        rng, kind = self.rng, self.rng.randrange(6)
        if kind == 0:
            free = self._of_a_group()
        elif kind == 1:
            first, width = rng.choice(self.days), rng.choice((5, 7))
            free = [
                s.key
                for s in self.sessions
                if first <= starts[s.key] // MINUTES_A_DAY < first + width
            ]
        elif kind == 2:
            free = list(rng.choice(self.chains))
        else:
            free = self._of_chains()
        return set(free if len(free) <= self.most_free else rng.sample(free, int(self.most_free)))

    def tried(self, to_the_end: bool) -> None:
        """Draw larger sets after one that was looked through to the end, else smaller ones."""
        size = self.most_free * (GROWS if to_the_end else SHRINKS)
        self.most_free = min(max(size, LEAST), len(self.sessions))

    def _of_a_group(self) -> list[str]:
        group = self.rng.choice(self.names) if self.names else None
        return [s.key for s in self.sessions if s.groups == (group,)]

    def _of_chains(self) -> list[str]:
        """Some chains, as far as they belong to so many groups as may be freed at once."""
        chosen = sorted(self.rng.sample(self.chains, min(self.chains_at_once, len(self.chains))))
        inside = {key for chain in chosen for key in chain}
        bound = [s for s in self.sessions if s.key in inside]
        free = [s.key for s in bound if len(s.groups) != 1]
        for group in self.rng.sample(self.names, len(self.names)):
            mine = [s.key for s in bound if s.groups == (group,)]
            if len(free) + len(mine) > self.most_free:
                break
            free += mine
        return free


def chains(sessions: Sequence[Session]) -> list[tuple[str, ...]]:
    """Sets of sessions that order and days bind to each other, directly or through others."""
    leader = {s.key: s.key for s in sessions}

    def find(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for session in sessions:
        others = [key for key, _ in (*session.after, *session.no_later)]
        for key in (*others, *session.same_day_as, *session.not_same_day_as):
            if key in leader:
                low, high = sorted((find(key), find(session.key)))
                leader[high] = low
    found: dict[str, list[str]] = defaultdict(list)
    for session in sessions:
        found[find(session.key)].append(session.key)
    return sorted(tuple(sorted(keys)) for keys in found.values())
