"""A table and its mapping become lines: each cell read, each doubt kept with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from .bom_headings import keys_of
from .bom_numbers import (
    Price,
    Quantity,
    currency_of,
    is_nothing,
    number_of,
    price_of,
    quantity_of,
    text_of,
)
from .bom_refs import UNANNOTATED, count_of, is_mark, is_ref, refs_of
from .bom_shapes import Doubt, Line, Offer, Row, Table
from .bom_units import EACH, kind_of_unit, unit_named

DNP = re.compile(
    r"(?i)\b(dnp|dnf|dni|dnm|do not (populate|fit|place|mount|install)|no ?pop|not fitted|unpopulated|nicht bestück\w*|не устанавливать)\b"
)
_YES = {"yes", "y", "true", "1", "x", "ja", "oui", "да", "✓", "dnp", "dnf", "dni"}
_NO = {"no", "n", "false", "0", "nein", "non", "нет"}
# Words of a heading that say by "yes" that a part is fitted, not that it is not.
_FIT = re.compile(r"(?i)^(populate|fitted|fit|mount(ed)?|bestückt|assembled?)$")
KINDS = {
    "electronic": "electronic electronics elec electrical component pcb connector cable wire",
    "mechanical": "mechanical mech mechanics hardware fastener fasteners screw screws",
    "printed": "printed 3dp 3d-printed print 3dprint printedpart printed_part",
    "fluidic": "fluidic fluidics tubing pneumatic pneumatics",
    "optical": "optical optics optic lens",
    "consumable": "consumable consumables",
    "tool": "tool tools werkzeug outil outils",
    "software": "software firmware",
    "service": "service services",
    "raw_material": "material materials raw raw_material rawmaterial",
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words.split()}


@dataclass
class _Cells:
    """The cells of one row by field, and the headings they stand under."""

    values: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)

    def one(self, name: str) -> Any:
        return next((cell for _key, cell in self.values.get(name, ())), "")

    def text(self, name: str, most: int = 400) -> str:
        cell = self.one(name)
        return "" if is_nothing(cell) else text_of(cell)[:most]

    def heading(self, name: str) -> str:
        return next((key for key, _cell in self.values.get(name, ())), "")

    def filled(self, name: str) -> list[tuple[str, Any]]:
        return [(key, cell) for key, cell in self.values.get(name, ()) if not is_nothing(cell)]


def lines_of(table: Table, mapping: Mapping[str, str]) -> list[Line]:
    """The lines of a table by a mapping of its columns; every row of the table is one line."""
    fields = list(zip(keys_of(table.head), table.head, strict=True))
    currency = currency_of(
        " ".join(h for k, h in fields if mapping.get(k) in ("price", "pack_price"))
    )
    if not currency:
        currency = next((one.currency for one in table.stated if one.currency), "")
    lines = []
    for row in table.rows:
        cells = _Cells()
        for at, (key, _heading) in enumerate(fields):
            name = mapping.get(key, "")
            if name and name != "ignore" and at < len(row.cells):
                cells.values.setdefault(name, []).append((key, row.cells[at]))
        line = _line(row, cells, table, currency)
        if line is not None:
            lines.append(line)
    return _with_materials(lines)


def _line(row: Row, cells: _Cells, table: Table, currency: str) -> Line | None:
    if not any(not is_nothing(cell) for found in cells.values.values() for _key, cell in found):
        return None
    refs = refs_of(cells.one("refs"))
    where = str(row.number or (refs[0] if refs else ""))
    unit, doubts = _unit(cells, where)
    asked = quantity_of(cells.one("quantity"), comma=table.comma, unit=unit)
    doubts += _quantity_doubts(asked, cells, where, len(refs))
    quantity = asked.least
    if quantity is None and "quantity" not in cells.values and refs and all(map(is_ref, refs)):
        quantity = Decimal(count_of(refs))
    mpn, manufacturer = cells.text("mpn", 150), cells.text("manufacturer", 150)
    value, description = cells.text("value", 120), cells.text("description")
    fitted, said = _fitted(cells, quantity, (value, description, cells.text("note")))
    item = cells.text("item", 40)
    if not refs and item and not item.isdecimal():
        refs = (item,)
    if said:
        doubts.append(Doubt("not_fitted", where, {"why": said}))
    kind, kind_note = _kind(cells, table, row)
    note = _note(cells, row, kind_note)
    optional = (
        asked.optional
        or bool(re.search(r"(?i)\boptional\b", f"{description} {note}"))
        or (cells.text("optional").lower() in _YES)
    )
    if optional:
        doubts.append(Doubt("optional", where))
    offers, stated, more = _offers(cells, row, table, asked.unit, quantity, currency)
    made = Line(
        row.number, item, (row.section or table.title)[:80], refs, quantity, asked.most, asked.unit,
        optional, fitted, description, value, cells.text("package", 120), manufacturer, mpn, kind,
        note, "", stated, offers,
    )  # fmt: skip
    doubts += [Doubt(d.code, d.where or where, d.args) for d in more]
    doubts += [Doubt(d["code"], where, d.get("args", {})) for d in row.more.get("doubts", ())]
    return replace(made, doubts=(*doubts, *_reference_doubts(made, where)))


def _unit(cells: _Cells, where: str) -> tuple[str, list[Doubt]]:
    text = cells.text("unit", 24)
    if not text:
        inside = re.search(r"[(\[]\s*([^)\]]{1,6})\s*[)\]]", cells.heading("quantity"))
        return (unit_named(inside[1]) or EACH) if inside else EACH, []
    named = unit_named(text)
    return (named, []) if named else (text, [Doubt("unknown_unit", where, {"unit": text})])


def _quantity_doubts(asked: Quantity, cells: _Cells, where: str, refs: int) -> list[Doubt]:
    text = text_of(cells.one("quantity"))
    found = []
    for code in asked.doubts:
        args = {"text": text, "unit": asked.rest or asked.unit, "refs": refs}
        found.append(Doubt(code, where, args))
    if asked.is_about:
        found.append(Doubt("about", where, {"text": text}))
    if asked.least is None and not asked.doubts and "quantity" in cells.values:
        found.append(Doubt("no_quantity", where))
    return found


def _fitted(cells: _Cells, quantity: Decimal | None, texts: Iterable[str]) -> tuple[bool, str]:
    """Whether it is fitted, and what says that it is not."""
    flag = cells.text("fitted").lower()
    if flag:
        means_fitted = bool(_FIT.match(cells.heading("fitted").strip()))
        if (flag in _NO) if means_fitted else (flag in _YES or bool(DNP.search(flag))):
            return False, f"{cells.heading('fitted')}: {cells.text('fitted')}"
    if quantity == 0:
        return False, "0"
    found = next((match[0] for text in texts if (match := DNP.search(text))), "")
    return not found, found


def _kind(cells: _Cells, table: Table, row: Row) -> tuple[str, str]:
    """The kind by a column, else by the section's words; and a kind that is none of ours."""
    text = cells.text("kind", 120)
    if text:
        kind = KIND_OF.get(text.lower().replace(" ", "_")) or KIND_OF.get(text.lower(), "")
        return kind, "" if kind else text
    words = re.findall(r"[\w-]+", f"{cells.text('section')} {row.section} {table.title}".lower())
    return next((KIND_OF[word] for word in words if word in KIND_OF), ""), ""


def _note(cells: _Cells, row: Row, kind: str) -> str:
    texts = [kind] if kind else []
    texts += [text_of(cell) for _key, cell in cells.filled("note")]
    texts += [str(text) for text in row.more.get("notes", ())]
    return "\n".join(text for text in texts if text)[:4000]


def _reference_doubts(line: Line, where: str) -> list[Doubt]:
    found = []
    if any(UNANNOTATED.fullmatch(ref) for ref in line.refs):
        refs = ", ".join(ref for ref in line.refs if UNANNOTATED.fullmatch(ref))
        found.append(Doubt("unannotated", where, {"refs": refs}))
    if is_mark(line.refs, line.value, line.package, line.description):
        found.append(Doubt("mark", where, {"refs": ", ".join(line.refs)}))
    elif (
        line.refs and line.refs != (line.item,) and line.quantity is not None and line.unit == EACH
    ):
        count = count_of(line.refs)
        if line.quantity and line.fitted and count != line.quantity and all(map(is_ref, line.refs)):
            code = "refs_more" if count > line.quantity else "refs_fewer"
            args = {
                "refs": ", ".join(line.refs),
                "count": count,
                "quantity": str(line.quantity.normalize()),
            }
            found.append(Doubt(code, where, args))
    return found


def _offers(
    cells: _Cells, row: Row, table: Table, unit: str, quantity: Decimal | None, currency: str
) -> tuple[tuple[Offer, ...], Decimal | None, list[Doubt]]:
    """The offers of a row, the cost of the line that the file states, and doubts."""
    given = cells.text("currency", 12)
    currency = (
        currency_of(given)
        or (given.upper() if re.fullmatch(r"[A-Za-z]{3}", given) else "")
        or currency
    )
    doubts: list[Doubt] = []
    price = _price(cells, table, currency, unit, doubts)
    stated = price_of(cells.one("line_cost"), comma=table.comma).amount
    if (
        price.amount is None
        and stated
        and quantity
        and not cells.values.keys() & {"price", "pack_price"}
    ):
        price = Price(stated, currency or price.currency, quantity)
        doubts.append(
            Doubt("price_from_cost", "", {"cost": str(stated), "quantity": str(quantity)})
        )
    moq = number_of(cells.one("moq"), comma=table.comma)
    suppliers = [
        text_of(c)[:150] for _k, c in cells.filled("supplier") if not str(c).startswith("http")
    ]
    skus = [
        text_of(part)[:120]
        for _k, c in cells.filled("sku")
        for part in str(c).strip().splitlines()
        if part.strip()
    ]
    urls = [
        u for _k, c in cells.filled("url") for u in re.findall(r"https?://\S+|www\.\S+", str(c))
    ]
    urls += [str(c) for _k, c in cells.filled("supplier") if str(c).startswith("http")]
    urls += [u for u in row.more.get("urls", ()) if u not in urls]
    offers = list(row.more.get("offers", ()))
    if any(one.price is not None for one in offers):
        price = Price()  # the part's own figure is a mean of these, and is checked against them
    count = max(
        len(suppliers), len(skus), len(urls), 1 if price.amount is not None and not offers else 0
    )
    for at in range(count):
        sku = skus[at] if at < len(skus) else ""
        supplier = suppliers[min(at, len(suppliers) - 1)] if suppliers else ""
        url = urls[at][:500] if at < len(urls) else ""
        if at or (offers and price.amount is None):
            offers.append(Offer(supplier, sku, url))
        else:
            least = (
                (moq / price.quantity).to_integral_value("ROUND_CEILING")
                if moq and moq > 0
                else Decimal(1)
            )
            offers.insert(
                0,
                Offer(
                    supplier,
                    sku,
                    url,
                    price.amount,
                    price.currency or currency,
                    price.quantity,
                    price.unit,
                    least,
                ),
            )
    if count > 1 and price.amount is not None:
        doubts.append(Doubt("one_price_several_offers", "", {"count": count}))
    return tuple(offers), stated, doubts


def _price(cells: _Cells, table: Table, currency: str, unit: str, doubts: list[Doubt]) -> Price:
    """The price of a row: of a pack where there is one, else of a piece or a measure."""
    pack = price_of(cells.one("pack_price"), comma=table.comma, currency=currency)
    price = price_of(cells.one("price"), comma=table.comma, currency=currency)
    size = number_of(cells.one("pack_size"), comma=table.comma)
    if pack.amount is not None and size and size > 0:
        if price.amount is not None and abs(price.amount - pack.amount / size) > max(
            Decimal("0.005"), price.amount / 200
        ):
            doubts.append(
                Doubt(
                    "prices_disagree",
                    "",
                    {"price": str(price.amount), "pack": str(pack.amount), "size": str(size)},
                )
            )
        price = Price(pack.amount, pack.currency, size, price.unit)
    elif pack.amount is not None and price.amount is None:
        price = pack
        doubts.append(Doubt("pack_size_unknown", "", {"price": str(pack.amount)}))
    elif size and size > 0 and price.amount is not None and price.quantity == 1:
        price = Price(
            price.amount,
            price.currency,
            size if not _is_unit_price(cells) else Decimal(1),
            price.unit,
        )
    for code in (*pack.doubts, *price.doubts):
        doubts.append(
            Doubt(code, "", {"text": text_of(cells.one("price") or cells.one("pack_price"))})
        )
    if price.is_about:
        doubts.append(Doubt("price_about", "", {"text": text_of(cells.one("price"))}))
    if price.amount == 0:
        doubts.append(Doubt("price_nought"))
        return Price(None, price.currency)
    return price


def _is_unit_price(cells: _Cells) -> bool:
    return bool(
        re.search(
            r"(?i)unit|each|item|piece|einzel|stück|unitaire|avg|average", cells.heading("price")
        )
    )


def _with_materials(lines: list[Line]) -> list[Line]:
    """Lines cut from a material that stands in the same table are bound to it by its item."""
    by_item = {line.item: line for line in lines if line.item and not line.item.isdecimal()}
    if not by_item:
        return lines
    made_from: dict[str, str] = {}
    for line in lines:
        text = f"{line.description} {line.note}"
        if kind_of_unit(line.unit) not in ("", "count"):
            said = re.search(r"(?i)\b(?:to make|makes|for making|for)\b(.*)", text)
            for code in _items_in(said[1] if said else "", by_item):
                made_from.setdefault(code, line.item)
        source = re.search(
            r"(?i)\b(?:cut|made|printed|machined|milled|bent|turned|laser-?cut) (?:from|of|out of)\b(.*)",
            text,
        )
        for code in _items_in(source[1] if source else "", by_item):
            if kind_of_unit(by_item[code].unit) not in ("", "count") and code != line.item:
                made_from[line.item] = code
                break
    materials = set(made_from.values())
    return [_bound(line, made_from, materials) for line in lines]


def _bound(line: Line, made_from: Mapping[str, str], materials: set[str]) -> Line:
    if line.item in materials:
        doubts = tuple(d for d in line.doubts if d.code != "optional")
        parts = ", ".join(part for part, source in made_from.items() if source == line.item)
        said = Doubt("material", str(line.row), {"item": line.item, "parts": parts})
        return replace(line, kind="raw_material", optional=False, doubts=(*doubts, said))
    return replace(line, made_from=made_from.get(line.item, "")) if line.item in made_from else line


def _items_in(text: str, known: Mapping[str, Line]) -> list[str]:
    """The items that a text names, "A5-7" and "A5-A7" being three."""
    found = []
    for prefix, first, _letter, last in re.findall(
        r"\b([A-Za-z]{1,4})(\d+)(?:\s*[-–]\s*([A-Za-z]{0,4})(\d+))?", text
    ):
        for number in range(
            int(first), int(last or first) + 1 if int(last or first) - int(first) < 100 else 0
        ):
            code = f"{prefix}{number}"
            if code in known:
                found.append(code)
    return found
