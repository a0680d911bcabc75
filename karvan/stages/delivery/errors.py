"""What cannot be done to enrolments, rolls, coursework and feedback."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NotEnrolled(RuleBroken):
    """The person does not take part in this activity, or not in this group, or has left."""


class AlreadyEnrolled(RuleBroken):
    """The person takes part already."""


class NobodyAccepted(RuleBroken):
    """No offer of a place has been accepted yet."""


class RollNotPossible(RuleBroken):
    """The roll of this session cannot be called, or not yet, or not like this."""


class WrongState(RuleBroken):
    """The act does not fit the state the thing is in."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class NothingHandedIn(RuleBroken):
    """A hand-in holds a text or a file."""


class MarkNotPossible(RuleBroken):
    """A mark is missing, or out of its range."""


class UnknownAssessment(RuleBroken):
    """The design of the activity has no such assessment."""
