"""The chair of a track proposes; the committee takes a proposal over as its decision."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, WrongState
from ..models import Paper, TrackProposal
from .symposium_deciding import OUTCOMES, decide_papers


@transaction.atomic
def propose_outcome(paper: Paper, *, outcome: str, reason: str, by: Person) -> TrackProposal:
    """Propose a talk, a poster or neither for a paper, and why; proposed again, it is changed.

    Raises:
        NotGiven: no known outcome, or no reason.
        WrongState: the paper was decided or withdrawn already.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.state != Paper.State.SUBMITTED:
        raise WrongState(_("This paper was decided already; the proposal stays as it was."))
    if outcome not in OUTCOMES:
        raise NotGiven(_("Say talk, poster or not accepted."))
    if not reason.strip():
        raise NotGiven(_("Say why; the committee reads it beside the decision."))
    before = TrackProposal.objects.filter(paper=paper).first()
    made, _is_new = TrackProposal.objects.update_or_create(
        paper=paper,
        defaults={
            "outcome": outcome,
            "reason": reason.strip(),
            "proposed_at": clock.now(),
            "proposed_by": by,
        },
    )
    record(
        "proposed outcome",
        paper,
        by=by,
        before={"outcome": before.outcome} if before else None,
        after={"outcome": outcome},
        reason=reason.strip(),
    )
    return made


@transaction.atomic
def take_proposal(paper: Paper, *, outcome: str, by: Person) -> Paper:
    """Decide a paper as the chair of its track proposes, with the chair's reason; returns it.

    Args:
        outcome: the proposal as it was shown.

    Raises:
        NotGiven: nothing is proposed.
        WrongState: the proposal is another now, or the paper was decided or withdrawn already.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    proposal = TrackProposal.objects.filter(paper=paper).first()
    if proposal is None:
        raise NotGiven(_("The chair of the track has proposed nothing for this paper."))
    if proposal.outcome != outcome:
        raise WrongState(_("The proposal has changed since it was shown. Look at it again."))
    if paper.state != Paper.State.SUBMITTED:
        raise WrongState(_("This paper was decided already. Decide it anew below."))
    decide_papers(
        paper.symposium, papers=[paper.pk], outcome=outcome, reason=proposal.reason, by=by
    )
    paper.refresh_from_db()
    return paper
