"""Who carries an edition, what each gives, and which promises it fulfils."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import Commitment

from ..errors import (
    AlreadyFulfils,
    AlreadyPartner,
    AmountIncomplete,
    LastHost,
    ReasonMissing,
    StillBears,
    TooManyReserved,
    WrongState,
)
from ..models import Edition, EditionPartner, Fulfilment


@transaction.atomic
def add_partner(
    edition: Edition,
    *,
    party: Party,
    part: str,
    by: Person | None,
    contribution: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    reserved_seats: int = 0,
    joined_on: date | None = None,
) -> EditionPartner:
    """Give a party a part in the edition: host, partner, funder or venue.

    Raises:
        AlreadyPartner: it has this part already.
        AmountIncomplete: an amount without its currency, or a negative one.
        TooManyReserved: partners would hold more places than the activities have.
        WrongState: the edition is over.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state in (Edition.State.CLOSED, Edition.State.CANCELLED):
        raise WrongState(_("This edition is over."))
    if edition.partners.filter(party=party, part=part).exists():
        raise AlreadyPartner(_("%(party)s has this part already.") % {"party": party})
    if amount is not None and (amount < 0 or not currency):
        raise AmountIncomplete(_("Give an amount of 0 or more, and its currency."))
    _check_seats(edition, reserved_seats)
    partner = EditionPartner.objects.create(
        edition=edition,
        party=party,
        part=part,
        contribution=contribution,
        amount=amount,
        currency=currency if amount is not None else "",
        reserved_seats=reserved_seats,
        joined_on=joined_on or clock.today(),
    )
    after = {
        "party": party.code,
        "part": part,
        "amount": amount,
        "currency": partner.currency,
        "reserved_seats": reserved_seats,
    }
    record("partner added", edition, by=by, after=after)
    return partner


@transaction.atomic
def remove_partner(partner: EditionPartner, *, reason: str, by: Person | None) -> None:
    """Take a party's part away.

    Raises:
        LastHost: it is the only host.
        ReasonMissing: no reason was given.
        StillBears: it bears a share of the budget, or an amount names it.
    """
    edition = Edition.objects.select_for_update().get(pk=partner.edition_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the partner leaves."))
    hosts = edition.partners.filter(part=EditionPartner.Part.HOST)
    if partner.part == EditionPartner.Part.HOST and hosts.count() == 1:
        raise LastHost(_("An edition always has a host. Add the new host first."))
    _check_bears_nothing(partner)
    before = {"party": partner.party.code, "part": partner.part}
    partner.delete()
    record("partner removed", edition, by=by, before=before, reason=reason)


@transaction.atomic
def fulfil(edition: Edition, *, commitment: Commitment, by: Person | None) -> Fulfilment:
    """Say that this edition is what was promised there.

    Raises:
        AlreadyFulfils: it is counted for the commitment already.
    """
    if Fulfilment.objects.filter(edition=edition, commitment=commitment).exists():
        raise AlreadyFulfils(_("The edition is counted for this commitment already."))
    fulfilment = Fulfilment.objects.create(edition=edition, commitment=commitment)
    record("counted for a commitment", edition, by=by, after={"commitment": commitment.code})
    return fulfilment


def _check_seats(edition: Edition, more: int) -> None:
    """Partners' reserved places may not exceed the places of the smallest activity that says any."""
    if not more:
        return
    held = edition.partners.aggregate(held=Sum("reserved_seats"))["held"] or 0
    known = [one for one in edition.activities.values_list("places", flat=True) if one is not None]
    if known and held + more > min(known):
        raise TooManyReserved(
            _("Only %(free)s of %(places)s places are not yet reserved.")
            % {"free": max(0, min(known) - held), "places": min(known)}
        )


def _check_bears_nothing(partner: EditionPartner) -> None:
    """Amounts stay in the budget for ever, so whoever they name stays too."""
    if partner.budget_entries.exists():
        raise StillBears(
            _(
                "Amounts of the budget name %(party)s as who committed or paid them. It stays listed."
            )
            % {"party": partner.party}
        )
    lines = [str(one.line) for one in partner.budget_shares.select_related("line")]
    if lines:
        raise StillBears(
            _(
                "%(party)s bears a share of: %(lines)s. Say in the budget who bears it instead, first."
            )
            % {"party": partner.party, "lines": ", ".join(lines)}
        )
