"""From a sheet to its PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from karvan.foundation.ui.sheets.blocks import (
    Block,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Points,
    Sheet,
    Signatures,
    Table,
)
from karvan.foundation.ui.sheets.typesetting import Standard, typeset_anyhow

TEMPLATE = Path(__file__).parent / "sheet.typ"
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-3a")


def render_sheet(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1 and PDF/A-3a, the same bytes for the same sheet.

    A character no font here has is printed as the replacement character.
    Cost: about 0.2 s for a few pages, 1 s for a table of a thousand rows.
    """
    values = {
        "title": sheet.title,
        "language": sheet.language,
        "over": sheet.over,
        "under": sheet.under,
        "reference": sheet.reference,
        "landscape": sheet.landscape,
        "blocks": [_block(block) for block in sheet.blocks],
    }
    return typeset_anyhow(TEMPLATE, values, made_at=sheet.made_at, standards=STANDARDS)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, quiet):
            return {"kind": "paragraph", "text": text, "quiet": quiet}
        case Points(items, numbered):
            return {"kind": "points", "items": list(items), "numbered": numbered}
        case Facts(pairs):
            return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}
        case Table():
            return _table(block)
        case Figure(svg, alternative, caption, share):
            return {
                "kind": "figure",
                "svg": svg,
                "alt": alternative,
                "caption": caption,
                "share": share,
            }
        case Signatures(lines):
            return {"kind": "signatures", "lines": [[line.name, line.office] for line in lines]}
        case NewPage():
            return {"kind": "newpage"}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "heads": [column.head for column in table.columns],
        "numeric": [column.numeric for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "caption": table.caption,
        "total": table.total,
    }
