"""Votes are given: aloud in a roll call, from a telephone, by secret ballot, as an objection."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import MayNotVote, NotGiven, WrongState
from ..hall_words import option_word
from ..models import Ballot, Cast, Delegation, Membership, Vote, VoteEvent
from ..queries.hall_entitled import why_no_vote, with_credentials
from ..queries.hall_quorum import marks_at
from .hall_votes import locked_vote


@transaction.atomic
def give_vote(event: VoteEvent, delegation: Delegation, *, option: str, by: Person | None) -> Vote:
    """Write down what a delegation votes in a roll call, or that it objects; returns the vote.

    Raises:
        MayNotVote: suspended, without credentials, not in the hall, or it has voted.
        NotGiven: the option is none of this vote's.
        WrongState: the vote is closed, or is of another kind.
    """
    event = locked_vote(event)
    if event.method not in (VoteEvent.Method.ROLL_CALL, VoteEvent.Method.CONSENSUS):
        raise WrongState(_("In this vote nobody's vote is written beside a name."))
    member = _entitled(event, delegation, option)
    given = event.single_votes.filter(membership=member).first()
    if given:
        raise MayNotVote(
            _("“%(name)s” has voted: %(option)s. A delegation votes once.")
            % {"name": delegation, "option": option_word(given.option, event)}
        )
    vote = Vote.objects.create(event=event, membership=member, option=option)
    record("voted", event, by=by, after={"member": member.code, "vote": option})
    return vote


@transaction.atomic
def take_back_vote(event: VoteEvent, delegation: Delegation, *, by: Person | None) -> None:
    """Take back what was written down for a delegation, because it was heard wrongly.

    Raises:
        MayNotVote: it has not voted.
        WrongState: the vote is closed.
    """
    event = locked_vote(event)
    given = event.single_votes.filter(membership=delegation.membership).first()
    if given is None:
        raise MayNotVote(_("“%(name)s” has not voted.") % {"name": delegation})
    before = {"member": given.membership.code, "vote": given.option}
    given.delete()
    record("vote taken back", event, by=by, before=before)


@transaction.atomic
def cast_ballot(
    event: VoteEvent, delegation: Delegation, *, option: str, by: Person | None
) -> Cast:
    """Put a delegation's ballot into the box of a secret vote; returns that it was cast.

    Nothing joins the two: with every ballot all of them are written anew in a drawn order under
    new keys, so that neither order nor moment nor key nor record leads from a member to a choice.

    Raises:
        MayNotVote: suspended, without credentials, not in the hall, or it has voted.
        NotGiven: the option is none of this vote's.
        WrongState: the vote is closed, is not secret, or is held on paper.
    """
    event = locked_vote(event)
    if event.method != VoteEvent.Method.SECRET or not event.is_electronic:
        raise WrongState(_("Ballots of this vote are not cast here."))
    member = _entitled(event, delegation, option)
    if event.casts.filter(membership=member).exists():
        raise MayNotVote(
            _("“%(name)s” has put its ballot into the box. A delegation votes once.")
            % {"name": delegation}
        )
    cast = Cast.objects.create(event=event, membership=member)
    _shuffle_in(event, option)
    record("ballot cast", event, by=by, after={"member": member.code})
    return cast


def refuse_late() -> None:
    """For a vote that comes when its question is no longer put.

    Raises:
        WrongState: always.
    """
    raise WrongState(
        _("That question is no longer open, so this vote was not counted. See what is put now.")
    )


def _entitled(event: VoteEvent, delegation: Delegation, option: str) -> Membership:
    """The member that votes, once everything that could refuse it was asked."""
    if option not in event.options:
        raise NotGiven(_("“%(option)s” cannot be chosen in this vote.") % {"option": option[:40]})
    fresh = with_credentials(event.session).filter(pk=delegation.pk).first()
    if fresh is None:
        raise MayNotVote(
            _("“%(name)s” is not a delegation to this session.") % {"name": delegation}
        )
    refusal = why_no_vote(fresh)
    if refusal:
        raise MayNotVote(refusal)
    assert fresh.membership is not None
    if event.sitting is None or not marks_at(event.sitting, clock.now()).get(fresh.pk, False):
        raise MayNotVote(
            _("By the roll “%(name)s” is not in the hall. Mark it present first.") % {"name": fresh}
        )
    return fresh.membership


def _shuffle_in(event: VoteEvent, option: str) -> None:
    """Write every ballot of the box anew, this one among them, in an order nobody knows."""
    options = [*event.ballots.values_list("option", flat=True), option]
    secrets.SystemRandom().shuffle(options)
    event.ballots.all().delete()
    Ballot.objects.bulk_create(Ballot(event=event, option=one) for one in options)
