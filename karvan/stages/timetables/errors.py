"""What cannot be done to sessions, groups, trainers and timetables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from karvan.foundation.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no timetable, in a sentence, and what would help, "" where nothing can be said."""

    text: str
    remedy: str = ""


class NoTimetablePossible(RuleBroken):
    """No timetable keeps every rule; ``reasons`` say which rules clash and what would free them."""

    def __init__(
        self,
        message: str,
        reasons: Sequence[Reason] = (),
        say: Callable[[], Sequence[Reason]] | None = None,
    ) -> None:
        super().__init__(message)
        self.reasons = tuple(reasons)
        self.say = say or (lambda: self.reasons)  # the same in the language active then


class DatesMissing(RuleBroken):
    """The activity has no dates yet."""


class NothingToPlace(RuleBroken):
    """No session has been laid out."""


class SessionsUnplaced(RuleBroken):
    """Some sessions have no time in this version."""


class PlacementClashes(RuleBroken):
    """Somebody or some room would be in two sessions at once."""


class WrongState(RuleBroken):
    """The act does not fit the state the thing is in."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class GroupsInUse(RuleBroken):
    """Sessions of these groups stand in a timetable."""


class UnknownRole(RuleBroken):
    """The design of the activity has no such role of a trainer."""


class AlreadyTrainer(RuleBroken):
    """The person teaches in this activity already."""


class DisruptionIncomplete(RuleBroken):
    """What happened is not said in full, or its times do not go together."""
