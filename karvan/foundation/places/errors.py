"""Rules about weeks and holidays that an act or a question broke."""

from __future__ import annotations

from karvan.foundation.errors import RuleBroken


class NoWorkingWeek(RuleBroken):
    """No working week is written down for this country on this date."""


class HolidayNeedsReason(RuleBroken):
    """A note about a holiday says nothing of why."""


class HolidayNeedsName(RuleBroken):
    """A holiday is added without a name."""


class NotAHoliday(RuleBroken):
    """The date to be confirmed or taken away is not a known holiday."""


class WrongWeek(RuleBroken):
    """A week without a working day, or with a half day that is not worked."""


class WrongHours(RuleBroken):
    """Hours that end before they begin, or a half day that ends outside them."""


class WrongValidity(RuleBroken):
    """Something would end before it begins."""


class OverlappingDates(RuleBroken):
    """Two weeks, or two kinds of hours, would hold on one date."""


class SourceMissing(RuleBroken):
    """What is said of a country names no source and no reason."""


class CountryWide(RuleBroken):
    """What holds for a whole country is not taken away, only set anew."""


class PeriodNeedsName(RuleBroken):
    """A closed period has no name."""
