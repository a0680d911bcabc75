"""What becomes of an offer: accepted, declined, expired, withdrawn; one of them, once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record, record_many
from karvan.stages.calls.models import Application

from ..errors import OfferAnswered, OfferExpired, ReasonMissing
from ..models import Offer, SelectionRun
from ..queries import offers_overdue
from .replacing import bring_in, coming_by_itself, run_to_move


@transaction.atomic
def accept_offer(offer: Offer, *, by: Person | None = None) -> Offer:
    """Take the place. Locks the offer, so that it cannot expire at the same moment.

    Raises:
        OfferAnswered: it was answered, withdrawn or has expired, or the application was withdrawn.
        OfferExpired: the time to answer is over.
    """
    offer = _standing(offer)
    if offer.application.state != Application.State.SUBMITTED:
        raise OfferAnswered(_("This application was withdrawn."))
    if clock.now() > offer.expires_at:
        raise OfferExpired(_("The time to answer this offer is over."))
    offer = _ended(offer, Offer.State.ACCEPTED)
    before, after = {"state": str(Offer.State.OFFERED)}, {"state": str(offer.state)}
    record("accepted offer", offer, by=by, before=before, after=after)
    return offer


@transaction.atomic
def decline_offer(offer: Offer, *, by: Person | None = None, reason: str = "") -> Offer:
    """Give the place back; the next who keeps the quotas gets an offer in the same moment.

    Raises:
        OfferAnswered: it was answered, withdrawn or has expired.

    Cost: one replay of the run; 1 CPU s for 1,000 applications under 12 quotas.
    """
    run = run_to_move(offer.run_id)
    offer = _ended(_standing(offer), Offer.State.DECLINED)
    return _moved(run, [offer], "declined offer", by=by, reason=reason)[0]


@transaction.atomic
def give_back_place(offer: Offer, *, reason: str, by: Person | None) -> Offer:
    """Free a place that was accepted, because the person cannot come after all; the next comes in.

    Raises:
        OfferAnswered: the place is not accepted.
        ReasonMissing: no reason was given.
    """
    run = run_to_move(offer.run_id)
    offer = _locked(offer.pk)
    if not reason.strip():
        raise ReasonMissing(_("Say why the place is given back."))
    if offer.state != Offer.State.ACCEPTED:
        raise OfferAnswered(_("Only an accepted place can be given back."))
    offer = _ended(offer, Offer.State.DECLINED)
    return _moved(run, [offer], "gave place back", by=by, reason=reason)[0]


@transaction.atomic
def withdraw_offer(
    offer: Offer, *, reason: str, next_comes_in: bool = True, by: Person | None
) -> Offer:
    """Take an offer back that nobody has answered; the next comes in unless told otherwise.

    Raises:
        OfferAnswered: it was answered, withdrawn or has expired.
        ReasonMissing: no reason was given.
    """
    run = run_to_move(offer.run_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the offer is withdrawn."))
    offer = _ended(_standing(offer), Offer.State.WITHDRAWN)
    return _moved(run, [offer], "withdrew offer", by=by, reason=reason, moves=next_comes_in)[0]


def expire_offers(*, by: Person | None = None) -> int:
    """Let run out the offers nobody answered in time; returns how many. Safe to run again.

    The places of one run are filled together, in the transaction in which they became
    free, so that nothing lies between the two.
    """
    runs = sorted(set(offers_overdue(clock.now()).values_list("run_id", flat=True)))
    return sum(_expire(pk, by=by) for pk in runs)


@transaction.atomic
def _expire(pk: int, *, by: Person | None) -> int:
    """Expire the overdue offers of a run, except those that somebody was quicker to answer."""
    run = run_to_move(pk)
    overdue = list(_rows().filter(pk__in=offers_overdue(clock.now()).filter(run=run)))
    ended = [
        _ended(one, Offer.State.EXPIRED) for one in overdue if one.state == Offer.State.OFFERED
    ]
    if ended:
        _moved(run, ended, "expired offer", by=by)
    return len(ended)


def _standing(offer: Offer) -> Offer:
    offer = _locked(offer.pk)
    if offer.state != Offer.State.OFFERED:
        raise OfferAnswered(
            _("This offer no longer stands: it is %(state)s.")
            % {"state": offer.get_state_display().lower()}
        )
    return offer


def _locked(pk: int) -> Offer:
    return _rows().get(pk=pk)


def _rows() -> QuerySet[Offer]:
    """Offers to answer, locked as they are read."""
    return (
        Offer.objects.select_for_update(of=("self",))
        .select_related("application", "run__call__activity")
        .order_by("pk")
    )


def _ended(offer: Offer, state: Offer.State) -> Offer:
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    return offer


def _moved(
    run: SelectionRun,
    freed: list[Offer],
    act: str,
    *,
    by: Person | None,
    reason: str = "",
    moves: bool = True,
) -> list[Offer]:
    """Put on record that places were given back, and fill them.

    The engine is asked before the first record, because a record holds back all others
    until the transaction ends.
    """
    coming = coming_by_itself(run) if moves else None
    before = str(Offer.State.ACCEPTED if act == "gave place back" else Offer.State.OFFERED)
    acts = [
        Act(act, one, before={"state": before}, after={"state": str(one.state)}, reason=reason)
        for one in freed
    ]
    record_many(acts, by=by)
    if coming is not None:
        bring_in(run, coming, freed, by=None)
    return freed
