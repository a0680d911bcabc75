"""Lines of the bill of materials, and what suppliers ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, NotOfThisDossier
from ..models import Dossier, PartLine, SourcingOffer
from .editing import locked_dossier

LINE_FIELDS = (
    "sheet", "refs", "quantity", "quantity_most", "unit", "optional", "group", "fitted",
    "description", "value", "package", "manufacturer", "mpn", "kind", "made_from",
    "substitute_of", "criticality", "note",
)  # fmt: skip
OFFER_FIELDS = (
    "supplier", "sku", "url", "country", "price", "currency", "price_quantity", "moq", "shipping",
    "duty_rate", "vat_rate", "lead_days", "seen_on", "local", "status",
)  # fmt: skip


@transaction.atomic
def add_line(dossier: Dossier, *, by: Person | None, **values: Any) -> PartLine:
    """Add a line at the end of its part of the bill.

    Raises:
        NotGiven: it has neither a description nor a reference, value or number.
        NotOfThisDossier: it is made from, or replaces, a line of another dossier.
    """
    held = locked_dossier(dossier)
    line = PartLine(dossier=held, author=by)
    _fill(line, values)
    last = held.part_lines.filter(sheet=line.sheet).order_by("-order").first()
    line.order = last.order + 1 if last else 1
    line.save()
    record("part added", held, by=by, after={"line": str(line)})
    return line


@transaction.atomic
def change_line(line: PartLine, *, by: Person | None, **values: Any) -> PartLine:
    """Change a line; only what differs is recorded. Raises as ``add_line``."""
    held = locked_dossier(line.dossier)
    line = PartLine.objects.select_for_update().get(pk=line.pk)
    before = {name: getattr(line, name) for name in LINE_FIELDS}
    _fill(line, values)
    changed = [name for name in LINE_FIELDS if before[name] != getattr(line, name)]
    if changed:
        line.save()
        record(
            "part changed",
            held,
            by=by,
            before={"line": str(line), **{name: _shown(before[name]) for name in changed}},
            after={name: _shown(getattr(line, name)) for name in changed},
        )
    return line


@transaction.atomic
def remove_line(line: PartLine, *, by: Person | None) -> None:
    """Take a line out with its offers. Parts made from it stay, without their material."""
    held = locked_dossier(line.dossier)
    record("part removed", held, by=by, before={"line": str(line)})
    line.delete()


@transaction.atomic
def add_offer(line: PartLine, *, by: Person | None, **values: Any) -> SourcingOffer:
    """Note what a supplier asks. The first offer with a price is the one counted."""
    held = locked_dossier(line.dossier)
    offer = SourcingOffer(part=line, author=by)
    _fill_offer(offer, values, held)
    if offer.price is not None and not line.offers.filter(chosen=True).exists():
        offer.chosen = True
    offer.save()
    record("offer noted", held, by=by, after={"line": str(line), "supplier": offer.supplier})
    return offer


@transaction.atomic
def change_offer(offer: SourcingOffer, *, by: Person | None, **values: Any) -> SourcingOffer:
    """Change an offer; one that is counted and loses its price is counted no more."""
    held = locked_dossier(offer.part.dossier)
    before = {name: _shown(getattr(offer, name)) for name in OFFER_FIELDS}
    _fill_offer(offer, values, held)
    if offer.price is None:
        offer.chosen = False
    elif not offer.part.offers.exclude(pk=offer.pk).filter(chosen=True).exists():
        offer.chosen = True
    offer.save()
    after = {name: _shown(getattr(offer, name)) for name in OFFER_FIELDS}
    changed = {name: value for name, value in after.items() if value != before[name]}
    if changed:
        held_before = {"line": str(offer.part), **{name: before[name] for name in changed}}
        record("offer changed", held, by=by, before=held_before, after=changed)
    return offer


@transaction.atomic
def choose_offer(offer: SourcingOffer, *, by: Person | None) -> SourcingOffer:
    """Count this offer in the cost, and no other of its line.

    Raises:
        NotGiven: it has no price.
    """
    held = locked_dossier(offer.part.dossier)
    if offer.price is None:
        raise NotGiven(_("An offer without a price cannot be counted."))
    offer.part.offers.filter(chosen=True).update(chosen=False)
    offer.chosen = True
    offer.save()
    record("offer chosen", held, by=by, after={"line": str(offer.part), "supplier": offer.supplier})
    return offer


@transaction.atomic
def remove_offer(offer: SourcingOffer, *, by: Person | None) -> None:
    """Take an offer out."""
    held = locked_dossier(offer.part.dossier)
    record(
        "offer removed", held, by=by, before={"line": str(offer.part), "supplier": offer.supplier}
    )
    offer.delete()


@transaction.atomic
def set_cost_terms(
    dossier: Dossier,
    *,
    by: Person | None,
    builds: int,
    currency: str = "",
    rates: Mapping[str, Decimal] | None = None,
    rates_on: date | None = None,
) -> Dossier:
    """Say for how many devices, in which currency and with which rates of the day costs are given.

    Raises:
        NotGiven: rates without their day, a rate that is not above nought, or none to build.
    """
    held = locked_dossier(dossier)
    rates = rates or {}
    if builds < 1:
        raise NotGiven(_("At least one device is built."))
    if rates and rates_on is None:
        raise NotGiven(_("Say of which day the rates are."))
    if any(rate <= 0 for rate in rates.values()):
        raise NotGiven(_("A rate is above nought."))
    before = {"builds": held.builds, "currency": held.currency, "rates": held.rates}
    held.builds, held.currency = builds, currency
    held.rates = {code: str(rate) for code, rate in rates.items()}
    held.rates_on = rates_on
    held.save(update_fields=["builds", "currency", "rates", "rates_on", "changed_at"])
    after = {"builds": builds, "currency": currency, "rates": held.rates}
    record("cost terms set", held, by=by, before=before, after=after)
    return held


def _fill(line: PartLine, values: Mapping[str, Any]) -> None:
    for name in LINE_FIELDS:
        if name in values:
            setattr(line, name, values[name])
    if not (line.description or line.mpn or line.value or line.refs):
        raise NotGiven(_("Say what the part is: a description, a value, a number or a reference."))
    for other in (line.made_from, line.substitute_of):
        if other is not None and other.dossier_id != line.dossier_id:
            raise NotOfThisDossier(_("That line belongs to another dossier."))
        if other is not None and other.pk == line.pk:
            raise NotGiven(_("A part is not made from itself, and does not replace itself."))
    if line.quantity_most is not None and (
        line.quantity is None or line.quantity_most < line.quantity
    ):
        raise NotGiven(_("“At most” is not less than the quantity."))


def _fill_offer(offer: SourcingOffer, values: Mapping[str, Any], dossier: Dossier) -> None:
    for name in OFFER_FIELDS:
        if name in values:
            setattr(offer, name, values[name])
    if not (offer.supplier or offer.sku or offer.url or offer.price is not None):
        raise NotGiven(_("Say who sells it, where, or for how much."))
    if offer.country:
        offer.local = offer.country == dossier.activity.edition.country_id or (
            offer.country == dossier.activity.edition.country.code
        )


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if value is None or isinstance(value, bool | int | str) else str(value)
