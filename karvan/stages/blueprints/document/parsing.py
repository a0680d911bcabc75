"""From text to a valid document, or to the list of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .checks import meaning_findings
from .document import Document
from .paths import named
from .problems import DocumentProblems, Problem
from .reading import Positions, RawPath, read
from .structure import structure_findings


def parse(text: str) -> Document:
    """The blueprint written in this text.

    Raises:
        DocumentProblems: with every problem found, each with its path, line and column. Text that
            is no YAML at all gives its one problem.
    Cost: about 10 microseconds a character (1 MB is the most accepted).
    """
    data, positions, found = examine(text)
    if found:
        raise DocumentProblems(found)
    return Document(data, text, positions)


def examine(text: str) -> tuple[Any, Positions, list[Problem]]:
    """The data in a text, where each part stands, and all that keeps it from being a blueprint.

    Raises:
        DocumentProblems: it is no YAML at all, so that there are no data.
    """
    data, positions, problems = read(text)
    return data, positions, [*problems, *_problems(data, positions)]


def check(data: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything wrong with data that came from no text (a blueprint with departures put in)."""
    return tuple(_problems(data, {}))


def is_malformed(data: Any) -> bool:
    """Whether the data have not even the shape of a blueprint, so that nothing can lay them out."""
    return next(iter(structure_findings(data)), None) is not None


def document_of(data: Mapping[str, Any]) -> Document:
    """A document made from data, such as an edition's design.

    Raises:
        DocumentProblems: the data are not a valid blueprint; the problems have no lines.
    """
    found = check(data)
    if found:
        raise DocumentProblems(found)
    return Document(data)


def _problems(data: Any, positions: Positions) -> list[Problem]:
    seen: dict[tuple[RawPath, str], Problem] = {}
    for raw, message in (*structure_findings(data), *meaning_findings(data)):
        line, column = _position(positions, raw)
        seen.setdefault((raw, message), Problem(named(data, raw), line, message, column))
    return list(seen.values())


def _position(positions: Positions, raw: RawPath) -> tuple[int | None, int | None]:
    """Where a part stands; for what is missing, where the part that should hold it stands."""
    for length in range(len(raw), -1, -1):
        at = positions.get(raw[:length])
        if at is not None:
            return at
    return None, None
