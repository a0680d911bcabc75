"""The flow network of a review assignment: build, solve, prove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from .reading import AssignmentProblem, Pair
from .tickets import ticket

Whole = NDArray[np.int64]

# The solver multiplies costs by the number of nodes; this much stays inside 64 bits.
HEADROOM = 2**60
MOST_TICKETS = 2**20


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs from source 0 over applications and reviewers to sink 1.

    The first arcs are the reads, one for each of ``pairs``. ``gain`` holds
    suitability, and ``low_bonus`` on the arcs that fill lower loads; the bonus
    outweighs all suitability. ``draw`` holds a small ticket for each read.
    """

    pairs: Sequence[Pair]
    tail: Whole
    head: Whole
    capacity: Whole
    gain: Whole
    draw: Whole
    nodes: int
    reads: int
    low_bonus: int


def build_network(problem: AssignmentProblem) -> Network:
    """Return the network, its arcs in drawn order so that the input's order is forgotten.

    Kept pairs are taken out beforehand: they use up reads and loads.
    """
    seed = problem.seed
    applications = sorted(problem.applications, key=lambda a: (ticket(seed, a.key), a.key))
    reviewers = sorted(problem.reviewers, key=lambda r: (ticket(seed, r.key), r.key))
    kept = Counter(key for pair in problem.kept for key in zip("ar", pair, strict=True))
    first_reviewer = 2 + len(applications)
    pairs: list[Pair] = []
    arcs: list[tuple[int, int, int, int]] = []
    for n, a in enumerate(applications, start=2):
        for m, r in enumerate(reviewers, start=first_reviewer):
            if problem.may_read(a, r) and (a.key, r.key) not in problem.kept:
                pairs.append((a.key, r.key))
                arcs.append((n, m, 1, problem.suits(a, r)))
    reads = problem.reads_each * len(applications)
    low_bonus = reads * max((gain for *_, gain in arcs), default=0) + 1
    for n, a in enumerate(applications, start=2):
        arcs.append((0, n, problem.reads_each - kept["a", a.key], 0))
    for m, r in enumerate(reviewers, start=first_reviewer):
        owed = max(0, r.load_low - kept["r", r.key])
        arcs.append((m, 1, owed, low_bonus))
        arcs.append((m, 1, r.load_high - kept["r", r.key] - owed, 0))
    tail, head, capacity, gain = np.array(arcs, dtype=np.int64).reshape(-1, 4).T
    draw = _draw(problem, pairs, len(arcs))
    nodes = first_reviewer + len(reviewers)
    return Network(pairs, tail, head, capacity, gain, draw, nodes, reads, low_bonus)


def solve_network(network: Network) -> Whole:
    """Return the flow on each arc: most reads, then lower loads, suitability, tickets.

    Raises:
        ValueError: gains too large for 64-bit costs.
    """
    most = network.low_bonus * (network.nodes + 1)
    if most >= HEADROOM:
        raise ValueError(f"suitability and reads are too large together: {most}")
    # Tickets take what room the costs leave; with none left the drawn order of
    # the arcs alone decides among equals.
    tickets = min(MOST_TICKETS, max(0, HEADROOM // most - 1) // max(1, network.reads))
    scale = network.reads * tickets + 1
    draw = network.draw % tickets if tickets else np.zeros_like(network.draw)
    cost = draw - network.gain * scale
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, cost)
    solver.set_node_supply(0, network.reads)
    solver.set_node_supply(1, -network.reads)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise ValueError(f"the flow solver could not use these costs: status {status}")
    return np.asarray(solver.flows(np.arange(len(cost))), dtype=np.int64)


def bound_of_flow(network: Network, flow: Whole) -> int:
    """Return the most suitability that as many reads and lower loads could have.

    Node prices are shortest distances in the residual network; any prices give
    a valid bound by weak duality, and these give the flow's own total exactly
    if no cycle can improve it. All in whole numbers.

    Cost: O(arcs) for each of a few rounds; 0.1 s for 120,000 arcs.
    """
    met = int(flow[: len(network.pairs)].sum())
    bonus = network.gain == network.low_bonus
    bonus[: len(network.pairs)] = False
    filled = int(flow[bonus].sum())
    # The arc back from sink to source earns more than all else together.
    back = network.low_bonus * (network.reads + 1) * 2 + 1
    tail, head = np.append(network.tail, 1), np.append(network.head, 0)
    capacity = np.append(network.capacity, network.reads)
    cost = np.append(-network.gain, -back)
    flow = np.append(flow, met)
    price = _distances(tail, head, cost, flow < capacity, flow > 0, network.nodes)
    reduced = np.minimum(0, cost + price[tail] - price[head])
    dual = sum(int(c) * int(r) for c, r in zip(capacity, reduced, strict=True) if r)
    return -dual - back * met - network.low_bonus * filled


def _distances(
    tail: Whole,
    head: Whole,
    cost: Whole,
    forward: NDArray[np.bool_],
    backward: NDArray[np.bool_],
    nodes: int,
) -> Whole:
    """Return shortest distances from anywhere (Bellman and Ford, a whole round at once)."""
    start = np.concatenate([tail[forward], head[backward]])
    end = np.concatenate([head[forward], tail[backward]])
    length = np.concatenate([cost[forward], -cost[backward]])
    order = np.argsort(end, kind="stable")
    start, end, length = start[order], end[order], length[order]
    ends, firsts = np.unique(end, return_index=True)
    distance = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes if len(ends) else 0):
        shorter = np.minimum(distance[ends], np.minimum.reduceat(distance[start] + length, firsts))
        if np.array_equal(shorter, distance[ends]):
            break
        distance[ends] = shorter
    return distance


def _draw(problem: AssignmentProblem, pairs: Sequence[Pair], arcs: int) -> Whole:
    """Return a ticket for each read, mixed from both keys' tickets; nought for other arcs."""
    drawn = {
        key: ticket(problem.seed, key)
        for key in {a.key for a in problem.applications} | {r.key for r in problem.reviewers}
    }
    one = np.array([drawn[a] for a, _ in pairs], dtype=np.uint64)
    other = np.array([drawn[r] for _, r in pairs], dtype=np.uint64)
    # Odd multipliers and a shift spread the bits; uint64 wraps on every machine alike.
    mixed = (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    draw = np.zeros(arcs, dtype=np.int64)
    draw[: len(pairs)] = (mixed >> np.uint64(32)).astype(np.int64)
    return draw
