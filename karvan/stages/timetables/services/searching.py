"""Runs of the engine: asked for by a person, done at once or by the worker, answered in rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..errors import NoTimetablePossible, Reason, WrongState
from ..models import Placement, Search, Timetable
from ..queries import placements_of
from .answering import (
    Draft,
    costs_where_placed,
    from_now,
    keep_draft,
    locked_in,
    placed,
    stands_of,
    with_busy,
)
from .building import WORK_LIMIT, build_timetable, impossible, refuse_bad_input, refuse_wrong
from .offered import affected, changes_between, in_languages, place_from, place_row
from .reasons import reasons_in_words, remedies_in_words
from .translating import Given, problem_of, read_rows

SMALL = 80  # sessions up to which a search is done at once
MOST_CHOICES = 3
STUCK_AFTER = timedelta(minutes=20)


def is_small(activity: Activity) -> bool:
    """True if a search is done while the person waits. One query."""
    return activity.sessions.filter(is_cancelled=False).count() <= SMALL


def is_stuck(search: Search) -> bool:
    """True if a search was asked for long ago and nothing has come of it."""
    waits = search.state in (Search.State.ASKED, Search.State.RUNNING)
    return waits and clock.now() - search.asked_at > STUCK_AFTER


@transaction.atomic
def ask_search(
    activity: Activity,
    *,
    kind: str,
    base: Timetable | None = None,
    typed: Mapping[str, Any] | None = None,
    by: Person | None,
) -> Search:
    """Ask for a timetable to be built, improved or repaired; returns the search, not run yet.

    ``typed`` may hold seed, work (units of counted work), opened_anyway (dates) and
    without_holidays.

    Raises:
        WrongState: nothing to improve or repair was named.
    """
    if kind != Search.Kind.BUILD and base is None:
        raise WrongState(_("There is no version yet; build a timetable first."))
    asked = {"seed": 1, "work": WORK_LIMIT, **(typed or {})}
    if "opened_anyway" in asked:
        asked["opened_anyway"] = sorted(str(on) for on in asked["opened_anyway"])
    search = Search.objects.create(
        activity=activity,
        kind=kind,
        base=base,
        typed=asked,
        asked_by=by,
        asked_at=clock.now(),
    )
    after = {"kind": kind, "version": base and base.number, **asked}
    record("search asked", search, by=by, after=after)
    return search


@transaction.atomic
def ask_again(search: Search, *, by: Person | None) -> Search:
    """Let a search that broke off or is stuck be run once more.

    Raises:
        WrongState: it is done, or still running.
    """
    search = Search.objects.select_for_update(of=("self",)).get(pk=search.pk)
    if search.state != Search.State.FAILED and not is_stuck(search):
        raise WrongState(_("This search is done or still running."))
    search.state, search.done, search.reasons = Search.State.ASKED, 0, []
    search.asked_at, search.ended_at = clock.now(), None
    search.save()
    record("search asked again", search, by=by)
    return search


def run_search(search: Search) -> Search:
    """Run what was asked and keep what came of it. Safe to run again: a search is run once.

    A build becomes a draft; an improvement becomes one if it is cheaper; a repair gives up to
    three answers, one of which a person takes. Where there is none, its reasons are kept in
    every language of the interface. The same rows, seed and work give the same answer.

    Cost: some twenty queries and the engine's own work.
    """
    if not Search.objects.filter(pk=search.pk, state=Search.State.ASKED).update(
        state=Search.State.RUNNING, done=5
    ):
        search.refresh_from_db()
        return search
    search.refresh_from_db()
    by = search.asked_by
    state = Search.State.FAILED
    try:
        RUNS[search.kind](search, by)
        state = Search.State.DONE
    except NoTimetablePossible as none:
        state, search.reasons = Search.State.NONE, in_languages(none.say)
    except RuleBroken as broken:
        words = str(broken)
        state, search.reasons = Search.State.NONE, in_languages(lambda: [Reason(words)])
    finally:
        search.state, search.ended_at = state, clock.now()
        search.done = 100 if state != Search.State.FAILED else search.done
        search.save()
    return search


@transaction.atomic
def take_answer(search: Search, number: int, *, by: Person | None) -> Timetable:
    """Make one answer of a repair a draft, to be looked at and published; returns it.

    Args:
        number: of the answer, from 1.

    Raises:
        WrongState: there is no such answer, one was taken already, sessions were laid out anew
            since, or one that would move has begun by now.
    """
    search = Search.objects.select_for_update(of=("self",)).get(pk=search.pk)
    if search.made is not None:
        text = _("An answer of this search was taken already, as version %(number)s.")
        raise WrongState(text % {"number": search.made.number})
    if search.base is None or not 1 <= number <= len(search.answers):
        raise WrongState(_("This search has no such answer."))
    answer = search.answers[number - 1]
    placements = {code: place_from(row) for code, row in answer["placements"].items()}
    listed = list(placements_of(search.base))
    given = read_rows(search.activity, base=search.base)
    known = {one.session.code: one for one in listed}
    given = replace(given, begun=frozenset(answer["begun"]))
    late = _begun_since(known, placements, given)
    if late or {s.code for s in given.sessions} != placed(given, placements):
        raise WrongState(_("Something changed since this was found. Search again."))
    draft = Draft(
        made=Timetable.Made.REPAIRED,
        based_on=search.base,
        seed=search.typed["seed"],
        costs=engine.Costs(**answer["costs"]),
        note=" ".join(given.notes),
    )
    search.made = keep_draft(given, placements, draft, by=by)
    search.save(update_fields=["made"])
    return search.made


def _build(search: Search, by: Person | None) -> None:
    opened = [date.fromisoformat(on) for on in search.typed.get("opened_anyway", ())]
    search.made = build_timetable(
        search.activity,
        seed=search.typed["seed"],
        work_limit=search.typed["work"],
        opened_anyway=opened,
        without_holidays=bool(search.typed.get("without_holidays")),
        progress=_told(search),
        by=by,
    )


def _improve(search: Search, by: Person | None) -> None:
    """A cheaper timetable from where a version stands; what is locked or has begun stays."""
    base, listed, given = _standing(search)
    tell = _told(search)
    whole = problem_of(given, in_order=False)
    before = costs_where_placed(whole, with_busy(whole, given.stands))
    later = from_now(given, listed)
    later = replace(later, pinned=_without(locked_in(given, listed), later.begun))
    refuse_bad_input(later, without_holidays=True)
    problem = _problem(later)
    tell(20)
    answer = _improved(problem, later, before, search)
    if isinstance(answer, engine.NoTimetable):
        raise _none(later, problem, answer)
    refuse_wrong(problem, answer)
    tell(90)
    named = {code: one for code, one in later.pinned.items() if code in answer.placements}
    places = {**given.stands, **answer.placements, **named}
    after = costs_where_placed(whole, with_busy(whole, places))
    is_whole = not later.begun and not later.pinned and answer.bound <= after.total
    search.answers = [
        {
            "before": before.by_goal(),
            "after": after.by_goal(),
            "bound": answer.bound if is_whole else None,
        }
    ]
    is_short = {session.code for session in given.sessions} - set(given.stands)
    if after.total < before.total or is_short:
        draft = Draft(
            made=Timetable.Made.IMPROVED,
            based_on=base,
            seed=search.typed["seed"],
            costs=after,
            bound=answer.bound if is_whole else None,
            is_proved=is_whole and answer.proved,
            note=" ".join(given.notes),
        )
        search.made = keep_draft(later, answer.placements, draft, by=by)


def _repair(search: Search, by: Person | None) -> None:
    """Up to three ways to mend a version after what was noted; nothing is kept of them yet."""
    _base, listed, given = _standing(search)
    tell = _told(search)
    later = from_now(given, listed)
    held = frozenset(_without(locked_in(given, listed), later.begun))
    problem = _problem(later)
    stands = with_busy(problem, given.stands)
    before = engine.Timetable(stands, costs_where_placed(problem, stands), bound=0, proved=False)
    tell(20)
    found = _choices(problem, before, held & set(stands), search)
    if isinstance(found, engine.NoTimetable):
        loose = problem_of(later, in_order=False)
        found = _choices(loose, before, held & set(stands), search)
        if isinstance(found, engine.NoTimetable):
            raise _none(later, loose, found)
        problem = loose
    tell(90)
    search.answers = [_offer(given, later, problem, answer, listed) for answer in found]


RUNS: Mapping[str, Callable[[Search, Person | None], None]] = {
    Search.Kind.BUILD.value: _build,
    Search.Kind.IMPROVE.value: _improve,
    Search.Kind.REPAIR.value: _repair,
}


def _standing(search: Search) -> tuple[Timetable, list[Placement], Given]:
    """The version a search begins from, its placements, and the rows with where they stand."""
    if search.base is None:
        raise WrongState(_("The version this began from is gone."))
    listed = list(placements_of(search.base))
    given = read_rows(search.activity, base=search.base)
    return search.base, listed, replace(given, stands=stands_of(given, listed))


def _problem(given: Given) -> engine.TimetableProblem:
    """The problem in the design's order if the version keeps it, else in the order it must keep."""
    strict = problem_of(given, in_order=True)
    there = with_busy(strict, given.stands)
    wrong = engine.check_timetable(strict, engine.Timetable(there, engine.Costs(), 0, proved=False))
    if any(text.startswith(f"{engine.ClashKind.ORDER}:") for text in wrong):
        return problem_of(given, in_order=False)
    return strict


def _improved(
    problem: engine.TimetableProblem, given: Given, before: engine.Costs, search: Search
) -> engine.Timetable | engine.NoTimetable:
    # Whoever teaches a session that is pinned is named by the session, and fills no role.
    bare = {code: replace(one, roles={}) for code, one in given.pinned.items()}
    stands = with_busy(problem, {**given.stands, **bare})
    return engine.build_timetable(
        problem,
        seed=search.typed["seed"],
        work_limit=search.typed["work"],
        start=engine.Timetable(stands, before, bound=0, proved=False),
    )


def _choices(
    problem: engine.TimetableProblem,
    before: engine.Timetable,
    held: frozenset[str],
    search: Search,
) -> tuple[engine.Timetable, ...] | engine.NoTimetable:
    return engine.repair_choices(
        problem,
        before,
        held,
        most=MOST_CHOICES,
        seed=search.typed["seed"],
        work_limit=search.typed["work"],
    )


def _offer(
    given: Given,
    later: Given,
    problem: engine.TimetableProblem,
    answer: engine.Timetable,
    listed: list[Placement],
) -> dict[str, Any]:
    """One answer of a repair, as it is kept in the search's row."""
    refuse_wrong(problem, answer)
    codes = [s.code for s in later.sessions if s.code not in later.begun]
    places = {code: answer.placements[code] for code in codes}
    whole = problem_of(given, in_order=False)
    costs = costs_where_placed(whole, with_busy(whole, {**given.stands, **places}))
    changes = changes_between(later, listed, places)
    return {
        "placements": {code: place_row(one) for code, one in places.items()},
        "begun": sorted(later.begun),
        "costs": costs.by_goal(),
        "cost": costs.total,
        "people": affected(later, changes),
        "moved": sum(change["is_moved"] for change in changes),
        "bound": answer.bound,
        "is_proved": answer.proved,
        "changes": changes,
    }


def _begun_since(
    known: Mapping[str, Placement], placements: Mapping[str, engine.Placement], given: Given
) -> bool:
    """Whether a session that an answer would change has begun since the answer was found."""
    now = clock.now()
    begun = [one for code, one in known.items() if code in placements and one.starts_at <= now]
    stands = stands_of(given, begun)
    return any(
        (stands[code].day, stands[code].start, stands[code].room)
        != (placements[code].day, placements[code].start, placements[code].room)
        for code in stands
    )


def _without(
    places: Mapping[str, engine.Placement], begun: frozenset[str]
) -> dict[str, engine.Placement]:
    return {code: one for code, one in places.items() if code not in begun}


def _told(search: Search) -> Callable[[int], None]:
    def tell(done: int) -> None:
        search.done = done
        Search.objects.filter(pk=search.pk).update(done=done)

    return tell


def _none(
    given: Given, problem: engine.TimetableProblem, answer: engine.NoTimetable
) -> NoTimetablePossible:
    return impossible(
        lambda: [
            *reasons_in_words(given, answer.reasons, problem),
            *remedies_in_words(given, answer, problem),
        ]
    )
