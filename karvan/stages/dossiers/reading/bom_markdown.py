"""Bills of materials in Markdown: tables with links, bullet lists, the marks of GitBuilding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .bom_numbers import price_of, text_of
from .bom_shapes import Doubt, Row, Stated, Table
from .bom_tables import Grid, is_head, tables_in

_DEFINED = re.compile(r"^ {0,3}\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?\s*$", re.M)
_LINK = re.compile(
    r"(!?)\[([^\]\[]*(?:\[[^\]]*\][^\]\[]*)*)\](?:\(([^)\s]*)(?:\s+\"[^\"]*\")?\)|\[([^\]]*)\])?(\{[^}]*\})?"
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$|^\*\*([^*]{2,60})\*\*:?\s*$")
_BULLET = re.compile(r"^\s*[*+-]\s+(.*)$")
_COUNT = re.compile(
    r"^(\(?~?\s*\d[\d.,]*\s*(?:(?:-|–|—|to)\s*\d[\d.,]*)?\s*(?:x|×)?\)?)(?:\s+|(?<=[x×]))(?=\S)(.*)$",
    re.I | re.S,
)
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_PARTS = re.compile(
    r"(?i)\b(parts?|hardware|components?|electronics?|materials?|tools?|bom|supplies|consumables?|fixings?|fasteners?|required|you (will )?need|optical|mechanical|pièces|matériel|outils|composants|teile|werkzeuge?|material|stückliste|детали|инструмент\w*|материалы)\b"
)
_TOTAL = re.compile(r"(?i)^.*\b(total|sum|summe|итого)\b[^:|]*:\s*(.+)$")
_SETTING = re.compile(r"(\w+)\s*(?::|=)\s*(\"[^\"]*\"|'[^']*'|[^,}]+)")
FIELD_LINE = re.compile(r"^\s*(?:[*+-]\s+)?\*\*([^*:]{2,40}):?\*\*:?\s*(.+)$")


def tables_of_markdown(text: str) -> list[Table]:
    """The tables that list parts, each under its heading, then one of bullets, if there are any."""
    defined = {key.lower(): url for key, url in _DEFINED.findall(text)}
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tables: list[Table] = []
    bullets: list[Row] = []
    heading, at, fenced = "", 0, False
    while at < len(lines):
        line = lines[at]
        if _FENCE.match(line):
            fenced = not fenced
        found = None if fenced else _HEADING.match(line)
        if found:
            heading = _plain(found[2] or found[3] or "", defined)[0].strip(" :")
        elif not fenced and _is_table(lines, at):
            end = at
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            tables += _table(lines, at, end, heading, defined)
            at = end
            continue
        elif not fenced:
            total = _TOTAL.match(re.sub(r"\*\*|__", "", line))
            if total and tables and price_of(total[2]).amount is not None:
                tables[-1] = _with_total(tables[-1], line, total[2], at + 1)
            row = _bullet(line, at + 1, heading, defined)
            bullets += [row] if row else []
            if not row:
                bullets += _inline(line, at + 1, heading, defined)
        at += 1
    listed = _listed(bullets)
    return tables + listed


def _is_table(lines: list[str], at: int) -> bool:
    return (
        "|" in lines[at]
        and at + 1 < len(lines)
        and bool(re.fullmatch(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*", lines[at + 1]))
        and ("|" in lines[at + 1] or "-" in lines[at + 1])
    )


def _cells(line: str) -> list[str]:
    """The cells of a row; a pipe may be escaped, or stand in code."""
    inner = re.sub(
        r"`[^`]*`", lambda m: m[0].replace("|", "\x00"), line.strip().replace("\\|", "\x00")
    )
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") else inner
    return [cell.strip().replace("\x00", "|") for cell in inner.split("|")]


def _table(
    lines: list[str], at: int, end: int, heading: str, defined: dict[str, str]
) -> list[Table]:
    head = tuple(_plain(cell, defined)[0] for cell in _cells(lines[at]))
    rows: list[tuple[Any, ...]] = [head]
    numbers = [at + 1]
    more: list[dict[str, Any]] = [{}]
    for number in range(at + 2, end):
        plain, urls, notes = [], [], []
        for cell in _cells(lines[number]):
            text, links, said = _plain(cell, defined)
            plain.append(text)
            urls += [link for link in links if link.startswith(("http://", "https://"))]
            notes += said
        rows.append(tuple(plain))
        numbers.append(number + 1)
        more.append({"urls": urls, "notes": notes})
    if not is_head(head):
        return []
    grid = Grid(heading[:80], tuple(rows), tuple(numbers), tuple(more))
    found = tables_in(grid)
    return [
        Table(heading[:80], "", one.head, one.head_row, one.rows, one.stated, one.doubts, one.comma)
        for one in found
    ]


def _plain(text: str, defined: dict[str, str]) -> tuple[str, list[str], list[str]]:
    """The words of a piece of Markdown, its links, and what marks in braces say."""
    links: list[str] = []
    said: list[str] = []

    def shown(found: re.Match[str]) -> str:
        picture, words, url, key, braces = found.groups()
        target = url if url is not None else defined.get((key if key else words).lower(), "")
        if picture:
            return ""
        if url is None and key is None and not braces and not target:
            return found[0]
        if target:
            links.append(target)
        if braces:
            said.append(braces)
        return words

    plain = _LINK.sub(shown, text)
    plain = re.sub(r"<br\s*/?>", "\n", plain)
    plain = re.sub(r"<[^>]{1,80}>", "", plain)
    plain = re.sub(r"(\*\*|__|~~|`)", "", plain)
    plain = re.sub(r"(?<!\w)[*_](\S[^*_]*)[*_](?!\w)", r"\1", plain).replace("\\", "")
    return plain.strip(), links, said


def _bullet(line: str, number: int, heading: str, defined: dict[str, str]) -> Row | None:
    """One bullet that lists a part: with a count, a link to a part, or under a heading of parts."""
    found = _BULLET.match(line)
    if not found or FIELD_LINE.match(line):
        return None
    text = found[1].strip()
    counted = _COUNT.match(text)
    rest = counted[2] if counted else text
    link = _LINK.match(rest)
    about_parts = bool(_PARTS.search(heading))
    if (
        not (link and not link[1] and (counted or about_parts))
        and not (counted and about_parts)
        and not about_parts
    ):
        return None
    words, links, said = _plain(rest, defined)
    name, after = words, ""
    if link and not link[1] and (link[3] is not None or link[4] is not None or link[5]):
        name = _plain(link[0], defined)[0]
        after = _plain(rest[link.end() :], defined)[0].strip(" ,;:")
    else:
        split = re.match(r"(.{3,}?)\s*(\(.*\))\s*$", words)
        name, after = (split[1], split[2]) if split else (words, "")
    return _row(number, counted[1] if counted else "", name, after, links, said, heading)


def _inline(line: str, number: int, heading: str, defined: dict[str, str]) -> list[Row]:
    """Links in running text that carry a quantity: ``[bolt](x.md){qty: 3, cat: mech}``."""
    rows = []
    for found in _LINK.finditer(line):
        if found[5] and "qty" in found[5].lower() and not found[1]:
            name, links, said = _plain(found[0], defined)
            rows.append(_row(number, "", name, "", links, said, heading))
    return [row for row in rows if row]


def _row(
    number: int, count: str, name: str, after: str, links: list[str], said: list[str], heading: str
) -> Row | None:
    settings: dict[str, str] = {}
    for braces in said:
        settings |= {k.lower(): v.strip(" \"'") for k, v in _SETTING.findall(braces.strip("{}"))}
        if re.search(r"(?i)\boutput\b", braces):
            return None  # what a page makes, not what it uses
    quantity = settings.get("qty") or settings.get("quantity") or count.strip()
    if not name:
        return None
    note = after.strip()
    if settings.get("note"):
        note = f"{note} {settings['note']}".strip()
    url = next((link for link in links if link.startswith(("http://", "https://"))), "")
    path = next((link for link in links if not link.startswith(("http://", "https://"))), "")
    cells = (quantity, name, settings.get("cat", ""), note, url, path)
    return Row(number, cells, heading[:80])


def _listed(rows: Iterable[Row]) -> list[Table]:
    """The bullets as one table; a GitBuilding part used on several lines is summed by no one here."""
    kept = list(rows)
    if not kept:
        return []
    head: tuple[str, ...] = ("Quantity", "Description", "Type", "Note", "Link", "")
    if not any(text_of(row.cells[5]) for row in kept):
        head, kept = head[:5], [Row(r.number, r.cells[:5], r.section) for r in kept]
    return [
        Table(
            "",
            "",
            head,
            0,
            tuple(kept),
            doubts=(Doubt("read_from_bullets", "", {"count": len(kept)}),),
        )
    ]


def _with_total(table: Table, line: str, figure: str, number: int) -> Table:
    price = price_of(figure)
    if price.amount is None:
        return table
    label = re.sub(r"[*_]", "", line.split(":")[0]).strip()[:120]
    stated = (*table.stated, Stated(label, price.amount, str(number), price.currency))
    return Table(
        table.title,
        table.sheet,
        table.head,
        table.head_row,
        table.rows,
        stated,
        table.doubts,
        table.comma,
    )
