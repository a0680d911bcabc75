"""Find the tables in a sheet: heads anywhere, several one under the other, titles and totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from .bom_headings import field_named, guessed_mapping, keys_of
from .bom_numbers import (
    currency_of,
    is_nothing,
    number_of,
    price_of,
    quantity_of,
    text_of,
    writes_commas,
)
from .bom_refs import looks_like_refs
from .bom_shapes import Doubt, Row, Stated, Table

MOST_ROWS = 20_000
_TOTAL = re.compile(
    r"(?i)\b(sub-?total|grand total|total|sum|summe|gesamt\w*|somme|montant total|итого|всего|сумма|cəmi|toplam)\b"
)
# A head names at least one of these: what else a table may list, it is no bill of materials.
_TELLING = {"refs", "quantity", "mpn", "description", "value", "sku", "package"}


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet; ``numbers`` are those of its rows in the file, from 1."""

    sheet: str
    rows: tuple[tuple[Any, ...], ...]
    numbers: tuple[int, ...] = ()
    more: tuple[dict[str, Any], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    semicolons: bool = False  # the dialect of those who write a decimal comma


@dataclass
class _Open:
    """A table while it is read."""

    title: str = ""
    head: tuple[str, ...] = ()
    head_row: int = 0
    width: int = 0
    rows: list[Row] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    section: str = ""
    has_own_title: bool = False  # a row of nothing else


def tables_in(grid: Grid) -> list[Table]:
    """The tables of a sheet in their order. Where no row of headings is found but there are
    rows of several cells, they are one table without a head, which is a doubt."""
    heads = _heads(grid)
    if not heads:
        return _headless(grid)
    made: list[_Open] = []
    starts = [
        _start_of(grid, at, heads[number - 1] if number else -1) for number, at in enumerate(heads)
    ]
    for number, at in enumerate(heads):
        end = starts[number + 1] if number + 1 < len(heads) else len(grid.rows)
        one = _Open(head=tuple(text_of(c) for c in grid.rows[at]), head_row=_number(grid, at))
        for above in range(starts[number], at):
            _read_above(one, grid, above)
        _read_rows(one, grid, at + 1, end)
        if made and made[-1].head == one.head and not one.title and not one.stated:
            made[-1].rows += one.rows  # the head is printed again on each page
            made[-1].stated += one.stated
        else:
            made.append(one)
    return [_closed(one, grid) for one in made if one.rows]


def _heads(grid: Grid) -> list[int]:
    """Where the rows of headings are."""
    return [at for at, cells in enumerate(grid.rows) if is_head(cells)]


def is_head(cells: Sequence[Any]) -> bool:
    """True for a row of words of which two or more name different fields, one of them telling."""
    filled = [cell for cell in cells if str(cell if cell is not None else "").strip()]
    if len(filled) < 2 or any(not isinstance(cell, str) for cell in filled):
        return False
    if any(len(cell) > 80 for cell in filled):
        return False
    if sum(number_of(cell) is not None for cell in filled) * 3 > len(filled):
        return False
    named = {name for name in map(field_named, filled) if name and name != "ignore"}
    if len(named) < 2 or not named & _TELLING:
        return False
    known = sum(bool(field_named(cell)) for cell in filled)
    return known * 5 >= len(filled) * 2


def _start_of(grid: Grid, head: int, before: int) -> int:
    """The first of the title and total rows that stand right above a head."""
    at = head
    blanks = 0
    while at - 1 > before and (head - at) < 8:
        cells = grid.rows[at - 1]
        if _is_blank(cells):
            blanks += 1
            if blanks > 2 or before >= 0:
                break
        elif not (_is_title(cells) or _totals(cells) or (before < 0 and _is_remark(cells))):
            break
        at -= 1
    return at


def _read_above(one: _Open, grid: Grid, at: int) -> None:
    cells = grid.rows[at]
    found = _totals(cells)
    if found:
        one.stated += [_stated(*one, grid, at) for one in found]
    elif not _is_blank(cells):
        words = [text_of(c) for c in cells if text_of(c)]
        if not one.title or (_is_title(cells) and not one.has_own_title):
            one.title, one.has_own_title = words[0][:80], _is_title(cells)


def _read_rows(one: _Open, grid: Grid, start: int, end: int) -> None:
    plan = _plan(one, grid, start, end)
    for at in range(start, end):
        cells = grid.rows[at]
        number = _number(grid, at)
        if _is_blank(cells) or all(set(text_of(c)) <= set("-=_:| ") for c in cells):
            continue
        found = _totals(cells) if not _has_part(cells, plan) else []
        if found:
            one.stated += [_stated(*one, grid, at) for one in found]
        elif _is_figures_only(cells):
            one.doubts.append(
                Doubt("figures_without_name", str(number), {"figures": _figures(cells)})
            )
            one.stated += [
                Stated("", value, str(number)) for value in map(number_of, cells) if value
            ]
        elif _is_section(cells, plan):
            one.section = next(text_of(c) for c in cells if text_of(c))[:80]
            one.doubts.append(Doubt("section_row", str(number), {"text": one.section}))
        else:
            more = grid.more[at] if grid.more else {}
            one.rows.append(Row(number, tuple(cells), more.get("section") or one.section, more))


def _plan(one: _Open, grid: Grid, start: int, end: int) -> dict[str, int]:
    """Where the telling columns are."""
    rows = [Row(0, tuple(cells)) for cells in grid.rows[start:end] if not _is_blank(cells)]
    mapping = guessed_mapping(Table("", "", one.head, 0, tuple(rows[:200])))
    return {name: at for at, name in enumerate(mapping.values()) if name}


def _has_part(cells: Sequence[Any], plan: dict[str, int]) -> bool:
    """True where a row counts something or has a part number: a part may be called "Sum"."""
    for name in ("quantity", "refs", "mpn"):
        at = plan.get(name, -1)
        if 0 <= at < len(cells) and not is_nothing(cells[at]):
            text = text_of(cells[at])
            if not _TOTAL.search(text) and (
                name != "quantity" or len([c for c in cells if text_of(c)]) > 3
            ):
                return True
    return False


def _is_section(cells: Sequence[Any], plan: dict[str, int]) -> bool:
    """A lone text in a table that counts its parts is a heading between them."""
    filled = [(at, cell) for at, cell in enumerate(cells) if text_of(cell)]
    if len(filled) != 1 or not isinstance(filled[0][1], str) or len(plan) < 2:
        return False
    at, text = filled[0]
    if "quantity" not in plan or at == plan.get("mpn") or quantity_of(text).least is not None:
        return False
    return at != plan.get("refs") or not looks_like_refs(text)


def _totals(cells: Sequence[Any]) -> list[tuple[str, Decimal, str]]:
    """Words that say total, the figure after them, its currency; empty for any other row."""
    found: list[tuple[str, Decimal, str]] = []
    label = ""
    words = 0
    for cell in cells:
        text = text_of(cell)
        if not text:
            continue
        price = price_of(cell)
        if isinstance(cell, str) and _TOTAL.search(text):
            inside = re.search(r"[:=]\s*(\S.*)$", text)
            value = price_of(inside[1]).amount if inside else None
            if value is not None:
                found.append((text, value, currency_of(text)))
            label, words = text, words + 1
        elif label and price.amount is not None:
            found.append((label, price.amount, price.currency or currency_of(label)))
            label = ""
        elif isinstance(cell, str) and price.amount is None:
            words += 1
    return found if words <= 2 + len(found) else []


def _stated(label: str, value: Decimal, currency: str, grid: Grid, at: int) -> Stated:
    return Stated(label[:120], value, str(_number(grid, at)), currency)


def _is_title(cells: Sequence[Any]) -> bool:
    filled = [cell for cell in cells if text_of(cell)]
    return len(filled) == 1 and isinstance(filled[0], str) and number_of(filled[0]) is None


def _is_remark(cells: Sequence[Any]) -> bool:
    """A line of a few words above a head: a title with a date, a name and its value."""
    filled = [cell for cell in cells if text_of(cell)]
    return 0 < len(filled) <= 3 and not any(looks_like_refs(cell) for cell in filled[:1])


def _is_blank(cells: Sequence[Any]) -> bool:
    return not any(text_of(cell) for cell in cells)


def _is_figures_only(cells: Sequence[Any]) -> bool:
    filled = [cell for cell in cells if text_of(cell)]
    return (
        bool(filled)
        and len(filled) <= 3
        and all(isinstance(cell, int | float) or number_of(cell) is not None for cell in filled)
    )


def _figures(cells: Sequence[Any]) -> str:
    return ", ".join(text_of(cell) for cell in cells if text_of(cell))


def _number(grid: Grid, at: int) -> int:
    return grid.numbers[at] if grid.numbers else at + 1


def _headless(grid: Grid) -> list[Table]:
    rows = [
        Row(_number(grid, at), tuple(cells), more=grid.more[at] if grid.more else {})
        for at, cells in enumerate(grid.rows)
        if sum(bool(text_of(c)) for c in cells) > 1
    ]
    if not rows:
        return []
    head = _likely_head(rows)
    number = head.number if head else 0
    if head:
        rows = rows[rows.index(head) + 1 :]
    width = max((len(row.cells) for row in [*rows, *([head] if head else [])]), default=0)
    names = tuple(text_of(c) for c in head.cells) if head else ()
    doubt = Doubt("head_unknown" if head else "no_head", str(number or rows[0].number))
    one = Table(
        "",
        grid.sheet,
        names + ("",) * (width - len(names)),
        number,
        tuple(rows),
        doubts=(doubt, *grid.doubts),
    )
    return [replace(one, comma=_comma(one, grid))] if rows else []


def _likely_head(rows: Sequence[Row]) -> Row | None:
    """The first row, where it is words throughout and a row under it has figures."""
    first = rows[0]
    filled = [c for c in first.cells if text_of(c)]
    if len(rows) < 2 or any(number_of(c) is not None or looks_like_refs(c) for c in filled):
        return None
    for at, cell in enumerate(first.cells):
        under = [
            row.cells[at] for row in rows[1:] if at < len(row.cells) and text_of(row.cells[at])
        ]
        if text_of(cell) and under and all(number_of(one) is not None for one in under):
            return first
    return None


def _closed(one: _Open, grid: Grid) -> Table:
    width = max([len(one.head), *(len(row.cells) for row in one.rows)])
    used = max(
        (at + 1 for at in range(width) if (at < len(one.head) and one.head[at]) or any(
            at < len(row.cells) and text_of(row.cells[at]) for row in one.rows)), default=0
    )  # fmt: skip
    head = (*one.head, *[""] * (width - len(one.head)))[:used]
    rows = tuple(replace(row, cells=row.cells[:used]) for row in one.rows)
    made = Table(
        one.title, grid.sheet, head, one.head_row, rows, tuple(one.stated),
        (*_within(grid.doubts, one.head_row, rows), *one.doubts, *_unnamed(head, rows)),
    )  # fmt: skip
    return replace(made, comma=_comma(made, grid))


def _within(doubts: Sequence[Doubt], head: int, rows: Sequence[Row]) -> list[Doubt]:
    """The doubts of a sheet that are about this table's rows, or about the sheet as a whole."""
    last = rows[-1].number if rows else head
    return [d for d in doubts if "row" not in d.args or head <= d.args["row"] <= last]


def _unnamed(head: Sequence[str], rows: Sequence[Row]) -> list[Doubt]:
    """Columns without a heading that hold something all the same."""
    found = []
    for at, key in enumerate(keys_of(head)):
        filled = [r for r in rows if at < len(r.cells) and not is_nothing(r.cells[at])]
        if not head[at] and filled:
            args = {"column": key, "count": len(filled)}
            found.append(Doubt("unnamed_column", str(filled[0].number), args))
    return found


def _comma(table: Table, grid: Grid) -> bool:
    shown = writes_commas(cell for row in table.rows for cell in row.cells)
    return grid.semicolons if shown is None else shown
