"""Mend a timetable after something changed, so that as few people as can be notice it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .answer import Clash, ClashKind, NoTimetable, Placement, Timetable
from .check import alone, costs_of, faults, minute_of
from .explain import explain, out_of_work, refused
from .flows_reasons import no_times
from .parts import independent_parts
from .precheck import quick_reasons
from .problem import Session, TimetableProblem
from .repair_choices import Found, other_repairs
from .repair_damage import Damage, Placements
from .repair_measure import changed_sessions, moved_sessions
from .repair_search import COUNTED, Mended, Mender
from .search import Work
from .windows import allowed_windows, window_at

# The most work spent on a small set of reasons; it is a search of its own for each rule dropped.
EXPLAINING = 20


def repair_timetable(
    problem: TimetableProblem,
    before: Timetable,
    held: frozenset[str] = frozenset(),
    *,
    seed: int = 1,
    work_limit: int = 60,
) -> Timetable | NoTimetable:
    """Return the timetable of the changed problem that disturbs fewest people.

    A session is *changed* when its day, start, room or who fills its roles differs from before,
    and *moved* when its day or start differs. People affected are those in the groups of changed
    sessions, each group counted once and as at least one person, and the trainers who teach or
    taught a changed session. Fewest people affected come first, then fewest sessions moved, then
    fewest other changes of room or trainer, then the least cost. Sessions new to the problem are
    placed and count as neither changed nor moved.

    Only the sessions that may change are variables; the others are blocked time. The sessions
    hit are freed first, then more around them. A repair found so bounds who a better one could
    affect, so one more search over the sessions of those people proves the first two counts;
    often the sessions that cannot stay prove them at once. Other changes and cost are the least
    among the repairs searched.

    Args:
        problem: the problem as it is now: a trainer less, a room shut, a day lost, a session more.
        before: the timetable of the problem as it was.
        held: keys of sessions that must stay where and with whom they are: those held already.
        seed, work_limit: as in ``build_timetable``.

    Returns:
        ``Timetable`` with ``moved``, ``changed``, ``people`` and the bounds on them, checked
        plainly against every rule. Or ``NoTimetable`` with the rules that cannot all be kept.

    Raises:
        ValueError: a held session has no place in ``before``; ``work_limit`` is not positive.

    Cost: exponential at worst; 400 sessions take about a second where little has to move.
    """
    asked = _ask(problem, before, held, seed, work_limit)
    if isinstance(asked, NoTimetable):
        return asked
    mender, mended = asked
    return _answer(mender.damage, mended)


def repair_choices(
    problem: TimetableProblem,
    before: Timetable,
    held: frozenset[str] = frozenset(),
    *,
    most: int = 3,
    seed: int = 1,
    work_limit: int = 60,
) -> tuple[Timetable, ...] | NoTimetable:
    """Return the repair that disturbs fewest people and others that a person may prefer.

    The others move fewest sessions, keep every session on its day or in its room, cost least
    while affecting at most twice as many people, or find other places for what must change. Each
    is the best found of its kind near the damage.

    Args:
        most: how many repairs to return at most; 1 or more.
        problem, before, held, seed, work_limit: as in ``repair_timetable``.

    Returns:
        Different timetables, the best first by people affected, sessions moved and cost, each
        checked plainly against every rule. Or ``NoTimetable`` as from ``repair_timetable``.

    Raises:
        ValueError: as ``repair_timetable``; ``most`` is not positive.

    Cost: that of ``repair_timetable`` and a search near the damage for each further repair.
    """
    if most <= 0:
        raise ValueError(f"most must be positive, got {most!r}")
    asked = _ask(problem, before, held, seed, work_limit)
    if isinstance(asked, NoTimetable):
        return asked
    mender, mended = asked
    first = _answer(mender.damage, mended)
    if isinstance(first, NoTimetable):
        return first
    others = [_answer(mender.damage, one) for one in other_repairs(mender, mended, most - 1)]
    right = [one for one in others if isinstance(one, Timetable)]
    return (first, *sorted(right, key=lambda one: (one.people, len(one.moved), one.costs.total)))


def _ask(
    problem: TimetableProblem,
    before: Timetable,
    held: frozenset[str],
    seed: int,
    work_limit: int,
) -> Found | NoTimetable:
    """The search with the best repair it found, or why there is none."""
    _refuse_bad_input(problem, before, held, work_limit)
    known = _still_known(problem, before.placements)
    reasons = quick_reasons(problem) or _held_wrong(problem, known, held)
    if reasons:
        work = Work(min(work_limit, EXPLAINING) * COUNTED)
        return refused(problem, reasons, seed=seed, work=work, before=known, held=held)
    damage = Damage(problem, before.placements, known, held)
    damage.look()
    mender = Mender(damage, seed, Work(work_limit))
    mended = mender.find()
    if mended is not None:
        return mender, mended
    if mender.timeless is not None:
        return _timeless(damage, mender.timeless, seed, mender.work)
    return _why_not(damage, seed, mender.work) if mender.is_impossible else out_of_work()


def _answer(damage: Damage, mended: Mended) -> Timetable | NoTimetable:
    """The repair as a timetable, if the plain check finds no fault in it."""
    problem, before, after = damage.problem, damage.before, mended.placements
    if faults(problem, after):
        return out_of_work()
    return Timetable(
        dict(sorted(after.items())),
        costs_of(problem, after),
        mended.moved_bound,
        mended.is_proved,
        moved_sessions(before, after),
        changed_sessions(before, after),
        mended.disturbs.people,
        mended.people_bound,
    )


def _refuse_bad_input(
    problem: TimetableProblem, before: Timetable, held: frozenset[str], work_limit: int
) -> None:
    if work_limit <= 0:
        raise ValueError(f"work_limit must be positive, got {work_limit!r}")
    homeless = sorted(held - set(before.placements) | held - {s.key for s in problem.sessions})
    if homeless:
        raise ValueError(f"held sessions must have been placed before, got {homeless}")


def _still_known(problem: TimetableProblem, placements: Mapping[str, Placement]) -> Placements:
    """Places of sessions that still exist; a room or trainer that is gone is left out of them."""
    rooms = {room.key for room in problem.rooms}
    trainers = {trainer.key for trainer in problem.trainers}
    known = {}
    for session in problem.sessions:
        at = placements.get(session.key)
        if at is not None:
            roles = {
                role: tuple(key for key in keys if key in trainers)
                for role, keys in at.roles.items()
            }
            known[session.key] = Placement(
                at.day, at.start, at.room if at.room in rooms else None, roles
            )
    return known


def _held_wrong(
    problem: TimetableProblem, known: Placements, held: frozenset[str]
) -> tuple[Clash, ...]:
    """Why held sessions cannot stay, whatever the others do."""
    found: set[Clash] = set()
    for key in sorted(held):
        wrong = alone(problem, problem.session(key), known[key])
        found |= {Clash(ClashKind.HELD, (key,)), *wrong} if wrong else set()
    for clash in faults(problem, {key: known[key] for key in sorted(held)}):
        found |= {clash, *(Clash(ClashKind.HELD, (key,)) for key in clash.keys if key in held)}
    return tuple(sorted(found))


def _why_not(damage: Damage, seed: int, work: Work) -> NoTimetable:
    """The reasons in the first part of the problem that cannot be mended.

    Where the work does not suffice for a small set of them, what is broken is named instead.
    """
    share = Work(min(max(work.left, 1), EXPLAINING) * COUNTED)
    for part in _parts(damage.problem, damage.known, damage.held):
        if damage.hit & {s.key for s in part}:
            answer = explain(
                damage.problem, part, seed=seed, work=share, before=damage.known, held=damage.held
            )
            if answer.reasons[0].kind != ClashKind.WORK_LIMIT:
                return answer
    broken = faults(damage.problem, damage.known)
    return NoTimetable((*broken, Clash(ClashKind.WORK_LIMIT)))


def _timeless(damage: Damage, sessions: list[Session], seed: int, work: Work) -> NoTimetable:
    """Why these sessions have no times: what is broken, what has no times, and what would help."""
    share = Work(max(work.left, 1))
    problem = damage.problem
    answer = no_times(problem, sessions, whole=problem.sessions, seed=seed, work=share)
    return replace(answer, reasons=(*faults(problem, damage.known), *answer.reasons))


def _parts(
    problem: TimetableProblem, known: Placements, held: frozenset[str]
) -> tuple[tuple[Session, ...], ...]:
    windows = {}
    for session in problem.sessions:
        windows[session.key] = allowed_windows(problem, session)
        if session.key in held:
            old = window_at(problem, session.minutes, minute_of(known[session.key]))
            windows[session.key] = (old,) if old else ()
    return independent_parts(problem, windows)
