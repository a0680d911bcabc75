"""Bills of materials as documents: JSON, YAML and TOML in whatever shape, manifests, harnesses."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import yaml
from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Unreadable

from .bom_harness import harness_table, is_harness
from .bom_headings import field_named
from .bom_numbers import currency_of, number_of, price_of, text_of
from .bom_shapes import Doubt, Offer, Row, Table
from .bom_units import unit_named

SOURCES = {
    "sources",
    "suppliers",
    "offers",
    "vendors",
    "distributors",
    "source",
    "supplier",
    "where_to_buy",
}
LISTS = (
    "bom",
    "bill_of_materials",
    "bill-of-materials",
    "parts",
    "part",
    "components",
    "items",
    "materials",
    "tools",
    "tool-list",
    "lines",
)
MOST_ANCHORS = 200
MOST_DEEP = 60
MOST_NODES = 400_000


class _Loader(yaml.SafeLoader):
    """The safe loader, with numbers and dates as they were written: "0603" is no number."""


_Loader.yaml_implicit_resolvers = {
    key: [
        (tag, regexp)
        for tag, regexp in pairs
        if tag in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    ]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def json_tree(text: str) -> Any:
    """The document.

    Raises:
        Unreadable: says the line and column.
    """
    try:
        return json.loads(text.lstrip("\ufeff"), parse_float=Decimal)
    except json.JSONDecodeError as broken:
        raise Unreadable(
            _("It can be read up to line %(line)d, column %(column)d: %(why)s.")
            % {"line": broken.lineno, "column": broken.colno, "why": broken.msg}
        ) from broken
    except (RecursionError, ValueError) as broken:
        raise Unreadable(_("It is nested too deeply.")) from broken


def yaml_tree(text: str) -> Any:
    """The document; of several the first. Raises as ``json_tree``."""
    if len(re.findall(r"(?m)(?:^|[\s\[{,:-])&\w[\w-]*(?=\s|$)", text)) > MOST_ANCHORS:
        raise Unreadable(_("This YAML refers to itself too often to be read safely."))
    try:
        loader = _Loader(text)
        try:
            return loader.get_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        line = mark.line + 1 if mark else 0
        raise Unreadable(
            _("It can be read up to line %(line)d: %(why)s.")
            % {"line": line, "why": broken.problem}
        ) from broken
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as broken:
        raise Unreadable(
            _("This YAML cannot be read: %(why)s") % {"why": str(broken)[:200]}
        ) from broken


def toml_tree(text: str) -> Any:
    """The document. Raises as ``json_tree``."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as broken:
        raise Unreadable(_("It cannot be read: %(why)s.") % {"why": broken}) from broken


def tables_of_tree(tree: Any) -> tuple[list[Table], str, dict[str, Any]]:
    """The tables of a document, what it is, and counts it has of itself."""
    if isinstance(tree, Mapping) and is_harness(tree):
        table, facts = harness_table(tree)
        return [table], "wireviz", facts
    form = "parts"
    doubts: list[Doubt] = []
    if isinstance(tree, Mapping):
        if "okhv" in tree or "okhv" in {str(k).lower() for k in tree}:
            form = "okh_losh"
        elif {"title", "license"} <= set(tree) and ("licensor" in tree or "project-link" in tree):
            form = "okh"
        doubts = [
            Doubt("bom_elsewhere", "", {"path": str(tree[key])[:200]})
            for key in ("bom", "bom-file", "bill-of-materials")
            if isinstance(tree.get(key), str)
        ]
    found = list(_lists(tree, "", 0, [0]))
    if form != "parts":  # here a source is the file that a part is made from
        found = [(name, [_of_manifest(row) for row in rows]) for name, rows in found]
    tables = [one for name, rows in found if (one := _table(name, rows, doubts)) is not None]
    if not tables and doubts:
        tables = [Table("", "", ("Description",), 0, (), doubts=tuple(doubts))]
    return tables, form, {"lists": len(found)}


def _of_manifest(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        (f"{key} file" if key in ("source", "export", "image") else key): v
        for key, v in row.items()
    }


def _lists(
    node: Any, name: str, depth: int, seen: list[int]
) -> Iterable[tuple[str, list[Mapping[str, Any]]]]:
    """Every list of parts in a document, whatever it is called, with the name it stands under."""
    seen[0] += 1
    if depth > MOST_DEEP or seen[0] > MOST_NODES:
        return
    if isinstance(node, list):
        rows = [_as_row(one) for one in node]
        if name.lower() in LISTS or _are_parts([r for r in rows if r is not None]):
            kept = [row for row in rows if row is not None]
            if kept:
                yield name, kept
            return
        for one in node:
            yield from _lists(one, name, depth + 1, seen)
    elif isinstance(node, Mapping):
        keyed = _keyed(node)
        if keyed and _are_parts(keyed):
            yield name, keyed
            return
        if (name.lower() in LISTS or not depth) and node and all(map(_is_figure, node.values())):
            yield name, [{"name": str(key), "quantity": one} for key, one in node.items()]
            return
        for key, one in node.items():
            yield from _lists(one, str(key), depth + 1, seen)


def _keyed(node: Mapping[Any, Any]) -> list[Mapping[str, Any]]:
    """A mapping of names to parts as a list of parts, each with its name."""
    if not node or not all(isinstance(one, Mapping) for one in node.values()):
        return []
    rows: list[Mapping[str, Any]] = []
    for key, one in node.items():
        named = any(field_named(str(k)) == "description" for k in one)
        rows.append({("id" if named else "name"): str(key), **{str(k): v for k, v in one.items()}})
    return rows


def _as_row(one: Any) -> Mapping[str, Any] | None:
    if isinstance(one, Mapping):
        return {str(key): value for key, value in one.items()}
    return {"name": str(one)} if isinstance(one, str) and one.strip() else None


def _are_parts(rows: list[Mapping[str, Any]]) -> bool:
    """True where most rows have two or more known fields, one of them telling what it is."""

    def telling(row: Mapping[str, Any]) -> bool:
        names = {field_named(key) for key in row} - {"", "ignore"}
        return len(names) >= 2 and bool(
            names & {"quantity", "mpn", "refs", "price", "supplier", "manufacturer", "sku"}
        )

    return bool(rows) and sum(map(telling, rows)) * 2 > len(rows)


def _is_figure(value: Any) -> bool:
    return number_of(value) is not None or (
        isinstance(value, str) and value[:1].isdecimal() and len(value) < 24
    )


def _table(name: str, rows: list[Mapping[str, Any]], doubts: list[Doubt]) -> Table | None:
    keys: dict[str, None] = {}
    for row in rows:
        keys.update(
            dict.fromkeys(
                k for k, v in row.items() if not isinstance(v, Mapping | list) or _is_plain_list(v)
            )
        )
    if not keys:
        return None
    head = tuple(keys)
    made = []
    for number, row in enumerate(rows, start=1):
        offers = _offers(row)
        found = _price_doubts(row, offers)
        cells = tuple(_cell(row.get(key, "")) for key in head)
        made.append(
            Row(number, cells, more={"offers": offers, "doubts": found} if offers or found else {})
        )
    title = name if name.lower() not in LISTS else ""
    return Table(title[:80], "", head, 0, tuple(made), doubts=tuple(doubts))


def _is_plain_list(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, str | int | float | Decimal) for one in value
    )


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(text_of(one) for one in value)
    if isinstance(value, Mapping):
        return ""
    return "" if value is None else value


def _offers(row: Mapping[str, Any]) -> tuple[Offer, ...]:
    """The offers nested in a part: a list of mappings, or a mapping of suppliers."""
    unit = next((str(row[k]) for k in ("price_unit", "price-unit") if row.get(k)), "")
    found: list[Offer] = []
    for key, value in row.items():
        if key.lower() not in SOURCES:
            continue
        listed = value if isinstance(value, list) else []
        if isinstance(value, Mapping):
            listed = [
                {"supplier": str(n), **(one if isinstance(one, Mapping) else {"sku": one})}
                for n, one in value.items()
            ]
        found += [_offer(one, unit) for one in listed if isinstance(one, Mapping)]
    return tuple(found)


def _offer(one: Mapping[str, Any], unit: str) -> Offer:
    cells: dict[str, Any] = {}
    for key, value in one.items():
        name = {"price_units": "pack_size", "mpn": "sku", "pn": "sku", "name": "supplier"}.get(
            str(key).lower()
        ) or field_named(str(key))
        name = "sku" if name == "mpn" else name
        if not isinstance(value, Mapping | list):
            cells.setdefault(name or str(key), value)
    price = price_of(
        cells.get("price", ""), currency=currency_of(text_of(cells.get("currency", "")))
    )
    size = number_of(cells.get("pack_size", ""))
    quantity = size if size and size > 0 else price.quantity
    named = price.unit or _unit(unit)
    return Offer(
        text_of(cells.get("supplier", ""))[:150], text_of(cells.get("sku", ""))[:120],
        text_of(cells.get("url", ""))[:500], price.amount, price.currency, quantity, named,
    )  # fmt: skip


def _unit(text: str) -> str:
    return (unit_named(text) or "") if text else ""


def _price_doubts(row: Mapping[str, Any], offers: tuple[Offer, ...]) -> list[dict[str, Any]]:
    """A price of the part that is not the mean of its own sources, to the figures it gives."""
    stated = next(
        (number_of(v) for k, v in row.items() if field_named(k) == "price" and v not in (None, "")),
        None,
    )
    prices = [o.price / o.price_quantity for o in offers if o.price is not None]
    if stated is None or not prices:
        return []
    mean = sum(prices, Decimal(0)) / len(prices)
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent if isinstance(exponent, int) else -2, -2))
    if abs(mean - stated) <= step / 2 + Decimal("1e-9"):
        return []
    args = {
        "stated": str(stated),
        "sources": str(mean.quantize(Decimal("0.01"))),
        "count": len(prices),
    }
    return [{"code": "price_disagrees_with_sources", "args": args}]
