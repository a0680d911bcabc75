"""The compiled search and the bound by groups, against trying everything."""

import os
import subprocess
import sys
from dataclasses import replace

from hypothesis import given, settings

from benchmarks.courses import hidden_course
from karvan.engines.timetabling import Timetable, build_timetable, check_timetable, costs_of
from karvan.engines.timetabling.bounds import least_cost
from karvan.engines.timetabling.check import faults
from karvan.engines.timetabling.kernel_search import search_placements
from karvan.engines.timetabling.precheck import quick_reasons
from karvan.engines.timetabling.search import Work
from tests.engines.timetabling.programmes import six_weeks, workshop
from tests.engines.timetabling.small import every_timetable, problems

slow = settings(deadline=None, derandomize=True)
AGAIN = """
from karvan.engines.timetabling.kernel_search import search_placements
from karvan.engines.timetabling.search import Work
from tests.engines.timetabling.programmes import workshop
problem = workshop()
monday = [s for s in problem.sessions if s.day_range == (0, 0)]
print(search_placements(problem, monday, seed=3, work=Work(0.008)))
"""


@given(problems(max_sessions=3))
@settings(slow, max_examples=40)
def test_search_keeps_every_rule_and_neither_it_nor_the_bound_beats_the_optimum(problem):
    every = [costs_of(problem, placements).total for placements in every_timetable(problem)]
    if not every or quick_reasons(problem):
        return

    found = search_placements(problem, problem.sessions, seed=1, work=Work(0.02))

    assert least_cost(problem, problem.sessions, seed=1, work=Work(5)) <= min(every)
    if found is not None:
        assert faults(problem, found) == ()
        assert costs_of(problem, found).total >= min(every)


def test_plain_python_and_another_process_find_the_same():
    problem = workshop()
    monday = [s for s in problem.sessions if s.day_range == (0, 0)]

    def ask(**changed):
        return subprocess.run(
            [sys.executable, "-c", AGAIN],
            env={**os.environ, **changed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    compiled = str(search_placements(problem, monday, seed=3, work=Work(0.008))) + "\n"

    assert compiled != "None\n"
    assert ask(NUMBA_DISABLE_JIT="1", PYTHONHASHSEED="7") == compiled


def test_order_of_the_input_does_not_matter_to_the_search():
    problem = six_weeks()
    other = replace(
        problem,
        sessions=problem.sessions[::-1],
        rooms=problem.rooms[::-1],
        trainers=problem.trainers[::-1],
        groups=problem.groups[::-1],
    )

    one, two = (search_placements(p, p.sessions, seed=1, work=Work(1)) for p in (problem, other))

    assert one is not None
    assert one == two


def test_a_large_course_is_made_cheaper_from_where_it_stood():
    problem, hidden = hidden_course(120, seed=1)
    assert faults(problem, hidden) == ()
    start = Timetable(hidden, costs_of(problem, hidden), bound=0, proved=False)

    answer = build_timetable(problem, work_limit=2, start=start)

    assert isinstance(answer, Timetable)
    assert check_timetable(problem, answer) == ()
    assert answer.bound <= answer.costs.total < start.costs.total
