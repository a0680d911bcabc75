"""Hands and papers are counted by two tellers; a vote is closed, reckoned, and does what it decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, WrongState
from ..hall_majorities import Count, elect, judge
from ..hall_words import reckoning_words
from ..models import Motion, VoteEvent
from ..queries.hall_entitled import language_of_hall
from ..queries.hall_quorum import base_of
from .hall_amending import carry_out
from .hall_votes import locked_vote, require_quorum, voters_in_hall
from .resolutions_adopting import NUMBERED, adopt_motion
from .resolutions_following import follow_up_owned

TELLERS = ("1", "2")


@transaction.atomic
def enter_count(
    event: VoteEvent, *, teller: str, counts: Mapping[str, int], by: Person | None
) -> VoteEvent:
    """Enter what one of the two tellers counted; a second entry by the same one replaces it.

    Raises:
        NotGiven: more were counted than have a vote and are in the hall, or a number is missing.
        WrongState: the vote is closed, or nothing is counted by hand in it.
    """
    event = locked_vote(event)
    if not is_counted_by_tellers(event):
        raise WrongState(_("This vote is not counted by tellers."))
    if teller not in TELLERS or set(counts) != set(event.options):
        raise ValueError(f"teller {teller!r} must be 1 or 2, counts {sorted(counts)} all options")
    if any(number < 0 for number in counts.values()):
        raise NotGiven(_("A count is 0 or more."))
    assert event.sitting is not None
    event.present = voters_in_hall(event.sitting)
    if sum(counts.values()) > event.present:
        raise NotGiven(
            _(
                "The teller counted %(counted)s, but only %(present)s delegations with a vote are in "
                "the hall. Count again, or put the roll right."
            )
            % {"counted": sum(counts.values()), "present": event.present}
        )
    before = event.teller_counts.get(teller)
    event.teller_counts = {**event.teller_counts, teller: dict(counts)}
    event.save(update_fields=["teller_counts", "present"])
    record(
        "count entered",
        event,
        by=by,
        before={"counts": before} if before else None,
        after={"teller": teller, "counts": dict(counts)},
    )
    return event


@transaction.atomic
def close_vote(event: VoteEvent, *, by: Person | None) -> VoteEvent:
    """Close a vote and reckon it; what it decides is done in the same moment. Returns it, closed.

    A motion that is carried becomes a resolution with its number, and its paragraphs that have
    an owner and a date become commitments; an amendment changes the text it amends; a motion
    that is lost is rejected.

    Raises:
        NoQuorum: the hall has emptied; the vote can be declared void.
        WrongState: it is closed, or the two tellers do not agree.
    """
    event = locked_vote(event)
    assert event.sitting is not None
    require_quorum(event.sitting)
    counts = _counted(event)
    event.present = voters_in_hall(event.sitting)
    event.closed_at = clock.now()
    base = base_of(event.session, event.closed_at.date())
    carried = _elected(event, counts, base) if event.is_election else _judged(event, counts, base)
    event.result = VoteEvent.Result.ADOPTED if carried else VoteEvent.Result.REJECTED
    cast = sum(counts.values())
    event.counts = dict(counts)
    if event.method != VoteEvent.Method.CONSENSUS:
        event.counts["absent"] = max(0, event.eligible - cast)
    with override(language_of_hall(event.session)):
        event.result_reason = reckoning_words(event)[:300]
    event.save()
    record("closed vote", event, by=by, after={"result": event.result, **event.counts})
    if event.motion is not None:
        _decide(event.motion, event, by)
    return event


def is_counted_by_tellers(event: VoteEvent) -> bool:
    """True where hands or papers are counted, not votes given here."""
    by_hand = event.method == VoteEvent.Method.SHOW_OF_HANDS
    return by_hand or (event.method == VoteEvent.Method.SECRET and not event.is_electronic)


def _counted(event: VoteEvent) -> dict[str, int]:
    if is_counted_by_tellers(event):
        return _agreed(event)
    if event.method == VoteEvent.Method.SECRET:
        found = Counter(event.ballots.values_list("option", flat=True))
    else:
        found = Counter(event.single_votes.values_list("option", flat=True))
    return {option: found[option] for option in event.options}


def _agreed(event: VoteEvent) -> dict[str, int]:
    missing = [one for one in TELLERS if one not in event.teller_counts]
    if missing:
        raise WrongState(
            _(
                "Teller %(teller)s has not entered a count yet. Both count, so that they can be compared."
            )
            % {"teller": missing[0]}
        )
    first, second = (event.teller_counts[one] for one in TELLERS)
    if first != second:
        raise WrongState(_("The two tellers counted differently. Let them count again."))
    return {option: int(first[option]) for option in event.options}


def _judged(event: VoteEvent, counts: Mapping[str, int], base: int) -> bool:
    by_consensus = event.method == VoteEvent.Method.CONSENSUS
    count = Count(
        yes=counts.get("yes", 0),
        no=counts["objection"] if by_consensus else counts.get("no", 0),
        abstain=counts.get("abstain", 0),
        base=base,
    )
    voting = event.session.organ.abstention_is_voting
    found = judge(event.requirement, count, abstention_is_voting=voting)
    event.reckoned = {
        "yes": count.yes,
        "no": count.no,
        "abstain": count.abstain,
        "base": base,
        "needed": found.needed,
        "out_of": found.out_of,
        "abstention_is_voting": voting,
    }
    return found.is_carried


def _elected(event: VoteEvent, counts: Mapping[str, int], base: int) -> bool:
    named = {name: number for name, number in counts.items() if name != "abstain"}
    found = elect(event.requirement, named, base=base)
    event.reckoned = {
        "base": base,
        "needed": found.needed,
        "out_of": found.out_of,
        "elected": found.elected,
        "goes_on": list(found.goes_on),
    }
    return bool(found.elected)


def _decide(motion: Motion, event: VoteEvent, by: Any) -> None:
    """What the vote does to the motion it was about."""
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    if event.result != VoteEvent.Result.ADOPTED:
        motion.state = Motion.State.REJECTED
        motion.save(update_fields=["state"])
        return
    motion.state = Motion.State.ADOPTED
    motion.save(update_fields=["state"])
    if motion.kind == Motion.Kind.AMENDMENT:
        carry_out(motion, by=by)
    elif motion.kind in NUMBERED:
        follow_up_owned(adopt_motion(motion, vote=event, by=by), by=by)
