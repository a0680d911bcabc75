"""Local search for balanced teams: swap two people while it helps, shake, and go on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .team_features import Features, Whole

Worth = tuple[int, int, int]


@dataclass(slots=True)
class Division:
    """People divided into teams, with all that a swap changes kept up to date.

    team:     of each person.
    over:     points of each team in each feature, times all people, less its share.
    counts:   for each attribute with a rule, people of each team with each value.
    must, like: of each person and team, wished-for company less unwished-for.
    """

    features: Features
    team: Whole
    over: Whole
    counts: list[Whole]
    must: Whole
    like: Whole

    @property
    def worth(self) -> Worth:
        """What is short or broken, wishes not met, deviation; smaller is better.

        Broken pairs are counted up to a constant: together ones met less apart ones broken.
        """
        everyone = np.arange(len(self.team))
        must = int(self.must[everyone, self.team].sum()) // 2
        like = int(self.like[everyone, self.team].sum()) // 2
        squares = (self.over**2 @ self.features.weight).sum()
        return self.short - must, -like, int(squares)

    @property
    def short(self) -> int:
        """Different values missing in teams, all together."""
        return sum(
            int(np.maximum(0, needed - (counts > 0).sum(axis=1)).sum())
            for counts, needed in zip(self.counts, self.features.needed.tolist(), strict=True)
        )

    def changes(self, one: int) -> tuple[Whole, Whole, Whole]:
        """Return how each swap of ``one`` with anybody changes the three parts of the worth."""
        f, a, team = self.features, self.team[one], self.team
        step = (f.points - f.points[one]) * len(team)
        gap = self.over[a] - self.over[team]
        deviation = (2 * step * (gap + step)) @ f.weight
        everyone = np.arange(len(team))
        kept = []
        for company, wished in ((self.must, f.musts), (self.like, f.likes)):
            gained = company[one][team] + company[:, a] - 2 * wished[one]
            kept.append(gained - company[one, a] - company[everyone, team])
        short = np.zeros(len(team), dtype=np.int64)
        for values, counts, needed in zip(f.value, self.counts, f.needed.tolist(), strict=True):
            short += _shorter(values, counts, needed, team, one)
        return short - kept[0], -kept[1], deviation

    def swap(self, one: int, other: int) -> None:
        """Let two people of different teams change places."""
        f, a, b = self.features, self.team[one], self.team[other]
        step = (f.points[other] - f.points[one]) * len(self.team)
        self.over[a] += step
        self.over[b] -= step
        for values, counts in zip(f.value, self.counts, strict=True):
            for person, source, target in ((one, a, b), (other, b, a)):
                if values[person] >= 0:
                    counts[source, values[person]] -= 1
                    counts[target, values[person]] += 1
        for company, wished in ((self.must, f.musts), (self.like, f.likes)):
            company[:, a] += wished[other] - wished[one]
            company[:, b] += wished[one] - wished[other]
        self.team[one], self.team[other] = b, a


def divided(features: Features, sizes: tuple[int, ...], team: Whole) -> Division:
    """Return the division that puts each person into ``team``."""
    teams, many = len(sizes), len(features.keys)
    member = np.zeros((teams, many), dtype=np.int64)
    member[team, np.arange(many)] = 1
    share = np.outer(np.array(sizes, dtype=np.int64), features.points.sum(axis=0))
    counts = []
    for values, number in zip(features.value, features.values, strict=True):
        table = np.zeros((teams, max(1, number)), dtype=np.int64)
        known = values >= 0
        np.add.at(table, (team[known], values[known]), 1)
        counts.append(table)
    return Division(
        features,
        team.copy(),
        member @ features.points * many - share,
        counts,
        features.musts @ member.T,
        features.likes @ member.T,
    )


def improved(
    features: Features, sizes: tuple[int, ...], rng: random.Random, work: int, bound: int
) -> Whole:
    """Return the team of each person after ``work`` rounds of search.

    A round lets everybody once, in random order, make the swap that helps most.
    When nobody can, the best division so far is shaken by a few random swaps
    (iterated local search [1]). Equal swaps: the first in drawn order. Nothing is
    searched any longer once everything is met and the deviation is ``bound``.

    Cost: O(people squared x features) a round.

    [1] H. R. Lourenco, O. C. Martin, T. Stutzle (2003). Iterated local search.
        Handbook of Metaheuristics, 320-353. doi:10.1007/0-306-48056-5_11
    """
    current = divided(features, sizes, _dealt(features, sizes))
    best, worth = current.team.copy(), current.worth
    together = ((features.musts > 0).sum() // 2, (features.likes > 0).sum() // 2)
    ideal = (-int(together[0]), -int(together[1]), bound)
    for _ in range(work if len(sizes) > 1 else 0):
        if worth == ideal:
            break
        helped = sum(_helped(current, one) for one in _shuffled(len(current.team), rng))
        if current.worth < worth:
            best, worth = current.team.copy(), current.worth
        if not helped:
            current = divided(features, sizes, best)
            for _ in range(2 + len(sizes) // 4):
                one, other = rng.sample(range(len(best)), 2)
                if current.team[one] != current.team[other]:
                    current.swap(one, other)
    return best


def _helped(division: Division, one: int) -> bool:
    """Make the swap of one person that helps most; say whether any helped."""
    short, wishes, deviation = division.changes(one)
    apart = division.team != division.team[one]
    # The three parts stand in order of importance; each narrows down the one before.
    for change in (short, wishes, deviation):
        apart &= change == change[apart].min()
    other = int(np.flatnonzero(apart)[0])
    if (short[other], wishes[other], deviation[other]) >= (0, 0, 0):
        return False
    division.swap(one, other)
    return True


def _shuffled(many: int, rng: random.Random) -> Iterator[int]:
    order = list(range(many))
    rng.shuffle(order)
    return iter(order)


def _dealt(features: Features, sizes: tuple[int, ...]) -> Whole:
    """Deal people out like cards, those alike one after another, to and fro."""
    columns = [*features.points.T[::-1], *features.value[::-1]]
    order = np.lexsort(columns) if columns else np.arange(len(features.keys))
    team = np.empty(len(features.keys), dtype=np.int64)
    rounds = [
        [n for n, size in enumerate(sizes) if size > turn][:: 1 if turn % 2 == 0 else -1]
        for turn in range(max(sizes, default=0))
    ]
    team[order] = [n for turn in rounds for n in turn]
    return team


def _shorter(values: Whole, counts: Whole, needed: int, team: Whole, one: int) -> Whole:
    """How many more different values teams lack after each swap of ``one``."""
    a, mine = team[one], values[one]
    known = values >= 0
    there = (counts > 0).sum(axis=1)
    theirs = np.where(known, values, 0)
    lost_by_a = int(mine >= 0 and counts[a, mine] == 1)
    won_by_a = known & (counts[a, theirs] == 0)
    lost_by_b = known & (counts[team, theirs] == 1)
    won_by_b = (counts[team, mine] == 0) if mine >= 0 else np.zeros(len(team), dtype=bool)
    after_a = there[a] - lost_by_a + won_by_a
    after_b = there[team] - lost_by_b + won_by_b
    alike = values == mine
    before = np.maximum(0, needed - there)
    change = np.maximum(0, needed - after_a) + np.maximum(0, needed - after_b)
    return np.where(alike, 0, change - before[a] - before[team])
