"""Text broken into lines that fit a width, as wide as it is on the broadest of usual fonts."""

from __future__ import annotations

import unicodedata

NARROW = frozenset("iljtfrI.,;:'!|()[]- ")


def width_of(text: str, size: float) -> float:
    """About how wide the text is drawn, never less than it is on the usual fonts."""
    return sum(_share(letter) for letter in text) * size


def wrapped(text: str, *, width: float, size: float) -> list[str]:
    """The text in lines no wider than ``width``; a word that is wider is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        tried = f"{line} {word}" if line else word
        if width_of(tried, size) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, size) > width:
            cut = _fits(line, width, size)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def shortened(text: str, *, width: float, size: float) -> str:
    """The text, or its beginning with an ellipsis where it is too wide."""
    if width_of(text, size) <= width:
        return text
    return text[: _fits(text, width - size, size)].rstrip() + "…"


def _fits(text: str, width: float, size: float) -> int:
    """How many letters fit, one at least; marks stay with the letter they stand on."""
    cut = 1
    while cut < len(text) and width_of(text[: cut + 1], size) <= width:
        cut += 1
    while cut < len(text) and unicodedata.combining(text[cut]):
        cut += 1
    return cut


def _share(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in NARROW:
        return 0.42
    return 0.98 if letter in "mwMW@%" else 0.8 if letter.isupper() else 0.66
