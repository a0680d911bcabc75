"""What cannot be done in the rooms where people convene."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class WrongState(RuleBroken):
    """The act does not fit the state of what it is done to."""


class NotGiven(RuleBroken):
    """Something that must be said is missing or does not fit."""


class NotOfThisSession(RuleBroken):
    """The row named belongs to another session, symposium or series."""


class NoQuorum(RuleBroken):
    """Too few are in the hall to decide."""


class MayNotVote(RuleBroken):
    """The delegation has no vote: suspended, without credentials, or it has voted."""


class NumberTaken(RuleBroken):
    """A symbol or a number is used already."""


class Unreadable(RuleBroken):
    """A file cannot be read; the text says up to where it could."""
