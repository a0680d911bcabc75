"""What is doubtful about lines taken together: references, prices, currencies, totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from .bom_headings import CHIP_SIZES, field_named, guessed_mapping, keys_of
from .bom_lines import lines_of
from .bom_numbers import is_nothing, number_of, text_of
from .bom_refs import is_mark
from .bom_shapes import Doubt, Line, Offer, Table
from .bom_units import conversion

CENT = Decimal("0.01")


def checked(
    lines: Sequence[Line], table: Table, mapping: Mapping[str, str]
) -> tuple[list[Line], list[Doubt]]:
    """The lines, and the doubts about the whole: of the table, its columns, its totals."""
    lines, doubts = _codes_as_refs(lines)
    doubts = [*table.doubts, *doubts, *_repeated(lines), *_headings_that_lie(table, mapping)]
    if "quantity" not in mapping.values() and any(line.quantity is None for line in lines):
        count = sum(line.quantity is None for line in lines)
        doubts.append(Doubt("no_quantity_column", "", {"count": count}))
    doubts += _missing(lines) + _currencies(lines)
    lines = [_with_cost_doubt(line) for line in lines]
    return list(lines), doubts + _totals(lines, table)


def price_in_unit(offer: Offer, unit: str) -> Decimal | None:
    """The price of one ``unit``; None where there is none or the units do not fit."""
    if offer.price is None:
        return None
    factor = (
        conversion(offer.price_unit, unit)
        if offer.price_unit and unit != offer.price_unit
        else Decimal(1)
    )
    return offer.price / (offer.price_quantity * factor) if factor else None


def cost_of(line: Line) -> Decimal | None:
    """Price of one times quantity, by the first offer with a price."""
    if line.quantity is None:
        return None
    prices = (price_in_unit(offer, line.unit) for offer in line.offers)
    price = next((one for one in prices if one is not None), None)
    return None if price is None else price * line.quantity


def counted(lines: Sequence[Line]) -> list[Line]:
    """The lines that a cost counts: fitted, not optional, no drawing on the board, no material
    whose parts all have a price."""
    priced_parts: dict[str, list[bool]] = defaultdict(list)
    for line in lines:
        if line.made_from:
            priced_parts[line.made_from].append(cost_of(line) is not None)
    return [
        line
        for line in lines
        if line.fitted and not line.optional and not is_mark(line.refs, line.value)
        and not (line.item in priced_parts and all(priced_parts[line.item]))
    ]  # fmt: skip


def _codes_as_refs(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """One reference a line, whatever the quantity, is the code of a group, not a designator."""
    with_refs = [one for one in lines if one.refs and one.refs != (one.item,)]
    odd = [one for one in with_refs if any(d.code == "refs_fewer" for d in one.doubts)]
    if len(odd) < 3 or len(odd) * 4 < len(with_refs) or any(len(one.refs) > 1 for one in with_refs):
        return list(lines), []
    said = Doubt("refs_are_codes", str(odd[0].row), {"count": len(odd), "example": odd[0].refs[0]})
    kept = [
        replace(one, doubts=tuple(d for d in one.doubts if d.code != "refs_fewer")) for one in lines
    ]
    return kept, [said]


def _repeated(lines: Sequence[Line]) -> list[Doubt]:
    places: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if not is_mark(line.refs):
            for ref, count in Counter(line.refs).items():
                if "?" not in ref:
                    places[ref] += [line.row] * count
    return [
        Doubt(
            "repeated_ref", ", ".join(map(str, sorted(set(rows)))), {"ref": ref, "count": len(rows)}
        )
        for ref, rows in places.items()
        if len(rows) > 1
    ]


def _headings_that_lie(table: Table, mapping: Mapping[str, str]) -> list[Doubt]:
    """Columns whose heading says one thing and whose cells are another."""
    found = []
    for at, key in enumerate(keys_of(table.head)):
        cells = [
            row.cells[at]
            for row in table.rows
            if at < len(row.cells) and not is_nothing(row.cells[at])
        ]
        if not cells:
            continue
        numbers = sum(
            number_of(cell, comma=table.comma) is not None and text_of(cell) not in CHIP_SIZES
            for cell in cells
        )
        name = mapping.get(key, "")
        lies = (
            name in ("", "package", "manufacturer", "description")
            and _names_words(table.head[at])
            and numbers * 2 > len(cells)
        ) or (
            name == "quantity"
            and numbers == 0
            and not any(c.isdecimal() for cell in cells for c in text_of(cell))
        )
        if lies:
            found.append(
                Doubt(
                    "heading_lies",
                    str(table.head_row),
                    {"heading": table.head[at], "example": text_of(cells[0])},
                )
            )
        elif not mapping.get(key) and table.head[at]:
            found.append(
                Doubt(
                    "column_left",
                    str(table.head_row),
                    {"heading": table.head[at], "count": len(cells)},
                )
            )
    return found


def _names_words(heading: str) -> bool:
    return field_named(heading) in ("package", "manufacturer", "description")


def _missing(lines: Sequence[Line]) -> list[Doubt]:
    """Lines without a part number, and without a price; each once, with how many."""
    bought = [line for line in lines if line.fitted and not is_mark(line.refs, line.value)]
    found = []
    for code, bare in (
        ("no_mpn", [one for one in bought if not one.mpn and not any(o.sku for o in one.offers)]),
        ("no_price", [one for one in bought if all(o.price is None for o in one.offers)]),
    ):
        if bare:
            found.append(Doubt(code, _rows(bare), {"count": len(bare), "of": len(bought)}))
    return found


def _rows(lines: Iterable[Line]) -> str:
    numbers = [str(line.row or ", ".join(line.refs[:3])) for line in lines]
    return ", ".join(numbers) if len(numbers) <= 12 else ", ".join([*numbers[:12], "…"])


def _currencies(lines: Sequence[Line]) -> list[Doubt]:
    named = Counter(o.currency for line in lines for o in line.offers if o.price is not None)
    bare = named.pop("", 0)
    if len(named) > 1:
        return [Doubt("several_currencies", "", {"currencies": ", ".join(sorted(named))})]
    return [Doubt("currency_not_stated", "", {"count": bare})] if bare else []


def _with_cost_doubt(line: Line) -> Line:
    odd = [o for o in line.offers if o.price is not None and price_in_unit(o, line.unit) is None]
    if odd:
        said = Doubt("price_other_unit", str(line.row), {"unit": odd[0].price_unit})
        line = replace(line, doubts=(*line.doubts, said))
    cost = cost_of(line)
    if (
        cost is None
        or line.stated_cost is None
        or abs(cost - line.stated_cost) <= max(CENT, cost / 200)
    ):
        return line
    args = {"stated": str(line.stated_cost), "computed": str(cost.quantize(CENT))}
    packs = _packs_cost(line)
    if packs is not None and abs(packs - line.stated_cost) <= CENT:
        return replace(line, doubts=(*line.doubts, Doubt("cost_is_of_packs", str(line.row), args)))
    return replace(line, doubts=(*line.doubts, Doubt("cost_disagrees", str(line.row), args)))


def _packs_cost(line: Line) -> Decimal | None:
    offer = next((o for o in line.offers if o.price is not None), None)
    if (
        offer is None
        or offer.price is None
        or line.quantity is None
        or offer.price_unit not in ("", line.unit)
    ):
        return None
    return (line.quantity / offer.price_quantity).to_integral_value(ROUND_CEILING) * offer.price


def _totals(lines: Sequence[Line], table: Table) -> list[Doubt]:
    """What is computed beside what is stated; nothing where one of them agrees."""
    costs = [cost for line in counted(lines) if (cost := cost_of(line)) is not None]
    stated = [one for one in table.stated if one.label]
    if not costs or not stated:
        return []
    computed = sum(costs, Decimal(0))
    near = min(stated, key=lambda one: abs(one.value - computed))
    args = {
        "stated": str(near.value.quantize(CENT)),
        "computed": str(computed.quantize(CENT)),
        "label": near.label,
    }
    if abs(near.value - computed) <= max(CENT, computed / 1000):
        return []
    packs = [cost for line in counted(lines) if (cost := _packs_cost(line)) is not None]
    if any(abs(sum(packs, Decimal(0)) - one.value) <= CENT for one in stated):
        return [Doubt("total_is_of_packs", near.where, args)]
    said = [line.stated_cost for line in lines if line.stated_cost is not None]
    if said and any(abs(sum(said, Decimal(0)) - one.value) <= CENT for one in stated):
        args["column"] = str(sum(said, Decimal(0)).quantize(CENT))
    return [Doubt("total_disagrees", near.where, args)]


def tables_that_disagree(tables: Sequence[Table]) -> list[Doubt]:
    """References that two tables of one file both list, with another quantity or value."""
    read = [
        (table, lines_of(table, guessed_mapping(table)))
        for table in tables
        if len(table.rows) < 3000
    ]
    found = []
    for at, (one, lines) in enumerate(read):
        mine = _by_ref(lines)
        for other, others in read[at + 1 :]:
            theirs = _by_ref(others)
            shared = [ref for ref in mine if ref in theirs]
            if len(shared) < 3 or len(shared) * 3 < min(len(mine), len(theirs)):
                continue
            odd = [ref for ref in shared if mine[ref] != theirs[ref]]
            if odd:
                ref = odd[0]
                args = {"one": one.name or one.sheet, "other": other.name or other.sheet, "count": len(odd),
                        "refs": ", ".join(odd[:8]), "a": mine[ref], "b": theirs[ref]}  # fmt: skip
                if one.sheet != other.sheet:
                    args |= {"one": one.sheet, "other": other.sheet}
                found.append(Doubt("tables_disagree", "", args))
    return found


def _by_ref(lines: Iterable[Line]) -> dict[str, str]:
    """What each reference is; those that stand twice say nothing."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for line in lines:
        for ref in line.refs:
            if ref in found:
                twice.add(ref)
            found[ref] = (line.value or line.description).lower() + ("" if line.fitted else " (0)")
    return {ref: text for ref, text in found.items() if ref not in twice}
