"""The very lines of the author's text in which a part stands."""

from __future__ import annotations

import textwrap

from .document.paths import UnknownPath, raw_path
from .examined import Examined

MOST_LINES = 400


def text_of_part(read: Examined, path: str) -> str:
    """The lines from a part's first to the one before the next part; all of them for "".

    A part that shares its line with others gives that line.
    """
    lines = read.source.decode("utf-8", "replace").splitlines()
    if not path:
        return "\n".join(lines[:MOST_LINES])
    try:
        raw = raw_path(read.data, path)
    except UnknownPath:
        return ""
    first = read.positions[raw][0]
    column = read.positions[raw][1]
    after = [
        line
        for other, (line, _column) in read.positions.items()
        if line > first and other[: len(raw)] != raw
    ]
    last = min(after, default=len(lines) + 1)
    found = lines[first - 1 : last - 1]
    while len(found) > 1 and (not found[-1].strip() or _is_comment_outside(found[-1], column)):
        found.pop()
    return textwrap.dedent("\n".join(found[:MOST_LINES]))


def _is_comment_outside(line: str, column: int) -> bool:
    """A comment that belongs to what comes next stands no further in than the part."""
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < column
