"""The style sheets that pages load, joined from one file a component.

Joined by hand-kept order and checked in, so that a page asks for one file and nothing is
built where it runs. ``manage.py join_styles`` writes them; a test says when they are stale.
"""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"
LAYERS = "@layer tokens, base, components, pages;\n"
PUBLIC = ("tokens", "base", "mark", "act", "field", "statement", "public-frame", "print")
DESK = (*PUBLIC[:-1], "text", "table", "desk-frame", "sheet", "print")
# Charts and maps are on few pages, which load this sheet besides.
BUNDLES = {"public.css": PUBLIC, "desk.css": DESK, "charts.css": ("charts",)}


def joined(bundle: str) -> str:
    """The text of one bundle: its files in order, without comments and spare blanks.

    Raises:
        KeyError: there is no such bundle.
    """
    parts = [(STATIC / "css" / f"{part}.css").read_text() for part in BUNDLES[bundle]]
    return LAYERS + "\n".join(_shortened(part) for part in parts) + "\n"


def write_bundles() -> list[Path]:
    """Write every bundle anew and return where they are."""
    written = []
    for bundle in BUNDLES:
        path = STATIC / bundle
        path.write_text(joined(bundle))
        written.append(path)
    return written


def _shortened(text: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    one_line = re.sub(r"\s+", " ", without_comments)
    tight = re.sub(r"\s*([{};,>])\s*", r"\1", one_line)
    return re.sub(r": (?=[^{}]*[;}])", ":", tight).replace(";}", "}").strip()
