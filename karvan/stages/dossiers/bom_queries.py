"""Named reads of bills of materials."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Prefetch, QuerySet

from .costs import Ask, Costs, Part, costs_of
from .models import BomImport, DesignFile, Dossier, PartLine, SourcingOffer
from .reading.bom_refs import is_mark


def part_lines(dossier: Dossier) -> QuerySet[PartLine]:
    """The lines of a dossier with their offers. Two queries."""
    offers = SourcingOffer.objects.order_by("-chosen", "pk")
    return (
        PartLine.objects.filter(dossier=dossier)
        .select_related("made_from", "substitute_of")
        .prefetch_related(Prefetch("offers", queryset=offers))
    )


def imports_of(dossier: Dossier) -> QuerySet[BomImport]:
    """What was read into the dossier, the latest first."""
    return BomImport.objects.filter(dossier=dossier).select_related("file", "author")


def design_files(dossier: Dossier) -> QuerySet[DesignFile]:
    """The design files with their sources."""
    return DesignFile.objects.filter(dossier=dossier).select_related("file", "source")


def part_of(line: PartLine) -> Part:
    """A line as the reckoning of costs takes it."""
    return Part(
        key=line.pk,
        label=str(line),
        quantity=line.quantity,
        unit=line.unit,
        is_fitted=line.fitted,
        is_optional=line.optional,
        is_drawn_only=is_mark(tuple(line.refs), line.value),
        made_from=line.made_from_id,
        substitute_of=line.substitute_of_id,
        stated=_decimal(line.source_row.get("stated")),
        asks=tuple(_ask(offer) for offer in line.offers.all()),
    )


def _ask(offer: SourcingOffer) -> Ask:
    return Ask(
        price=offer.price,
        currency=offer.currency,
        pack=offer.price_quantity,
        moq=offer.moq,
        shipping=offer.shipping,
        duty=offer.duty_rate,
        vat=offer.vat_rate,
        supplier=offer.supplier,
        is_local=offer.local,
        status=offer.status,
        is_chosen=offer.chosen,
    )


def costs(dossier: Dossier, *, sheet: str | None = None) -> Costs:
    """What the dossier's bill of materials costs, by its own builds, currency and rates.

    ``sheet``: only that part of the bill. Two queries.
    """
    lines = part_lines(dossier)
    if sheet is not None:
        lines = lines.filter(sheet=sheet)
    rates = {code: rate for code, text in dossier.rates.items() if (rate := _decimal(text))}
    return costs_of(
        [part_of(line) for line in lines],
        builds=dossier.builds,
        currency=dossier.currency,
        rates=rates,
    )


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None
