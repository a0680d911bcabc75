"""A lottery gives everybody the fairest chance that the quotas allow, and proves it."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Infeasible,
    Lottery,
    Quota,
    chance_bound,
    check_lottery,
    choose_by_lottery,
    draw_panel,
    numbered_panel,
)

from .problems import choices, over_limits

NEAR = 2e-5


def full_panels(problem):
    """Every set of candidates that keeps the limits and fills every place."""
    return [
        {c.key for c in some}
        for size in range(len(problem.candidates) + 1)
        for some in combinations(problem.candidates, size)
        if sum(c.seats for c in some) == problem.places and over_limits(problem, some) == 0
    ]


def fairest_chances(problem, panels):
    """Leximin chances of each person over all panels, one level after another."""
    keys = [c.key for c in problem.candidates]
    inside = np.array([[float(key in panel) for panel in panels] for key in keys])
    fixed = {}

    def best(gain, level):
        """Maximise gain, with fixed people held and the others at ``level`` or more."""
        floors = [fixed.get(key, level) for key in keys]
        return linprog(
            -gain,
            A_ub=-inside,
            b_ub=[1e-9 - floor for floor in floors],
            A_eq=[[1.0] * len(panels)],
            b_eq=[1],
        )

    while len(fixed) < len(keys):
        rows = [[*-inside[n], float(key not in fixed)] for n, key in enumerate(keys)]
        answer = linprog(
            [0.0] * len(panels) + [-1.0],
            A_ub=rows,
            b_ub=[1e-9 - fixed.get(key, 0.0) for key in keys],
            A_eq=[[1.0] * len(panels) + [0.0]],
            b_eq=[1],
        )
        level = -answer.fun
        stuck = [
            key
            for n, key in enumerate(keys)
            if key not in fixed and -best(inside[n], level - 1e-9).fun <= level + 1e-6
        ]
        fixed |= dict.fromkeys(stuck, level)
    return fixed


@settings(max_examples=80, deadline=None)
@given(choices(max_size=7, teams=True))
def test_chances_are_those_of_counting_every_panel_out(problem):
    lottery = choose_by_lottery(problem, balls=1_000_000)
    panels = full_panels(problem)
    assert isinstance(lottery, Infeasible) == (not panels)
    if isinstance(lottery, Infeasible):
        return

    fairest = fairest_chances(problem, panels)
    assert lottery.is_leximin
    assert lottery.proved
    for key, chance in lottery.chances.items():
        assert abs(chance / 1e6 - fairest[key]) < NEAR
    never = {c.key for c in problem.candidates if not any(c.key in panel for panel in panels)}
    assert set(lottery.barred) == never
    least = min((chance for key, chance in fairest.items() if key not in never), default=0)
    assert abs(lottery.least_unrounded / 1e6 - least) < NEAR
    assert lottery.bound / 1e6 > least - 1e-6
    assert check_lottery(problem, lottery) == ()


@settings(max_examples=40, deadline=None)
@given(choices(max_size=7, teams=True))
def test_maximin_stops_at_the_least_chance(problem):
    lottery = choose_by_lottery(problem, balls=1_000_000, aim="maximin")
    if isinstance(lottery, Infeasible) or not problem.candidates:
        return

    fairest = fairest_chances(problem, full_panels(problem))
    assert not lottery.is_leximin
    least = min((fairest[key] for key in fairest if key not in lottery.barred), default=0)
    assert abs(lottery.least / 1e6 - least) < NEAR
    assert check_lottery(problem, lottery) == ()


def forty():
    """Forty people of six kinds, eight places, two quotas."""
    people = tuple(
        Candidate(f"p{n}", 0, {"gender": "fm"[n % 3 == 0], "age": ("young", "old", "")[n % 4 % 3]})
        for n in range(40)
    )
    quotas = (
        Quota("men", "gender", frozenset({"m"}), 4, 5),
        Quota("young", "age", frozenset({"young"}), 2, 3),
    )
    return ChoiceProblem(people, 8, quotas, "s")


@settings(max_examples=10, deadline=None)
@given(choices(max_size=12), st.randoms())
def test_order_of_the_input_does_not_matter(problem, random):
    shuffled = replace(
        problem,
        candidates=tuple(random.sample(problem.candidates, len(problem.candidates))),
        quotas=problem.quotas[::-1],
    )

    assert choose_by_lottery(shuffled) == choose_by_lottery(problem)


def test_every_ball_is_a_panel_and_people_alike_take_turns():
    problem = forty()
    lottery = choose_by_lottery(problem, balls=500)

    inside = Counter(key for ball in range(1, 501) for key in numbered_panel(lottery, ball))

    for number, group in enumerate(lottery.groups):
        times = [inside[key] for key in group.keys]
        assert sum(times) == group.drawn
        assert max(times) - min(times) <= 1
        assert lottery.chance(number) == Fraction(group.drawn, 500 * len(group.keys))
    assert sum(lottery.probabilities) == 500


def test_the_same_seed_draws_the_same_panel_and_it_keeps_the_quotas():
    problem = forty()
    lottery = choose_by_lottery(problem)

    drawn = [draw_panel(lottery, f"seed {n}") for n in range(50)]

    assert drawn == [draw_panel(lottery, f"seed {n}") for n in range(50)]
    assert len(set(drawn)) > 40
    people = {c.key: c for c in problem.candidates}
    for panel in drawn:
        assert len(panel) == 8
        assert over_limits(problem, [people[key] for key in panel]) == 0


def test_without_quotas_all_have_the_same_chance():
    problem = replace(forty(), quotas=())

    lottery = choose_by_lottery(problem)

    assert {group.chance for group in lottery.groups} == {200_000}
    assert chance_bound(problem, lottery) == Fraction(1, 5)


def test_teams_that_only_whole_panels_can_seat_are_searched_level_by_level():
    """Shares of teams would allow 3/5 each, but every panel is one team and the one person."""
    people = (
        Candidate("one", 0),
        Candidate("red", 0, seats=2),
        Candidate("tan", 0, seats=2),
    )

    lottery = choose_by_lottery(ChoiceProblem(people, 3, (), "s"))

    assert lottery.chances == {"one": 1_000_000, "red": 500_000, "tan": 500_000}
    assert (lottery.proof, lottery.is_leximin, lottery.bound) == ("search", True, 500_000)
    assert check_lottery(ChoiceProblem(people, 3, (), "s"), lottery) == ()


def test_work_that_runs_out_is_said_and_still_keeps_every_rule():
    rng = Random(1)
    people = tuple(
        Candidate(f"p{n}", 0, {f"a{j}": f"v{min(4, int(rng.expovariate(1)))}" for j in range(4)})
        for n in range(60)
    )
    quotas = tuple(
        Quota(f"a{j}v{v}", f"a{j}", frozenset({f"v{v}"}), 2, 5) for j in range(4) for v in range(3)
    )
    problem = ChoiceProblem(people, 12, quotas, "s")

    lottery = choose_by_lottery(problem, work=1)

    assert not lottery.is_leximin
    assert lottery.reached < 1_000_000
    assert lottery.least_unrounded <= lottery.bound
    assert check_lottery(problem, lottery) == ()


def test_quotas_that_clash_and_places_that_stay_empty_are_answers():
    problem = forty()
    barred = (Quota("men", "gender", frozenset({"m"}), 20),)

    clash = choose_by_lottery(replace(problem, quotas=barred))
    too_many = choose_by_lottery(replace(problem, places=50, quotas=()))

    assert clash.clash == ("men",)
    assert [(c.side, c.before, c.after) for c in too_many.relaxations[0]] == [("places", 50, 40)]


def test_a_changed_lottery_is_found():
    problem = forty()
    lottery = choose_by_lottery(problem)
    panel = lottery.panels[0]
    (group, count), *rest = panel.members

    fewer = replace(panel, balls=panel.balls + 1)
    swapped = replace(panel, members=((group, count + 1), *rest))

    assert check_lottery(problem, replace(lottery, panels=(fewer, *lottery.panels[1:])))
    assert check_lottery(problem, replace(lottery, panels=(swapped, *lottery.panels[1:])))
    assert check_lottery(problem, replace(lottery, bound=lottery.bound - 1))
    assert check_lottery(problem, replace(lottery, least=lottery.least + 1))


def test_bad_input_is_named():
    problem = forty()
    lottery = choose_by_lottery(problem)
    assert isinstance(lottery, Lottery)

    with pytest.raises(ValueError, match="balls must be 1 or more"):
        choose_by_lottery(problem, balls=0)
    with pytest.raises(ValueError, match="'fair'"):
        choose_by_lottery(problem, aim="fair")
    with pytest.raises(ValueError, match="seed"):
        draw_panel(lottery, " ")
    with pytest.raises(ValueError, match="1 to 10000, got 10001"):
        numbered_panel(lottery, 10_001)
