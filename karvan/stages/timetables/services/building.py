"""Build a timetable with the engine and keep it as a draft; or say why there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.foundation.people.models import Person
from karvan.stages.editions.models import Activity

from ..errors import NothingToPlace, NoTimetablePossible, Reason
from ..models import Timetable
from ..queries import newest_timetable, placements_of
from .answering import Draft, keep_draft, locked_in, with_busy
from .reasons import (
    no_holidays,
    reasons_in_words,
    remedies_in_words,
    too_few_days,
    unknown_in_words,
)
from .translating import Given, problem_of, read_rows, unknown_items

WORK_LIMIT = 12  # units of counted work, about as many seconds of one core
SPURIOUS = (engine.ClashKind.GROUP_OVERFULL, engine.ClashKind.NO_OPEN_TIME)

Progress = Callable[[int], None]  # told the per cent done


def _nobody(_done: int) -> None:
    """Progress that nobody follows."""


def build_timetable(
    activity: Activity,
    *,
    seed: int = 1,
    opened_anyway: Collection[date] = (),
    work_limit: int = WORK_LIMIT,
    without_holidays: bool = False,
    progress: Progress = _nobody,
    by: Person | None,
) -> Timetable:
    """Build the activity's timetable and return it as a draft with the next number.

    The engine is asked first for a timetable in the design's own order; where none fits
    into the open hours, for one that keeps gates, openings and assessments in order, and
    the version's note says so. ``opened_anyway`` are closed days on which something may
    be held all the same; ``without_holidays`` builds though no holidays are on file. What
    is locked in the newest version keeps its place. The same rows, seed and limit give the
    same timetable. The search runs before the transaction that keeps its answer.

    Raises:
        NothingToPlace: no session has been laid out.
        DatesMissing: the activity has no dates.
        NoTimetablePossible: with ``reasons``, each a sentence and what would help; what is
            wrong with the input is named before any search, all of it at once.

    Cost: about twenty queries; the search takes seconds, at most about ``work_limit`` for
    each of the two orders.
    """
    given = read_rows(activity, opened_anyway=opened_anyway)
    if not given.sessions:
        raise NothingToPlace(_("Lay out the sessions first; there is nothing to place yet."))
    newest = newest_timetable(activity)
    if newest is not None:
        given = replace(given, pinned=locked_in(given, placements_of(newest)))
    refuse_bad_input(given, without_holidays=without_holidays)
    progress(10)
    notes = list(given.notes)
    problem = problem_of(given, in_order=True)
    answer = engine.build_timetable(problem, seed=seed, work_limit=work_limit)
    progress(60)
    if isinstance(answer, engine.NoTimetable):
        problem = problem_of(given, in_order=False)
        answer = engine.build_timetable(problem, seed=seed, work_limit=work_limit)
        notes.append(_("The design's order within a day was kept only where it must be."))
    if isinstance(answer, engine.NoTimetable):
        raise impossible(partial(_said, given, problem, answer))
    refuse_wrong(problem, answer)
    progress(90)
    draft = Draft(
        seed=seed,
        costs=answer.costs,
        bound=min(answer.bound, answer.costs.total),
        is_proved=answer.proved,
        note=" ".join([*notes, *_unknown(given)]),
    )
    return keep_draft(given, answer.placements, draft, by=by)


def refuse_bad_input(given: Given, *, without_holidays: bool) -> None:
    """Name all that is wrong before any search.

    Raises:
        NoTimetablePossible: with every such reason at once.
    """
    say = partial(_wrong, given, without_holidays=without_holidays)
    if say():
        raise impossible(say)


def impossible(say: Callable[[], list[Reason]]) -> NoTimetablePossible:
    """The refusal with reasons that can be said again in another language."""
    reasons = say()
    said = " ".join(reason.text for reason in reasons)
    words = _("There is no timetable. %(reasons)s") % {"reasons": said}
    return NoTimetablePossible(words, reasons, say)


def _wrong(given: Given, *, without_holidays: bool) -> list[Reason]:
    reasons = [] if without_holidays else no_holidays(given)
    too_few = not given.open.opened or (
        not given.counts_weeks
        and not given.stands
        and given.last_day_asked() > len(given.open.opened)
    )
    if too_few:
        reasons.append(too_few_days(given))
    if given.open.opened:
        problem = problem_of(given, in_order=False)
        found = engine.quick_reasons(problem)
        kept = [one for one in found if not (too_few and one.kind in SPURIOUS)]
        reasons += reasons_in_words(given, kept, problem)
    return reasons


def refuse_wrong(problem: engine.TimetableProblem, answer: engine.Timetable) -> None:
    """Recount an answer plainly before it is kept.

    Raises:
        ValueError: the engine's timetable breaks its own rules, which would be a fault of ours.
    """
    complete = replace(answer, placements=with_busy(problem, answer.placements))
    wrong = engine.check_timetable(problem, complete)
    if wrong:
        raise ValueError(f"the engine's timetable breaks its own rules: {wrong!r}")


def _said(
    given: Given, problem: engine.TimetableProblem, answer: engine.NoTimetable
) -> list[Reason]:
    words = reasons_in_words(given, answer.reasons, problem)
    return [*words, *remedies_in_words(given, answer, problem)]


def _unknown(given: Given) -> list[str]:
    missing = unknown_items(given)
    return [unknown_in_words(given, missing)] if missing else []
