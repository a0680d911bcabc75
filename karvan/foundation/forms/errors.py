"""What is wrong with a form's definition, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from karvan.foundation.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where ("form.sections[0].questions[2].type") and what, in words."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class FormProblems(RuleBroken):
    """A form's definition has mistakes; ``problems`` lists every one, in order of the text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
