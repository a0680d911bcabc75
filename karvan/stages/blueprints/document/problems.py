"""What is wrong with a blueprint document, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.errors import RuleBroken


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where (dotted path, line and column from 1) and what, in words.

    Line and column are None when the document was not read from text.
    """

    path: str
    line: int | None
    message: str
    column: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return _("%(path)s: %(message)s") % {"path": self.path, "message": self.message}
        return _("Line %(line)s, %(path)s: %(message)s") % {
            "line": self.line,
            "path": self.path or _("document"),
            "message": self.message,
        }


class DocumentProblems(RuleBroken):
    """The document cannot be accepted; `problems` lists everything found, in line order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line or 0, p.column or 0)))
        count = len(self.problems)
        head = ngettext(
            "The blueprint has %(count)s problem.", "The blueprint has %(count)s problems.", count
        ) % {"count": count}
        super().__init__("\n".join([head, *map(str, self.problems)]))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, with a leading space, or nothing."""
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return " " + _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
