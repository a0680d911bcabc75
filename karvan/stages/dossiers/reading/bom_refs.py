"""References of parts: lists, ranges, names without a number, names that count nothing."""

from __future__ import annotations

import re
from typing import Any

from .bom_numbers import is_nothing

REF = re.compile(r"[A-Za-z][A-Za-z_]{0,7}\d+[A-Za-z]?")
_RANGE = re.compile(r"([A-Za-z_]{1,8})(\d+)\s*(?:-|–|—|\.\.+|…|:|to)\s*([A-Za-z_]{0,8})(\d+)")
UNANNOTATED = re.compile(r"[A-Za-z_]{1,8}\?+")
MARKS = re.compile(r"(?i)(G\*+|FID\d*|LOGO\d*|\*+)$")
MARK_WORDS = re.compile(
    r"(?i)\b(logo|fiducial|fid|mounting ?hole|mousebite|tooling ?hole|silkscreen)\b|_logo|logo_"
)
MOST_OF_A_RANGE = 500


def refs_of(cell: Any) -> tuple[str, ...]:
    """The references in a cell, in their order, repeated ones repeated."""
    text = str(cell or "").strip()
    if is_nothing(text):
        return ()
    parts = [part.strip() for part in re.split(r"[,;\n]+", text)]
    found: list[str] = []
    for part in parts:
        pieces = part.split()
        if len(pieces) > 1 and all(is_ref(piece) or _RANGE.fullmatch(piece) for piece in pieces):
            for piece in pieces:
                found += _expanded(piece)
        elif part:
            found += _expanded(part)
    return tuple(found)


def is_ref(text: str) -> bool:
    """True for a reference with its number, and for one that waits for it."""
    return bool(REF.fullmatch(text) or UNANNOTATED.fullmatch(text) or MARKS.fullmatch(text))


def count_of(refs: tuple[str, ...]) -> int:
    """How many parts the references are: those without a number are one each."""
    loose = [one for one in refs if UNANNOTATED.fullmatch(one)]
    return len(set(refs) - set(loose)) + len(loose)


def looks_like_refs(cell: Any) -> bool:
    """True where every part of a cell is a reference."""
    found = refs_of(cell)
    return bool(found) and all(is_ref(one) for one in found)


def is_mark(refs: tuple[str, ...], *words: str) -> bool:
    """True for logos, fiducials and holes: drawn on the board, never bought."""
    if refs and all(MARKS.fullmatch(one) for one in refs):
        return True
    return any(MARK_WORDS.search(word.replace("-", " ")) for word in words if word)


def _expanded(part: str) -> list[str]:
    found = _RANGE.fullmatch(part)
    if not found or (found[3] and found[3] != found[1]):
        return [part[:80]]
    first, last = int(found[2]), int(found[4])
    if not first <= last < first + MOST_OF_A_RANGE:
        return [part[:80]]
    return [f"{found[1]}{number}" for number in range(first, last + 1)]
