"""A slow, plain recount of a lottery, sharing nothing with the search."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from .lottery import MILLION, Lottery, Panel
from .problem import Candidate, ChoiceProblem


def check_lottery(problem: ChoiceProblem, lottery: Lottery) -> tuple[str, ...]:
    """Return the rules the lottery breaks, in words; empty if none.

    Counts places and quotas of every panel, adds up balls and chances, and
    recomputes the bound that the certificate proves.

    Cost: O(panels x groups x quotas); plain loops.
    """
    people = {c.key: c for c in problem.candidates}
    if sorted(key for group in lottery.groups for key in group.keys) != sorted(people):
        return ("not everyone is in a group, once",)
    first = [people[group.keys[0]] for group in lottery.groups]
    return (
        *_broken_groups(problem, lottery, people, first),
        *(
            broken
            for number, panel in enumerate(lottery.panels)
            for broken in _broken_panel(problem, lottery, first, number, panel)
        ),
        *_broken_sums(lottery),
        *_broken_bound(problem, lottery),
    )


def _broken_groups(
    problem: ChoiceProblem, lottery: Lottery, people: dict[str, Candidate], first: list[Candidate]
) -> list[str]:
    broken = []
    for number, (group, one) in enumerate(zip(lottery.groups, first, strict=True)):
        for other in (people[key] for key in group.keys):
            if (other.seats, _counts(problem, other)) != (group.seats, _counts(problem, one)):
                broken.append(f"group {number}: {other.key} is not like {one.key}")
    return broken


def _counts(problem: ChoiceProblem, candidate: Candidate) -> list[int]:
    return [candidate.people_counted_by(quota) for quota in problem.quotas]


def _broken_panel(
    problem: ChoiceProblem, lottery: Lottery, first: list[Candidate], number: int, panel: Panel
) -> list[str]:
    broken = []
    if panel.balls < 1 or any(not 0 < n <= len(lottery.groups[g].keys) for g, n in panel.members):
        broken.append(f"panel {number}: no balls, or more of a group than there are")
    seats = sum(n * first[g].seats for g, n in panel.members)
    if seats != problem.places:
        broken.append(f"panel {number}: {seats} people on {problem.places} places")
    for quota in problem.quotas:
        counted = sum(n * first[g].people_counted_by(quota) for g, n in panel.members)
        if counted < (quota.floor or 0):
            broken.append(f"panel {number}, {quota.key}: {counted} people, floor {quota.floor}")
        if quota.ceiling is not None and counted > quota.ceiling:
            broken.append(f"panel {number}, {quota.key}: {counted}, ceiling {quota.ceiling}")
    return broken


def _broken_sums(lottery: Lottery) -> list[str]:
    broken = []
    balls = sum(panel.balls for panel in lottery.panels)
    if balls != lottery.balls:
        broken.append(f"panels have {balls} balls, stated {lottery.balls}")
    drawn = [0] * len(lottery.groups)
    for panel in lottery.panels:
        for g, n in panel.members:
            drawn[g] += n * panel.balls
    chances = []
    for number, group in enumerate(lottery.groups):
        chance = Fraction(drawn[number], lottery.balls * len(group.keys))
        chances.append(chance)
        if (group.drawn, group.chance) != (drawn[number], int(chance * MILLION)):
            broken.append(f"group {number}: chance is {chance}, stated {group.chance} per million")
    barred = set(lottery.barred)
    others = [
        chance
        for group, chance in zip(lottery.groups, chances, strict=True)
        if barred.isdisjoint(group.keys)
    ]
    if any(
        c and not barred.isdisjoint(g.keys) for g, c in zip(lottery.groups, chances, strict=True)
    ):
        broken.append("somebody barred is in a panel")
    least = int(min(others, default=Fraction(0)) * MILLION)
    if least != lottery.least:
        broken.append(f"least chance is {least} per million, stated {lottery.least}")
    if lottery.least < lottery.least_unrounded - lottery.rounding_loss - 1:
        broken.append(f"rounding lost more than {lottery.rounding_loss} per million")
    return broken


def _broken_bound(problem: ChoiceProblem, lottery: Lottery) -> list[str]:
    broken = []
    proven = ceil(chance_bound(problem, lottery) * MILLION)
    if lottery.proof != "search" and lottery.bound != proven:
        broken.append(f"bound {lottery.bound} per million is not {proven}, as the weights prove")
    if lottery.bound > proven:
        broken.append(f"bound {lottery.bound} per million is above {proven}")
    if max(lottery.least, lottery.least_unrounded) > lottery.bound:
        broken.append(f"least chance is above the bound {lottery.bound} per million")
    if lottery.proof == "prices" and lottery.least_unrounded < proven - 3:
        broken.append(f"the weights prove {proven} per million, not {lottery.least_unrounded}")
    return broken


def chance_bound(problem: ChoiceProblem, lottery: Lottery) -> Fraction:
    """Return the greatest least chance any lottery can give, recomputed from the certificate.

    The chances of all, each times its weight, add up to the weight of the
    panel drawn, on average; no panel weighs more than its limits are priced
    at, plus each person's surplus over the own price. Needs no solver, but
    takes it as said who is barred.

    Cost: O(candidates x quotas).
    """
    proof, everyone = lottery.certificate, sum(c.seats for c in problem.candidates)
    weight = {key: proof.weights[g] for g, group in enumerate(lottery.groups) for key in group.keys}
    most = proof.place * problem.places
    for quota in problem.quotas:
        price = proof.quotas[quota.key]
        ceiling = everyone if quota.ceiling is None else quota.ceiling
        most += price * (ceiling if price > 0 else quota.floor or 0)
    barred = set(lottery.barred)
    for c in problem.candidates:
        if c.key in barred:
            continue
        price = proof.place * c.seats
        price += sum(proof.quotas[q.key] * c.people_counted_by(q) for q in problem.quotas)
        most += max(0, weight[c.key] - price)
    total = sum(weight.values())
    return min(Fraction(1), Fraction(most, total)) if total > 0 else Fraction(0)
