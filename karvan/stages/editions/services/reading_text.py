"""Read a design from text, and remember on which line each part of it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from karvan.stages.blueprints.document import (
    DocumentProblems,
    Lock,
    Positions,
    UnknownPath,
    human_title,
)
from karvan.stages.blueprints.document.paths import join, raw_path, split, with_value
from karvan.stages.blueprints.document.reading import read


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing that stands against a text: the line, the part, what is wrong, the lock if one is."""

    line: int | None
    path: str
    title: str
    message: str
    lock: Lock | None = None

    def __str__(self) -> str:
        if self.line is None:
            return _("%(path)s: %(message)s") % {"path": self.path, "message": self.message}
        return _("Line %(line)s, %(path)s: %(message)s") % {
            "line": self.line,
            "path": self.path or _("document"),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Planned:
    """A departure that a text would begin, or end, in words; the lock that allows it."""

    path: str
    words: tuple[str, ...]
    lock: Lock
    ends: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that two people changed to different things; ``REMOVED`` where it is left out."""

    path: str
    title: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Typed:
    """A text as read: the whole design it means, and where its parts stand in the text."""

    design: Any
    part: Any = None
    under: str = ""
    positions: Positions = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()

    def line_of(self, path: str) -> int | None:
        """The line of a part, of the nearest above it where it is not there; None outside the text."""
        inside = split(path)[len(split(self.under)) :]
        if self.under and path != self.under and not path.startswith(f"{self.under}."):
            return None
        for length in range(len(inside), -1, -1):
            try:
                raw = raw_path(self.part, join(inside[:length]))
            except UnknownPath:
                continue
            if raw in self.positions:
                return self.positions[raw][0]
        return None

    def refusal(self, path: str, message: str) -> Refused:
        """Something against a part of this text, with its line."""
        return Refused(self.line_of(path), path, _title(self.design, path), message)


def read_typed(source: str, *, under: str, began: Any, law: Iterable[str]) -> Typed:
    """The design that a text means: the whole, or the one it began from with one part anew.

    What a country never writes, the locks, comes from that design where the text has none.
    Anything that cannot be read is in ``refused``, and the design is then the one it began from.
    """
    try:
        part, positions, problems = read(source.replace("\r\n", "\n"))
    except DocumentProblems as broken:
        problems, part, positions = list(broken.problems), None, {}
    if problems:
        refused = tuple(
            Refused(one.line, _under(under, one.path), _("The text"), one.message)
            for one in problems
        )
        return Typed(began, under=under, refused=refused)
    if not under and not isinstance(part, Mapping):
        message = _("A design is a list of keys with their parts, such as “activities:”.")
        return Typed(began, refused=(Refused(1, "", _("The text"), message),))
    try:
        whole = with_value(began, under, part) if under else _with_law(part, began, law)
    except ValueError as error:
        refusal = Refused(1, under, _title(began, under), str(error))
        return Typed(began, under=under, refused=(refusal,))
    return Typed(whole, part, under, positions)


def _with_law(part: Mapping[str, Any], began: Mapping[str, Any], law: Iterable[str]) -> Any:
    hidden = {key: began[key] for key in law if key in began and key not in part}
    return {**hidden, **part}


def _under(under: str, path: str) -> str:
    return ".".join(one for one in (under, path) if one)


def _title(data: Any, path: str) -> str:
    try:
        return human_title(data, path) if path else _("The text")
    except (AttributeError, TypeError, ValueError):  # a text may be of any shape at all
        return path
