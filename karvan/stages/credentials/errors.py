"""What cannot be done to certificates."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NoSigningKey(RuleBroken):
    """There is no key to sign with, or it cannot be read or changed from here."""


class NotEarned(RuleBroken):
    """The award rule does not hold; the message says what is missing."""


class AlreadyIssued(RuleBroken):
    """The person holds this certificate, or a better one, already."""


class AlreadyRevoked(RuleBroken):
    """The certificate was revoked before."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class NameMissing(RuleBroken):
    """A correction needs a name, and another one than there is."""


class NotReadable(RuleBroken):
    """What was handed in to be verified is no credential."""


class NotPrintable(RuleBroken):
    """The certificate cannot be put on paper: a name holds a letter no font here has."""
