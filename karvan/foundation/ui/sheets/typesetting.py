"""Running typst: a template file, values as JSON, our own fonts, a fixed date, no network.

Values never become part of the template's source, so a name with `#` in it is only a name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

FONTS = Path(__file__).parents[1] / "fonts"
# How typst names, in its report, a text no font could show. Checked by a test, since it is prose.
NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
Standard = Literal["ua-1", "a-3a"]
UNSHOWN_MARK = "\ufffd"


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF, as PDF/A-3 allows; `relationship` is the standard's word."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "source"


class MissingGlyphs(ValueError):
    """Characters none of the fonts has; `characters` lists them."""

    def __init__(self, characters: Sequence[str]) -> None:
        super().__init__(f"no font here can show {', '.join(map(repr, characters))}")
        self.characters = tuple(characters)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def typeset(
    template: Path,
    values: Mapping[str, Any],
    *,
    made_at: datetime,
    standards: Sequence[Standard],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The PDF of a template with these values, the same bytes for the same input.

    Args: `standards` are typst's names; the output keeps to all of them.
    The template reads `sys.inputs.values` and `sys.inputs.attachments` as JSON.
    Raises: MissingGlyphs; ValueError for `made_at` without a time zone; typst.TypstError when the
    template itself is wrong. Cost: about 0.1 s a page of text.
    """
    if made_at.tzinfo is None:
        raise ValueError(f"made_at {made_at!r} has no time zone")
    inputs = {
        "values": json.dumps(values, ensure_ascii=False),
        "attachments": json.dumps([_attached(one) for one in attachments], ensure_ascii=False),
    }
    compiler = typst.Compiler(
        str(template), root=str(template.parent), font_paths=_fonts(), sys_inputs=inputs
    )
    try:
        made = compiler.compile(
            format="pdf", pdf_standards=list(standards), timestamp=int(made_at.timestamp())
        )
    except typst.TypstError as error:
        if missing := NOT_SHOWN.findall(error.diagnostic):
            raise MissingGlyphs(list(dict.fromkeys(missing))) from error
        raise
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} instead of a PDF")
    return made


def _attached(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "content": list(attachment.content),
        "media_type": attachment.media_type,
        "description": attachment.description,
        "relationship": attachment.relationship,
    }


def typeset_anyhow(
    template: Path, values: Mapping[str, Any], *, made_at: datetime, standards: Sequence[Standard]
) -> bytes:
    """As `typeset`, but what no font can show is printed as the replacement character.

    For reports, which must not fail because somebody wrote a pictogram in a comment; never for
    certificates, where a wrong name is worse than none.
    """
    try:
        return typeset(template, values, made_at=made_at, standards=standards)
    except MissingGlyphs as missing:
        shown = _replaced(dict(values), "".join(missing.characters))
        return typeset(template, shown, made_at=made_at, standards=standards)


def _replaced(node: Any, characters: str) -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, characters) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, characters) for value in node]
    if isinstance(node, str):
        table = str.maketrans(dict.fromkeys(characters, UNSHOWN_MARK))
        return node.translate(table)
    return node
