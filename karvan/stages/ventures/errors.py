"""What cannot be done to a team, a venture, a milestone, a jury or a follow-up."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NotInThisEdition(RuleBroken):
    """The person or team belongs to another edition."""


class WrongState(RuleBroken):
    """The act does not fit the state the thing is in."""


class InsideTheTeam(RuleBroken):
    """A member of the team cannot verify, mentor or judge it."""


class NotProven(RuleBroken):
    """The claim does not show what the milestone asks for."""


class MentoredBefore(RuleBroken):
    """No mentor judges a team that he or she mentored."""
