"""Move reads after reviewers stopped or came: shown first, then done, with the fewest changes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import ChangedSince
from ..models import Assignment, Review, Reviewer, ReviewRound
from .assigning import how_given, locked_open_to_change, rows_of, take_back
from .letters import tell_reviewers
from .reading_problem import (
    Pair,
    Room,
    fetch_room,
    first_reads,
    kept_first,
    pair_of,
    pairs_of,
    third_asked,
    third_reads,
)


@dataclass(frozen=True, slots=True)
class Move:
    """So many reads go from one reviewer to another; None: from nobody, or to nobody yet."""

    origin: Reviewer | None
    to: Reviewer | None
    reads: int


@dataclass(frozen=True, slots=True)
class Rebalancing:
    """What rebalancing would change.

    added, taken_back: reads that are new, and that are taken back; staying: those that stay.
    missing: who would be needed for reads that nobody can be given. digest: names exactly
    this set of changes, so that what is done is what was shown. letters: reviewers written to.
    """

    moves: tuple[Move, ...]
    added: int
    taken_back: int
    staying: int
    missing: tuple[engine.ReviewersNeeded, ...]
    digest: str
    letters: int = 0

    @property
    def changes(self) -> int:
        """Reads that move, come or go."""
        return sum(move.reads for move in self.moves)


@dataclass(frozen=True, slots=True)
class _Answer:
    """First and third reads after the change, as pairs."""

    room: Room
    first: engine.Rebalanced
    third: engine.Rebalanced
    missing: tuple[engine.ReviewersNeeded, ...]

    @property
    def added(self) -> list[Pair]:
        return sorted((*self.first.added, *self.third.added))

    @property
    def taken_back(self) -> list[Pair]:
        return sorted((*self.first.taken_back, *self.third.taken_back))

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.added}{self.taken_back}".encode()).hexdigest()


def rebalancing_of(round: ReviewRound) -> Rebalancing:
    """What ``rebalance_reads`` would do now; nothing is written.

    Cost: six queries and two runs of the engine.
    """
    answer = _rebalanced(fetch_room(round))
    return Rebalancing(
        moves=_moves(answer),
        added=len(answer.added),
        taken_back=len(answer.taken_back),
        staying=len(answer.room.standing) - len(answer.taken_back),
        missing=answer.missing,
        digest=answer.digest,
    )


@transaction.atomic
def rebalance_reads(
    round: ReviewRound, *, by: Person | None, digest: str | None = None
) -> Rebalancing:
    """Move reads from reviewers who stopped, and give what lacks, with the fewest changes.

    Nothing that is finished moves, nor what an active reviewer has begun; third reads that
    nobody was asked for yet are left to ``assign_reads``. ``digest`` is
    what ``rebalancing_of`` showed; None does it whatever it is. In an open round each
    reviewer who gains or loses reads gets one letter.

    Raises:
        WrongState: the round is closed.
        ChangedSince: other reads would move than were shown.
    """
    round = locked_open_to_change(round)
    answer = _rebalanced(fetch_room(round))
    if digest is not None and digest != answer.digest:
        raise ChangedSince(
            _("What would move has changed since you looked. Look at it again before you do it.")
        )
    gone = set(answer.taken_back)
    taken_back = [one for one in answer.room.standing if pair_of(one) in gone]
    take_back(taken_back)
    rows = [
        *rows_of(answer.room, answer.first.added, is_third=False),
        *rows_of(answer.room, answer.third.added, is_third=True),
    ]
    Assignment.objects.bulk_create(rows, batch_size=500)
    done = Rebalancing(
        moves=_moves(answer),
        added=len(rows),
        taken_back=len(taken_back),
        staying=len(answer.room.standing) - len(taken_back),
        missing=answer.missing,
        digest=answer.digest,
        letters=tell_reviewers(round, taken_back=taken_back, by=by),
    )
    after: dict[str, object] = {"given": done.added, "reads taken back": done.taken_back}
    after |= {"letters": done.letters}
    record(
        "rebalanced reads",
        round,
        by=by,
        after={**after, "how": how_given(answer.first.assignment, done.missing)},
    )
    return done


def _rebalanced(room: Room) -> _Answer:
    """The engine's answers: first reads, then third ones beside them."""
    active = {one.pk for one in room.reviewers if one.is_active}
    fixed = [one for one in room.standing if _stays(one, active)]
    done = kept_first(room, fixed)
    free = [one for one in room.standing if not _stays(one, active)]
    # What is finished and yet not allowed any more stays where it is and counts as no first read.
    others = [
        one
        for one in room.standing
        if one.is_third_read or (one in fixed and pair_of(one) not in done)
    ]
    problem = first_reads(room, done, others, "")
    movable = pairs_of(one for one in free if not one.is_third_read)
    first = engine.rebalance_reviews(problem, done | movable, done)
    third_done = pairs_of(one for one in fixed if one.is_third_read)
    third_problem = third_reads(room, third_asked(room), first.assignment, third_done, "")
    third_free = pairs_of(one for one in free if one.is_third_read)
    third = engine.rebalance_reviews(
        third_problem, third_problem.kept | third_free, third_problem.kept
    )
    missing = (
        *engine.reviewers_needed(problem, first.assignment, room.usual_load),
        *engine.reviewers_needed(third_problem, third.assignment, room.usual_load),
    )
    return _Answer(room, first, third, missing)


def _stays(one: Assignment, active: set[int]) -> bool:
    """Finished reads never move; a draft stays with whoever still reads."""
    review = getattr(one, "review", None)
    if review is None:
        return False
    return review.state == Review.State.DONE or one.reviewer_id in active


def _moves(answer: _Answer) -> tuple[Move, ...]:
    """Who gives how many reads to whom, the most first: an application's lost and new readers paired."""
    lost: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[str]] = defaultdict(list)
    for application, reviewer in answer.taken_back:
        lost[application].append(reviewer)
    for application, reviewer in answer.added:
        found[application].append(reviewer)
    counted: Counter[tuple[str, str]] = Counter()
    for application in {**lost, **found}:
        counted.update(zip_longest(lost[application], found[application], fillvalue=""))
    known = {str(one.pk): one for one in answer.room.reviewers}
    listed = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Move(known.get(origin), known.get(to), n) for (origin, to), n in listed)
