"""Match seekers with places by what the seekers wish alone: most first choices, then second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from ortools.graph.python import min_cost_flow

from .matched import Matching
from .preferences import MatchProblem
from .tickets import ticket
from .wishes import Whole, Wishes, laid_out, to_matching

# The solver multiplies costs by the number of nodes; this much stays inside 64 bits.
HEADROOM = 2**60
TICKET_BITS = 20


def match_by_rank(problem: MatchProblem, *, most_people: bool = True) -> Matching:
    """Return the matching with most first choices, among those most second choices, and so on.

    With ``most_people`` as many seekers as possible have a place first of all (a
    greedy maximum matching [2]); without it first choices count before places
    (a rank-maximal matching [1]). Priorities of places do not count, only whom
    they refuse, their capacities and their supervisors' [2]. Equal matchings
    are drawn by tickets, so the order of the input does not matter.

    Weights that put one first choice above all second choices outgrow 64 bits
    after a few ranks. So the aims are met one after another by minimum-cost
    flow: flows optimal for the aims so far are exactly those that use no arc of
    positive reduced cost and fill those of negative (complementary slackness),
    and the next aim breaks neither since each breach costs more than it could
    gain.

    Args:
        problem: seekers with wishes, places with capacities in seekers.
        most_people: whether the number of seekers with a place comes first.

    Returns:
        The matching; ``blocking_pairs`` counts what it is by priorities, for
        comparison, and need not be 0.

    Raises:
        ValueError: too many seekers for whole-number costs (above a million).

    Cost: one flow for every two or three ranks and two for the draw.

    [1] R. W. Irving, T. Kavitha, K. Mehlhorn, D. Michail, K. E. Paluch (2006).
        Rank-maximal matchings. ACM Transactions on Algorithms 2, 602-610.
        doi:10.1145/1198513.1198520
    [2] A. Kwanashie, R. W. Irving, D. F. Manlove, C. T. S. Sng (2015).
        Profile-based optimal matchings in the student/project allocation
        problem. Combinatorial Algorithms, LNCS 8986, 213-225.
        doi:10.1007/978-3-319-19315-1_19
    """
    wishes = laid_out(problem)
    network = _network(wishes)
    entries = len(wishes.seeker)
    flow = np.zeros(len(network.tail), dtype=np.int64)
    held = np.zeros(len(network.tail), dtype=np.int64)
    for aim in _aims(problem, wishes, network, most_people):
        worst = len(wishes.seekers) * int(aim.max(initial=0)) + 1
        cost = held * worst
        cost[:entries] -= aim
        flow = _solved(network, cost)
        held = np.sign(_reduced(network, cost, flow))
    matched = np.full(len(wishes.seekers), -1, dtype=np.int64)
    used = np.flatnonzero(flow[:entries])
    matched[wishes.seeker[used]] = used
    return to_matching(wishes, matched)


@dataclass(frozen=True, slots=True)
class _Network:
    """Arcs from source 0 to sink 1; the first are the wishes, the last goes past all of them."""

    tail: Whole
    head: Whole
    capacity: Whole
    nodes: int
    supply: int


def _network(wishes: Wishes) -> _Network:
    many, places, holders = len(wishes.seekers), len(wishes.places), len(wishes.holder_capacity)
    first_place, first_holder = 2 + many, 2 + many + places
    seeker, place, holder = np.arange(many), np.arange(places), np.arange(holders)
    tail: list[ArrayLike] = [
        2 + wishes.seeker,
        np.zeros(many),
        first_place + place,
        first_holder + holder,
        0,
    ]
    to = np.where(wishes.holder >= 0, first_holder + wishes.holder, 1)
    head: list[ArrayLike] = [first_place + wishes.place, 2 + seeker, to, np.ones(holders), 1]
    capacity: list[ArrayLike] = [
        np.ones(len(wishes.seeker)),
        np.ones(many),
        wishes.capacity,
        wishes.holder_capacity,
        many,
    ]
    nodes = first_holder + holders
    if (many + 1) * (nodes + 1) >= HEADROOM // 4:
        raise ValueError(f"{many} seekers are too many for whole-number costs")
    return _Network(_joined(*tail), _joined(*head), _joined(*capacity), nodes, many)


def _joined(*parts: ArrayLike) -> Whole:
    return np.concatenate([np.atleast_1d(part) for part in parts]).astype(np.int64)


def _aims(
    problem: MatchProblem, wishes: Wishes, network: _Network, most_people: bool
) -> Iterator[Whole]:
    """Yield what each wish earns, aim after aim; several aims at once where they fit."""
    many = network.supply
    most = HEADROOM // ((network.nodes + 1) * (many + 2))
    if most_people:
        yield np.ones_like(wishes.rank)
    aim, best = np.zeros_like(wishes.rank), 0
    for rank in np.unique(wishes.rank).tolist():
        if best * (many + 1) + 1 > most:
            yield aim
            aim, best = np.zeros_like(wishes.rank), 0
        aim = aim * (many + 1) + (wishes.rank == rank)
        best = best * (many + 1) + 1
    yield aim
    drawn = np.array(
        [
            ticket(problem.seed, f"{wishes.seekers[s]}\n{wishes.places[p]}") >> 1
            for s, p in zip(wishes.seeker.tolist(), wishes.place.tolist(), strict=True)
        ],
        dtype=np.int64,
    )
    # Two draws of twenty bits each leave equal matchings a chance of about one in a billion.
    for shift in (0, TICKET_BITS):
        yield (drawn >> shift) % min(2**TICKET_BITS, most)


def _solved(network: _Network, cost: Whole) -> Whole:
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, cost)
    solver.set_node_supply(0, network.supply)
    solver.set_node_supply(1, -network.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ValueError(f"the flow solver could not use these costs: status {status}")
    return np.asarray(solver.flows(np.arange(len(cost))), dtype=np.int64)


def _reduced(network: _Network, cost: Whole, flow: Whole) -> Whole:
    """Return reduced costs under shortest distances of the residual network.

    All distances start at nought, which is a source joined to every node; the
    flow is optimal, so there is no negative cycle and the rounds end.
    """
    forward, backward = flow < network.capacity, flow > 0
    start = np.concatenate([network.tail[forward], network.head[backward]])
    end = np.concatenate([network.head[forward], network.tail[backward]])
    length = np.concatenate([cost[forward], -cost[backward]])
    order = np.argsort(end, kind="stable")
    start, end, length = start[order], end[order], length[order]
    ends, firsts = np.unique(end, return_index=True)
    distance = np.zeros(network.nodes, dtype=np.int64)
    for _ in range(network.nodes if len(ends) else 0):
        shorter = np.minimum(distance[ends], np.minimum.reduceat(distance[start] + length, firsts))
        if np.array_equal(shorter, distance[ends]):
            break
        distance[ends] = shorter
    return cost + distance[network.tail] - distance[network.head]
