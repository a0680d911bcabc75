"""What a reading of a bill of materials is made of: tables as they stand, lines, doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: a code of ``bom_doubts``, where it is, and its figures."""

    code: str
    where: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {"code": self.code, "where": self.where, "args": dict(self.args)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number in the file (from 1), its cells, its section's title.

    ``more`` holds what does not fit in a cell: links of each cell, several offers, flags.
    """

    number: int
    cells: tuple[Any, ...]
    section: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that the file itself states: its words, the figure, where."""

    label: str
    value: Decimal
    where: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A head and its lines. ``head_row`` is 0 where the table has no row of headings."""

    title: str
    sheet: str
    head: tuple[str, ...]
    head_row: int
    rows: tuple[Row, ...]
    stated: tuple[Stated, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    comma: bool = False  # decimals are written with a comma

    @property
    def name(self) -> str:
        """The title, or the sheet's name."""
        return self.title or self.sheet


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody asks. ``price`` is for ``price_quantity`` of ``price_unit``."""

    supplier: str = ""
    sku: str = ""
    url: str = ""
    price: Decimal | None = None
    currency: str = ""
    price_quantity: Decimal = Decimal(1)
    price_unit: str = ""
    moq: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read. ``quantity`` None is unknown, never one and never nought."""

    row: int
    item: str = ""
    sheet: str = ""
    refs: tuple[str, ...] = ()
    quantity: Decimal | None = None
    quantity_most: Decimal | None = None
    unit: str = "each"
    optional: bool = False
    fitted: bool = True
    description: str = ""
    value: str = ""
    package: str = ""
    manufacturer: str = ""
    mpn: str = ""
    kind: str = ""
    note: str = ""
    made_from: str = ""  # the item of the material
    stated_cost: Decimal | None = None
    offers: tuple[Offer, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class BomReading:
    """A whole file: its format, what was sniffed, its tables; lines of the table chosen."""

    format: str
    sniffed: Mapping[str, Any]
    tables: tuple[Table, ...]
    chosen: int
    mapping: Mapping[str, str]  # heading -> field, of the chosen table
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)  # counts that the format has of itself


def line_as_data(line: Line) -> dict[str, Any]:
    """A line as plain values that fit in JSON; ``line_from_data`` gives it back."""
    data: dict[str, Any] = {}
    for one in fields(line):
        value = getattr(line, one.name)
        if one.name == "offers":
            value = [{f.name: _plain(getattr(o, f.name)) for f in fields(o)} for o in value]
        elif one.name == "doubts":
            value = [doubt.as_data() for doubt in value]
        data[one.name] = list(value) if isinstance(value, tuple) else _plain(value)
    return data


def line_from_data(data: Mapping[str, Any]) -> Line:
    """The line that ``line_as_data`` made plain."""
    given = dict(data)
    for name in ("quantity", "quantity_most", "stated_cost"):
        given[name] = _decimal(given.get(name))
    given["refs"] = tuple(given.get("refs", ()))
    given["offers"] = tuple(
        Offer(
            **{
                k: _decimal(v) if k in ("price", "price_quantity", "moq") else v
                for k, v in one.items()
            }
        )
        for one in given.get("offers", ())
    )
    given["doubts"] = tuple(
        Doubt(d["code"], d["where"], d["args"]) for d in given.get("doubts", ())
    )
    return Line(**given)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _decimal(value: Any) -> Any:
    return None if value is None else Decimal(value)
