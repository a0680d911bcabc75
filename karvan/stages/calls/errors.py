"""What cannot be done to a call, an application, an import or a nomination."""

from __future__ import annotations

from collections.abc import Mapping

from karvan.foundation.errors import RuleBroken


class WrongState(RuleBroken):
    """The act does not fit the state the thing is in."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class DatesOutOfOrder(RuleBroken):
    """A call must open before its deadline, and close at it or later."""


class FormMissing(RuleBroken):
    """The activity's blueprint asks nothing, so there is nothing to apply with."""


class CallNotOpen(RuleBroken):
    """The call has not opened yet, or was cancelled."""


class CallClosed(RuleBroken):
    """The deadline has passed. What was typed is kept in the draft."""


class CodeNotValid(RuleBroken):
    """An extension code that is unknown, used or too old."""


class NotADraft(RuleBroken):
    """The application was sent or withdrawn already."""


class AlreadySent(RuleBroken):
    """Another application of the same person was sent to this call."""


class AnswersIncomplete(RuleBroken):
    """Some answers need another look; ``errors`` says which and why, by path."""

    def __init__(self, message: str, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(message)


class TooManyLetters(RuleBroken):
    """The link of one draft was asked for too often."""


class NoSeatLeft(RuleBroken):
    """The party has no reserved place left, or none at all."""


class AlreadyNominated(RuleBroken):
    """The party has put this address forward already."""
