"""What cannot be done to a meeting, an agreement or a commitment."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class MinutesAgreed(RuleBroken):
    """The minutes were confirmed by all sides; nobody changes them any more."""


class NotAtTheTable(RuleBroken):
    """Only a party of the meeting can do this."""


class WrongState(RuleBroken):
    """The act does not fit the state the thing is in."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class AlreadyPromised(RuleBroken):
    """This sentence has become a commitment before."""
