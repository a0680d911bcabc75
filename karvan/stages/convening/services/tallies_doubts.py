"""What is doubtful in tables of roll calls: by kind, how many, and where the first few stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a table something stands; in words it is said in the language of who reads it.

    ``column`` is what the table itself calls it; "" is the whole line.
    """

    line: int
    column: str = ""
    text: str = ""

    def __str__(self) -> str:
        said: dict[str, Any] = {"line": self.line, "number": self.line}
        said |= {"column": _apart(self.column), "text": _apart(self.text)}
        if not self.column:
            return _("line %(number)d") % said
        if not self.text:
            return _("line %(line)d, column %(column)s") % said
        return _("line %(line)d, column %(column)s: %(text)s") % said


def _apart(words: str) -> str:
    """Words of a table amid a sentence that may run the other way, each in its own direction."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


@dataclass(slots=True)
class Doubts:
    """What somebody should look at: by kind, how many, and the first few as examples."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str | Place]] = field(default_factory=dict)

    def add(self, kind: str, example: str | Place = "") -> None:
        """One more of a kind."""
        self.counts[kind] += 1
        shown = self.examples.setdefault(kind, [])
        if example and len(shown) < EXAMPLES and example not in shown:
            shown.append(example)

    def kept(self) -> dict[str, Any]:
        """As data without any language; ``doubts_kept`` reads it again."""
        examples = {
            kind: [
                [one.line, one.column, one.text] if isinstance(one, Place) else one
                for one in listed
            ]
            for kind, listed in self.examples.items()
        }
        return {"counts": dict(self.counts), "examples": examples}


def doubts_kept(data: Mapping[str, Any]) -> Doubts:
    """The doubts that ``Doubts.kept`` wrote down; none of what was never read."""
    examples = {
        kind: [Place(*one) if isinstance(one, list) else one for one in listed]
        for kind, listed in data.get("examples", {}).items()
    }
    return Doubts(Counter(data.get("counts", {})), examples)
