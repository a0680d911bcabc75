"""What a comparison is: one planned value beside what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import PlanLine

_DIFFERING = frozenset({"changed", "late", "dropped", "unknown"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was planned and what became of it, in words.

    kind:   as of ``PlanLine``; ``key`` names a budget line or a partner, ``activity`` an activity.
    mark:   of the house's states: kept, changed, late, dropped, unknown; open while nobody can
            say yet, in_progress while it goes on.
    word:   the state in this place's own word; ``detail`` is the difference.
    reason: why, where somebody said so.
    """

    kind: str
    what: str
    planned: str
    actual: str
    mark: str
    word: str
    detail: str = ""
    reason: str = ""
    key: str = ""
    activity: str = ""

    @property
    def differs(self) -> bool:
        """True for what is not as planned, or should be known and is not."""
        return self.mark in _DIFFERING

    @property
    def kind_word(self) -> str:
        return str(PlanLine.Kind(self.kind).label)
