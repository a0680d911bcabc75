"""Give out reads by the selection engine, keeping what is under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import WrongState
from ..models import Assignment, Conflict, ReviewRound
from .letters import tell_reviewers
from .reading_problem import (
    Pair,
    Room,
    fetch_room,
    first_reads,
    kept_first,
    pair_of,
    pairs_of,
    third_reads,
    third_wanted,
)
from .reviewers import find_institution_conflicts


@dataclass(frozen=True, slots=True)
class Fairness:
    """How well the first reads suit their applications, and whether reviewers can be compared.

    total, total_before: points of all reads, and before the worst-off application was
    raised. worst, worst_bound: points of the worst-off one, and the most that any giving
    out could give it. parts: groups of reviewers who share no application. mixing: the
    fewest different co-readers of anybody. A read is worth the percentage of the
    application's fields that its reviewer knows.
    """

    total: int
    total_before: int
    worst: int
    worst_bound: int
    parts: int
    mixing: int


@dataclass(frozen=True, slots=True)
class AssignedReads:
    """What came of giving out reads.

    given:   new reads, third ones included; kept: reads that were there before.
    third:   how many of the new ones are third reads.
    missing: who would be needed for the reads that nobody can be given.
    short:   reviewers below their least load, by id, and by how many reads.
    idle:    ids of reviewers whom languages and conflicts leave no application.
    letters: reviewers who were written to.
    """

    given: int
    kept: int
    third: int
    missing: tuple[engine.ReviewersNeeded, ...]
    short: dict[int, int]
    fairness: Fairness
    idle: tuple[int, ...]
    letters: int

    @property
    def unmet(self) -> int:
        """Reads that nobody can be given."""
        return sum(needed.reads for needed in self.missing)


@transaction.atomic
def assign_reads(round: ReviewRound, *, seed: str = "", by: Person | None) -> AssignedReads:
    """Give every eligible application the reads it lacks, and a third where two differ too much.

    Languages, conflicts and loads are kept, and the application that its reads suit worst
    is raised as far as that costs little of the whole. Reads given before stay, unless a
    conflict found since forbids them. Safe to run again: what is complete stays as it is.
    In an open round each reviewer concerned gets one letter.

    Raises:
        WrongState: the round is closed.

    Cost: two runs of the engine, ten queries, a few writes a letter: 0.9 CPU s for 1,000
    applications, 3 reads each and 40 reviewers who may read all of them.
    """
    round = locked_open_to_change(round)
    find_institution_conflicts(round)
    taken_back = _take_back_conflicting(round)
    room = fetch_room(round)
    problem, answer = _first(room, str(seed))
    kept_third = pairs_of(a for a in room.standing if a.is_third_read)
    third_problem = third_reads(room, third_wanted(room), answer, kept_third, str(seed))
    third = engine.assign_reviews(third_problem)
    known = pairs_of(room.standing)
    rows = [
        *rows_of(room, (pair for pair in answer.pairs if pair not in known), is_third=False),
        *rows_of(room, (pair for pair in third.pairs if pair not in known), is_third=True),
    ]
    Assignment.objects.bulk_create(rows, batch_size=500)
    given = AssignedReads(
        given=len(rows),
        kept=len(room.standing),
        third=sum(row.is_third_read for row in rows),
        missing=(
            *engine.reviewers_needed(problem, answer, room.usual_load),
            *engine.reviewers_needed(third_problem, third, room.usual_load),
        ),
        short={int(key): short for key, short in answer.short_loads.items()},
        fairness=_fairness_of(answer),
        idle=tuple(int(key) for key in answer.idle),
        letters=tell_reviewers(round, taken_back=taken_back, by=by),
    )
    after: dict[str, object] = {
        "given": given.given,
        "kept": given.kept,
        "third": given.third,
        "unmet": given.unmet,
    }
    after |= {"letters": given.letters}
    record("assigned reads", round, by=by, after={**after, "how": how_given(answer, given.missing)})
    return given


def reviewers_missing(round: ReviewRound) -> tuple[engine.ReviewersNeeded, ...]:
    """How many more reviewers of which language would meet the reads that nobody can be given.

    Nothing is written. Cost: four queries and one run of the engine.
    """
    room = fetch_room(round)
    problem, answer = _first(room, "")
    return engine.reviewers_needed(problem, answer, room.usual_load)


def how_given(
    answer: engine.Assignment, missing: Iterable[engine.ReviewersNeeded]
) -> dict[str, object]:
    """How reads were given out, as records keep it: fairness, reads, and who is missing for what."""
    return {
        **asdict(_fairness_of(answer)),
        "reads": len(answer.pairs),
        "idle": len(answer.idle),
        "missing": [{**asdict(one), "languages": sorted(one.languages)} for one in missing],
        "why": _why(answer),
    }


def _why(answer: engine.Assignment) -> dict[str, int]:
    """Reads that nobody can be given, by what stands in the way."""
    why: Counter[str] = Counter()
    for one in answer.unmet:
        why[one.reason] += one.missing
    return dict(why)


def _fairness_of(answer: engine.Assignment) -> Fairness:
    return Fairness(
        total=answer.total,
        total_before=answer.total_before,
        worst=answer.worst,
        worst_bound=answer.worst_bound,
        parts=answer.parts,
        mixing=answer.mixing,
    )


def rows_of(room: Room, pairs: Iterable[Pair], *, is_third: bool) -> list[Assignment]:
    """New reads for these pairs, not written yet."""
    now = clock.now()
    return [
        Assignment(
            round=room.round,
            application_id=int(application),
            reviewer_id=int(reviewer),
            is_third_read=is_third,
            assigned_at=now,
        )
        for application, reviewer in pairs
    ]


def locked_open_to_change(round: ReviewRound) -> ReviewRound:
    """The round, locked.

    Raises:
        WrongState: it is closed.
    """
    round = (
        ReviewRound.objects.select_for_update(of=("self",))
        .select_related("call__activity__edition")
        .get(pk=round.pk)
    )
    if round.state == ReviewRound.State.CLOSED:
        raise WrongState(_("The reading is closed."))
    return round


def _first(room: Room, seed: str) -> tuple[engine.AssignmentProblem, engine.Assignment]:
    kept = kept_first(room, room.standing)
    others = [one for one in room.standing if pair_of(one) not in kept]
    problem = first_reads(room, kept, others, seed)
    return problem, engine.assign_reviews(problem)


def _take_back_conflicting(round: ReviewRound) -> list[Assignment]:
    """Take back standing reads that meet a conflict found since; marks on them no longer count."""
    barred = set(
        Conflict.objects.filter(reviewer__round=round).values_list("reviewer_id", "application_id")
    )
    standing = Assignment.objects.filter(round=round, withdrawn_at__isnull=True)
    hit = [one for one in standing if (one.reviewer_id, one.application_id) in barred]
    take_back(hit)
    return hit


def take_back(reads: list[Assignment]) -> None:
    """Mark reads as taken back, in pieces that every database takes."""
    now = clock.now()
    for at in range(0, len(reads), 500):
        keys = [one.pk for one in reads[at : at + 500]]
        Assignment.objects.filter(pk__in=keys).update(withdrawn_at=now)
