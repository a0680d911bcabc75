"""What cannot be done to monuments and their restoration."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class WrongState(RuleBroken):
    """The act does not fit the state of what it is done to."""


class NotGiven(RuleBroken):
    """Something that must be said is missing or does not fit."""


class NotOfThisProject(RuleBroken):
    """The row named belongs to another monument or project."""


class NotAllowedYet(RuleBroken):
    """Works may not begin, or a picture not be taken in: the text lists all that is missing."""


class Unreadable(RuleBroken):
    """A file cannot be read; the text says up to where it could."""
