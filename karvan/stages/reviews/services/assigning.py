"""Give out reads by the selection engine, keeping what is under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application

from ..errors import WrongState
from ..models import Assignment, Conflict, Reviewer, ReviewRound
from ..queries import applications_to_read, unsettled
from .reviewers import find_institution_conflicts


@dataclass(frozen=True, slots=True)
class AssignedReads:
    """What came of giving out reads.

    given:   new reads, third ones included; kept: reads that were there before.
    third:   how many of the new ones are third reads.
    missing: who would be needed for the reads that nobody can be given.
    short:   reviewers below their least load, by id, and by how many reads.
    """

    given: int
    kept: int
    third: int
    missing: tuple[engine.ReviewersNeeded, ...]
    short: dict[int, int]

    @property
    def unmet(self) -> int:
        """Reads that nobody can be given."""
        return sum(needed.reads for needed in self.missing)


@dataclass(frozen=True, slots=True)
class _Room:
    """All rows that the giving-out of reads looks at, fetched once."""

    round: ReviewRound
    applications: list[Application]
    reviewers: list[Reviewer]
    standing: list[Assignment]
    barred: frozenset[tuple[str, str]]


@transaction.atomic
def assign_reads(round: ReviewRound, *, seed: str = "", by: Person | None) -> AssignedReads:
    """Give every eligible application the reads it lacks, and a third where two differ too much.

    Languages, conflicts and loads are kept; reads given before stay, unless a conflict
    found since forbids them and they are not finished. Safe to run again: what is
    complete stays as it is.

    Raises:
        WrongState: the round is closed.

    Cost: ten queries and one run of the engine, 0.1 s for 1,000 applications.
    """
    round = (
        ReviewRound.objects.select_for_update(of=("self",))
        .select_related("call__activity")
        .get(pk=round.pk)
    )
    if round.state == ReviewRound.State.CLOSED:
        raise WrongState(_("The reading is closed."))
    find_institution_conflicts(round)
    _take_back_conflicting(round)
    room = _fetched(round)
    problem, answer = _first_reads(room, str(seed))
    third_problem, third = _third_reads(room, answer, str(seed))
    known = {(str(a.application_id), str(a.reviewer_id)) for a in room.standing}
    rows = [*_rows(room, answer, known, False), *_rows(room, third, known, True)]
    Assignment.objects.bulk_create(rows, batch_size=500)
    missing = (
        *engine.reviewers_needed(problem, answer, _usual_load(room)),
        *engine.reviewers_needed(third_problem, third, _usual_load(room)),
    )
    given = AssignedReads(
        given=len(rows),
        kept=len(room.standing),
        third=sum(row.is_third_read for row in rows),
        missing=missing,
        short={int(key): short for key, short in answer.short_loads.items()},
    )
    after = {"given": given.given, "kept": given.kept, "third": given.third, "unmet": given.unmet}
    record("assigned reads", round, by=by, after=after)
    return given


def reviewers_missing(round: ReviewRound) -> tuple[engine.ReviewersNeeded, ...]:
    """How many more reviewers of which language would meet the reads that nobody can be given.

    Nothing is written. Cost: as for ``assign_reads``.
    """
    room = _fetched(round)
    problem, answer = _first_reads(room, "")
    return engine.reviewers_needed(problem, answer, _usual_load(room))


def _take_back_conflicting(round: ReviewRound) -> None:
    """Take back standing reads that meet a conflict found since; marks on them no longer count."""
    barred = set(
        Conflict.objects.filter(reviewer__round=round).values_list("reviewer_id", "application_id")
    )
    standing = Assignment.objects.filter(round=round, withdrawn_at__isnull=True)
    hit = [
        pk
        for pk, *pair in standing.values_list("pk", "reviewer_id", "application_id")
        if tuple(pair) in barred
    ]
    Assignment.objects.filter(pk__in=hit).update(withdrawn_at=clock.now())


def _fetched(round: ReviewRound) -> _Room:
    applications = list(applications_to_read(round.call))
    reviewers = list(Reviewer.objects.filter(round=round))
    here = {a.pk for a in applications}
    everything = Assignment.objects.filter(round=round, application_id__in=here)
    standing = [a for a in everything if a.withdrawn_at is None]
    barred = {(a.application_id, a.reviewer_id) for a in everything if a.withdrawn_at}
    barred |= set(
        Conflict.objects.filter(reviewer__round=round, application_id__in=here).values_list(
            "application_id", "reviewer_id"
        )
    )
    named = frozenset((str(application), str(reviewer)) for application, reviewer in barred)
    return _Room(round, applications, reviewers, standing, named)


def _first_reads(room: _Room, seed: str) -> tuple[engine.AssignmentProblem, engine.Assignment]:
    """The reads every application gets; third reads only fill their readers' loads."""
    kept = _kept(room)
    others = [a for a in room.standing if (str(a.application_id), str(a.reviewer_id)) not in kept]
    third = Counter(str(a.reviewer_id) for a in others)
    # Whoever reads an application already must not be asked to read it once more.
    barred = room.barred | _pairs(others)
    problem = _problem(room, room.applications, kept, barred, third, room.round.reads_each, seed)
    return problem, engine.assign_reviews(problem)


def _kept(room: _Room) -> frozenset[tuple[str, str]]:
    """The first reads under way, as far as languages allow them, no more than the round asks for."""
    speaks = {r.pk: set(r.languages) for r in room.reviewers}
    language = {a.pk: a.language for a in room.applications}
    reads: Counter[int] = Counter()
    kept = []
    for one in room.standing:
        known = language[one.application_id] in speaks[one.reviewer_id]
        if one.is_third_read or not known or reads[one.application_id] >= room.round.reads_each:
            continue
        reads[one.application_id] += 1
        kept.append(one)
    return _pairs(kept)


def _third_reads(
    room: _Room, first: engine.Assignment, seed: str
) -> tuple[engine.AssignmentProblem, engine.Assignment]:
    """One more read for each application whose two totals differ by more than the limit."""
    wanted = set(unsettled(room.round).values_list("pk", flat=True))
    wanted |= {a.application_id for a in room.standing if a.is_third_read}
    applications = [a for a in room.applications if a.pk in wanted]
    keys = {str(a.pk) for a in applications}
    barred = room.barred | {pair for pair in first.pairs if pair[0] in keys}
    kept = _pairs(a for a in room.standing if a.is_third_read) - barred
    problem = _problem(room, applications, kept, barred, Counter(first.loads), 1, seed)
    return problem, engine.assign_reviews(problem)


def _problem(
    room: _Room,
    applications: list[Application],
    kept: frozenset[tuple[str, str]],
    barred: Iterable[tuple[str, str]],
    taken: Counter[str],
    reads: int,
    seed: str,
) -> engine.AssignmentProblem:
    """The engine's problem; ``taken`` are reads that fill a reviewer's load besides."""
    here = {str(a.pk) for a in applications}
    own = Counter(reviewer for _application, reviewer in kept)
    return engine.AssignmentProblem(
        applications=tuple(
            engine.Application(str(a.pk), frozenset({a.language}), _fields(a)) for a in applications
        ),
        reviewers=tuple(_reviewer(r, own[str(r.pk)], taken[str(r.pk)]) for r in room.reviewers),
        reads_each=reads,
        conflicts=frozenset(pair for pair in barred if pair[0] in here) - kept,
        kept=kept,
        seed=seed or f"reading {room.round.call_id}",
    )


def _reviewer(reviewer: Reviewer, kept: int, taken: int) -> engine.Reviewer:
    """A reviewer as the engine sees one; whoever reads no more keeps only what is under way."""
    room = max(kept, reviewer.load_high - taken) if reviewer.is_active else kept
    return engine.Reviewer(
        str(reviewer.pk),
        frozenset(reviewer.languages),
        frozenset(str(one) for one in reviewer.fields),
        load_low=min(max(0, reviewer.load_low - taken), room),
        load_high=room,
    )


def _fields(application: Application) -> frozenset[str]:
    sector = application.attributes.get("sector")
    return frozenset({str(sector)}) if sector else frozenset()


def _pairs(assignments: Iterable[Assignment]) -> frozenset[tuple[str, str]]:
    return frozenset((str(a.application_id), str(a.reviewer_id)) for a in assignments)


def _rows(
    room: _Room, answer: engine.Assignment, known: set[tuple[str, str]], is_third: bool
) -> list[Assignment]:
    now = clock.now()
    return [
        Assignment(
            round=room.round,
            application_id=int(application),
            reviewer_id=int(reviewer),
            is_third_read=is_third,
            assigned_at=now,
        )
        for application, reviewer in answer.pairs
        if (application, reviewer) not in known
    ]


def _usual_load(room: _Room) -> int:
    """What one more reviewer would take: the most common of the loads there are."""
    loads = Counter(r.load_high for r in room.reviewers if r.load_high)
    return loads.most_common(1)[0][0] if loads else 40
