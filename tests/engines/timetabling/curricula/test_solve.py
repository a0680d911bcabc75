"""The search beside a plain recount, all timetables there are, and itself as plain Python."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from karvan.engines.timetabling.curricula import (
    Course,
    Curriculum,
    CurriculumProblem,
    LectureRoom,
    Slot,
    costs_of,
    read_ctt,
    solve,
    solve_curricula,
    violations_of,
)
from karvan.engines.timetabling.curricula.arrays import (
    cooling,
    first_slots,
    given_of,
    slots_by_course,
    state_of,
)
from karvan.engines.timetabling.curricula.kernel import anneal
from karvan.engines.timetabling.curricula.kernel_state import BEST, CHAINED, CLASHES, COST, WHOLE
from karvan.engines.timetabling.curricula.solve import CHAINS, SAME_PERIOD, SAME_ROOM, rounds_of

from .instances import TOY, by_lot

ROOT = Path(__file__).parents[4]
MOST_CHAINS = round(CHAINS * WHOLE)
COMP01 = Path(os.environ.get("KARVAN_SHARED", ROOT.parent / "shared")) / "inputs/itc2007/comp01.ctt"


@pytest.mark.parametrize("seed", range(12))
def test_the_counts_kept_while_searching_are_those_of_a_recount(seed):
    problem = by_lot(seed)
    given = given_of(problem)
    state = state_of(problem, given, first_slots(problem, given, seed), seed)
    for _ in range(20):
        anneal(given, state, cooling(9.0, 1.0, 5), 10, SAME_PERIOD, SAME_ROOM, MOST_CHAINS)
        slots = (state.period * np.int32(len(problem.rooms)) + state.room).astype(np.int32)
        again = state_of(problem, given, slots, seed)
        for name in ("at", "clashes", "in_room", "on_day", "days", "in_plan", "bits"):
            assert (getattr(again, name) == getattr(state, name)).all(), name
        assert again.figures[COST] == state.figures[COST]
        assert again.figures[CLASHES] == state.figures[CLASHES]
        timetable = slots_by_course(problem, slots)
        violations = sum(violations_of(problem, timetable).values())
        assert (violations == 0) == (state.figures[CLASHES] == 0)
        if not violations:
            assert sum(costs_of(problem, timetable).values()) == state.figures[COST]
    best = slots_by_course(problem, state.best)
    assert sum(costs_of(problem, best).values()) == state.figures[BEST]
    assert not any(violations_of(problem, best).values())


@pytest.mark.parametrize("seed", range(12))
def test_chains_alone_keep_the_counts_and_make_no_clash(seed):
    problem = by_lot(seed)
    given = given_of(problem)
    state = state_of(problem, given, first_slots(problem, given, seed), seed)
    temperatures = cooling(9.0, 1.0, 5)
    anneal(given, state, temperatures, 2000, SAME_PERIOD, SAME_ROOM, MOST_CHAINS)
    free = state_of(problem, given, state.best, seed)
    start = free.period.copy()
    for _ in range(20):
        anneal(given, free, temperatures, 64, SAME_PERIOD, SAME_ROOM, WHOLE)
        slots = (free.period * np.int32(len(problem.rooms)) + free.room).astype(np.int32)
        again = state_of(problem, given, slots, seed)
        for name in ("at", "clashes", "in_room", "on_day", "days", "in_plan", "bits", "in_chain"):
            assert (getattr(again, name) == getattr(free, name)).all(), name
        assert again.figures[COST] == free.figures[COST]
        assert again.figures[CLASHES] == free.figures[CLASHES] == 0
    assert free.figures[CHAINED] > 0
    assert (start != free.period).any()


def test_lectures_in_each_others_way_change_places_at_once():
    """Two courses of one curriculum fill both periods there are, in different rooms."""
    courses = (Course("a", "t", 1, 1, 5), Course("b", "u", 1, 1, 5))
    rooms = (LectureRoom("r", 9), LectureRoom("s", 9))
    problem = CurriculumProblem("", 1, 2, courses, rooms, (Curriculum("q", ("a", "b")),))
    given = given_of(problem)
    state = state_of(problem, given, np.array([0, 3], dtype=np.int32), 1)
    seen = set()

    for _ in range(40):
        anneal(given, state, np.array([1.0]), 16, SAME_PERIOD, SAME_ROOM, WHOLE)
        seen.add(tuple(state.period.tolist()))
        assert state.figures[CLASHES] == 0

    assert seen == {(0, 1), (1, 0)}


def test_a_course_named_twice_in_a_curriculum_and_empty_parts_do_no_harm():
    course = Course("a", "t", 2, 2, 9)
    plans = (Curriculum("q", ("a", "a")), Curriculum("none", ()))
    problem = CurriculumProblem("", 2, 2, (course,), (LectureRoom("r", 9),), plans)

    assert solve_curricula(problem, moves=1000).is_feasible
    empty = CurriculumProblem("", 1, 1, (), (LectureRoom("r", 1),), ())
    assert solve_curricula(empty, moves=1000).cost == 0


def least_of_all(problem: CurriculumProblem) -> int:
    """The cost of the best of all timetables there are."""
    slots = [
        Slot(room.key, day, period)
        for room in problem.rooms
        for day in range(problem.days)
        for period in range(problem.periods_per_day)
    ]
    ways = [itertools.combinations(slots, course.lectures) for course in problem.courses]
    keys = [course.key for course in problem.courses]
    found = [
        sum(costs_of(problem, timetable).values())
        for chosen in itertools.product(*ways)
        if not any(
            violations_of(problem, timetable := dict(zip(keys, chosen, strict=True))).values()
        )
    ]
    return min(found)


@pytest.mark.parametrize("students", [9, 14])
def test_the_best_of_all_timetables_is_found(students):
    courses = (
        Course("a", "t", 2, 2, students),
        Course("b", "u", 2, 1, 12),
        Course("c", "v", 1, 1, 5),
    )
    problem = CurriculumProblem(
        "tiny",
        2,
        2,
        courses,
        (LectureRoom("r", 10), LectureRoom("s", 6)),
        (Curriculum("q", ("a", "b")), Curriculum("w", ("b", "c"))),
        frozenset({("b", 0, 0)}),
    )
    answer = solve_curricula(problem, moves=20_000)

    assert answer.is_feasible
    assert answer.cost == least_of_all(problem)
    assert answer.bound <= answer.cost


def test_the_same_is_found_twice_and_no_more_moves_are_made_than_asked():
    problem = by_lot(3, courses=12)
    answers = [solve_curricula(problem, seed=7, moves=30_000) for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0].moves <= 30_000


def test_a_search_with_many_starts_is_the_same_twice_and_keeps_to_its_moves(monkeypatch):
    monkeypatch.setattr(solve, "MOVES_A_START", 10_000)
    problem = by_lot(3, courses=12)
    answers = [solve_curricula(problem, seed=7, moves=160_000) for _ in range(2)]

    assert rounds_of(160_000)[0].kept == 16
    assert answers[0] == answers[1]
    assert answers[0].is_feasible
    assert sum(costs_of(problem, answers[0].assignments).values()) == answers[0].cost
    assert answers[0].is_proved or 150_000 < answers[0].moves <= 160_000


@pytest.mark.parametrize("moves", [0, 1, 99_999_999, 100_000_000, 10**9, 10**11])
def test_rounds_share_out_the_moves_and_keep_fewer_and_fewer(moves):
    rounds = rounds_of(moves)

    assert sum(one.share for one in rounds) == pytest.approx(1)
    assert all(later.kept <= one.kept for one, later in itertools.pairwise(rounds))
    assert rounds[-1].kept == 1


def test_a_search_that_is_ended_gives_the_best_so_far():
    problem = by_lot(3, courses=12)
    asked: list[None] = []

    def go_on() -> bool:
        asked.append(None)
        return len(asked) < 40

    answer = solve_curricula(problem, seed=7, moves=200_000, go_on=go_on)

    assert 0 < answer.moves < 200_000
    assert sum(costs_of(problem, answer.assignments).values()) == answer.cost
    assert solve_curricula(problem, seed=7, moves=200_000).moves > answer.moves


PLAIN = """
from karvan.engines.timetabling.curricula import solve_curricula
from tests.engines.timetabling.curricula.instances import by_lot
answer = solve_curricula(by_lot(5, courses=9), seed=2, moves=2000)
print(answer.moves, answer.cost, answer.assignments)
"""


def test_plain_python_gives_the_same_answer():
    answer = solve_curricula(by_lot(5, courses=9), seed=2, moves=2000)
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", PLAIN],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == f"{answer.moves} {answer.cost} {answer.assignments}"


def test_the_search_ends_early_at_the_bound():
    problem = read_ctt(TOY.replace("maths ada 2 2 30", "maths ada 2 1 30"))
    answer = solve_curricula(problem, moves=2_000_000)

    assert answer.is_proved
    assert answer.cost == answer.bound == 0
    assert answer.moves < 1_900_000


def test_what_cannot_be_searched_is_refused():
    problem = CurriculumProblem("", 1, 1, (Course("a", "t", 2, 1, 1),), (LectureRoom("r", 1),), ())
    with pytest.raises(ValueError, match="2 lectures cannot have a slot each of 1"):
        solve_curricula(problem)
    with pytest.raises(ValueError, match="moves and seed must be 0 or more"):
        solve_curricula(read_ctt(TOY), moves=-1)
    with pytest.raises(ValueError, match="chains must be from 0 to 1"):
        solve_curricula(read_ctt(TOY), chains=1.5)


def test_an_answer_that_breaks_a_rule_says_so():
    courses = tuple(Course(key, "t", 1, 1, 1) for key in "ab")
    rooms = (LectureRoom("r", 1), LectureRoom("s", 1))
    answer = solve_curricula(CurriculumProblem("", 1, 1, courses, rooms, ()), moves=500)

    assert not answer.is_feasible
    assert sum(answer.violations.values()) == 1


@pytest.mark.skipif(not COMP01.exists(), reason="the competition's instances are not here")
def test_an_instance_of_the_competition_is_solved_at_once():
    problem = read_ctt(COMP01.read_text())
    answer = solve_curricula(problem, moves=4_000_000)

    assert answer.is_feasible
    assert answer.bound <= answer.cost <= 20
