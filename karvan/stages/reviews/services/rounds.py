"""A round of reading: prepared from the blueprint's rubric, opened, closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Call
from karvan.stages.editions.queries import activity_document

from ..errors import NoRubric, WrongState
from ..models import ReviewRound
from ..rubric import rubric_of


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
    """Let the reviewers read and mark.

    Raises:
        WrongState: it is open or closed already, or it would be due before it opens.
    """
    round = _locked(round)
    now = clock.now()
    if round.state != ReviewRound.State.PREPARED:
        raise WrongState(_("Only a prepared round can be opened."))
    if due_at and due_at <= now:
        raise WrongState(_("The reading cannot be due before it opens."))
    round.state, round.opened_at = ReviewRound.State.OPEN, now
    round.due_at = due_at or round.due_at
    round.save(update_fields=["state", "opened_at", "due_at"])
    record("opened reading", round, by=by, after={"due": round.due_at})
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


def _locked(round: ReviewRound) -> ReviewRound:
    return (
        ReviewRound.objects.select_for_update(of=("self",))
        .select_related("call__activity")
        .get(pk=round.pk)
    )
