"""Choose by lottery: equal chances for all who qualify, as far as the quotas allow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np
from ortools.sat.python import cp_model

from .answer import Change, Infeasible
from .balls import whole_balls
from .clash import explain_clash, is_possible
from .lottery import MILLION, AlikeGroup, ChanceProof, Lottery, Panel
from .lottery_pool import Barred, Numbers, Pool, pool_of
from .mixture import NEAR, Mixed, mix_level_by_level, mix_towards
from .panels import PanelSearch
from .problem import ChoiceProblem
from .requirements import require_count
from .targets import Targets, find_targets

WORK = 1_500
# Share of the targets that counts as all, within what rounded prices can prove.
REACHED = 1 - 10 * NEAR
BALLS = 10_000
# Deterministic units of one search for a panel.
SEARCH_WORK = 20


def choose_by_lottery(
    problem: ChoiceProblem,
    *,
    balls: int = BALLS,
    aim: Literal["leximin", "maximin"] = "leximin",
    work: int = WORK,
) -> Lottery | Infeasible:
    """Return a lottery over cohorts that gives everybody the fairest chance quotas allow.

    Every panel keeps all quotas and fills every place; teams are taken whole.
    The least chance is as great as possible, then the next, and so on
    (leximin [1]). Merit plays no part: all candidates count as qualified.

    People alike to every quota can trade places, so some leximin lottery gives
    them the same chance: the search runs over groups of people alike. What
    shares of people would allow is found first and is a bound; panels are then
    mixed towards it by column generation. Where whole panels cannot reach it,
    the levels are raised one by one over panels instead.

    Args:
        problem: the qualified; merit is not read, nor the seed.
        balls: equally likely balls that the weights become, 1 or more.
        aim: ``"maximin"`` stops once the least chance is greatest.
        work: panels searched for at most, not seconds. If they run out the
            lottery says ``is_leximin`` False and ``reached`` how near it is.

    Returns:
        The lottery, chances per million; or ``Infeasible`` as for
        ``choose_cohort``, or with fewer places where these cannot all be filled.

    Raises:
        ValueError: balls or work below 1, an unknown aim, or too little work
            to find any panel.

    Cost: about one and a half searches for each group of people alike. CPU seconds
        measured: 1.2 to 1.9 for 360 people, 30 places and quotas on six attributes,
        34 for 1,700 people, 110 places and seven.

    [1] B. Flanigan, P. Gölz, A. Gupta, B. Hennig, A. D. Procaccia (2021). Fair
        algorithms for selecting citizens' assemblies. Nature 596, 548-552.
        doi:10.1038/s41586-021-03788-6
    """
    for name, value in (("balls", balls), ("work", work)):
        require_count(value, name)
        if value == 0:
            raise ValueError(f"{name} must be 1 or more, got 0")
    if aim not in ("leximin", "maximin"):
        raise ValueError(f"aim must be 'leximin' or 'maximin', got {aim!r}")
    if not problem.candidates and problem.places == 0 and is_possible(problem):
        return _of_nobody(problem, balls)
    pool = pool_of(problem)
    search = PanelSearch(pool, SEARCH_WORK)
    barred = np.zeros(len(pool.sizes), dtype=np.bool_)
    while True:
        targets = find_targets(pool, barred, only_least=aim == "maximin")
        if targets is None:
            return _why_impossible(problem, pool)
        barred = targets.barred
        search.bar(barred)
        mixed = mix_towards(search, targets.chances, work)
        if mixed is None:
            return _why_impossible(problem, pool)
        if not mixed.barred:
            break
        barred[list(mixed.barred)] = True
    found = _Found(mixed, "none", False)
    if mixed.reached >= REACHED:
        found = _Found(mixed, "prices", True)
    elif mixed.possible < REACHED:
        found = _by_levels(search, mixed, barred, work - len(mixed.panels), aim)
    return _published(pool, targets, found, balls, aim)


@dataclass(frozen=True, slots=True)
class _Found:
    """A mixture, what proves its least chance, and whether every level is proved."""

    mixed: Mixed
    proof: Literal["prices", "search", "none"]
    is_done: bool


def _of_nobody(problem: ChoiceProblem, balls: int) -> Lottery:
    """Return the lottery of an empty pool for no places: every ball is the empty panel."""
    certificate = ChanceProof((), 0, {q.key: 0 for q in problem.quotas})
    return Lottery(
        groups=(),
        panels=(Panel(balls, ()),),
        balls=balls,
        barred=(),
        least=0,
        least_unrounded=0,
        bound=0,
        rounding_loss=0,
        reached=MILLION,
        proof="prices",
        is_leximin=True,
        certificate=certificate,
    )


def _by_levels(search: PanelSearch, start: Mixed, barred: Barred, work: int, aim: str) -> _Found:
    mixed, is_done = mix_level_by_level(search, start, barred, work, only_least=aim == "maximin")
    is_least_proved = mixed.possible <= mixed.reached + 10 * NEAR
    return _Found(mixed, "search" if is_least_proved else "none", is_done)


def _published(pool: Pool, targets: Targets, found: _Found, balls: int, aim: str) -> Lottery:
    panels = np.array(found.mixed.panels)
    shares = np.where(found.mixed.shares > 1e-12, found.mixed.shares, 0.0)
    shares /= shares.sum()
    before = shares @ panels / pool.sizes
    counts = whole_balls(panels, shares, pool.sizes, balls)
    drawn = counts @ panels
    can_be_in = ~targets.barred
    least = float(before[can_be_in].min(initial=1.0)) if can_be_in.any() else 0.0
    bound, proof = targets.bound, found.proof
    if proof == "none" and least >= float(bound) - 1 / MILLION:
        proof = "prices"
    if proof == "search":
        bound = min(bound, Fraction(found.mixed.possible))
    loss = float((before - drawn / (balls * pool.sizes)).max(initial=0.0))
    wanted = targets.chances > 0
    reached = float((before[wanted] / targets.chances[wanted]).min(initial=1.0))
    exact = [Fraction(int(n), balls * int(size)) for n, size in zip(drawn, pool.sizes, strict=True)]
    quotas = dict(zip(pool.quotas, targets.quotas, strict=True))
    return Lottery(
        groups=tuple(
            AlikeGroup(keys, int(seats), int(n), int(chance * MILLION))
            for keys, seats, n, chance in zip(pool.keys, pool.seats, drawn, exact, strict=True)
        ),
        panels=_in_order(panels, counts),
        balls=balls,
        barred=tuple(sorted(key for g in np.flatnonzero(targets.barred) for key in pool.keys[g])),
        least=int(min((exact[g] for g in np.flatnonzero(can_be_in)), default=0) * MILLION),
        least_unrounded=int((least + 1e-9) * MILLION),
        bound=ceil(bound * MILLION),
        rounding_loss=ceil(loss * MILLION - 1e-6),
        reached=min(MILLION, int((reached + 1e-9) * MILLION)),
        proof=proof,
        is_leximin=aim == "leximin" and found.is_done,
        certificate=ChanceProof(tuple(int(w) for w in targets.weights), targets.place, quotas),
    )


def _in_order(panels: Numbers, counts: Numbers) -> tuple[Panel, ...]:
    made = [
        Panel(int(n), tuple((int(g), int(panel[g])) for g in np.flatnonzero(panel)))
        for panel, n in zip(panels, counts, strict=True)
        if n
    ]
    return tuple(sorted(made, key=lambda panel: (-panel.balls, panel.members)))


def _why_impossible(problem: ChoiceProblem, pool: Pool) -> Infeasible:
    """Return the clash; or, where only filling every place fails, how many can be filled."""
    if not is_possible(problem):
        return explain_clash(problem)
    model = cp_model.CpModel()
    taken = [model.new_int_var(0, int(size), "") for size in pool.sizes]
    for row, (low, high) in enumerate(zip(pool.low, pool.high, strict=True)):
        people = cp_model.LinearExpr.weighted_sum(taken, [int(n) for n in pool.counts[row]])
        is_places = row == len(pool.quotas)
        model.add_linear_constraint(people, 0 if is_places else int(low), int(high))
    model.maximize(cp_model.LinearExpr.weighted_sum(taken, [int(n) for n in pool.seats]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.solve(model)
    filled = sum(int(n) * solver.value(x) for n, x in zip(pool.seats, taken, strict=True))
    change = Change(None, "places", problem.places, filled)
    return Infeasible((), ((change,),))
