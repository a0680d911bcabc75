"""Why an upload is refused. Each message says what was found and what to do."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class FileTooLarge(RuleBroken):
    """The file has more bytes than this place takes."""


class FileEmpty(RuleBroken):
    """The file has no bytes."""


class FileNotAllowed(RuleBroken):
    """The content is of a kind that is not asked for here, or not what its name says."""


class FileDamaged(RuleBroken):
    """The content does not open as what it begins as."""


class FileUnsafe(RuleBroken):
    """The content can act by itself: a script, a program, a hidden file, a bomb."""


class StorageFull(RuleBroken):
    """There is too little room left on the disk to take a file safely."""


class SpreadsheetUnreadable(RuleBroken):
    """The file holds no table with a head."""
