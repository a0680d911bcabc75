"""What cannot be done to an edition."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NotPublished(RuleBroken):
    """Only a published version is adopted."""


class AlreadyAdopted(RuleBroken):
    """The programme has an edition of this code."""


class BadCode(RuleBroken):
    """An edition's code is not like "MA-2027"."""


class LanguageMissing(RuleBroken):
    """An edition needs at least one of the blueprint's languages."""


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
