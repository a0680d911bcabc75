"""What becomes of an offer: accepted, declined, expired, withdrawn; one of them, once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application

from ..errors import OfferAnswered, OfferExpired, ReasonMissing
from ..models import Offer
from ..queries import offers_overdue


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
    return _answered(offer, Offer.State.ACCEPTED, "accepted offer", by=by)


@transaction.atomic
def decline_offer(offer: Offer, *, by: Person | None = None, reason: str = "") -> Offer:
    """Give the place back; somebody from the waiting list can come in.

    Raises:
        OfferAnswered: it was answered, withdrawn or has expired.
    """
    return _answered(_standing(offer), Offer.State.DECLINED, "declined offer", by=by, reason=reason)


@transaction.atomic
def give_back_place(offer: Offer, *, reason: str, by: Person | None) -> Offer:
    """Free a place that was accepted, because the person cannot come after all.

    Raises:
        OfferAnswered: the place is not accepted.
        ReasonMissing: no reason was given.
    """
    offer = _locked(offer.pk)
    if not reason.strip():
        raise ReasonMissing(_("Say why the place is given back."))
    if offer.state != Offer.State.ACCEPTED:
        raise OfferAnswered(_("Only an accepted place can be given back."))
    return _answered(offer, Offer.State.DECLINED, "gave place back", by=by, reason=reason)


@transaction.atomic
def withdraw_offer(offer: Offer, *, reason: str, by: Person | None) -> Offer:
    """Take an offer back that nobody has answered.

    Raises:
        OfferAnswered: it was answered, withdrawn or has expired.
        ReasonMissing: no reason was given.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the offer is withdrawn."))
    return _answered(
        _standing(offer), Offer.State.WITHDRAWN, "withdrew offer", by=by, reason=reason
    )


def expire_offers(*, by: Person | None = None) -> int:
    """Let run out the offers nobody answered in time; returns how many. Safe to run again."""
    overdue = list(offers_overdue(clock.now()).values_list("pk", flat=True))
    return sum(_expire(pk, by=by) for pk in overdue)


@transaction.atomic
def _expire(pk: int, *, by: Person | None) -> int:
    """Expire one offer unless somebody was quicker; each in its own transaction."""
    offer = _locked(pk)
    if offer.state != Offer.State.OFFERED or clock.now() <= offer.expires_at:
        return 0
    _answered(offer, Offer.State.EXPIRED, "expired offer", by=by)
    return 1


def _standing(offer: Offer) -> Offer:
    offer = _locked(offer.pk)
    if offer.state != Offer.State.OFFERED:
        raise OfferAnswered(
            _("This offer no longer stands: it is %(state)s.")
            % {"state": offer.get_state_display().lower()}
        )
    return offer


def _locked(pk: int) -> Offer:
    return (
        Offer.objects.select_for_update(of=("self",))
        .select_related("application", "run__call__activity")
        .get(pk=pk)
    )


def _answered(
    offer: Offer, state: Offer.State, act: str, *, by: Person | None, reason: str = ""
) -> Offer:
    before = offer.state
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    record(act, offer, by=by, before={"state": before}, after={"state": str(state)}, reason=reason)
    return offer
