"""Harnesses as WireViz writes them: connectors, cables and what comes with them, as parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .bom_numbers import text_of
from .bom_shapes import Doubt, Row, Table

HEAD = (
    "Reference",
    "Quantity",
    "Description",
    "Manufacturer",
    "MPN",
    "Item",
    "Notes",
    "Supplier",
    "SPN",
)


def is_harness(tree: Mapping[str, Any]) -> bool:
    """True for a document with connectors or cables, and how they are joined."""
    return bool({"connectors", "cables"} & set(tree)) and any(
        isinstance(tree.get(key), Mapping) for key in ("connectors", "cables")
    )


def harness_table(tree: Mapping[str, Any]) -> tuple[Table, dict[str, Any]]:
    """One row a connector, a cable (its length for each wire of a bundle), an additional part."""
    rows: list[tuple[str, ...]] = []
    doubts: list[Doubt] = []
    populated = _populated(tree)
    for section in ("connectors", "cables"):
        found = tree.get(section)
        for name, one in found.items() if isinstance(found, Mapping) else ():
            if isinstance(one, Mapping):
                rows.append(_row(str(name), one, _length(one) if section == "cables" else "1"))
                rows += _additional(str(name), one, populated, doubts)
    extra = tree.get("additional_bom_items")
    for one in extra if isinstance(extra, list) else []:
        if isinstance(one, Mapping):
            refs = one.get("designators", "")
            listed = ", ".join(map(str, refs)) if isinstance(refs, list) else str(refs or "")
            rows.append(_row(listed, one, str(one.get("qty", ""))))
    made = tuple(Row(number, cells) for number, cells in enumerate(rows, start=1))
    facts = {
        "connectors": len(tree.get("connectors") or ()),
        "cables": len(tree.get("cables") or ()),
    }
    return Table("", "", HEAD, 0, made, doubts=tuple(doubts)), facts


def _row(ref: str, one: Mapping[str, Any], quantity: str) -> tuple[str, ...]:
    words = [text_of(one.get(key)) for key in ("type", "subtype")]
    if one.get("gauge"):
        words.append(text_of(one["gauge"]))
    if one.get("wirecount"):
        words.append(f"{one['wirecount']} ×")
    description = text_of(one.get("description")) or ", ".join(word for word in words if word)
    return (
        ref, quantity, description, text_of(one.get("manufacturer")), _listed(one.get("mpn")),
        _listed(one.get("pn")), text_of(one.get("notes")), text_of(one.get("supplier")), _listed(one.get("spn")),
    )  # fmt: skip


def _listed(value: Any) -> str:
    return ", ".join(map(text_of, value)) if isinstance(value, list) else text_of(value)


def _length(one: Mapping[str, Any]) -> str:
    """The length of a cable; of a bundle, that of all its wires together is for a person."""
    length = text_of(one.get("length"))
    unit = text_of(one.get("length_unit"))
    if not length:
        return ""
    return length if any(letter.isalpha() for letter in length) else f"{length} {unit or 'm'}"


def _additional(
    name: str, one: Mapping[str, Any], populated: Mapping[str, int], doubts: list[Doubt]
) -> list[tuple[str, ...]]:
    rows = []
    parts = one.get("additional_components")
    for part in parts if isinstance(parts, list) else []:
        if not isinstance(part, Mapping):
            continue
        times = text_of(part.get("qty_multiplier"))
        factor = {
            "populated": populated.get(name),
            "pincount": _whole(one.get("pincount"))
            or len(one.get("pinlabels") or one.get("pins") or ()),
            "wirecount": _whole(one.get("wirecount")) or len(one.get("colors") or ()),
        }.get(times, 1 if not times else None)
        each = _whole(part.get("qty", 1))
        quantity = str(each * factor) if each is not None and factor is not None else ""
        if not quantity:
            doubts.append(Doubt("multiplier_unknown", name, {"multiplier": times}))
        rows.append(_row(f"{name} +", part, quantity))
    return rows


def _whole(value: Any) -> int | None:
    text = text_of(value)
    return int(text) if text.isdecimal() else None


def _populated(tree: Mapping[str, Any]) -> dict[str, int]:
    """How many pins of each connector are joined to something."""
    pins: dict[str, set[str]] = {}
    joined = tree.get("connections")
    for chain in joined if isinstance(joined, list) else []:
        for step in chain if isinstance(chain, list) else []:
            for name, used in step.items() if isinstance(step, Mapping) else ():
                for pin in used if isinstance(used, list) else [used]:
                    pins.setdefault(str(name), set()).update(_pins(text_of(pin)))
    return {name: len(found) for name, found in pins.items()}


def _pins(text: str) -> set[str]:
    first, dash, last = text.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and 0 <= int(last) - int(first) < 500:
        return {str(number) for number in range(int(first), int(last) + 1)}
    return {text}
