"""Minutes and ledgers as PDF, in two languages side by side, each in its own direction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.texts import language_name
from karvan.foundation.ui.sheets.render import STANDARDS
from karvan.foundation.ui.sheets.typesetting import typeset_anyhow

from .minutes_shown import Written

TEMPLATE = Path(__file__).parent / "two_languages.typ"

#: A paragraph of a cell: its words, and "strong", "quiet" or "plain".
Part = tuple[str, str]
Row = tuple[str, tuple[Sequence[Part], Sequence[Part]]]


def two_languages(
    pair: tuple[str, str],
    rows: Sequence[Row],
    *,
    title: str,
    language: str,
    made_at: datetime,
    under: Sequence[str] = (),
    closing: Sequence[str] = (),
) -> bytes:
    """The rows as tagged PDF on A4; each row is its number and a cell for each of two languages.

    Cost: about 0.3 s for a few pages.
    """
    values: dict[str, Any] = {
        "title": title,
        "language": language,
        "under": [line for line in under if line],
        "closing": list(closing),
        "heads": [{"code": code, "text": language_name(code)} for code in pair],
        "rows": [
            {
                "number": number,
                "cells": [
                    [{"text": text, "kind": kind} for text, kind in cell if text] for cell in cells
                ],
            }
            for number, cells in rows
        ],
    }
    return typeset_anyhow(TEMPLATE, values, made_at=made_at, standards=STANDARDS)


def part_of(text: Written, kind: str = "plain") -> Part:
    """The text as a part of a cell; where it is missing, that is said in its language."""
    if text.is_there:
        return text.text, kind
    with override(text.code):
        return _("Not written in this language yet"), "quiet"


def attached(content: bytes, name: str) -> HttpResponse:
    """The PDF as an attachment."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
