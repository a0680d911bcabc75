"""What cannot be done to an edition."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.errors import RuleBroken


class NotPublished(RuleBroken):
    """Only a published version is adopted."""


class AlreadyAdopted(RuleBroken):
    """The programme has an edition of this code; ``edition`` is that one."""

    def __init__(self, message: str, edition: Any) -> None:
        self.edition = edition
        super().__init__(message)


class BadCode(RuleBroken):
    """An edition's code is not like "MA-2027"."""


class EditionThere(RuleBroken):
    """Another edition of the programme in this country is under way; ``edition`` is that one."""

    def __init__(self, message: str, edition: Any) -> None:
        self.edition = edition
        super().__init__(message)


class LanguageMissing(RuleBroken):
    """An edition needs a language, and one that is known in its country."""


class TextTooLong(RuleBroken):
    """A translation is longer than a text of the design may be."""


class ColumnsMissing(RuleBroken):
    """A table of translations lacks the columns that say which text is which."""


class WrongState(RuleBroken):
    """The act does not fit the state the edition is in."""


class DesignContradicts(RuleBroken):
    """The edition's design, with its departures, contradicts itself."""


class Locked(RuleBroken):
    """A lock of the blueprint does not allow this departure."""


class Malformed(RuleBroken):
    """A value has not the shape that its part must have."""


class NoSuchPart(RuleBroken):
    """The blueprint has no such part."""


class TextRefused(RuleBroken):
    """A design written as text cannot be taken as it is; the message lists everything."""


class DesignMoved(RuleBroken):
    """Somebody changed the same parts meanwhile; what stands must be chosen."""


class UnknownDesign(RuleBroken):
    """A form names a design that the edition never had."""


class SessionThere(RuleBroken):
    """The activity has a session of this code."""


class NothingChanges(RuleBroken):
    """The part already has this value."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class WrongDates(RuleBroken):
    """The dates are missing or end before they begin."""


class PlanFrozen(RuleBroken):
    """The planned dates are frozen; what happens later is actual."""


class AlreadyPartner(RuleBroken):
    """The party has this part already."""


class LastHost(RuleBroken):
    """An edition always has a host."""


class TooManyReserved(RuleBroken):
    """More places would be reserved than there are."""


class AmountIncomplete(RuleBroken):
    """An amount needs its currency and is not negative."""


class WrongPlace(RuleBroken):
    """The venue lies in another country, or its room cannot be entered so."""


class AlreadyFulfils(RuleBroken):
    """The edition is counted for this commitment already."""


class NotYours(RuleBroken):
    """The person is not named to run this edition."""


class OfferAnswered(RuleBroken):
    """The offer of a version has been answered, or a newer one has taken its place."""


class NotSettled(RuleBroken):
    """Where the country's departures and the newer version disagree, nothing was chosen."""


class HeldSessionDropped(RuleBroken):
    """A choice would drop what has been held; ``why`` says how that is known."""

    def __init__(self, why: str, part: str) -> None:
        message = _("“%(part)s” cannot be dropped from this edition: %(why)s")
        super().__init__(message % {"part": part, "why": why})


class AlreadyThere(RuleBroken):
    """The register has a party of this name."""


class BadAddress(RuleBroken):
    """An e-mail address that is none."""


class AlreadyInvited(RuleBroken):
    """The person is invited, or has the role."""


class InvitationNotPossible(RuleBroken):
    """An invitation that cannot be given as asked."""


class RoomsThere(RuleBroken):
    """Every room the design asks for is there."""


class NoSuchLine(RuleBroken):
    """The line cannot be counted so, or the design lets no line be added."""


class MayNotBear(RuleBroken):
    """The blueprint does not let this partner bear this line, or not in this way."""


class ShareTooLarge(RuleBroken):
    """A share is nothing, or the shares of a line would be more than all of it."""


class BadAmount(RuleBroken):
    """An amount is missing, negative, too large, or not what quantity and cost come to."""


class UnknownCurrency(RuleBroken):
    """There is no currency of this code."""


class BadRate(RuleBroken):
    """A rate without its date, a date without its rate, or a rate that cannot be."""


class AlreadyCorrected(RuleBroken):
    """The amount has been corrected; the correction is what is corrected next."""


class StillBears(RuleBroken):
    """The partner bears shares of the budget, or has paid; it cannot leave the list."""
