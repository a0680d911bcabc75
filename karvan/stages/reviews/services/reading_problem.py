"""The rows of a round as the engine's problem: who may read what, and what is under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from karvan.engines import selection as engine
from karvan.stages.calls.models import Application

from ..models import Assignment, Conflict, Reviewer, ReviewRound
from ..queries import applications_to_read, unsettled

Pair = tuple[str, str]
USUAL_LOAD = 40
# Nobody who could read more gets less than this share of an even spread, fields or no fields.
EVEN_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Room:
    """All rows that the giving-out of reads looks at, fetched once.

    standing: reads that were not taken back, each with its review if one was begun.
    barred:   pairs that must not meet: conflicts, and reads that were taken back.
    """

    round: ReviewRound
    applications: list[Application]
    reviewers: list[Reviewer]
    standing: list[Assignment]
    barred: frozenset[Pair]

    @property
    def usual_load(self) -> int:
        """What one more reviewer would take: the plan's, else the most common of those there are."""
        loads = Counter(r.load_high for r in self.reviewers if r.load_high)
        return loads.most_common(1)[0][0] if loads else self.round.load_each or USUAL_LOAD


def fetch_room(round: ReviewRound) -> Room:
    """Everything needed to give out reads; four queries."""
    applications = list(applications_to_read(round.call))
    reviewers = list(Reviewer.objects.filter(round=round).select_related("person"))
    eligible = {"application__state": Application.State.SUBMITTED}
    everything = Assignment.objects.filter(round=round, **eligible).select_related("review")
    standing = [a for a in everything if a.withdrawn_at is None]
    barred = {(a.application_id, a.reviewer_id) for a in everything if a.withdrawn_at}
    conflicts = Conflict.objects.filter(reviewer__round=round, **eligible)
    barred |= set(conflicts.values_list("application_id", "reviewer_id"))
    named = frozenset((str(application), str(reviewer)) for application, reviewer in barred)
    return Room(round, applications, reviewers, standing, named)


def first_reads(
    room: Room, kept: frozenset[Pair], others: list[Assignment], seed: str
) -> engine.AssignmentProblem:
    """The reads every application gets.

    kept: pairs that stay where they are; see ``kept_first``. others: reads beside the first
    ones, which only fill their readers' loads.
    """
    taken = Counter(str(a.reviewer_id) for a in others)
    # Whoever reads an application already must not be asked to read it once more.
    barred = room.barred | pairs_of(others)
    return problem_of(
        room, room.applications, kept, barred, taken, reads=room.round.reads_each, seed=seed
    )


def kept_first(room: Room, among: Iterable[Assignment]) -> frozenset[Pair]:
    """Of these first reads those that languages and conflicts allow, no more than the round asks for."""
    speaks = {r.pk: set(r.languages) for r in room.reviewers}
    language = {a.pk: a.language for a in room.applications}
    reads: Counter[int] = Counter()
    kept = []
    for one in among:
        known = language[one.application_id] in speaks[one.reviewer_id]
        allowed = known and not one.is_third_read and pair_of(one) not in room.barred
        if allowed and reads[one.application_id] < room.round.reads_each:
            reads[one.application_id] += 1
            kept.append(one)
    return pairs_of(kept)


def third_wanted(room: Room) -> list[Application]:
    """Applications whose two totals differ by more than the limit, or that have a third read."""
    wanted = set(unsettled(room.round).values_list("pk", flat=True))
    wanted |= {a.application_id for a in room.standing if a.is_third_read}
    return [a for a in room.applications if a.pk in wanted]


def third_asked(room: Room) -> list[Application]:
    """Applications that have a third read, done or not."""
    asked = {a.application_id for a in room.standing if a.is_third_read}
    return [a for a in room.applications if a.pk in asked]


def third_reads(
    room: Room,
    applications: list[Application],
    first: engine.Assignment,
    kept: frozenset[Pair],
    seed: str,
) -> engine.AssignmentProblem:
    """One more read for each of these applications, beside the first reads as they come out."""
    keys = {str(a.pk) for a in applications}
    barred = room.barred | {pair for pair in first.pairs if pair[0] in keys}
    others = pairs_of(a for a in room.standing if not a.is_third_read) - set(first.pairs)
    barred |= {pair for pair in others if pair[0] in keys}
    return problem_of(
        room, applications, kept - barred, barred, Counter(first.loads), reads=1, seed=seed
    )


def problem_of(
    room: Room,
    applications: list[Application],
    kept: frozenset[Pair],
    barred: Iterable[Pair],
    taken: Counter[str],
    *,
    reads: int,
    seed: str,
) -> engine.AssignmentProblem:
    """The engine's problem; ``taken`` are reads that fill a reviewer's load besides."""
    here = {str(a.pk) for a in applications}
    own = Counter(reviewer for _application, reviewer in kept)
    even = _even_load(room, len(applications) * reads + sum(taken.values()))
    return engine.AssignmentProblem(
        applications=tuple(
            engine.Application(str(a.pk), frozenset({a.language}), _fields(a)) for a in applications
        ),
        reviewers=tuple(
            _reviewer(r, own[str(r.pk)], taken[str(r.pk)], even) for r in room.reviewers
        ),
        reads_each=reads,
        conflicts=frozenset(pair for pair in barred if pair[0] in here) - kept,
        kept=kept,
        seed=seed or f"reading {room.round.call_id}",
    )


def pair_of(assignment: Assignment) -> Pair:
    """The application and the reviewer as the engine's keys."""
    return str(assignment.application_id), str(assignment.reviewer_id)


def pairs_of(assignments: Iterable[Assignment]) -> frozenset[Pair]:
    """The pairs of several reads."""
    return frozenset(pair_of(one) for one in assignments)


def _even_load(room: Room, reads: int) -> int:
    """What everybody reads at least where languages and conflicts let them.

    An even spread of the reads over the active reviewers, none above the own most, cut to
    ``EVEN_SHARE``: the rest is left to who knows which field.
    """
    left, even = reads, 0
    most = sorted(r.load_high for r in room.reviewers if r.is_active)
    for number, load in enumerate(most):
        even = left // (len(most) - number)
        if load >= even:
            break
        left -= load
    return int(even * EVEN_SHARE)


def _reviewer(reviewer: Reviewer, kept: int, taken: int, even: int) -> engine.Reviewer:
    """A reviewer as the engine sees one; whoever reads no more keeps only what is under way."""
    low = max(reviewer.load_low, even)
    room = max(kept, reviewer.load_high - taken) if reviewer.is_active else kept
    return engine.Reviewer(
        str(reviewer.pk),
        frozenset(reviewer.languages),
        frozenset(str(one) for one in reviewer.fields),
        load_low=min(max(0, low - taken), room),
        load_high=room,
    )


def _fields(application: Application) -> frozenset[str]:
    sector = application.attributes.get("sector")
    return frozenset({str(sector)}) if sector else frozenset()
