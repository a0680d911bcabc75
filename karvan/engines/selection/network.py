"""The flow network of a review assignment: build, solve, prove."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python import min_cost_flow

from .table import Flags, PairTable, Whole

# The solver multiplies costs by the number of nodes; this much stays inside 64 bits.
HEADROOM = 2**60
# Below so many pairs all enter the flow at once; above, so many of each application do.
FEW_PAIRS = 50_000
FIRST_PAIRS = 7
MOST_TURNS = 6


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs from source 0 over applications and reviewers to sink 1.

    The first ``pairs`` arcs are the reads, in the order of the table, sorted by
    application. Then come an arc from the source to each application, an arc
    from each reviewer that fills the lower load, and one for the rest of the
    load. ``gain`` holds what a read is worth, and ``low_bonus`` on the arcs that
    fill lower loads: no cycle of reads outweighs it.
    """

    tail: Whole
    head: Whole
    capacity: Whole
    gain: Whole
    pairs: int
    nodes: int
    reads: int
    low_bonus: int


def solved_network(
    table: PairTable, rank: Whole, extra: Whole | None = None
) -> tuple[Network, Optimum]:
    """Return the network of a table and its flow of most gain, proved.

    A small bonus on lower loads is tried first, since the flow takes as long as
    its costs are large. If it fills them all, no other could fill more.

    Args:
        table: pairs.
        rank: of each pair among those of its application, best 0.
        extra: earned by each pair beside its points; filling a lower load does
            not outweigh it.

    Raises:
        ValueError: gains too large for 64-bit costs.
    """
    points = table.points
    network = network_of(
        table.application,
        table.reviewer,
        points,
        table.need,
        table.low,
        table.high,
        bonus_of(len(table.applications), len(table.reviewers), points),
    )
    if extra is not None:
        network.gain[: network.pairs] += extra
    most = int(network.gain.max(initial=0))
    if most * (network.nodes + 1) >= HEADROOM:
        raise ValueError(f"suitability and reads are too large together: {most}")
    small = replace(network, gain=network.gain.copy(), low_bonus=2 * int(points.max(initial=0)) + 1)
    filling = _bonus(network)
    small.gain[filling] = small.low_bonus
    optimum = proved_optimum(small, rank)
    if np.array_equal(optimum.flow[filling], network.capacity[filling]):
        return small, optimum
    return network, proved_optimum(network, rank)


def network_of(
    row: Whole,
    column: Whole,
    gain: Whole,
    need: Whole,
    low: Whole,
    high: Whole,
    low_bonus: int,
) -> Network:
    """Return the network of pairs (row, column), reads needed by rows and loads of columns."""
    n, m, pairs = len(need), len(low), len(gain)
    applications = np.arange(2, 2 + n, dtype=np.int64)
    reviewers = np.arange(2 + n, 2 + n + m, dtype=np.int64)
    nought, sinks = np.zeros(n, dtype=np.int64), np.ones(m, dtype=np.int64)
    owed = np.minimum(low, high)
    return Network(
        tail=np.concatenate([row + 2, nought, reviewers, reviewers]),
        head=np.concatenate([column + (2 + n), applications, sinks, sinks]),
        capacity=np.concatenate([np.ones(pairs, dtype=np.int64), need, owed, high - owed]),
        gain=np.concatenate([gain, nought, np.full(m, low_bonus), np.zeros(m, dtype=np.int64)]),
        pairs=pairs,
        nodes=2 + n + m,
        reads=int(need.sum()),
        low_bonus=low_bonus,
    )


def bonus_of(applications: int, reviewers: int, gain: Whole) -> int:
    """Return more than any cycle of reads can gain: it passes each reviewer once at most."""
    return (min(applications, reviewers) + 2) * int(gain.max(initial=0)) + 1


def most_gain(network: Network) -> Whole:
    """Return a flow of most reads, then most filled lower loads, then most gain."""
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        network.tail, network.head, network.capacity, -network.gain
    )
    solver.set_node_supply(0, network.reads)
    solver.set_node_supply(1, -network.reads)
    return _flows(solver, solver.solve_max_flow_with_min_cost(), len(network.gain))


@dataclass(frozen=True, slots=True)
class Optimum:
    """A flow of most gain on every arc, and prices of the nodes that prove it."""

    flow: Whole
    price: Whole
    reduced: Whole


def proved_optimum(network: Network, rank: Whole) -> Optimum:
    """Return a flow of most gain, found on few pairs and proved on all.

    Only the pairs that suit their application best enter at first. The prices
    of that flow show which others could improve it, and by how much together.
    No better flow changes an arc whose reduced cost is more than that, so only
    arcs within it are solved again, until no pair is left that could improve.

    Args:
        network: arcs and gains.
        rank: of each pair among those of its application, best 0.

    Raises:
        ValueError: costs beyond 64 bits.

    Cost: O(pairs) for each of a few rounds, and a flow over a third of them.
    """
    others = np.ones(len(network.gain) - network.pairs, np.bool_)
    inside = np.ones(network.pairs, np.bool_)
    if network.pairs > FEW_PAIRS:
        reads = int(network.capacity[network.pairs :][network.tail[network.pairs :] == 0].max())
        inside = rank < max(FIRST_PAIRS, 3 * reads)
    flow = np.zeros(len(network.gain), dtype=np.int64)
    arcs = np.concatenate([inside, others])
    flow[arcs] = most_gain(_part(network, arcs))
    for turn in range(MOST_TURNS):
        price = prices(_part(network, arcs), flow[arcs])
        reduced = reduced_costs(network, price)
        better = (reduced[: network.pairs] < 0) & ~inside
        if not better.any():
            break
        inside = inside | better if turn < MOST_TURNS - 2 else np.ones_like(inside)
        arcs = np.concatenate([inside, others])
        if int(flow[: network.pairs].sum()) < network.reads:
            flow[arcs] = most_gain(_part(network, arcs))
            continue
        gap = -int(reduced[: network.pairs][better].sum())
        flow = _resolved(network, flow, (np.abs(reduced) <= gap) & arcs, -network.gain)
    return Optimum(flow, price, reduced)


def drawn_among_equals(network: Network, optimum: Optimum, draw: Whole) -> Whole:
    """Return the flow with the smallest sum of tickets among those as good as this one.

    A flow is as good exactly if it differs only on arcs whose reduced cost is
    nought (complementary slackness), so the second problem is small, and its
    costs are tickets only.
    """
    room = max(1, HEADROOM // (network.nodes + 1)).bit_length() - 1
    cost = np.zeros(len(optimum.flow), dtype=np.int64)
    cost[: network.pairs] = draw >> max(0, 32 - room)
    return _resolved(network, optimum.flow, optimum.reduced == 0, cost)


def _resolved(network: Network, flow: Whole, free: Flags, cost: Whole) -> Whole:
    """Return the cheapest flow that differs from this one on free arcs only."""
    out = np.zeros(network.nodes, dtype=np.int64)
    met = int(flow[: network.pairs].sum())
    out[0], out[1] = met, -met
    np.subtract.at(out, network.tail[~free], flow[~free])
    np.add.at(out, network.head[~free], flow[~free])
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        network.tail[free], network.head[free], network.capacity[free], cost[free]
    )
    solver.set_nodes_supplies(np.arange(network.nodes), out)
    found = flow.copy()
    found[free] = _flows(solver, solver.solve(), int(free.sum()))
    return found


def _part(network: Network, arcs: Flags) -> Network:
    """Return the network with some of its pairs only."""
    return replace(
        network,
        tail=network.tail[arcs],
        head=network.head[arcs],
        capacity=network.capacity[arcs],
        gain=network.gain[arcs],
        pairs=int(arcs[: network.pairs].sum()),
    )


def prices(network: Network, flow: Whole) -> Whole:
    """Return a price of each node: shortest distances in the residual network.

    Pairs and sources are looked at in turn (Bellman and Ford, a whole side at
    once), so a round costs one pass over the pairs.

    Cost: O(pairs) for each of a few rounds.
    """
    pairs = network.pairs
    read = flow[:pairs] > 0
    row, column, gain = network.tail[:pairs], network.head[:pairs], network.gain[:pairs]
    open_row, open_gain = row[~read], gain[~read]
    by_reviewer = np.argsort(column[~read], kind="stable")
    open_row, open_gain = open_row[by_reviewer], open_gain[by_reviewer]
    ends, starts = np.unique(column[~read][by_reviewer], return_index=True)
    taken_row, taken_column, taken_gain = row[read], column[read], gain[read]
    owners, firsts = np.unique(taken_row, return_index=True)
    rest = _residual_of_others(network, flow)
    price = np.zeros(network.nodes, dtype=np.int64)
    for _ in range(2 * network.nodes):
        before = price.copy()
        if len(ends):
            reach = np.minimum.reduceat(price[open_row] - open_gain, starts)
            price[ends] = np.minimum(price[ends], reach)
        for tail, head, cost in rest:
            np.minimum.at(price, head, price[tail] + cost)
        if len(owners):
            reach = np.minimum.reduceat(price[taken_column] + taken_gain, firsts)
            price[owners] = np.minimum(price[owners], reach)
        if np.array_equal(before, price):
            break
    return price


def reduced_costs(network: Network, price: Whole) -> Whole:
    """Return what each arc costs once its ends are paid for; nought where it is free to change."""
    return -network.gain + price[network.tail] - price[network.head]


def bound_of_flow(network: Network, optimum: Optimum) -> int:
    """Return the most gain that as many reads and lower loads could have.

    Any prices give a valid bound by weak duality, and shortest distances give
    the flow's own total exactly if no cycle can improve it. All in whole numbers.
    """
    flow, price = optimum.flow, optimum.price
    met = int(flow[: network.pairs].sum())
    filled = int(flow[_bonus(network)].sum())
    back = _back(network)
    reduced = np.minimum(0, optimum.reduced)
    paid = np.flatnonzero(reduced)
    # Whole numbers of any size: with a bonus on standing reads 64 bits could run over.
    costs = zip(network.capacity[paid].tolist(), reduced[paid].tolist(), strict=True)
    dual = sum(many * cost for many, cost in costs)
    dual += network.reads * min(0, -back + int(price[1]) - int(price[0]))
    proved: int = -dual - back * met - network.low_bonus * filled
    return proved


def _bonus(network: Network) -> slice:
    reviewers = (len(network.tail) - network.pairs - int((network.tail == 0).sum())) // 2
    end = len(network.tail) - reviewers
    return slice(end - reviewers, end)


def _back(network: Network) -> int:
    """Return what the arc back from sink to source earns: more than any cycle costs."""
    turns = min(int((network.tail == 0).sum()), len(network.tail)) + 2
    most = int(network.gain[: network.pairs].max(initial=0))
    return 4 * (network.low_bonus + most * turns)


def _residual_of_others(network: Network, flow: Whole) -> tuple[tuple[Whole, Whole, Whole], ...]:
    """Return the residual arcs other than reads: tails, heads, costs."""
    some = slice(network.pairs, None)
    met = int(flow[: network.pairs].sum())
    tail, head = np.append(network.tail[some], 1), np.append(network.head[some], 0)
    cost = np.append(-network.gain[some], -_back(network))
    used = np.append(flow[some], met)
    capacity = np.append(network.capacity[some], network.reads)
    forth, again = used < capacity, used > 0
    return (
        (tail[forth], head[forth], cost[forth]),
        (head[again], tail[again], -cost[again]),
    )


def _flows(solver: min_cost_flow.SimpleMinCostFlow, status: object, arcs: int) -> Whole:
    if status != solver.OPTIMAL:
        raise ValueError(f"the flow solver could not use these costs: status {status}")
    return np.asarray(solver.flows(np.arange(arcs)), dtype=np.int64)


def reads_of(network: Network, flow: Whole) -> Flags:
    """Return which pairs are read."""
    return flow[: network.pairs] > 0
