"""Symbols of documents and numbers of resolutions, written and read by a pattern.

A pattern is text with parts in braces, "{organ} {session}/{year}[/{kind}][/{item}]{rev}{status}".
What stands in square brackets is written only where all of its parts are given; " | " sets another
way of writing beside the first. The four tails (rev, add, corr, status) may always be missing and
bring their own sign with them: " Rev.1", " Add.2", " Provisional Amended". A revision without a
number ("39 C/1 Prov. Rev.") has the value "0".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .models import Organ, StatutorySession

TAILS = ("rev", "add", "corr", "status")
UNNUMBERED = "0"
_SIGNS = {"rev": "Rev", "add": "Add", "corr": "Corr"}
_NUMBER = r"\d+[A-Za-z]?(?:\.\d+)*|\.\."
_READ = {
    "organ": r"[A-Z]+(?:/[A-Z]+\.\d+)*",  # "GC", "A", and its committee "A/C.3"
    "session": r"(?:[A-Z]{1,3}-)?\d+",  # "38", and the emergency session "ES-10"
    "year": r"\d{4}",
    "year2": r"\d{2}",
    "item": _NUMBER,
    "number": _NUMBER,
    "kind": r"[A-Z]+(?:\.[A-Z]+)*\.?",  # "NOM", "RES", "L", "F.R."
    "rev": r"\d*",
    "add": r"\d*",
    "corr": r"\d*",
    "status": r"[^\W\d_][^/]*?",
}
PARTS = tuple(name for name in _READ if name != "year2")
_TOKEN = re.compile(r"\{(\w+)\}|([\[\]])|([^\[\]{}]+)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part by its name, or text as it stands; ``group`` is 0 outside of brackets."""

    part: str
    text: str
    group: int


def problem_of(pattern: str) -> str:
    """What is wrong with a pattern, quoted, or "" where it can be used.

    Not in words: "{itm}" for a part nobody knows, "[" for a bracket that is left open, "" alone
    never: a pattern without a part gives "{}".
    """
    for one in _ways(pattern):
        depth = 0
        parts: list[str] = []
        if _TOKEN.sub("", one):
            return _TOKEN.sub("", one)
        for token in _TOKEN.finditer(one):
            name, bracket, _text = token.groups()
            if name and (name not in _READ or _plain(name) in map(_plain, parts)):
                return f"{{{name}}}"
            parts += [name] if name else []
            depth += {"[": 1, "]": -1}.get(bracket or "", 0)
            if depth not in (0, 1):
                return str(bracket)
        if depth:
            return "["
        if not parts:
            return "{}"
    return ""


def text_of(pattern: str, parts: Mapping[str, str | int | None]) -> str:
    """The symbol that a pattern makes of its parts, by the first way that says them all.

    Raises:
        ValueError: the pattern is not one, or no way of writing has what it asks for.
    """
    if problem_of(pattern):
        raise ValueError(f"{problem_of(pattern)!r} in the pattern {pattern!r}")
    given = {name: str(value) for name, value in parts.items() if value not in (None, "")}
    for must_say_all in (True, False):
        for way in _ways(pattern):
            pieces = list(_pieces(way))
            says = {_plain(one.part) for one in pieces if one.part}
            asks = {_plain(p.part) for p in pieces if p.part and not p.group} - set(TAILS)
            told = set(given) - {"organ", "session", "year"}
            if asks <= set(given) and (told <= says or not must_say_all):
                return _written(pieces, given)
    raise ValueError(f"{pattern!r} asks for more than {sorted(given)}")


def parts_of(pattern: str, text: str) -> dict[str, str] | None:
    """The parts of a symbol as the pattern reads it, or None where it does not fit.

    A year of two figures stays as it is written: which century it means is not the pattern's to say.
    """
    if problem_of(pattern):
        return None
    wanted = " ".join(text.split())
    for way in _ways(pattern):
        found = re.fullmatch(_expression(way), wanted)
        if found:
            named = {_plain(k): v for k, v in found.groupdict().items() if v is not None}
            return {name: value or UNNUMBERED for name, value in named.items()}
    return None


def symbol_of(organ: Organ, session: StatutorySession, **parts: str | int | None) -> str:
    """A document's symbol by the organ's pattern; organ, session and year are said by the two.

    Raises:
        ValueError: the pattern asks for a part that is not given.
    """
    return text_of(organ.symbol_pattern, {**_of_session(organ, session), **parts})


def number_of(organ: Organ, session: StatutorySession, **parts: str | int | None) -> str:
    """A resolution's number by the organ's pattern, as ``symbol_of``."""
    return text_of(organ.number_pattern, {**_of_session(organ, session), **parts})


def disagreements(organ: Organ, session: StatutorySession, text: str) -> list[tuple[str, str, str]]:
    """Where a symbol that fits the pattern names another organ, session or year than its own.

    Each is (part, what is written, what it should be); [] also where it does not fit at all.
    """
    read = parts_of(organ.symbol_pattern, text) or {}
    own = _of_session(organ, session)
    years = {str(session.starts_on.year), str(session.ends_on.year)}
    short = {one[2:] for one in years}
    found: list[tuple[str, str, str]] = [
        (name, read[name], own[name])
        for name in ("organ", "session")
        if name in read and read[name] != own[name]
    ]
    if "year" in read and read["year"] not in years | short:
        found.append(("year", read["year"], own["year"]))
    return found


def folded(symbol: str) -> str:
    """A key under which two ways of typing one symbol meet: "GC 12/1" and "gc  12 / 1"."""
    return "".join(symbol.split()).casefold()


def _of_session(organ: Organ, session: StatutorySession) -> dict[str, str]:
    return {
        "organ": organ.abbreviation,
        "session": str(session.ordinal),
        "year": str(session.starts_on.year),
    }


def _plain(part: str) -> str:
    return "year" if part == "year2" else part


def _ways(pattern: str) -> list[str]:
    return [one.strip() for one in pattern.split(" | ")]


def _pieces(way: str) -> Iterator[_Piece]:
    group = opened = 0
    for token in _TOKEN.finditer(way):
        name, bracket, text = token.groups()
        if bracket == "[":
            opened += 1
            group = opened
        elif bracket == "]":
            group = 0
        else:
            yield _Piece(name or "", text or "", group)


def _written(pieces: list[_Piece], given: Mapping[str, str]) -> str:
    lacking = {p.group for p in pieces if p.part and p.group and _plain(p.part) not in given}
    said: list[str] = []
    for piece in pieces:
        if piece.group and piece.group in lacking:
            continue
        value = given.get(_plain(piece.part), "")
        if not piece.part:
            said.append(piece.text)
        elif piece.part == "year2":
            said.append(value[-2:])
        elif piece.part in TAILS and not piece.group:
            said.append(_tail(piece.part, value))
        else:
            said.append("" if piece.part in _SIGNS and value == UNNUMBERED else value)
    return " ".join("".join(said).split())


def _tail(part: str, value: str) -> str:
    if not value:
        return ""
    if part == "status":
        return f" {value}"
    return f" {_SIGNS[part]}.{'' if value == UNNUMBERED else value}"


def _expression(way: str) -> str:
    """The way of writing as a regular expression with one named group a part."""
    made: list[str] = []
    group = 0
    for piece in _pieces(way):
        if piece.group != group:
            made += [")?"] if group else []
            made += ["(?:"] if piece.group else []
            group = piece.group
        if not piece.part:
            made.append(r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece.text)))
        elif piece.part in TAILS and not piece.group:
            sign = rf"[ /]{_SIGNS[piece.part]}\.? ?" if piece.part in _SIGNS else " "
            made.append(rf"(?:{sign}(?P<{piece.part}>{_READ[piece.part]}))?")
        else:
            made.append(rf"(?P<{piece.part}>{_READ[piece.part]})")
    return "".join([*made, ")?" if group else ""])
