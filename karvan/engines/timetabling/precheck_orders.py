"""Orders that cannot be kept: cycles, chains without time, gaps that contradict each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from .answer import Clash, ClashKind
from .precheck_times import Times
from .problem import MINUTES_A_DAY, TimetableProblem

Waits = dict[str, dict[str, int]]


def order_faults(problem: TimetableProblem, times: Times) -> Iterator[Clash]:
    """Return what is wrong with orders, whatever else is asked.

    The shortest cycle through each order of a cycle; where there is none, chains that find no
    time between the days of their ends, sessions that must come later than they may, and days
    that are to be the same and different.

    Cost: O(sessions + orders), and the same again for each order in a cycle and each session
    that may come no later.
    """
    followers = _followers(problem)
    cycles = list(_cycles(followers))
    yield from cycles
    if not cycles:
        yield from _without_time(problem, times, followers)
    yield from _days_at_odds(problem)


def _followers(problem: TimetableProblem) -> Waits:
    """Session -> those that wait for it -> least minutes from its start to theirs."""
    minutes = {s.key: s.minutes for s in problem.sessions}
    followers: Waits = {key: {} for key in sorted(minutes)}
    for session in sorted(problem.sessions, key=lambda s: s.key):
        for key, gap in session.after:
            least = minutes[key] + gap
            followers[key][session.key] = max(least, followers[key].get(session.key, 0))
    return followers


def _in_order(followers: Waits) -> list[str]:
    """Sessions such that each follows those it waits for; those in or behind a cycle are left."""
    waits = dict.fromkeys(followers, 0)
    for behind in followers.values():
        for key in behind:
            waits[key] += 1
    ready = deque(key for key, count in waits.items() if not count)
    ordered = []
    while ready:
        key = ready.popleft()
        ordered.append(key)
        for later in followers[key]:
            waits[later] -= 1
            if not waits[later]:
                ready.append(later)
    return ordered


def _cycles(followers: Waits) -> Iterator[Clash]:
    left = set(followers) - set(_in_order(followers))
    inside = {key: {k: m for k, m in followers[key].items() if k in left} for key in sorted(left)}
    done: set[tuple[str, str]] = set()
    for key, later in inside.items():
        for follower in later:
            cycle = _way(inside, follower, key) if (key, follower) not in done else None
            if cycle is not None:
                done |= set(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
                lowest = cycle.index(min(cycle))
                yield Clash(ClashKind.ORDER_CYCLE, (*cycle[lowest:], *cycle[:lowest]))


def _way(followers: Waits, first: str, last: str) -> tuple[str, ...] | None:
    """The shortest way from one session to another along the order."""
    came: dict[str, str | None] = {first: None}
    queue = deque([first])
    while queue:
        key = queue.popleft()
        if key == last:
            return _back(came, key)
        for later in followers[key]:
            if later not in came:
                came[later] = key
                queue.append(later)
    return None


def _back(came: dict[str, str | None], key: str) -> tuple[str, ...]:
    way = [key]
    while (before := came[way[-1]]) is not None:
        way.append(before)
    return tuple(reversed(way))


def _without_time(problem: TimetableProblem, times: Times, followers: Waits) -> Iterator[Clash]:
    ordered = _in_order(followers)
    by_key = {s.key: s for s in problem.sessions}
    earliest: dict[str, int] = dict(times.first)
    came: dict[str, str | None] = dict.fromkeys(ordered)
    for key in ordered:
        if key not in earliest or earliest[key] > times.last[key]:
            continue
        for later, least in followers[key].items():
            if later in earliest and earliest[key] + least > earliest[later]:
                start = times.no_earlier(by_key[later], earliest[key] + least)
                earliest[later], came[later] = start, key
    for key in ordered:
        if key in earliest and earliest[key] > times.last[key]:
            yield Clash(ClashKind.NO_TIME_IN_ORDER, _back(came, key))
    yield from _too_late(problem, times, followers, ordered)


def _too_late(
    problem: TimetableProblem, times: Times, followers: Waits, ordered: list[str]
) -> Iterator[Clash]:
    """Sessions that what lies between, or their own days, put later than they may be."""
    minutes = {s.key: s.minutes for s in problem.sessions}
    never = len(problem.days) * MINUTES_A_DAY
    for session in problem.sessions:
        for early, gap in session.no_later:
            most = minutes[early] + gap
            far, came = _longest_ways(followers, ordered, early)
            if far.get(session.key, 0) > most:
                between = _back(came, session.key)[1:-1]
                yield Clash(ClashKind.NO_LATER, (early, session.key, *between))
            elif times.first.get(session.key, 0) > times.last.get(early, never) + most:
                yield Clash(ClashKind.NO_LATER, (early, session.key))


def _longest_ways(
    followers: Waits, ordered: list[str], first: str
) -> tuple[dict[str, int], dict[str, str | None]]:
    """Least minutes from one session's start to that of each that follows, and by which way."""
    far: dict[str, int] = {first: 0}
    came: dict[str, str | None] = {first: None}
    for key in ordered[ordered.index(first) :]:
        if key in far:
            for later, least in followers[key].items():
                if far[key] + least > far.get(later, -1):
                    far[later], came[later] = far[key] + least, key
    return far, came


def _days_at_odds(problem: TimetableProblem) -> Iterator[Clash]:
    """Two sessions meant for one day and for different days, or for one day and too far apart."""
    same = {tuple(sorted((s.key, key))) for s in problem.sessions for key in s.same_day_as}
    other = {tuple(sorted((s.key, key))) for s in problem.sessions for key in s.not_same_day_as}
    for pair in same & other:
        yield Clash(ClashKind.OTHER_DAY, pair)
    minutes = {s.key: s.minutes for s in problem.sessions}
    spans = [day.periods[-1][1] - day.periods[0][0] for day in problem.days if day.periods]
    longest = max(spans, default=0)
    for session in problem.sessions:
        for key, gap in session.after:
            pair = tuple(sorted((session.key, key)))
            if pair in same and minutes[key] + gap + session.minutes > longest:
                yield Clash(ClashKind.SAME_DAY, pair)
