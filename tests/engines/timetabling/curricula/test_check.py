import pytest

from karvan.engines.timetabling.curricula import (
    Goal,
    Rule,
    Slot,
    costs_of,
    least_cost,
    read_ctt,
    violations_of,
)

from .instances import TOY

PROBLEM = read_ctt(TOY)


def test_the_costs_are_those_counted_by_hand():
    timetable = {
        "maths": (Slot("small", 0, 0), Slot("large", 0, 2)),
        "physics": (Slot("small", 0, 1), Slot("small", 1, 0)),
        "history": (Slot("large", 1, 2),),
    }

    assert not any(violations_of(PROBLEM, timetable).values())
    assert costs_of(PROBLEM, timetable) == {
        Goal.SEATS: 20 + 2 + 2,  # 30 on 10 seats, twice 12 on 10
        Goal.WORKING_DAYS: 5,  # maths on one day instead of two
        Goal.ISOLATED: 2 * (1 + 3),  # first: physics alone; second: all three alone
        Goal.ROOMS: 1,  # maths in both rooms
    }


def test_every_broken_rule_is_counted_by_its_kind():
    timetable = {
        "maths": (Slot("large", 0, 0), Slot("small", 0, 0), Slot("small", 1, 0)),
        "physics": (Slot("small", 1, 0),),
        "history": (Slot("large", 0, 0),),
    }

    assert violations_of(PROBLEM, timetable) == {
        Rule.LECTURES: 1 + 1 + 1,  # maths one too many, twice at once; physics one missing
        Rule.ROOM_TAKEN: 1 + 1,
        Rule.CONFLICT: 2 + 1,  # history with two of maths, physics with maths
        Rule.UNAVAILABLE: 1,
    }


def test_two_courses_of_a_teacher_cannot_be_at_once_without_a_common_curriculum():
    problem = read_ctt(TOY.replace("first 2 maths physics", "first 1 maths"))
    timetable = {"maths": (Slot("large", 0, 0),), "physics": (Slot("small", 0, 0),)}

    assert violations_of(problem, timetable)[Rule.CONFLICT] == 1


def test_strange_names_and_times_are_refused():
    with pytest.raises(ValueError, match="there is no course chess"):
        costs_of(PROBLEM, {"chess": ()})
    with pytest.raises(ValueError, match="course maths: there is no room hall"):
        costs_of(PROBLEM, {"maths": (Slot("hall", 0, 0),)})
    with pytest.raises(ValueError, match="course maths: there is no time 2 0"):
        violations_of(PROBLEM, {"maths": (Slot("large", 2, 0),)})


def test_the_bound_counts_what_cannot_be_had():
    text = TOY.replace("maths ada 2 2 30", "maths ada 2 3 34")  # a third day, four seats
    text = text.replace("second 2 maths history", "second 1 history")  # always alone

    assert least_cost(read_ctt(text)) == 2 * 4 + 5 + 2
