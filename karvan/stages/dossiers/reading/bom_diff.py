"""What a new reading changes in lines that are there: added, changed field by field, gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .bom_checks import price_in_unit
from .bom_shapes import Line, Offer

COMPARED = (
    "refs", "quantity", "quantity_most", "unit", "optional", "fitted", "description", "value",
    "package", "manufacturer", "mpn", "kind", "note",
)  # fmt: skip
STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as it stands: its key, its fields, the price of one unit that is counted."""

    key: int
    sheet: str
    fields: Mapping[str, Any]
    price: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that would change."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Diff:
    """Indexes of the lines added, changes by index and key, keys of the lines gone."""

    added: tuple[int, ...]
    changed: tuple[tuple[int, int, tuple[FieldChange, ...]], ...]
    gone: tuple[int, ...]
    same: int


def diff_of(standing: Sequence[Standing], lines: Sequence[Line]) -> Diff:
    """Lines are the same when their references are, else their part number, else what they are
    called; only parts of the bill that the new lines name are looked at."""
    sheets = {line.sheet for line in lines}
    old = [one for one in standing if one.sheet in sheets]
    pairs: dict[int, Standing] = {}
    left = list(range(len(lines)))
    for key_of in (_by_refs, _by_mpn, _by_all_names, _by_names):
        left = _paired(pairs, old, lines, left, key_of)
    left = _paired_by_overlap(pairs, old, lines, left)
    used = {one.key for one in pairs.values()}
    changed = []
    for index, one in sorted(pairs.items()):
        found = _changes(one, lines[index])
        if found:
            changed.append((index, one.key, found))
    gone = tuple(one.key for one in old if one.key not in used)
    return Diff(tuple(left), tuple(changed), gone, len(pairs) - len(changed))


def offer_with_price(line: Line) -> Offer | None:
    """The first offer of a line that has a price for its unit."""
    return next((o for o in line.offers if price_in_unit(o, line.unit) is not None), None)


_KeyOf = Callable[[str, Mapping[str, Any]], tuple[Any, ...] | None]


def _by_refs(sheet: str, fields: Mapping[str, Any]) -> tuple[Any, ...] | None:
    refs = tuple(sorted(fields["refs"]))
    return (sheet, refs) if refs else None


def _by_mpn(sheet: str, fields: Mapping[str, Any]) -> tuple[Any, ...] | None:
    return (sheet, fields["mpn"].lower()) if fields["mpn"] else None


def _by_all_names(sheet: str, fields: Mapping[str, Any]) -> tuple[Any, ...] | None:
    names = (fields["description"].lower(), fields["value"].lower(), fields["package"].lower())
    return (sheet, *names) if any(names) else None


def _by_names(sheet: str, fields: Mapping[str, Any]) -> tuple[Any, ...] | None:
    names = (fields["description"].lower(), fields["value"].lower())
    return (sheet, *names) if any(names) else None


def _paired(
    pairs: dict[int, Standing],
    old: Iterable[Standing],
    lines: Sequence[Line],
    left: list[int],
    key_of: _KeyOf,
) -> list[int]:
    """Pair what has the same key, in order; what stands several times pairs one to one."""
    used = {one.key for one in pairs.values()}
    waiting: dict[tuple[Any, ...], list[Standing]] = {}
    for one in old:
        key = key_of(one.sheet, one.fields)
        if one.key not in used and key is not None:
            waiting.setdefault(key, []).append(one)
    rest = []
    for index in left:
        key = key_of(lines[index].sheet, fields_of(lines[index]))
        found = waiting.get(key) if key is not None else None
        if found:
            pairs[index] = found.pop(0)
        else:
            rest.append(index)
    return rest


def _paired_by_overlap(
    pairs: dict[int, Standing], old: Iterable[Standing], lines: Sequence[Line], left: list[int]
) -> list[int]:
    """Lines that share most of their references: one was added or taken away."""
    used = {one.key for one in pairs.values()}
    by_ref = {
        (one.sheet, ref): one for one in old if one.key not in used for ref in one.fields["refs"]
    }
    rest = []
    for index in left:
        line = lines[index]
        near: dict[int, int] = {}
        found = {}
        for ref in line.refs:
            one = by_ref.get((line.sheet, ref))
            if one is not None and one.key not in used:
                near[one.key] = near.get(one.key, 0) + 1
                found[one.key] = one
        best = max(near, key=lambda key: near[key], default=None)
        if best is not None and near[best] * 2 >= len(set(line.refs)):
            pairs[index] = found[best]
            used.add(best)
        else:
            rest.append(index)
    return rest


def fields_of(line: Line) -> dict[str, Any]:
    """The compared fields of a line as read."""
    return {name: getattr(line, name) for name in COMPARED}


def _changes(one: Standing, line: Line) -> tuple[FieldChange, ...]:
    found = []
    for name in COMPARED:
        before, after = one.fields[name], getattr(line, name)
        if name == "refs":
            before, after = list(before), list(after)
            if sorted(before) == sorted(after):
                continue
        both = isinstance(after, Decimal) and isinstance(before, Decimal)
        if both and abs(after - before) < STEP:
            continue
        if name in ("kind", "note") and not after:
            continue  # a file that says nothing of it takes nothing away
        if before != after:
            found.append(FieldChange(name, before, after))
    offer = offer_with_price(line)
    if offer is not None:
        price = price_in_unit(offer, line.unit)
        is_other = (
            one.price is None or price is None or abs(price - one.price) > max(STEP, price / 2000)
        )
        if is_other or (offer.currency and offer.currency != one.currency):
            after_words = _money(price, offer.currency or one.currency)
            found.append(FieldChange("price", _money(one.price, one.currency), after_words))
    return tuple(found)


def _money(price: Decimal | None, currency: str) -> str:
    if price is None:
        return ""
    return f"{price.quantize(STEP).normalize():f} {currency}".strip()
