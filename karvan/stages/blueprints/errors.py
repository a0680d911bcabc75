"""What cannot be done to a programme or a version of its blueprint."""

from __future__ import annotations

from collections.abc import Iterable

from karvan.foundation.errors import RuleBroken

from .document import Difference


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


class NotSigned(RuleBroken):
    """A version is signed with the name of the person who publishes it."""


class Unexplained(RuleBroken):
    """Parts differ from the version before and nobody has said why; ``parts`` lists them."""

    def __init__(self, message: str, parts: Iterable[Difference]) -> None:
        super().__init__(message)
        self.parts = tuple(parts)


class NothingToStartFrom(RuleBroken):
    """No version is published yet, so a draft can only be imported."""


class NoSuchPart(RuleBroken):
    """The draft has no such part, or cannot hold a value there."""


class NotADraft(RuleBroken):
    """What was meant to be edited is published."""


class NoSuchRevision(RuleBroken):
    """An edit says that it began from a revision that is not there."""


class NothingChanged(RuleBroken):
    """The draft says that already."""


class NothingToChoose(RuleBroken):
    """The revision was not set aside, or has been settled."""


class AlreadyThere(RuleBroken):
    """The list has an item of this name."""


class ChoicesMissing(RuleBroken):
    """A part in dispute has no choice yet."""


class DraftMovedOn(RuleBroken):
    """Somebody saved the draft since the values to choose from were shown."""


class NoSuchSession(RuleBroken):
    """The version has no such session, or the draft no such activity."""
