"""The bill of materials of a release as CSV that spreadsheets open without running anything."""

from __future__ import annotations

import csv
import io

from .snapshots import Snapshot

HEADS = (
    "References", "Quantity", "Unit", "Description", "Value", "Package", "Manufacturer",
    "Part number", "Fitted", "Optional", "Supplier", "Order number", "Price", "Currency",
    "Units in a pack", "Address",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def bom_csv(snapshot: Snapshot) -> str:
    """One row a line, with the offer that is counted, or its first. A missing price is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    offers: dict[str, dict[str, object]] = {}
    for one in snapshot["parts"]["offers"]:
        if one["chosen"] or one["part"] not in offers:
            offers[one["part"]] = one
    for line in snapshot["parts"]["parts"]:
        offer = offers.get(line["key"], {})
        row = [
            ", ".join(line["refs"]),
            line["quantity"],
            line["unit"],
            line["description"],
            line["value"],
            line["package"],
            line["manufacturer"],
            line["mpn"],
            "yes" if line["fitted"] else "no",
            "yes" if line["optional"] else "no",
            *(offer.get(name) for name in ("supplier", "sku", "price", "currency")),
            offer.get("price_quantity"),
            offer.get("url"),
        ]
        writer.writerow(["" if cell is None else _safe(str(cell)) for cell in row])
    return out.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text
