"""Costs and differences in words and figures, ready for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from karvan.foundation.ui import formats

from .costs import Basis, Costs, Part
from .models import PartLine
from .reading.bom_diff import Diff
from .reading.bom_doubts import sentence, weight
from .reading.bom_headings import FIELDS
from .reading.bom_shapes import Line


@dataclass(frozen=True, slots=True)
class CostRow:
    """One basis: what it is, for one device, for all builds, what stands apart."""

    title: str
    note: str
    each: str
    whole: str
    apart: str


def amount(value: Decimal, currency: str) -> str:
    """Money by its code; where the currency was never said, the bare figure says so."""
    if currency:
        return formats.money(value.quantize(Decimal("0.01")), currency)
    figure = formats.number(value.quantize(Decimal("0.01")), digits=2)
    return _("%(figure)s (currency not stated)") % {"figure": figure}


def cost_rows(costs: Costs) -> list[CostRow]:
    """The bases as rows; the first is what the files themselves state, where they do."""
    rows = []
    if costs.stated is not None:
        note = _("The sum of the costs that the imported file states line by line.")
        rows.append(
            CostRow(_("As the file states it"), note, amount(costs.stated, costs.currency), "", "")
        )
    for title, note, basis, each, whole in (
        (_("Per item"), _("The price of one times what is needed."), costs.item, costs.item.total, costs.item.total * costs.builds),
        (_("Whole packs"), _("What must really be bought: whole packs, least orders, shipping once a supplier."), costs.packs, costs.packs_each, costs.packs.total),
        (_("Landed here"), _("Whole packs with duty and value-added tax."), costs.landed, costs.landed_each, costs.landed.total),
    ):  # fmt: skip
        rows.append(
            CostRow(
                title,
                note,
                amount(each, costs.currency),
                amount(whole, costs.currency),
                _apart(basis),
            )
        )
    return rows


def _apart(basis: Basis) -> str:
    return formats.in_a_row([amount(cost, code) for code, cost in basis.apart.items()])


def coverage(costs: Costs) -> str:
    """How much of the bill has a price, by lines and by pieces."""
    if not costs.lines:
        return _("No line is counted in the cost.")
    return _("%(priced)s of %(lines)s lines have a price and a quantity (%(line_share)s); of the pieces %(piece_share)s.") % {
        "priced": formats.number(costs.priced_lines),
        "lines": formats.number(costs.lines),
        "line_share": _share(costs.line_share),
        "piece_share": _share(costs.piece_share),
    }  # fmt: skip


def _share(value: Decimal | None) -> str:
    return _("unknown") if value is None else formats.percent(value / 100)


def shares(costs: Costs) -> dict[str, str]:
    """Shares of local sourcing, in figures."""
    return {"lines": _share(costs.local_line_share), "value": _share(costs.local_value_share)}


def left_out(costs: Costs) -> list[tuple[str, Sequence[Part]]]:
    """Parts that no basis counts, with why."""
    reasons = {
        "optional": _("Optional"),
        "not_fitted": _("Not fitted"),
        "substitute": _("Can replace another part"),
        "material": _("Material whose parts have a price"),
        "drawn": _("Drawn on the board only"),
    }
    return [(reasons[reason], parts) for reason, parts in costs.left_out.items()]


def offer_figures(line: PartLine) -> tuple[str, str]:
    """The price of one and the supplier of the offer that is counted; "" where there is none."""
    offer = next((one for one in line.offers.all() if one.price is not None), None)
    if offer is None or offer.price is None:
        return "", next((one.supplier for one in line.offers.all() if one.supplier), "")
    price = formats.number(
        (offer.price / offer.price_quantity).quantize(Decimal("0.0001")).normalize(), digits=4
    )
    return f"{price} {offer.currency}".strip(), offer.supplier


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One thing that a preview would do, with the box that takes it."""

    tick: str
    title: str
    place: str
    facts: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]  # weight and sentence
    before: str = ""
    after: str = ""


def field_words() -> dict[str, str]:
    """What each field is called on the page."""
    return {
        "item": _("Item"), "refs": _("References"), "quantity": _("Quantity"), "unit": _("Unit"),
        "description": _("Description"), "value": _("Value"), "package": _("Package"),
        "manufacturer": _("Manufacturer"), "mpn": _("Manufacturer's part number"), "kind": _("Kind"),
        "section": _("Section"), "fitted": _("Fitted"), "optional": _("Optional"), "note": _("Note"),
        "supplier": _("Supplier"), "sku": _("Order number"), "url": _("Address"),
        "price": _("Price of one"), "pack_price": _("Price of a pack"), "pack_size": _("Units in a pack"),
        "packs": _("Packs needed"), "moq": _("Least order"), "line_cost": _("Cost of the line, as stated"),
        "currency": _("Currency"), "quantity_most": _("At most"),
    }  # fmt: skip


def field_choices() -> list[tuple[str, str]]:
    """The fields a column can go to, left out first."""
    words = field_words()
    return [
        ("", pgettext("a column of a file", "left out")),
        *((name, words[name]) for name in FIELDS),
    ]


def preview_rows(
    lines: Sequence[Line], diff: Diff, standing: dict[int, str]
) -> dict[str, list[PreviewRow]]:
    """What would be added, changed and taken out, each with its box."""
    words = field_words()
    changed = []
    for index, key, fields in diff.changed:
        for one in fields:
            changed.append(
                PreviewRow(
                    f"change-{key}-{one.name}", standing.get(key, ""), str(lines[index].row or ""), (), (),
                    said(one.before), said(one.after),
                )
            )  # fmt: skip
            changed[-1] = _named(changed[-1], words.get(one.name, one.name))
    return {
        "added": [_added(index, lines[index], words) for index in diff.added],
        "changed": changed,
        "gone": [PreviewRow(f"gone-{key}", standing.get(key, ""), "", (), ()) for key in diff.gone],
    }


def _named(row: PreviewRow, field: str) -> PreviewRow:
    return PreviewRow(row.tick, row.title, row.place, ((field, ""),), (), row.before, row.after)


def _added(index: int, line: Line, words: dict[str, str]) -> PreviewRow:
    facts = [
        (words["quantity"], _quantity(line)),
        (words["value"], line.value if line.description else ""),
        (words["package"], line.package),
        (words["manufacturer"], line.manufacturer),
        (words["mpn"], line.mpn),
        (_("Price"), _price(line)),
    ]
    title = line.description or line.value or line.mpn or ", ".join(line.refs) or line.item
    if line.refs and title != ", ".join(line.refs):
        facts.insert(0, (words["refs"], ", ".join(line.refs)))
    doubts = tuple((weight(d.code), sentence(d.as_data())) for d in line.doubts)
    shown = tuple((term, text) for term, text in facts if text)
    return PreviewRow(f"add-{index}", title, str(line.row or ""), shown, doubts)


def _quantity(line: Line) -> str:
    if line.quantity is None:
        return _("unknown")
    most = f"–{line.quantity_most.normalize():f}" if line.quantity_most is not None else ""
    unit = "" if line.unit == "each" else f" {line.unit}"
    return f"{line.quantity.normalize():f}{most}{unit}"


def _price(line: Line) -> str:
    offer = next((one for one in line.offers if one.price is not None), None)
    if offer is None or offer.price is None:
        return ""
    per = (
        ""
        if offer.price_quantity == 1 and not offer.price_unit
        else f" / {offer.price_quantity.normalize():f} {offer.price_unit}"
    )
    return f"{offer.price.normalize():f} {offer.currency}{per}".strip()


def said(value: Any) -> str:
    """A value before or after, as text."""
    if value is None or value == "":
        return _("unknown")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
