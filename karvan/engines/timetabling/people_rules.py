"""Rules of people: groups with people in common, weekly loads, languages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .answer import ClashKind
from .model import TimetableModel
from .posted import Literal
from .problem import Session, TimetableProblem
from .windows import periods

Pair = tuple[str, str]


def fill_periods(model: TimetableModel, sessions: list[Session], side_by_side: int) -> None:
    """Say for the linear relaxation that no period takes more minutes than it has.

    ``side_by_side``: how many of these sessions may run at once.
    """
    by_period: dict[int, list[tuple[int, Literal]]] = {}
    for session in sessions:
        for window, literal in model.within[session.key].items():
            by_period.setdefault(window.period.number, []).append((session.minutes, literal))
    for period in periods(model.problem):
        inside = by_period.get(period.number, [])
        most = side_by_side * (period.end - period.start)
        if sum(minutes for minutes, _ in inside) > most:
            model.cp.add(sum(minutes * literal for minutes, literal in inside) <= most)


def sharing(problem: TimetableProblem) -> tuple[Pair, ...]:
    """Every two groups with people in common, as sorted pairs of keys, sorted."""
    pairs = {tuple(sorted((g.key, other))) for g in problem.groups for other in g.shares_with}
    return tuple((one, other) for one, other in sorted(pairs))


def add_shared_people(model: TimetableModel) -> None:
    """Groups with people in common never sit at once.

    One no-overlap for each set of groups that all share people two by two; behind guards, one
    for each two sessions, so that a pair of groups is blamed for what it forbids and no more.
    """
    pairs = sharing(model.problem)
    if model.posted.guarded:
        for pair in pairs:
            _keep_apart(model, pair)
        return
    for clique in _cliques(pairs):
        taken = [s for s in model.sessions if clique & set(s.groups)]
        model.cp.add_no_overlap([model.interval(s, model.held[s.key]) for s in taken])
        fill_periods(model, taken, 1)


def _keep_apart(model: TimetableModel, pair: Pair) -> None:
    rule = model.posted.literal(ClashKind.GROUPS_SHARE, *pair)
    if rule is None:
        return
    there = {s.key: model.posted.all_of(rule, model.held[s.key]) for s in model.sessions}
    for one, other in combinations(model.sessions, 2):
        crossed = any(
            mine in one.groups and theirs in other.groups for mine, theirs in (pair, pair[::-1])
        )
        if crossed:
            stretches = [model.interval(s, there[s.key]) for s in (one, other)]
            model.cp.add_no_overlap(stretches)


def _cliques(pairs: tuple[Pair, ...]) -> Iterator[set[str]]:
    """Sets of groups that share people two by two, which together hold every pair."""
    known, left = set(pairs), set(pairs)
    everyone = sorted({group for pair in pairs for group in pair})
    while left:
        clique = set(min(left))
        for group in everyone:
            if all((min(group, one), max(group, one)) in known for one in clique - {group}):
                clique.add(group)
        left -= set(combinations(sorted(clique), 2))
        yield clique


def add_weekly_loads(model: TimetableModel) -> None:
    """No trainer has more minutes of sessions in a week of the horizon than allowed."""
    problem = model.problem
    weeks = sorted({problem.week_of(day) for day in range(len(problem.days))})
    for trainer in sorted(problem.trainers, key=lambda t: t.key):
        most = trainer.max_minutes_per_week
        rule = (
            model.posted.literal(ClashKind.TRAINER_WEEK, trainer.key) if most is not None else None
        )
        if most is None or rule is None:
            continue
        given = model.given_by(trainer.key)
        for week in weeks:
            there = [(s, lit, _in_week(model, s, week)) for s, lit in given]
            able = [(s, lit, inside) for s, lit, inside in there if inside is not None]
            if sum(s.minutes for s, _, _ in able) > most:
                minutes = [s.minutes * model.posted.all_of(lit, inside) for s, lit, inside in able]
                model.posted.when(model.cp.add(sum(minutes) <= most), rule)


def _in_week(model: TimetableModel, session: Session, week: int) -> Literal | None:
    """Whether the session is in the week; None when that cannot be."""
    days = model.on_day[session.key]
    inside = [literal for day, literal in days.items() if model.problem.week_of(day) == week]
    if len(inside) == len(days):
        return model.posted.true if days else None
    if len(inside) < 2:
        return inside[0] if inside else None
    some = model.cp.new_bool_var("")
    model.cp.add(sum(inside) == some)
    return some


def add_languages(model: TimetableModel) -> None:
    """No trainer is in a session with a group that shares no language with them."""
    for trainer in sorted(model.problem.trainers, key=lambda t: t.key):
        deaf = [g.key for g in model.problem.groups if not trainer.understands(g)]
        given = model.given_by(trainer.key) if deaf else []
        for group in sorted(deaf):
            rule = model.posted.literal(ClashKind.LANGUAGE, trainer.key, group)
            for session, teaches in given:
                if rule is not None and group in session.groups:
                    model.posted.when(model.cp.add_bool_or([~teaches]), rule)
