"""Match seekers with places so that no two would rather have each other."""

from __future__ import annotations

from heapq import heappop, heappush, heapreplace

import numpy as np

from .matched import Matching, PassedOver, WhyNot
from .preferences import MatchProblem, Place, Supervisor
from .tickets import ticket
from .wishes import Whole, Wishes, laid_out, to_matching


def match_stable(problem: MatchProblem) -> Matching:
    """Return the stable matching that is best for every seeker at once.

    Deferred acceptance: each seeker asks for its best place that has not sent
    it away; a place keeps those it ranks first and sends the last away when it
    is over its capacity, or its supervisor is [1, 2]. No stable matching gives
    any seeker a better place, and it does not pay a seeker to state another
    order than its own. Ranks alike are drawn by tickets, one lottery for all
    places [3]; for the orders so drawn the answer is unique, whatever the order
    of the input.

    Args:
        problem: seekers with wishes, places with capacities in seekers.

    Returns:
        The matching; ``blocking_pairs`` is counted anew from it and is 0.

    Cost: O(wishes log capacity). See docs/engines/selection.md for figures.

    [1] D. Gale, L. S. Shapley (1962). College admissions and the stability of
        marriage. American Mathematical Monthly 69, 9-15. doi:10.2307/2312726
    [2] D. J. Abraham, R. W. Irving, D. F. Manlove (2007). Two algorithms for the
        student-project allocation problem. Journal of Discrete Algorithms 5,
        73-90. doi:10.1016/j.jda.2006.03.006
    [3] A. Abdulkadiroglu, P. A. Pathak, A. E. Roth (2009). Strategy-proofness
        versus efficiency in matching with indifferences. American Economic
        Review 99, 1954-1978. doi:10.1257/aer.99.5.1954
    """
    wishes = laid_out(problem)
    asked = _asked_under_supervisors(wishes) if problem.supervisors else _asked(wishes)
    return to_matching(wishes, asked)


def explain_match(problem: MatchProblem, matching: Matching, seeker: str) -> tuple[PassedOver, ...]:
    """Return the places the seeker wished for more than its own, best first, and why not.

    Args:
        problem: the problem.
        matching: the stable matching of it.
        seeker: the key of a seeker.

    Raises:
        ValueError: there is no such seeker.

    Cost: O(seekers x wishes of the one).
    """
    found = next((s for s in problem.seekers if s.key == seeker), None)
    if found is None:
        raise ValueError(f"there is no seeker {seeker!r}")
    places = {p.key: p for p in problem.places}
    ranks = found.ranks or tuple(range(1, len(found.wishes) + 1))
    own = matching.places.get(seeker)
    last = ranks[found.wishes.index(own)] if own is not None else max(ranks, default=0) + 1
    return tuple(
        _passed_over(problem, matching, seeker, places[wish], rank)
        for wish, rank in zip(found.wishes, ranks, strict=True)
        if rank < last
    )


def _asked(wishes: Wishes) -> Whole:
    """Each seeker's entry after deferred acceptance at places without supervisors."""
    many = len(wishes.seekers)
    held: list[list[int]] = [[] for _ in wishes.places]
    capacity = wishes.capacity.tolist()
    # Views hand out one whole number at a time; lists of millions would not fit small machines.
    place, standing = wishes.place.data, wishes.standing.data
    ask, end = wishes.first[:-1].tolist(), wishes.first[1:].tolist()
    matched = [-1] * many
    for newcomer in range(many):
        free = newcomer
        while free >= 0:
            asking, entry = free, ask[free]
            free = -1
            for at in range(entry, end[asking]):
                heap, order = held[place[at]], -standing[at]
                if len(heap) < capacity[place[at]]:
                    heappush(heap, order)
                elif heap and order > heap[0]:
                    # Seekers are numbered in drawn order, so the order holds the number.
                    free = -heapreplace(heap, order) % many
                    matched[free] = -1
                else:
                    continue
                matched[asking], ask[asking] = at, at + 1
                break
    return np.array(matched, dtype=np.int64)


def _asked_under_supervisors(wishes: Wishes) -> Whole:
    """The same where supervisors have capacities of their own.

    A supervisor's order is the order of all its places, so its last seeker is
    also the last of the place that seeker holds.
    """
    many = len(wishes.seekers)
    held: list[list[int]] = [[] for _ in wishes.places]
    taken: list[list[int]] = [[] for _ in wishes.holder_capacity]
    load = [0] * len(taken)
    capacity, most = wishes.capacity.tolist(), wishes.holder_capacity.tolist()
    place, standing, holder = (
        wishes.place.tolist(),
        wishes.standing.tolist(),
        wishes.holder.tolist(),
    )
    ask, end = wishes.first[:-1].tolist(), wishes.first[1:].tolist()
    matched = [-1] * many
    free = list(range(many))
    while free:
        asking = free.pop()
        if ask[asking] == end[asking]:
            continue
        at = ask[asking]
        ask[asking] = at + 1
        where, by = place[at], holder[place[at]]
        matched[asking] = at
        heappush(held[where], -standing[at])
        if by >= 0:
            heappush(taken[by], -standing[at])
            load[by] += 1
        if len(held[where]) > capacity[where]:
            out = -heappop(held[where]) % many
        elif by >= 0 and load[by] > most[by]:
            out = _last_of(by, taken[by], matched, place, holder, many)
            heappop(held[place[matched[out]]])
        else:
            continue
        matched[out] = -1
        free.append(out)
        if by >= 0:
            load[by] -= 1
    return np.array(matched, dtype=np.int64)


def _last_of(
    by: int, taken: list[int], matched: list[int], place: list[int], holder: list[int], many: int
) -> int:
    """The supervisor's last seeker; those that a full place sent away are dropped on the way."""
    while True:
        last = -heappop(taken) % many
        if matched[last] >= 0 and holder[place[matched[last]]] == by:
            return last


def _passed_over(
    problem: MatchProblem, matching: Matching, seeker: str, place: Place, rank: int
) -> PassedOver:
    ruled: Place | Supervisor = next(
        (s for s in problem.supervisors if s.key == place.supervisor), place
    )
    own = ruled.priorities.get(seeker)
    if seeker in place.refuses or (ruled.only_named and own is None):
        return PassedOver(place.key, rank, "refused", (), False)
    holders = sorted(s for s, p in matching.places.items() if p == place.key)
    reason: WhyNot = "full"
    if len(holders) < place.capacity:
        reason = "supervisor_full"
        theirs = {p.key for p in problem.places if p.supervisor == place.supervisor}
        holders = sorted(s for s, p in matching.places.items() if p in theirs)
    is_drawn = any(
        ruled.priorities.get(other) == own
        and ticket(problem.seed, other) <= ticket(problem.seed, seeker)
        for other in holders
    )
    return PassedOver(place.key, rank, reason, tuple(holders), is_drawn)
