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
