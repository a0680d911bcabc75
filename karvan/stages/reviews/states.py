"""What the screens of reading show: states in words, criteria with their anchors and marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language

from .forms import MarksForm
from .models import Assignment
from .queries import Standing

STANDING_MARKS = {
    Standing.NEEDS: "waiting",
    Standing.LACKS: "open",
    Standing.ASKED: "in_progress",
    Standing.DISPUTED: "changed",
    Standing.FULL: "done",
}
STANDING_WORDS = {
    Standing.NEEDS: gettext_lazy("needs a third read"),
    Standing.LACKS: gettext_lazy("lacks reads"),
    Standing.ASKED: gettext_lazy("third read asked"),
    Standing.DISPUTED: gettext_lazy("disputed"),
    Standing.FULL: gettext_lazy("read in full"),
}
ROUND_MARKS = {"prepared": "draft", "open": "in_progress", "closed": "done"}


@dataclass(frozen=True, slots=True)
class Step:
    """One mark of the scale with its anchor in words."""

    mark: int
    anchor: str
    is_given: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as the room shows it."""

    code: str
    title: str
    weight: int
    steps: tuple[Step, ...]


def read_state(assignment: Assignment) -> str:
    """The mark of a read: open, in progress or done."""
    review = getattr(assignment, "review", None)
    if review is None:
        return "open"
    return "done" if review.state == "done" else "in_progress"


def criteria_shown(assignment: Assignment, form: MarksForm) -> list[Criterion]:
    """The rubric with what was typed last, else with the marks that are kept."""
    review = getattr(assignment, "review", None)
    kept: dict[str, Any] = review.marks if review else {}
    rubric = assignment.round.rubric
    low, high = rubric["scale"]
    found = []
    for criterion in rubric["criteria"]:
        code = criterion["code"]
        given = str(form[f"mark-{code}"].value() if form.is_bound else kept.get(code, ""))
        anchors = criterion.get("anchors") or ()
        steps = tuple(
            Step(mark, _anchor(anchors, mark - low), str(mark) == given)
            for mark in range(low, high + 1)
        )
        title = in_language(criterion["title"])
        found.append(Criterion(code, title, criterion["weight"], steps))
    return found


def _anchor(anchors: Any, position: int) -> str:
    """The words for one step; a rubric may have them for some steps only."""
    if isinstance(anchors, dict):
        return in_language(anchors.get(str(position)))
    return in_language(anchors[position]) if position < len(anchors) else ""
