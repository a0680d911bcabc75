"""What a reading will need, before the call closes: reviewers by language, and reads by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from karvan.engines import selection as engine
from karvan.foundation.places.calendars import Calendar, days
from karvan.foundation.places.errors import NoWorkingWeek
from karvan.foundation.places.queries import calendar_of, first_day_of_week
from karvan.foundation.ui import formats

from ..models import Reviewer, ReviewRound
from ..queries import written_in
from ..words import language_in_words
from .rounds import check_plan

DAYS_SHOWN_SINGLY = 21
USUAL_WORKING_DAYS = 10  # proposed until the coordinator says otherwise


@dataclass(frozen=True, slots=True)
class PlanNumbers:
    """What a plan is made for. ``expected`` None: those that have come."""

    expected: int | None
    load_each: int
    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class LanguageNeed:
    """The applications of one language, and who reads it.

    reviewers, capacity: who reads the language, and the reads they take in all; somebody who
    reads several languages counts in each. missing_*: what nobody there can take.
    """

    language: str
    applications: int
    reads: int
    reviewers: int
    capacity: int
    missing_reads: int
    missing_reviewers: int

    @property
    def name(self) -> str:
        """The language in the reader's words."""
        return language_in_words(self.language)


@dataclass(frozen=True, slots=True)
class ReadingSpan:
    """A day, or a week, of the reading: the reads that fall on it, and those of them
    that the reviewers who stand can do.

    ``closed`` says why nothing falls on it.
    """

    first: date
    last: date
    reads: int
    can: int
    closed: str = ""

    @property
    def words(self) -> str:
        """The day with its weekday, or the first and the last day."""
        if self.first == self.last:
            return formats.date_in_words(self.first)
        return formats.days_in_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class ReadingPlanned:
    """A whole plan.

    applications: planned with; came: submitted so far; is_guessed: none has come, so that
    their language is the call's first.
    spans: None where the days cannot be counted; ``no_days`` then says why.
    """

    numbers: PlanNumbers
    applications: int
    came: int
    is_guessed: bool
    answer: engine.ReadingPlan
    languages: tuple[LanguageNeed, ...]
    working_days: int
    spans: tuple[ReadingSpan, ...]
    no_days: str


def numbers_of(round: ReviewRound) -> PlanNumbers:
    """The numbers that are kept, and days proposed where none are: from the first working day
    after the call closes, for ten working days. Four queries."""
    zone = ZoneInfo(round.call.activity.edition.time_zone)
    due = round.due_at.astimezone(zone).date() if round.due_at else None
    return _with_days(round, PlanNumbers(round.expected, round.load_each, round.starts_on, due))


def numbers_typed(
    round: ReviewRound,
    *,
    expected: int | None,
    load_each: int,
    starts_on: date | None,
    due_on: date | None,
) -> PlanNumbers:
    """Numbers to try without keeping them; an empty day is proposed as in ``numbers_of``.

    Raises:
        PlanNotPossible: as for ``plan_round``.
    """
    check_plan(round, expected, load_each, starts_on, due_on)
    return _with_days(round, PlanNumbers(expected, load_each, starts_on, due_on))


def plan_of(round: ReviewRound, numbers: PlanNumbers) -> ReadingPlanned:
    """Reckon a plan; nothing is written.

    Expected applications are spread over the languages as those that have come. A half
    working day takes half as many reads. Seven queries and one run of the engine.
    """
    came = written_in(round.call)
    total = max(numbers.expected or 0, sum(came.values()))
    guessed = came or {next(iter(round.call.languages), "en"): 1}
    by_language = spread_over(total, guessed)
    reviewers = [one for one in Reviewer.objects.filter(round=round) if one.is_active]
    weights, closed, no_days = _days(round, numbers)
    answer = engine.plan_reading(_problem(round, numbers, by_language, reviewers, len(weights)))
    return ReadingPlanned(
        numbers=numbers,
        applications=total,
        came=sum(came.values()),
        is_guessed=not came,
        answer=answer,
        languages=_languages(round, by_language, reviewers, answer),
        working_days=len(weights),
        spans=tuple(_spans(round, weights, closed, answer)),
        no_days=no_days,
    )


def spread_over(total: int, like: dict[str, int]) -> dict[str, int]:
    """``total`` things in the proportions of ``like``, whole, the largest remainders first."""
    whole = sum(like.values())
    shares = {key: divmod(total * count, whole) for key, count in like.items()}
    spread = {key: share for key, (share, _left) in shares.items()}
    by_remainder = sorted(shares, key=lambda key: (-shares[key][1], key))
    for key in by_remainder[: total - sum(spread.values())]:
        spread[key] += 1
    return spread


def _with_days(round: ReviewRound, numbers: PlanNumbers) -> PlanNumbers:
    """The numbers with days proposed where there are none, as far as the country's week is known."""
    starts, due = numbers.starts_on, numbers.due_on
    if starts and due:
        return numbers
    edition = round.call.activity.edition
    closes = round.call.closes_at.astimezone(ZoneInfo(edition.time_zone)).date()
    calendar = calendar_of(edition.country_id, scope=edition.scope)
    try:
        if not starts:
            starts = calendar.next_working_day(closes + timedelta(days=1))
            # A last day before the call closes leaves nothing to propose.
            starts = starts if due is None or starts <= due else None
        if starts and not due:
            due = calendar.working_days(starts, USUAL_WORKING_DAYS)[-1]
    except NoWorkingWeek:
        pass
    return replace(numbers, starts_on=starts, due_on=due)


def _problem(
    round: ReviewRound,
    numbers: PlanNumbers,
    by_language: dict[str, int],
    reviewers: Iterable[Reviewer],
    working_days: int,
) -> engine.PlanProblem:
    return engine.PlanProblem(
        groups=tuple(
            engine.ApplicationGroup(frozenset({language}), count)
            for language, count in by_language.items()
        ),
        reviewers=tuple(
            engine.Reviewer(str(one.pk), frozenset(one.languages), load_high=one.load_high)
            for one in reviewers
        ),
        reads_each=round.reads_each,
        load_each=numbers.load_each,
        days=max(1, working_days),
    )


def _languages(
    round: ReviewRound,
    by_language: dict[str, int],
    reviewers: list[Reviewer],
    answer: engine.ReadingPlan,
) -> tuple[LanguageNeed, ...]:
    missing = {code: one for one in answer.missing for code in one.languages}
    listed = []
    for code, count in by_language.items():
        able = [one for one in reviewers if code in one.languages]
        lacks = missing.get(code)
        listed.append(
            LanguageNeed(
                language=code,
                applications=count,
                reads=count * round.reads_each,
                reviewers=len(able),
                capacity=sum(one.load_high for one in able),
                missing_reads=lacks.reads if lacks else 0,
                missing_reviewers=lacks.reviewers if lacks else 0,
            )
        )
    return tuple(listed)


def _days(
    round: ReviewRound, numbers: PlanNumbers
) -> tuple[dict[date, float], dict[date, str], str]:
    """Working days with their weight (a half day 0.5), days off with their reason, or what is wrong."""
    first, last = numbers.starts_on, numbers.due_on
    if not first or not last or not first <= last:
        return {}, {}, ""
    edition = round.call.activity.edition
    calendar: Calendar = calendar_of(edition.country_id, scope=edition.scope)
    try:
        closed = calendar.closed_days(first, last)
        halves = set(calendar.half_days(first, last))
    except NoWorkingWeek as unknown:
        return {}, {}, str(unknown)
    worked = {on: 0.5 if on in halves else 1.0 for on in days(first, last) if on not in closed}
    return worked, closed, ""


def _spans(
    round: ReviewRound,
    weights: dict[date, float],
    closed: dict[date, str],
    answer: engine.ReadingPlan,
) -> Iterator[ReadingSpan]:
    """Day by day, or week by week where the days are many."""
    if not weights:
        return
    every = sorted({*weights, *closed})
    reads = _by_day(answer.reads, weights)
    can = _by_day(answer.can_be_read, weights)
    if len(every) <= DAYS_SHOWN_SINGLY:
        for on in every:
            yield ReadingSpan(on, on, reads.get(on, 0), can.get(on, 0), closed.get(on, ""))
        return
    printed_first = first_day_of_week(round.call.activity.edition.country_id)
    weeks: dict[date, list[date]] = {}
    for on in every:
        weeks.setdefault(on - timedelta(days=(on.isoweekday() - printed_first) % 7), []).append(on)
    for within in weeks.values():
        yield ReadingSpan(
            within[0],
            within[-1],
            sum(reads.get(on, 0) for on in within),
            sum(can.get(on, 0) for on in within),
        )


def _by_day(total: int, weights: dict[date, float]) -> dict[date, int]:
    """``total`` reads over the days by their weight, whole, adding up to ``total``."""
    whole, so_far, given = sum(weights.values()), 0.0, 0
    spread = {}
    for on in sorted(weights):
        so_far += weights[on]
        upto = round(total * so_far / whole)
        spread[on], given = upto - given, upto
    return spread
