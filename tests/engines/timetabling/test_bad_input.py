"""What cannot be held whatever the search does is named before it, all of it at once."""

from dataclasses import replace

import pytest

from karvan.engines.timetabling import (
    Clash,
    ClashKind,
    Day,
    Equipment,
    Group,
    NoTimetable,
    Placement,
    Room,
    Session,
    Timetable,
    TimetableProblem,
    Trainer,
    build_timetable,
    check_timetable,
)
from karvan.engines.timetabling.precheck import quick_reasons

HOURS = ((540, 720), (780, 960))
A = Session("a", 60, ("g",), room_kind="A")
B = Session("b", 60, ("g",), room_kind="A")
C = Session("c", 60, ("h",), room_kind="A")
PLAIN = TimetableProblem(
    days=tuple(Day(f"d{n}", "", HOURS) for n in range(10)),
    sessions=(A, B, C),
    rooms=(Room("r", "A", 20, city="Baku"), Room("q", "B", 20, city="Cairo")),
    trainers=(Trainer("t", frozenset({"X"}), languages=frozenset({"en"})),),
    groups=(Group("g", 20), Group("h", 10)),
    equipment=(Equipment("kit", 1),),
    travel={("Baku", "Cairo"): 600},
)


def with_sessions(*sessions, **change):
    others = [s for s in PLAIN.sessions if s.key not in {s.key for s in sessions}]
    return replace(PLAIN, sessions=(*sessions, *others), **change)


FRENCH = (Group("g", 20, frozenset({"fr"})), Group("h", 10))
SHARED = (Group("g", 20, shares_with=frozenset({"h"})), Group("h", 10))
AT_NINE = (0, 540, None)
WEEKLY = (Trainer("t", frozenset({"X"}), max_minutes_per_week=120),)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (with_sessions(replace(A, minutes=181)), ("too_long", "a")),
        (with_sessions(replace(A, room_kind="Z")), ("no_room_of_kind", "a", "Z")),
        (with_sessions(replace(A, seats=21)), ("too_few_seats", "a", "A")),
        (with_sessions(replace(A, trainer_roles={"X": 2})), ("role_missing", "a", "X")),
        (with_sessions(replace(A, equipment={"kit": 2})), ("equipment_short", "a", "kit")),
        (
            with_sessions(replace(A, trainer_roles={"X": 1}), groups=FRENCH),
            ("no_shared_language", "a", "X", "g"),
        ),
        (
            with_sessions(replace(A, trainers=("t",)), groups=FRENCH),
            ("no_shared_language", "a", "t", "g"),
        ),
        (
            with_sessions(replace(A, trainers=("t",)), trainers=(Trainer("t", days=frozenset()),)),
            ("no_open_time", "a", "t"),
        ),
        (
            with_sessions(
                replace(A, trainer_roles={"X": 1}, day_range=(1, 2)),
                trainers=(Trainer("t", frozenset({"X"}), frozenset({3})),),
            ),
            ("no_open_time", "a", "t"),
        ),
        (
            with_sessions(replace(A, fixed=AT_NINE), replace(B, fixed=(0, 570, None))),
            ("fixed_together", "a", "b", "g"),
        ),
        (
            with_sessions(replace(A, fixed=(0, 540, "r")), replace(C, fixed=(0, 570, "r"))),
            ("fixed_together", "a", "c", "r"),
        ),
        (
            with_sessions(replace(A, fixed=AT_NINE), replace(C, fixed=AT_NINE), groups=SHARED),
            ("fixed_together", "a", "c", "g", "h"),
        ),
        (
            with_sessions(
                replace(A, fixed=(0, 540, "r")), replace(B, room_kind="B", fixed=(0, 900, "q"))
            ),
            ("travel", "g", "a", "b"),
        ),
        (with_sessions(replace(A, fixed=(0, 700, None))), ("closed_time", "a")),
        (
            with_sessions(
                *(
                    replace(s, minutes=150, groups=("g",), room_kind=None, day_range=(3, 3))
                    for s in PLAIN.sessions
                )
            ),
            ("group_overfull", "g", "a", "b", "c"),
        ),
        (
            with_sessions(
                *(replace(s, trainers=("t",), day_range=(0, 6)) for s in PLAIN.sessions),
                trainers=WEEKLY,
            ),
            ("trainer_overfull", "t", "a", "b", "c"),
        ),
        (
            with_sessions(
                *(replace(s, trainer_roles={"X": 1}, day_range=(0, 6)) for s in PLAIN.sessions),
                trainers=WEEKLY,
            ),
            ("role_overfull", "X", "a", "b", "c"),
        ),
        (
            with_sessions(
                *(replace(s, minutes=150, day_range=(3, 3)) for s in PLAIN.sessions),
            ),
            ("rooms_overfull", "A", "a", "b", "c"),
        ),
        (
            with_sessions(
                *(
                    replace(s, minutes=150, room_kind=None, equipment={"kit": 1}, day_range=(3, 3))
                    for s in PLAIN.sessions
                ),
            ),
            ("equipment_overfull", "kit", "a", "b", "c"),
        ),
        (
            with_sessions(
                replace(B, after=(("a", 0),), day_range=(2, 2)), replace(A, day_range=(3, 3))
            ),
            ("no_time_in_order", "a", "b"),
        ),
        (
            with_sessions(
                replace(A, fixed=(0, 900, None)),
                replace(B, after=(("a", 0),)),
                replace(C, after=(("b", 0),), day_range=(0, 1), fixed=(1, 540, None)),
            ),
            ("no_time_in_order", "a", "b", "c"),
        ),
        (
            with_sessions(
                replace(B, after=(("a", 30),)),
                replace(C, after=(("b", 30),), no_later=(("a", 119),)),
            ),
            ("no_later", "a", "c", "b"),
        ),
        (
            with_sessions(
                replace(A, day_range=(0, 0)), replace(B, day_range=(5, 6), no_later=(("a", 1440),))
            ),
            ("no_later", "a", "b"),
        ),
        (
            with_sessions(replace(A, same_day_as=("b",), not_same_day_as=("b",))),
            ("other_day", "a", "b"),
        ),
        (
            with_sessions(replace(A, same_day_as=("b",), after=(("b", 301),))),
            ("same_day", "a", "b"),
        ),
    ],
)
def test_it_is_named_and_the_search_would_say_so_too(problem, reason):
    kind, *keys = reason

    assert quick_reasons(problem) == (Clash(ClashKind(kind), tuple(keys)),)


def test_what_only_just_fits_is_not_named():
    problem = with_sessions(
        replace(A, minutes=180, seats=20, equipment={"kit": 1}, day_range=(3, 3)),
        replace(B, minutes=120, after=(("a", 60),), day_range=(3, 3), no_later=(("a", 60),)),
        replace(C, minutes=60, day_range=(3, 3), trainers=("t",), same_day_as=("b",)),
        trainers=(Trainer("t", days=frozenset({3}), max_minutes_per_week=60),),
    )

    answer = build_timetable(problem)

    assert quick_reasons(problem) == ()
    assert isinstance(answer, Timetable)
    assert check_timetable(problem, answer) == ()


def test_every_cycle_of_the_order_is_named():
    keys = "abcdefg"
    after = {"b": "a", "c": "b", "a": "cd", "d": "a", "f": "e", "e": "f", "g": "f"}
    sessions = tuple(Session(k, 60, after=tuple((o, 0) for o in after[k])) for k in keys)

    reasons = quick_reasons(replace(PLAIN, sessions=sessions))

    assert {reason.keys for reason in reasons} == {("a", "b", "c"), ("a", "d"), ("e", "f")}


def test_many_things_wrong_are_named_at_once():
    problem = with_sessions(
        replace(A, minutes=400),
        replace(B, room_kind="Z", after=(("c", 0),), trainers=("t",)),
        replace(C, after=(("b", 0),)),
        Session("d", 60, ("h",), fixed=AT_NINE),
        Session("e", 60, ("h",), fixed=AT_NINE, equipment={"beamer": 1}),
        groups=FRENCH,
    )

    answer = build_timetable(problem)

    assert isinstance(answer, NoTimetable)
    assert {clash.kind for clash in answer.reasons} == {
        ClashKind.TOO_LONG,
        ClashKind.NO_ROOM_OF_KIND,
        ClashKind.NO_SHARED_LANGUAGE,
        ClashKind.ORDER_CYCLE,
        ClashKind.FIXED_TOGETHER,
        ClashKind.EQUIPMENT_SHORT,
    }


def test_an_answer_that_claims_too_much_is_found_out():
    good = build_timetable(PLAIN)
    total = good.costs.total

    assert check_timetable(PLAIN, replace(good, bound=total + 1)) == (
        f"bound is {total + 1}, above the cost {total}",
    )
    assert check_timetable(PLAIN, replace(good, bound=total - 1)) == (
        f"proved, but bound is {total - 1} and the cost {total}",
    )
    assert check_timetable(PLAIN, replace(good, bound=total - 1, proved=False)) == ()


def test_what_is_said_of_two_places_holds_in_the_check_as_well():
    """A place is looked at with the same eyes by the search and by the check."""
    problem = with_sessions(replace(A, no_later=(("b", 0),)))
    answer = build_timetable(problem)
    late = {**answer.placements, "a": Placement(9, 900, "r"), "b": Placement(0, 540, "r")}

    assert any(
        "no_later: b, a" in said
        for said in check_timetable(problem, replace(answer, placements=late))
    )
