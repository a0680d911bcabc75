"""What the register of people refuses."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class EmailTaken(RuleBroken):
    """Another person has this address."""


class NameMissing(RuleBroken):
    """A person or a party without a name."""


class RoleNotPossible(RuleBroken):
    """A role that cannot be given as asked."""


class LastAdministrator(RuleBroken):
    """Nobody would be left who can give roles."""


class CodeTaken(RuleBroken):
    """Another party has this code."""


class LinkNotValid(RuleBroken):
    """A sign-in link that is too old, used already, or not ours."""
