"""A problem that names what it does not hold is refused, and the value is quoted."""

from dataclasses import replace

import pytest

from karvan.engines.timetabling import (
    Day,
    Group,
    NoTimetable,
    Placement,
    Room,
    Session,
    Timetable,
    TimetableProblem,
    Trainer,
    Weights,
    Wish,
    build_timetable,
    check_timetable,
    costs_of,
    why_not_here,
)
from karvan.engines.timetabling.check import faults

DAY = Day("d", "Monday", ((540, 720), (780, 960)))
PLAIN = TimetableProblem(
    days=(DAY,),
    sessions=(Session("a", 60, ("g",), room_kind="A"), Session("b", 60, ("g",), room_kind="A")),
    rooms=(Room("r", "A", 20), Room("q", "A", 20)),
    trainers=(Trainer("t", frozenset({"X"})),),
    groups=(Group("g", 20),),
)


@pytest.mark.parametrize(
    ("build", "quoted"),
    [
        (lambda: Session("a", 0), "got 0"),
        (lambda: Session("a", 60, ("g", "g")), r"\('g', 'g'\)"),
        (lambda: Session("a", 60, trainer_roles={"X": 0}), "'X'"),
        (lambda: Session("a", 60, after=(("a", 0),)), "got 'a'"),
        (lambda: Session("a", 60, after=(("b", -5),)), "got -5"),
        (lambda: Day("d", "", ((600, 540),)), "600, 540"),
        (lambda: Day("d", "", ((540, 700), (690, 720))), "690, 720"),
        (lambda: Room("r", "A", -1), "got -1"),
        (lambda: Room("r", "A", 1, closed=((0, 60, 60),)), "60, 60"),
        (lambda: Weights(gap=-1), "-1"),
        (lambda: replace(PLAIN, step=0), "got 0"),
        (lambda: replace(PLAIN, rooms=(PLAIN.rooms[0],) * 2), "'r'"),
        (lambda: replace(PLAIN, groups=()), r"\['g'\]"),
        (lambda: replace(PLAIN, sessions=(Session("a", 60, trainers=("u",)),)), r"\['u'\]"),
        (lambda: replace(PLAIN, sessions=(Session("a", 60, after=(("z", 0),)),)), r"\['z'\]"),
        (lambda: replace(PLAIN, sessions=(Session("a", 60, day_range=(0, 1)),)), "got 1"),
        (lambda: replace(PLAIN, sessions=(Session("a", 60, fixed=(0, 540, "x")),)), "got 'x'"),
        (lambda: replace(PLAIN, trainers=(Trainer("t", days=frozenset({3})),)), "got 3"),
        (lambda: Session("a", 60, no_later=(("a", 0),)), "got 'a'"),
        (lambda: Session("a", 60, no_later=(("b", -5),)), "got -5"),
        (lambda: Session("a", 60, preferred=((600, 540),)), "600, 540"),
        (lambda: Trainer("t", max_minutes_per_week=-1), "got -1"),
        (lambda: Group("g", shares_with=frozenset({"g"})), "got 'g'"),
        (lambda: Wish(("a", "a")), r"\('a', 'a'\)"),
        (lambda: Wish(("a", "b"), 0), "got 0"),
        (lambda: replace(PLAIN, week_offset=7), "got 7"),
        (lambda: replace(PLAIN, wishes=(Wish(("a", "z")),)), r"\['z'\]"),
        (lambda: replace(PLAIN, groups=(Group("g", 20, shares_with=frozenset("z")),)), r"\['z'\]"),
        (lambda: replace(PLAIN, travel={("x", "y"): -1}), "got -1"),
        (
            lambda: replace(
                PLAIN, rooms=(Room("r", "A", 1, city="x"), Room("q", "A", 1, city="y"))
            ),
            r"\('x', 'y'\)",
        ),
    ],
)
def test_bad_input_is_refused_and_quoted(build, quoted):
    with pytest.raises(ValueError, match=quoted):
        build()


def test_each_goal_is_counted_as_the_weights_say():
    placements = {"a": Placement(0, 600, "r"), "b": Placement(0, 810, "q")}
    weights = Weights(gap=1, group_day=1000, room_change=100, late=3, late_from=840)

    costs = costs_of(replace(PLAIN, weights=weights), placements)

    # Waits 11:00-12:00 and 13:00-13:30 but not over the meal; ends 30 minutes after 14:00.
    assert (costs.gaps, costs.group_days, costs.room_changes, costs.late) == (90, 1000, 100, 90)


def test_goals_of_people_are_counted_as_the_weights_say():
    placements = {"a": Placement(0, 540, "r"), "b": Placement(3, 600, "q"), "c": Placement(0, 570)}
    sessions = (
        replace(PLAIN.sessions[0], trainers=("t",), preferred=((600, 660),)),
        replace(PLAIN.sessions[1], trainers=("t",), preferred=((540, 600),)),
        Session("c", 90, ("g",)),
    )
    problem = replace(
        PLAIN,
        days=(DAY, *(replace(DAY, key=str(n)) for n in range(3))),
        sessions=sessions,
        trainers=(Trainer("t", travels=True),),
        wishes=(Wish(("a", "b", "c"), 7), Wish(("a", "c"), 2)),
        weights=Weights(full_day=100, spread=2, unpreferred=30, stay=60, missed=10),
    )

    costs = costs_of(problem, placements)

    # 150 minutes on the first day; a starts too early; four calendar days; nine people miss one.
    assert (costs.full_days, costs.unpreferred, costs.stays, costs.missed) == (100, 30, 240, 90)


def test_the_check_finds_each_fault_of_people():
    rooms = (Room("r", "A", 20, city="Baku"), Room("q", "A", 20, city="Cairo"))
    groups = (Group("g", 20, frozenset({"fr"})), Group("h", 5, shares_with=frozenset({"g"})))
    sessions = (
        replace(PLAIN.sessions[0], trainers=("t",)),
        replace(PLAIN.sessions[1], trainers=("t",), no_later=(("a", 10),)),
        Session("c", 60, ("h",)),
    )
    problem = replace(
        PLAIN,
        sessions=sessions,
        rooms=rooms,
        groups=groups,
        trainers=(Trainer("t", max_minutes_per_week=90, languages=frozenset({"en"})),),
        travel={("Cairo", "Baku"): 240},
    )
    placements = {"a": Placement(0, 540, "r"), "b": Placement(0, 780, "q"), "c": Placement(0, 570)}

    said = {(fault.kind, fault.keys) for fault in faults(problem, placements)}

    assert said == {
        ("language", ("t", "g", "a")),
        ("language", ("t", "g", "b")),
        ("trainer_week", ("t", "a", "b")),
        ("groups_share", ("g", "h", "a", "c")),
        ("no_later", ("a", "b")),
        ("travel", ("g", "a", "b")),
        ("travel", ("t", "a", "b")),
    }


def test_the_check_finds_each_planted_fault():
    good = build_timetable(PLAIN)
    assert isinstance(good, Timetable)
    first = good.placements["a"]

    def wrong(**change):
        return check_timetable(
            PLAIN, replace(good, placements={**good.placements, "a": replace(first, **change)})
        )

    assert any("closed_time" in said for said in wrong(start=700))
    assert any("group_busy: g, a, b" in said for said in wrong(start=good.placements["b"].start))
    assert any("room: a" in said for said in wrong(room=None))
    assert any("role: a, X" in said for said in wrong(roles={"X": ("t",)}))
    only_b = replace(good, placements={"b": good.placements["b"]})
    assert check_timetable(PLAIN, only_b) == ("not placed: a",)


def test_a_place_off_the_grid_is_a_place_too():
    early = replace(PLAIN.sessions[1], fixed=(0, 540, "q"))
    problem = replace(PLAIN, sessions=(PLAIN.sessions[0], early))
    answer = build_timetable(problem)

    assert why_not_here(problem, answer, "a", 0, 803, "r") == ()
    kinds = [clash.kind for clash in why_not_here(problem, answer, "a", 0, 573, "q")]
    assert kinds == ["group_busy", "room_busy"]

    decided = replace(PLAIN.sessions[0], fixed=(0, 803, "q"))
    settled = build_timetable(replace(problem, sessions=(decided, early)))
    assert settled.placements["a"] == Placement(0, 803, "q", {})


def test_fixed_outside_opening_hours_is_explained():
    fixed = replace(PLAIN.sessions[0], fixed=(0, 730, None))

    answer = build_timetable(replace(PLAIN, sessions=(fixed,)))

    assert isinstance(answer, NoTimetable)
    assert [clash.kind for clash in answer.reasons] == ["closed_time"]
