"""Open a closed reading again: the reading's act, after the selection was asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Call
from karvan.stages.reviews.models import ReviewRound
from karvan.stages.reviews.services import reopen_round
from karvan.stages.selection.models import SelectionRun

from ..errors import SelectionSigned


@transaction.atomic
def reopen_reading(
    round: ReviewRound, *, reason: str, by: Person | None, due_at: datetime | None = None
) -> ReviewRound:
    """Let reviewers read and mark again, unless a cohort was signed upon their marks.

    A run that is only proposed stays; it can no longer be signed once a mark has changed.

    Raises:
        SelectionSigned: a selection of the call is signed.
        ReasonMissing, WrongState, DueNotPossible: as for ``reopen_round``.
    """
    # Signing locks the call as well, so that nobody signs between the question and the act.
    call = Call.objects.select_for_update().get(pk=round.call_id)
    if SelectionRun.objects.filter(call=call, state=SelectionRun.State.SIGNED).exists():
        raise SelectionSigned(
            _("The selection is signed upon these marks. Set it aside before you open the reading.")
        )
    return reopen_round(round, reason=reason, due_at=due_at, by=by)
