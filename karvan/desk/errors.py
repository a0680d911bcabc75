"""What the desk refuses."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class EditionOver(RuleBroken):
    """The edition is closed or cancelled already."""


class ReasonMissing(RuleBroken):
    """An act that others feel was given without a reason."""


class SelectionSigned(RuleBroken):
    """The act would undo what a signed selection rests on."""
