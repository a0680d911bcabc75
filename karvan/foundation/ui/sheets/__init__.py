"""Letters, reports and packs on A4, in four languages and both directions, as tagged PDF."""

from karvan.foundation.ui.sheets.blocks import (
    Block,
    Column,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Points,
    Sheet,
    Signature,
    Signatures,
    Table,
)
from karvan.foundation.ui.sheets.render import render_sheet
from karvan.foundation.ui.sheets.typesetting import Attachment, MissingGlyphs, typeset

__all__ = [
    "Attachment",
    "Block",
    "Column",
    "Facts",
    "Figure",
    "Heading",
    "MissingGlyphs",
    "NewPage",
    "Paragraph",
    "Points",
    "Sheet",
    "Signature",
    "Signatures",
    "Table",
    "render_sheet",
    "typeset",
]
