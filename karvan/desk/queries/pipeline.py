"""The stages of editions: what was promised first, then the stages as the board judges them."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from karvan.foundation import clock
from karvan.foundation.ui import formats
from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Edition
from karvan.stages.reports.queries.board import STAGES as BOARD_STAGES
from karvan.stages.reports.queries.board import StageState, pipeline_states

PROMISED = gettext_lazy("Commitments")
# Every stage with its word, in order; the board leaves out what was promised before it began.
STAGES: dict[str, str | Promise] = {
    "agreements": PROMISED,
    **{key: title for key, title, _rule in BOARD_STAGES},
}


def stages_of(edition: Edition) -> list[StageState]:
    """The stages that the edition uses, the promises it answers first. Three queries."""
    return [promised(edition), *pipeline_states(edition)]


def promised(edition: Edition) -> StageState:
    """What became of the commitments the edition is counted for. One query."""
    running = Q(state__in=["open", "in_progress"])
    counted = Commitment.objects.filter(fulfilments__edition=edition).aggregate(
        every=Count("pk", distinct=True),
        running=Count("pk", filter=running, distinct=True),
        late=Count("pk", filter=running & Q(due_on__lt=clock.today()), distinct=True),
    )
    if not counted["every"]:
        return _promised("unknown", _("none named"))
    if counted["late"]:
        words = ngettext("%(count)s late", "%(count)s late", counted["late"])
        return _promised("late", words % {"count": formats.number(counted["late"])})
    state = "in_progress" if counted["running"] else "done"
    return _promised(state, formats.number(counted["every"]))


def _promised(state: str, note: str) -> StageState:
    return StageState("agreements", PROMISED, state, None, note, "", "agreements:commitments")
