"""What cannot be done to a round, a reviewer or a review."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class WrongState(RuleBroken):
    """The act does not fit the state the round is in."""


class NoRubric(RuleBroken):
    """The activity is not decided by a rubric, so there is nothing to mark."""


class AlreadyReviewer(RuleBroken):
    """The person reads in this round already."""


class LoadNotPossible(RuleBroken):
    """The least load is above the most."""

    field = "load_low"


class LanguageNotKnown(RuleBroken):
    """A reviewer is said to read a language that is neither the call's nor the platform's."""

    field = "languages"


class DueNotPossible(WrongState):
    """The reading would be due before it opens."""

    field = "due_at"


class PlanNotPossible(RuleBroken):
    """A number or a day of the plan cannot be; ``field`` says which."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


class ReasonMissing(RuleBroken):
    """The act needs a reason."""

    field = "reason"


class MarkNotPossible(RuleBroken):
    """A mark outside the scale, or for a criterion that the rubric does not have."""


class MarksMissing(RuleBroken):
    """A review is finished only when every criterion has a mark."""


class ReadTaken(RuleBroken):
    """The application was taken from this reviewer."""


class ChangedSince(RuleBroken):
    """What would be done is no longer what was shown."""
