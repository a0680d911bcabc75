"""A round of reading: prepared from the blueprint's rubric, opened, closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Call
from karvan.stages.calls.wording import worded
from karvan.stages.editions.queries import activity_document

from ..errors import DueNotPossible, NoRubric, PlanNotPossible, ReasonMissing, WrongState
from ..models import ReviewRound
from ..queries import applications_to_read
from ..rubric import rubric_of
from .letters import tell_reviewers

MOST_AHEAD = timedelta(days=730)


@transaction.atomic
def prepare_round(call: Call, *, by: Person | None) -> ReviewRound:
    """Begin the reading of a call with the rubric as the blueprint has it today; returns the round.

    Raises:
        WrongState: the call has a round already.
        NoRubric: the activity is not decided by a rubric.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("activity").get(pk=call.pk)
    if ReviewRound.objects.filter(call=call).exists():
        raise WrongState(_("The reading of this call has been prepared already."))
    selection = activity_document(call.activity).get("selection") or {}
    rubric = rubric_of(selection.get("rubric"))
    if not rubric:
        raise NoRubric(_("The blueprint gives this activity no rubric to mark by."))
    made = ReviewRound.objects.create(
        call=call,
        rubric=rubric,
        reads_each=selection.get("reads") or 2,
        third_read_over=selection.get("third_read_over_points") or 20,
        is_blind=selection.get("blind", True),
    )
    after = {"reads_each": made.reads_each, "third_read_over": made.third_read_over}
    record("prepared reading", made, by=by, after=after)
    return made


@transaction.atomic
def open_round(
    round: ReviewRound, *, by: Person | None, due_at: datetime | None = None
) -> ReviewRound:
    """Let the reviewers read and mark; each who has reads gets a letter.

    Raises:
        WrongState: it is open or closed already.
        DueNotPossible: it would be due before it opens, by ``due_at`` or else by its plan.
    """
    round = _locked(round)
    now = clock.now()
    if round.state != ReviewRound.State.PREPARED:
        raise WrongState(_("Only a prepared round can be opened."))
    due = due_at or round.due_at
    if due and due <= now:
        raise DueNotPossible(_("The reading cannot be due before it opens."))
    round.state, round.opened_at, round.due_at = ReviewRound.State.OPEN, now, due
    round.save(update_fields=["state", "opened_at", "due_at"])
    letters = tell_reviewers(round, by=by)
    record("opened reading", round, by=by, after={"due": round.due_at, "letters": letters})
    return round


@transaction.atomic
def close_round(round: ReviewRound, *, by: Person | None) -> ReviewRound:
    """End the reading: marks stand as they are and can no longer be changed.

    Raises:
        WrongState: the round is not open.
    """
    round = _locked(round)
    if round.state != ReviewRound.State.OPEN:
        raise WrongState(_("Only an open round can be closed."))
    round.state, round.closed_at = ReviewRound.State.CLOSED, clock.now()
    round.save(update_fields=["state", "closed_at"])
    record("closed reading", round, by=by)
    return round


@transaction.atomic
def reopen_round(
    round: ReviewRound, *, reason: str, by: Person | None, due_at: datetime | None = None
) -> ReviewRound:
    """Let the reviewers read and mark again after the reading was closed.

    Whether a cohort was signed upon these marks is not known here: the desk, which sees
    both stages, asks before it calls this.

    Raises:
        ReasonMissing: no reason was given.
        WrongState: the round is not closed.
        DueNotPossible: it would be due before it opens again.
    """
    round = _locked(round)
    now = clock.now()
    if not reason.strip():
        raise ReasonMissing(_("Say why the reading is opened again."))
    if round.state != ReviewRound.State.CLOSED:
        raise WrongState(_("Only a closed reading can be opened again."))
    if due_at and due_at <= now:
        raise DueNotPossible(_("The reading cannot be due before it opens."))
    before = {"due": round.due_at}
    round.state, round.closed_at = ReviewRound.State.OPEN, None
    round.due_at = due_at or round.due_at
    round.save(update_fields=["state", "closed_at", "due_at"])
    record(
        "reopened reading",
        round,
        by=by,
        before=before,
        after={"due": round.due_at},
        reason=reason.strip(),
    )
    return round


@transaction.atomic
def plan_round(
    round: ReviewRound,
    *,
    by: Person | None,
    expected: int | None = None,
    load_each: int = 40,
    starts_on: date | None = None,
    due_on: date | None = None,
) -> ReviewRound:
    """Keep the numbers of a reading's plan: how many applications, from when to when, what load.

    ``expected`` None plans with those that have come. The reading is due at the end of
    ``due_on`` in the edition's time zone.

    Raises:
        WrongState: the round is closed.
        PlanNotPossible: a number is too small, or the reading would end before it begins.
    """
    round = _locked(round)
    if round.state == ReviewRound.State.CLOSED:
        raise WrongState(_("The reading is closed."))
    check_plan(round, expected, load_each, starts_on, due_on)
    before = _planned(round)
    round.expected, round.load_each, round.starts_on = expected, load_each, starts_on
    round.due_at = last_moment(round, due_on) if due_on else None
    round.save(update_fields=["expected", "load_each", "starts_on", "due_at"])
    after = _planned(round)
    changed = [key for key in after if after[key] != before[key]]
    record(
        "planned reading",
        round,
        by=by,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return round


def _too_few(call: Call, came: int) -> str:
    if came:
        return worded(
            call.activity,
            "%(count)s have come already. Expect at least as many, or leave it empty.",
            count=came,
        )
    return worded(
        call.activity,
        "Expect at least one application, or leave it empty to plan with those that come.",
    )


def last_moment(round: ReviewRound, on: date) -> datetime:
    """The end of a day in the edition's time zone."""
    zone = ZoneInfo(round.call.activity.edition.time_zone)
    return datetime.combine(on, time(23, 59), tzinfo=zone)


def check_plan(
    round: ReviewRound,
    expected: int | None,
    load_each: int,
    starts_on: date | None,
    due_on: date | None,
) -> None:
    """Refuse numbers that no plan can have.

    Raises:
        PlanNotPossible: names the field.
    """
    came = applications_to_read(round.call).count()
    if expected is not None and expected < max(came, 1):
        raise PlanNotPossible(_too_few(round.call, came), "expected")
    if load_each < 1:
        raise PlanNotPossible(_("A reviewer takes at least one read."), "load_each")
    if starts_on and due_on and due_on < starts_on:
        raise PlanNotPossible(_("The reading cannot end before it begins."), "due_on")
    furthest = clock.today() + MOST_AHEAD
    for field, on in (("starts_on", starts_on), ("due_on", due_on)):
        if on and on > furthest:
            raise PlanNotPossible(_("This day is more than two years ahead."), field)
    if (
        due_on
        and round.state == ReviewRound.State.OPEN
        and last_moment(round, due_on) <= clock.now()
    ):
        raise PlanNotPossible(_("This day is over: the reading is open."), "due_on")


def _planned(round: ReviewRound) -> dict[str, object]:
    return {
        "expected": round.expected,
        "load each": round.load_each,
        "starts": round.starts_on,
        "due": round.due_at,
    }


def _locked(round: ReviewRound) -> ReviewRound:
    return (
        ReviewRound.objects.select_for_update(of=("self",))
        .select_related("call__activity__edition")
        .get(pk=round.pk)
    )
