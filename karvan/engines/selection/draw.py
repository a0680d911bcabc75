"""The draw among cohorts of equal value: whoever's ticket comes first is asked first."""

from __future__ import annotations

from collections.abc import Mapping

from ortools.sat.python import cp_model

from .window import Window

# As many drawn people as one solve settles: their weights are powers of two.
BATCH = 24


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
    while people:
        while people and window.taken[people[0][1]] > people[0][2]:
            window.model.add(people.pop(0)[0] == 1)
        batch, people = people[:BATCH], people[BATCH:]
        if batch:
            weights = [2 ** (len(batch) - 1 - n) for n in range(len(batch))]
            model = window.hinted_copy()
            literals = [literal for literal, _, _ in batch]
            model.maximize(cp_model.LinearExpr.weighted_sum(literals, weights))
            window.solve(model)
            for literal, i, place in batch:
                window.model.add(literal == int(window.taken[i] > place))


def _people_in_order(
    window: Window, tied: frozenset[int], tickets: Mapping[str, int]
) -> list[tuple[cp_model.IntVar, int, int]]:
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
