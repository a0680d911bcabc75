"""A slow, plain recount of a matching, sharing nothing with the search."""

from __future__ import annotations

from collections import Counter

from .matched import Matching
from .preferences import MatchProblem, Place, Seeker
from .tickets import ticket

Pair = tuple[str, str]


def check_matching(problem: MatchProblem, matching: Matching) -> tuple[str, ...]:
    """Return the rules the matching breaks, in words; empty if none.

    Pairs that block it are no broken rule as long as it says how many.

    Cost: O(seekers x wishes x capacity); plain loops.
    """
    broken = _broken_places(problem, matching)
    seekers = {s.key: s for s in problem.seekers}
    unmatched = tuple(sorted(set(seekers) - set(matching.places)))
    if matching.unmatched != unmatched:
        broken.append(f"unmatched are {unmatched}, not as stated")
    ranks = Counter(
        _rank(seekers[s], p)
        for s, p in matching.places.items()
        if s in seekers and p in seekers[s].wishes
    )
    profile = tuple(ranks[r] for r in range(1, max(ranks, default=0) + 1))
    if matching.profile != profile:
        broken.append(f"profile is {profile}, not as stated")
    if not broken and (pairs := blocking_pairs(problem, matching)):
        blocking = len(pairs)
        if blocking != matching.blocking_pairs:
            broken.append(f"{blocking} pairs block it, stated {matching.blocking_pairs}")
    return tuple(broken)


def blocking_pairs(problem: MatchProblem, matching: Matching) -> tuple[Pair, ...]:
    """Return every seeker and place that would both rather have each other, sorted.

    A seeker wants a place of a smaller rank than its own (or, ranked alike, one
    drawn before); a place wants a seeker if it and its supervisor have room, or
    if the seeker stands before the last one there.

    Cost: O(seekers x wishes x capacity); plain loops.
    """
    places = {p.key: p for p in problem.places}
    return tuple(
        sorted(
            (seeker.key, wish)
            for seeker in problem.seekers
            for wish in seeker.wishes
            if _wants(problem, seeker, wish, matching.places.get(seeker.key))
            and _accepts(problem, places[wish], seeker.key)
            and _would_take(problem, matching, places[wish], seeker.key)
        )
    )


def _broken_places(problem: MatchProblem, matching: Matching) -> list[str]:
    broken = []
    seekers = {s.key: s for s in problem.seekers}
    places = {p.key: p for p in problem.places}
    for seeker, place in matching.places.items():
        if seeker not in seekers or place not in places:
            broken.append(f"unknown pair {seeker}, {place}")
        elif place not in seekers[seeker].wishes:
            broken.append(f"{seeker} did not wish for {place}")
        elif not _accepts(problem, places[place], seeker):
            broken.append(f"{place} refuses {seeker}")
    for p in problem.places:
        if (held := len(_held(matching, {p.key}))) > p.capacity:
            broken.append(f"{p.key} holds {held}, more than {p.capacity}")
    for s in problem.supervisors:
        theirs = {p.key for p in problem.places if p.supervisor == s.key}
        if (held := len(_held(matching, theirs))) > s.capacity:
            broken.append(f"{s.key} holds {held}, more than {s.capacity}")
    return broken


def _held(matching: Matching, places: set[str]) -> list[str]:
    return [s for s, p in matching.places.items() if p in places]


def _rank(seeker: Seeker, place: str) -> int:
    at = seeker.wishes.index(place)
    return seeker.ranks[at] if seeker.ranks else at + 1


def _wants(problem: MatchProblem, seeker: Seeker, wish: str, own: str | None) -> bool:
    if own is None:
        return True
    theirs, its = (
        (_rank(seeker, p), ticket(problem.seed, f"{seeker.key}\n{p}") if seeker.ranks else 0)
        for p in (own, wish)
    )
    return its < theirs


def _accepts(problem: MatchProblem, place: Place, seeker: str) -> bool:
    rules = next((s for s in problem.supervisors if s.key == place.supervisor), place)
    return seeker not in place.refuses and (not rules.only_named or seeker in rules.priorities)


def _order(problem: MatchProblem, place: Place, seeker: str) -> tuple[int, int, str]:
    rules = next((s for s in problem.supervisors if s.key == place.supervisor), place)
    rank = rules.priorities.get(seeker, 1_000_001)
    return rank, ticket(problem.seed, seeker), seeker


def _would_take(problem: MatchProblem, matching: Matching, place: Place, seeker: str) -> bool:
    own = _order(problem, place, seeker)
    held = _held(matching, {place.key})
    if len(held) >= place.capacity:
        return any(own < _order(problem, place, other) for other in held)
    supervisor = next((s for s in problem.supervisors if s.key == place.supervisor), None)
    if supervisor is None:
        return True
    theirs = {p.key for p in problem.places if p.supervisor == supervisor.key}
    taken = _held(matching, theirs)
    return (
        len(taken) < supervisor.capacity
        or seeker in taken
        or any(own < _order(problem, place, other) for other in taken)
    )
