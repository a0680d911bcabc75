"""Programmes as they are planned: a boot camp, a workshop of a week, a course of six weeks."""

from __future__ import annotations

from karvan.engines.timetabling import (
    Day,
    Equipment,
    Group,
    Room,
    Session,
    TimetableProblem,
    Trainer,
    Weights,
)

LONG = ((540, 780), (840, 1140))
BOOT_CAMP = (
    # day, name, minutes, for the whole cohort, room, roles, after
    (0, "opening", 45, True, "HALL", {"HEAD": 1}, ""),
    (0, "problem", 90, True, "HALL", {"HEAD": 1}, "opening"),
    (0, "teams", 75, True, "HALL", {"FACIL": 2}, "problem"),
    (0, "interviews", 120, False, "TEAM", {"FACIL": 1}, "teams"),
    (0, "mentor", 75, False, "TEAM", {"MENTOR": 1}, "teams"),
    (1, "canvas", 105, True, "HALL", {"HEAD": 1}, ""),
    (1, "prototype", 120, False, "FAB", {"FACIL": 1}, "canvas"),
    (1, "test", 75, False, "TEAM", {"FACIL": 1}, "prototype"),
    (1, "money", 60, True, "HALL", {"HEAD": 1}, "canvas"),
    (2, "property", 75, True, "HALL", {"LAW": 1}, ""),
    (2, "clinic", 90, False, "TEAM", {"MENTOR": 1}, ""),
    (2, "pitches", 195, True, "HALL", {"JURY": 3}, "clinic"),
    (2, "decision", 60, True, "HALL", {"HEAD": 1}, "pitches"),
)
WORKSHOP = (
    # minutes, room, roles of each session, day after day
    ((45, "SEM", "L"), (90, "LAB", "SB"), (75, "SEM", "I"), (60, "SEM", "CL"), (120, "LAB", "B")),
    ((45, "LAB", "L"), (150, "LAB", "BS"), (120, "LAB", "B"), (90, "LAB", "LB")),
    ((150, "LAB", "B"), (60, "SEM", "L"), (150, "LAB", "BS"), (45, "SEM", "LB")),
    ((105, "SEM", "LS"), (60, "SEM", "LC"), (120, "FAB", "BL"), (150, "FAB", "B")),
    ((60, "SEM", "IL"), (120, "LAB", "BS"), (160, "SEM", "LCS"), (35, "SEM", "L")),
)


def boot_camp(groups: int = 5) -> TimetableProblem:
    """33 sessions in three days, with five groups that work apart in teams and the workshop."""
    keys = [f"g{n}" for n in range(groups)]
    sessions: list[Session] = []
    for day, name, minutes, whole, kind, roles, after in BOOT_CAMP:
        for part in [tuple(keys)] if whole else [(key,) for key in keys]:
            earlier = [s for s in sessions if s.key.split()[0] == after]
            waits = tuple((s.key, 0) for s in earlier if set(s.groups) & set(part))
            kit = {"laptop": 4} if name == "prototype" else {}
            key = name if whole else f"{name} {part[0]}"
            sessions.append(
                Session(key, minutes, part, (), roles, kind, 0, kit, (day, day), None, waits)
            )
    able = ["HEAD", *["FACIL"] * 4, *["MENTOR JURY"] * 5, *["JURY"] * 2, "LAW"]
    fabs = tuple(Room(f"fab {n}", "FAB", 20, kinds=frozenset({"TEAM"})) for n in range(3))
    return TimetableProblem(
        days=tuple(Day(f"d{n}", f"Day {n + 1}", LONG) for n in range(3)),
        sessions=tuple(sessions),
        rooms=(
            Room("hall", "HALL", 120),
            *(Room(f"team {n}", "TEAM", 20) for n in range(3)),
            *fabs,
        ),
        trainers=tuple(Trainer(f"t{n:02}", frozenset(of.split())) for n, of in enumerate(able)),
        groups=tuple(Group(key, 18) for key in keys),
        equipment=(Equipment("laptop", 12),),
    )


def workshop() -> TimetableProblem:
    """Five days, 21 sessions for one group in a fixed order, with a trainer there on some days."""
    sessions: list[Session] = []
    for day, plan in enumerate(WORKSHOP):
        for n, (minutes, kind, roles) in enumerate(plan):
            after = ((sessions[-1].key, 0),) if n else ()
            need = dict.fromkeys(roles, 1)
            sessions.append(
                Session(
                    f"{day} {n}", minutes, ("g",), (), need, kind, 0, {}, (day, day), None, after
                )
            )
    there = {"L": None, "B": None, "S": None, "I": frozenset({0, 4}), "C": frozenset({0, 3, 4})}
    return TimetableProblem(
        days=tuple(Day(f"d{n}", f"Day {n + 1}", ((540, 780), (840, 1110))) for n in range(5)),
        sessions=tuple(sessions),
        rooms=tuple(Room(kind, kind, 24) for kind in ("SEM", "LAB", "FAB")),
        trainers=tuple(Trainer(role, frozenset({role}), days) for role, days in there.items()),
        groups=(Group("g", 24),),
    )


def six_weeks() -> TimetableProblem:
    """60 sessions of two groups on the working evenings of six weeks, ten a week."""
    plan = (
        ("live 1", 120, "SEM", "TEACHER"),
        ("live 2", 120, "SEM", "TEACHER"),
        ("studio", 180, "LAB", "MENTOR"),
        ("mentor", 45, "SEM", "MENTOR"),
        ("drill", 60, "SEM", "MENTOR"),
    )
    sessions = []
    for week in range(6):
        for group in ("g", "h"):
            first = f"{week} {group} live 1"
            for name, minutes, kind, role in plan:
                later = (first,) if name in ("live 2", "studio") else ()
                sessions.append(
                    Session(
                        f"{week} {group} {name}",
                        minutes,
                        (group,),
                        trainer_roles={role: 1},
                        room_kind=kind,
                        day_range=(7 * week, 7 * week + 6),
                        after=tuple((key, 0) for key in later),
                        not_same_day_as=later,
                    )
                )
    there = (("TEACHER", "023"), ("TEACHER", "134"), ("MENTOR", "013"), ("MENTOR", "234"))
    return TimetableProblem(
        days=tuple(Day(f"d{n}", "", ((1050, 1290),) if n % 7 < 5 else ()) for n in range(42)),
        sessions=tuple(sessions),
        rooms=(Room("sem 1", "SEM", 30), Room("sem 2", "SEM", 30), Room("lab", "LAB", 30)),
        trainers=tuple(
            Trainer(f"t{n}", frozenset({role}), frozenset(d for d in range(42) if str(d % 7) in on))
            for n, (role, on) in enumerate(there)
        ),
        groups=(Group("g", 24), Group("h", 24)),
        weights=Weights(late_from=1290),
    )
