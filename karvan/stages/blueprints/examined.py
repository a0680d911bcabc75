"""A text that may be no valid blueprint yet: its data, and all that is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .document import DocumentProblems, Positions, Problem, examine


@dataclass(frozen=True, slots=True)
class Examined:
    """A readable text of a programme: ``problems`` hold it back from being published."""

    source: bytes
    data: dict[str, Any]
    positions: Positions
    problems: tuple[Problem, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.source).hexdigest()


def examined(source: bytes, code: str) -> Examined:
    """The text of the programme with this code, read and checked as a whole.

    Raises:
        DocumentProblems: it cannot be read at all: not UTF-8, not YAML, or no mapping.
    """
    text = decoded(source)
    data, positions, problems = examine(text)
    if not isinstance(data, dict):
        message = _("A blueprint begins with its keys: karvan, code, title.")
        raise DocumentProblems([Problem("", 1, message)])
    found = list(problems)
    if isinstance(data.get("code"), str) and data["code"] != code:
        line, column = positions[("code",)]
        message = _("This is the blueprint of “%(found)s”, not of “%(wanted)s”.")
        detail = {"found": data["code"], "wanted": code}
        found.append(Problem("code", line, message % detail, column))
    found.sort(key=lambda one: (one.line or 0, one.column or 0))
    return Examined(source, data, positions, tuple(found))


def decoded(source: bytes) -> str:
    """The text in these bytes.

    Raises:
        DocumentProblems: they are not UTF-8; the line is told.
    """
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = _("The text is not UTF-8 from here on. Save it as UTF-8 and import it again.")
        raise DocumentProblems([Problem("", line, message)]) from error
