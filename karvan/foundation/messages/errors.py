"""Why an act on a letter is refused."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NoAddress(RuleBroken):
    """The person has no e-mail address."""


class NotInThatState(RuleBroken):
    """The letter has gone on since the page was shown."""
