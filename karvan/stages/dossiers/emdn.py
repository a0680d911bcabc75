"""The European Medical Device Nomenclature: codes, terms, and finding one by a word.

A code is a letter and up to six pairs of digits; its parent is the code without the last pair.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from karvan.foundation.texts import fold

RULE = re.compile(r"^[A-Z](\d{2}){0,6}$")
TABLE = Path(__file__).parent / "data" / "emdn.csv"
MOST = 40


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its term; ``parents`` from the category down, without itself."""

    code: str
    term: str
    parents: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1)
def terms() -> dict[str, str]:
    """Every code with its term, in the order of the codes."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(line for line in table if not line.startswith("#"))
        return {row["code"]: row["term"] for row in rows}


@lru_cache(maxsize=1)
def _folded() -> list[tuple[str, str, frozenset[str]]]:
    """Code, term as it is searched, and its words."""
    found = []
    for code, term in terms().items():
        words = re.findall(r"\w+", fold(term))
        found.append((code, " ".join(words), frozenset(words)))
    return found


def is_code(text: str) -> bool:
    """True for what is written as a code, whether it is in the list or not."""
    return RULE.match(text) is not None


def parent_of(code: str) -> str:
    """The code above; "" above a category."""
    return code[:-2] if len(code) > 1 else ""


def term_of(code: str) -> str:
    """The term of a code; "" where it is not in the list."""
    return terms().get(code, "")


def nearest_known(code: str) -> str:
    """The longest beginning of a code that is in the list; "" where even its letter is not."""
    while code and code not in terms():
        code = parent_of(code)
    return code


def parents_of(code: str) -> tuple[tuple[str, str], ...]:
    """The codes above with their terms, from the category down."""
    above = []
    parent = parent_of(code)
    while parent:
        above.append((parent, term_of(parent)))
        parent = parent_of(parent)
    return tuple(reversed(above))


def found(code: str) -> Term | None:
    """One code with its parents, or None where it is not in the list."""
    return Term(code, term_of(code), parents_of(code)) if code in terms() else None


def search(asked: str, most: int = MOST) -> list[Term]:
    """The codes whose term has all words asked for (or begins a word with them), best first.

    A code may be asked for as well: then it and what is below it. Whole words go before
    beginnings of words, short terms before long ones. Cost: one pass over the list, about 15 ms.
    """
    wanted = re.findall(r"\w+", fold(asked))
    if not wanted:
        return []
    if is_code(asked.strip().upper()):
        below = [code for code in terms() if code.startswith(asked.strip().upper())]
        return [Term(code, term_of(code), parents_of(code)) for code in below[:most]]
    hits = []
    for code, line, words in _folded():
        whole = sum(word in words for word in wanted)
        if whole < len(wanted) and not all(_begins(word, words) for word in wanted):
            continue
        hits.append((-whole, len(line), code))
    return [
        Term(code, term_of(code), parents_of(code)) for _whole, _length, code in sorted(hits)[:most]
    ]


def _begins(word: str, words: frozenset[str]) -> bool:
    """True where one of the words begins with it, or a plural's singular is meant."""
    stem = word[:-1] if len(word) > 3 and word.endswith("s") else word
    return any(one.startswith(stem) for one in words)
