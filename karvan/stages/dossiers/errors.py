"""What cannot be done to a dossier and its parts."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class WrongState(RuleBroken):
    """The act does not fit the state the dossier is in."""


class Stopped(RuleBroken):
    """The safety officer has stopped the bench."""


class NotReady(RuleBroken):
    """Something that the next state asks for is missing; the text lists all of it."""


class NotOfThisDossier(RuleBroken):
    """The row named belongs to another dossier."""


class InsideTheTeam(RuleBroken):
    """A member of the team cannot judge or verify its own dossier."""


class NotGiven(RuleBroken):
    """Something that must be said is missing or does not fit."""


class Unreadable(RuleBroken):
    """A file cannot be read; the text says up to where it could."""


class BadUnit(RuleBroken):
    """A unit is not known, or measures another quantity."""


class BadLicence(RuleBroken):
    """A licence is not known, or laxer than the source allows."""
