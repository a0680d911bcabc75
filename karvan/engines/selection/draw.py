"""The draw among cohorts of equal value: whoever's ticket comes first is asked first."""

from __future__ import annotations

from collections.abc import Mapping

from ortools.sat.python import cp_model

from .window import Window

# Whether the person is in, the column, and the place in it by ticket.
Person = tuple[cp_model.IntVar, int, int]

# As many drawn people as one solve settles: their weights are powers of two.
BATCH = 50


def contested_columns(window: Window) -> frozenset[int]:
    """Return the open columns that cohorts of this value do not all treat alike.

    A column is settled only if every such cohort takes all of it, or none.
    Each solve shows as many columns as possible in a new light, until none is.
    """
    best = list(window.taken)
    some = {i for i in window.variables if window.taken[i] > 0}
    spared = {i for i in window.variables if window.taken[i] < window.columns[i].size}
    while True:
        model = window.hinted_copy()
        doubts = []
        for i, x in window.variables.items():
            for seen, literal in ((some, x >= 1), (spared, x <= window.columns[i].size - 1)):
                if i not in seen:
                    doubts.append(model.new_bool_var(""))
                    model.add(literal).only_enforce_if(doubts[-1])
        if not doubts:
            break
        model.maximize(sum(doubts))
        status = window.solve(model)
        found_some = {i for i in window.variables if window.taken[i] > 0} - some
        found_spared = {
            i for i in window.variables if window.taken[i] < window.columns[i].size
        } - spared
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) or not found_some | found_spared:
            break
        some |= found_some
        spared |= found_spared
    window.taken[:] = best
    return frozenset(some & spared)


def draw_lots(window: Window, tied: frozenset[int], tickets: Mapping[str, int]) -> None:
    """Settle the tied columns: by ticket, each person comes in if any best cohort allows.

    Powers of two as weights make one solve settle a batch exactly as if its
    people were asked one after another.
    """
    for i, x in window.variables.items():
        if i not in tied:
            window.model.add(x == window.taken[i])
    people = _people_in_order(window, tied, tickets)
    # Each seat adds value, so once those drawn make up the whole answer nobody
    # else can come in without someone going out.
    while any(window.taken[i] > place for _, i, place in people):
        while people and window.taken[people[0][1]] > people[0][2]:
            window.model.add(people.pop(0)[0] == 1)
        if not people:
            return
        batch = people[:BATCH]
        weights = [2 ** (len(batch) - 1 - n) for n in range(len(batch))]
        model = window.hinted_copy()
        literals = [literal for literal, _, _ in batch]
        model.maximize(cp_model.LinearExpr.weighted_sum(literals, weights))
        window.solve(model)
        people = _undecided(window, people)


def _undecided(window: Window, people: list[Person]) -> list[Person]:
    """Settle the batch as the last answer has it; return who is still to be asked.

    Whoever is refused takes along all with later tickets in the same column.
    """
    refused: dict[int, int] = {}
    for literal, i, place in people[:BATCH]:
        inside = window.taken[i] > place
        window.model.add(literal == int(inside))
        if not inside:
            refused.setdefault(i, place)
    return [p for p in people[BATCH:] if p[1] not in refused]


def _people_in_order(
    window: Window, tied: frozenset[int], tickets: Mapping[str, int]
) -> list[Person]:
    ordered: list[tuple[int, str, cp_model.IntVar, int, int]] = []
    for i in sorted(tied):
        x = window.variables[i]
        literals = [window.model.new_bool_var("") for _ in window.columns[i].keys]
        window.model.add(sum(literals) == x)
        for before, after in zip(literals, literals[1:], strict=False):
            window.model.add_implication(after, before)
        for place, (key, literal) in enumerate(zip(window.columns[i].keys, literals, strict=True)):
            ordered.append((tickets[key], key, literal, i, place))
    ordered.sort(key=lambda person: person[:2])
    return [person[2:] for person in ordered]
