"""Build a timetable with the engine and keep it as a draft; or say why there is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..errors import NothingToPlace, NoTimetablePossible, Reason
from ..models import Placement, Timetable
from .reasons import reasons_in_words, too_few_days, unknown_in_words
from .translating import Given, moment_of, problem_of, read_rows, unknown_items

WORK_LIMIT = 12  # units of counted work, about as many seconds of one core


def build_timetable(
    activity: Activity,
    *,
    seed: int = 1,
    opened_anyway: Collection[date] = (),
    work_limit: int = WORK_LIMIT,
    by: Person | None,
) -> Timetable:
    """Build the activity's timetable and return it as a draft with the next number.

    The engine is asked first for a timetable in the design's own order; where none fits
    into the open hours, for one that keeps gates, openings and assessments in order, and
    the version's note says so. ``opened_anyway`` are closed days on which something may
    be held all the same. The same rows, seed and limit give the same timetable. The
    search runs before the transaction that keeps its answer.

    Raises:
        NothingToPlace: no session has been laid out.
        DatesMissing: the activity has no dates.
        NoTimetablePossible: with ``reasons``, each a sentence and what would help.

    Cost: about ten queries; the search takes seconds, at most about ``work_limit`` for
    each of the two orders.
    """
    given = read_rows(activity, opened_anyway=opened_anyway)
    if not given.sessions:
        raise NothingToPlace(_("Lay out the sessions first; there is nothing to place yet."))
    if not given.open.opened or (
        not given.counts_weeks and given.last_day_asked() > len(given.open.opened)
    ):
        raise _impossible([too_few_days(given)])
    notes: list[str] = []
    problem = problem_of(given, in_order=True)
    answer = engine.build_timetable(problem, seed=seed, work_limit=work_limit)
    if isinstance(answer, engine.NoTimetable):
        problem = problem_of(given, in_order=False)
        answer = engine.build_timetable(problem, seed=seed, work_limit=work_limit)
        notes.append(_("The design's order within a day was kept only where it must be."))
    if isinstance(answer, engine.NoTimetable):
        raise _impossible(reasons_in_words(given, answer.reasons, problem))
    wrong = engine.check_timetable(problem, answer)
    if wrong:
        raise ValueError(f"the engine's timetable breaks its own rules: {wrong!r}")
    missing = unknown_items(given)
    if missing:
        notes.append(unknown_in_words(given, missing))
    return _keep(given, answer, seed=seed, note=" ".join(notes), by=by)


def _impossible(reasons: list[Reason]) -> NoTimetablePossible:
    said = " ".join(reason.text for reason in reasons)
    return NoTimetablePossible(_("There is no timetable. %(reasons)s") % {"reasons": said}, reasons)


@transaction.atomic
def _keep(
    given: Given, answer: engine.Timetable, *, seed: int, note: str, by: Person | None
) -> Timetable:
    """Write the engine's answer as the next draft."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=given.activity.pk)
    last = activity.timetables.aggregate(last=Max("number"))["last"] or 0
    timetable = Timetable.objects.create(
        activity=given.activity,
        number=last + 1,
        seed=seed,
        cost=answer.costs.total,
        bound=min(answer.bound, answer.costs.total),
        is_proved=answer.proved,
        costs=answer.costs.by_goal(),
        closed_days={on.isoformat(): why for on, why in given.open.closed.items()},
        note=note,
        made_by=by,
        made_at=clock.now(),
    )
    _place(timetable, given, answer.placements)
    after = {
        "version": timetable.number,
        "sessions": len(answer.placements),
        "cost": timetable.cost,
    }
    record("built", timetable, by=by, after=after)
    return timetable


def _place(timetable: Timetable, given: Given, placements: Mapping[str, engine.Placement]) -> None:
    """Write the placements and who teaches in them. Two writes."""
    rows, teaching = [], []
    for session in given.sessions:
        there = placements[session.code]
        starts_at = moment_of(given, there.day, there.start)
        rows.append(
            Placement(
                timetable=timetable,
                session=session,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=session.minutes),
                room_id=int(there.room) if there.room else None,
            )
        )
        teaching.append(there.role_trainers())
    made = Placement.objects.bulk_create(rows)
    through = Placement.trainers.through
    through.objects.bulk_create(
        through(placement_id=placement.pk, trainer_id=int(key))
        for placement, keys in zip(made, teaching, strict=True)
        for key in keys
    )
