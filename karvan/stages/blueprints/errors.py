"""What cannot be done to a programme or a version of its blueprint."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class ProgrammeExists(RuleBroken):
    """Another programme has this code."""


class BadCode(RuleBroken):
    """A programme's code is not made of capitals and digits."""


class NothingNew(RuleBroken):
    """The text is the one already published."""


class AlreadyPublished(RuleBroken):
    """A published version never changes."""


class NoteMissing(RuleBroken):
    """A version is published with a note that says what changed."""
