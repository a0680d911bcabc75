"""What cannot be done to a run, a sign-off, an offer or an appeal."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NothingToChoose(RuleBroken):
    """No application has been read as often as the rubric asks."""


class SamePersonTwice(RuleBroken):
    """One person stands in two applications of the pool."""


class NameTaken(RuleBroken):
    """Another set of quotas of the call has this name."""


class QuotaNotPossible(RuleBroken):
    """A quota that says nothing, or whose least is above its most."""


class WrongState(RuleBroken):
    """The act does not fit the state of the run."""


class NotFeasible(RuleBroken):
    """The run found no cohort, so there is nothing to sign."""


class MayNotSign(RuleBroken):
    """Only officers, administrators and the coordinator sign off a selection."""


class AlreadySigned(RuleBroken):
    """The person has signed this run; another one must."""


class RunOutdated(RuleBroken):
    """Marks or applications have changed since the run was made."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class OfferAnswered(RuleBroken):
    """The offer has been answered, withdrawn or has expired."""


class OfferExpired(RuleBroken):
    """The time to answer is over."""


class OfferStillStands(RuleBroken):
    """Somebody holds this place, so nobody can come in for it."""


class MayNotLift(RuleBroken):
    """Only officers, administrators and the coordinator lift the blind of a selection."""


class MayNotDissent(RuleBroken):
    """Only those who could sign a run can dissent from it."""


class AlreadyDissented(RuleBroken):
    """The person has dissented from this run."""


class AppealNotPossible(RuleBroken):
    """The time to appeal is over, or there is nothing to appeal against."""


class AppealDecided(RuleBroken):
    """The appeal was decided or withdrawn."""


class MayNotDecide(RuleBroken):
    """Whoever signed, proposed or read does not decide an appeal against it."""
