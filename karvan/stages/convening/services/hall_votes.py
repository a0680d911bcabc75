"""A question is put to the vote, declared void, or put again in another round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import in_a_row

from ..errors import NoQuorum, NotGiven, NotOfThisSession, WrongState
from ..hall_majorities import REQUIREMENTS
from ..models import Membership, Motion, Sitting, StatutorySession, VoteEvent
from ..queries.hall_entitled import why_no_vote
from ..queries.hall_quorum import Quorum, accredited, in_hall, quorum_at
from .hall_sittings import require_open

CHOICES = ("yes", "no", "abstain")
PENDING = (Motion.State.SUBMITTED, Motion.State.INTRODUCED)


@transaction.atomic
def open_vote(
    sitting: Sitting,
    *,
    method: str,
    requirement: str,
    by: Person | None,
    motion: Motion | None = None,
    titles: Mapping[str, str] | None = None,
    candidates: Sequence[str] = (),
    begins_with: Membership | None = None,
    is_electronic: bool = False,
    follows: VoteEvent | None = None,
) -> VoteEvent:
    """Put a question to the vote in an open sitting; returns it, open.

    ``candidates`` makes it an election among these names. ``begins_with`` is the member drawn
    with whom a roll call begins. ``is_electronic`` lets delegates vote from their telephones.

    Raises:
        NoQuorum: too few are in the hall; says how many are missing.
        NotGiven: no question, an election with fewer than two names, a method that does not fit.
        NotOfThisSession: the motion or the member drawn belongs elsewhere.
        WrongState: the sitting is not open, a vote is, the motion is decided, or amendments to
            it wait.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    session = StatutorySession.objects.select_for_update().get(pk=sitting.session_id)
    require_open(sitting)
    _require_no_other(sitting)
    names = list(dict.fromkeys(name.strip() for name in candidates if name.strip()))
    _check_question(session, method, requirement, motion, titles, names, begins_with, follows)
    quorum = require_quorum(sitting)
    event = VoteEvent.objects.create(
        session=session,
        sitting=sitting,
        motion=motion,
        identifier=_next_identifier(session),
        titles=dict(titles or (motion.titles if motion else {})),
        method=method,
        requirement="consensus" if method == VoteEvent.Method.CONSENSUS else requirement,
        options=_options(method, names),
        eligible=accredited(session).count(),
        present=voters_in_hall(sitting),
        is_election=bool(names),
        is_electronic=is_electronic and method in ("roll_call", "secret"),
        begins_with=begins_with if method == "roll_call" else None,
        round=follows.round + 1 if follows else 1,
        follows=follows,
        opened_at=clock.now(),
    )
    if motion is not None and motion.state == Motion.State.SUBMITTED:
        motion.state = Motion.State.INTRODUCED
        motion.save(update_fields=["state"])
    after = {"method": method, "requirement": event.requirement, "present": quorum.present}
    record("opened vote", event, by=by, after=after)
    return event


@transaction.atomic
def void_vote(event: VoteEvent, *, reason: str, by: Person | None) -> VoteEvent:
    """Declare an open vote void; what was voted stays and decides nothing. Returns it.

    Raises:
        NotGiven: no reason.
        WrongState: it is closed.
    """
    event = locked_vote(event)
    if not reason.strip():
        raise NotGiven(_("Say why the vote is void."))
    event.result, event.closed_at = VoteEvent.Result.VOID, clock.now()
    event.result_reason = reason.strip()[:300]
    event.save(update_fields=["result", "closed_at", "result_reason"])
    record("declared vote void", event, by=by, reason=reason)
    return event


@transaction.atomic
def open_next_round(event: VoteEvent, *, by: Person | None) -> VoteEvent:
    """Open the next round of an election in which nobody was elected; returns it.

    Raises:
        WrongState: it is no election, it elected somebody, or it was followed already.
        NoQuorum, NotGiven: as in ``open_vote``.
    """
    names = event.reckoned.get("goes_on", [])
    if not event.is_election or not names or event.sitting is None:
        raise WrongState(_("There is no further round of this vote."))
    if event.next_rounds.exclude(result="void").exists():
        raise WrongState(_("The next round of this vote is there already."))
    sitting = event.session.sittings.filter(opened_at__isnull=False, closed_at=None).first()
    return open_vote(
        sitting or event.sitting,
        method=event.method,
        requirement=event.requirement,
        titles=event.titles,
        candidates=names,
        is_electronic=event.is_electronic,
        follows=event,
        by=by,
    )


def require_quorum(sitting: Sitting) -> Quorum:
    """The quorum as it stands now.

    Raises:
        NoQuorum: too few are in the hall; says how many are missing.
    """
    quorum = quorum_at(sitting, clock.now())
    if not quorum.is_reached:
        raise NoQuorum(
            _(
                "There is no quorum: %(present)s are in the hall and %(needed)s are needed, so "
                "%(missing)s are missing. Mark on the roll who has come in."
            )
            % {"present": quorum.present, "needed": quorum.needed, "missing": quorum.missing}
        )
    return quorum


def voters_in_hall(sitting: Sitting) -> int:
    """How many delegations that have a vote are in the hall now."""
    return len([one for one in in_hall(sitting, clock.now()) if not why_no_vote(one)])


def locked_vote(event: VoteEvent) -> VoteEvent:
    """The vote for changing, its row locked.

    Raises:
        WrongState: it is closed.
    """
    rows = VoteEvent.objects.select_for_update(of=("self",))
    event = rows.select_related("session__organ", "sitting", "motion").get(pk=event.pk)
    if event.result != VoteEvent.Result.OPEN:
        raise WrongState(
            _("Vote %(number)s is closed; what was voted cannot be changed any more.")
            % {"number": event.identifier}
        )
    return event


def _check_question(
    session: StatutorySession,
    method: str,
    requirement: str,
    motion: Motion | None,
    titles: Mapping[str, str] | None,
    names: Sequence[str],
    drawn: Membership | None,
    follows: VoteEvent | None,
) -> None:
    if method not in VoteEvent.Method.values or requirement not in REQUIREMENTS:
        raise ValueError(f"no method {method!r} or no requirement {requirement!r}")
    if motion is None and not titles:
        raise NotGiven(_("Write the question, or choose the motion that is put to the vote."))
    if drawn is not None and drawn.organ_id != session.organ_id:
        raise NotOfThisSession(_("The member drawn is not a member of this body."))
    if names and (len(names) < 2 and follows is None):
        raise NotGiven(_("An election needs two names or more, one on a line."))
    if names and (motion is not None or method not in ("secret", "show_of_hands")):
        raise NotGiven(_("Elections are held by secret ballot or show of hands, without a motion."))
    if any(len(name) > 120 for name in names):
        raise NotGiven(_("A name has at most 120 characters."))
    if set(names) & set(CHOICES):
        raise NotGiven(_("“yes”, “no” and “abstain” are no names."))
    if requirement == "consensus" and method != VoteEvent.Method.CONSENSUS:
        raise NotGiven(_("Where votes are counted, choose the majority that is needed."))
    if motion is not None:
        _check_motion(session, motion)


def _check_motion(session: StatutorySession, motion: Motion) -> None:
    if motion.session_id != session.pk:
        raise NotOfThisSession(_("This motion was put to another session."))
    if motion.state not in PENDING:
        raise WrongState(
            _(
                "The motion %(symbol)s is: %(state)s. Only what is submitted or introduced is put to the vote."
            )
            % {"symbol": motion.symbol, "state": motion.get_state_display()}
        )
    waiting = list(motion.amendments.filter(state__in=PENDING).values_list("symbol", flat=True))
    if waiting:
        raise WrongState(
            _("Amendments are voted before the text. Still waiting: %(symbols)s.")
            % {"symbols": in_a_row(waiting)}
        )
    if motion.amends_id:
        _check_order(motion)


def _check_order(amendment: Motion) -> None:
    """The furthest from the text comes first; the chair has said which that is."""
    earlier = Motion.objects.filter(
        amends=amendment.amends_id, state__in=PENDING, voting_order__lt=amendment.voting_order
    ).order_by("voting_order")
    if earlier:
        raise WrongState(
            _(
                "By the order of the chair %(symbol)s is voted first. Vote on it, or change the order."
            )
            % {"symbol": earlier[0].symbol}
        )


def _require_no_other(sitting: Sitting) -> None:
    other = VoteEvent.objects.filter(session=sitting.session_id, result="open").first()
    if other:
        raise WrongState(
            _("Vote %(number)s is open. One question is put at a time: close it first.")
            % {"number": other.identifier}
        )


def _options(method: str, names: Sequence[str]) -> list[str]:
    if method == VoteEvent.Method.CONSENSUS:
        return ["objection"]
    return [*names, "abstain"] if names else list(CHOICES)


def _next_identifier(session: StatutorySession) -> str:
    """V1, V2 … within the session; a number that is taken is passed over."""
    taken = set(session.votes.values_list("identifier", flat=True))
    number = len(taken) + 1
    while f"V{number}" in taken:
        number += 1
    return f"V{number}"
